"""What was written becomes what was probably meant, or nothing."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbill.hub import guess
from handbill.hub.guess import nearest, straight_quotes, toml_value


def test_the_examples_of_the_functions_hold():
    """They are what one reads first."""
    assert (0, True) == ((done := doctest.testmod(guess)).failed, done.attempted >= 8)


def test_the_nearest_word_comes_first_and_equals_keep_their_order():
    """A list in another order on each run would be no answer."""
    assert ["online", "onsite", "hybrid"] == nearest("onlin", ["hybrid", "onsite", "online"])
    assert ["b", "a"] == nearest("?", ["b", "a"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Atelier", '"Atelier"'),
        ("“Atelier”", '"Atelier"'),
        ("« Atelier »", '"Atelier"'),
        ("‘Atelier’", '"Atelier"'),
        ('L\'atelier "x"', '"L\'atelier \\"x"'),
        ("oui", "true"),
        ("44,85", "44.85"),
        ("1 000", "1000"),
        ("x", '"x"'),
        ('"x"', '"x"'),
        ('["a"]', '["a"]'),
        ("C:\\a", '"C:\\\\a"'),
    ],
)
def test_a_value_is_written_as_toml_wants_it(text, value):
    """Which values take quotes is the first thing that one gets wrong."""
    assert value == toml_value(text)


def test_typographic_quotes_become_straight():
    """French ones with the space inside."""
    assert '"a" "b" \'c\'' == straight_quotes("“a” «\u202fb\u202f» ‘c’")


@given(st.text(max_size=40))
def test_no_text_brings_a_guess_down(text):
    """A guess that raises would take the message with it."""
    for one in (guess.flag, guess.number, guess.degrees, guess.language, guess.link, guess.hub_address, guess.colour, toml_value):
        assert isinstance(one(text), str)
    assert guess.choice(text, ["a", "b"]) in ("a", "b", "")
    assert guess.field_name(text, ["title"]) in ("title", "")
