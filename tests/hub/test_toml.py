"""TOML becomes keys and values with places, as far as it can be read."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbill.hub.nodes import Desk, Listing, Scalar, Table
from handbill.hub.toml import read_toml


def read(text):
    desk = Desk("hub.toml", "UTC")
    return (*read_toml(text, desk), desk.problems)


def test_values_arrive_as_text_with_the_place_of_the_value():
    """A message points at what is wrong, not at the key before it."""
    table, is_whole, problems = read('a = "x"\nb = [true, 2]\n')

    assert (True, []) == (is_whole, problems)
    assert (Scalar("a", True, 1, 1, 1), Scalar("x", False, 1, 5, 3)) == table.pairs[0]
    assert Listing((Scalar("true", False, 2, 6, 4), Scalar("2", False, 2, 12, 1)), 2, 5) == table.pairs[1][1]


def test_an_empty_text_says_no_more_than_a_key_left_out():
    """`tagline = ""` is how one who keeps every line of the example says that there is none."""
    table, _, _ = read('tagline = ""\n')

    assert table.pairs[0][1].plain


def test_what_stands_on_good_lines_is_read_although_others_are_faulty():
    """The content's own problems can then be told in the same run."""
    table, is_whole, problems = read('a = “x”\nb = 1\n')

    assert (["b"], False) == ([key.text for key, _ in table.pairs], is_whole)
    assert [("HB101", 1, 5, 3)] == [(one.code, one.line, one.column, one.width) for one in problems]


@pytest.mark.parametrize("toml", ["[a]\nb.c = 1\n[a.b]\nd = 1\n", "a = 1\n[a.b]\nc = 1\n", "a = {}\na.b = 1\n", "[[a]]\n[a]\nb = 1\n"])
def test_tables_that_contradict_each_other_are_refused_at_their_place(toml):
    """tomllib says “Cannot mutate immutable namespace”."""
    _, _, problems = read(toml)

    assert ["HB101"] == [one.code for one in problems]
    assert toml.count("\n") - 1 <= problems[0].line <= toml.count("\n")


def test_a_control_character_cannot_come_in_as_an_escape():
    """The file is clean text; the community's name in every feed would not be."""
    _, _, problems = read('[hub]\nname = "a\\u0002b"\n')

    assert [("HB103", "hub.name", 2, 8)] == [(one.code, one.field, one.line, one.column) for one in problems]


@pytest.mark.parametrize("toml", ["x = " + "[" * 60_000, "x = " + "{a=" * 20_000, "x = " + "9" * 60_000, "x." * 30_000 + "x = 1", '"""' + '"' * 200_000, "[" * 60_000])
def test_a_bomb_is_refused_at_once(toml):
    """hub.toml comes in with a stranger's pull request, too."""
    start = time.process_time()

    table, is_whole, problems = read(toml)

    assert time.process_time() - start < 2
    assert problems or (table and is_whole)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab.=[]{},\"'\\#\n \t1-é“"), max_size=60))
def test_whatever_the_text_it_is_read_or_refused_in_words(text):
    """An exception would be shown to an editor as a fault of the program."""
    table, is_whole, problems = read(text)

    assert is_whole or problems
    assert all(one.found and one.wanted and one.line >= 1 for one in problems)
    assert table is None or isinstance(table, Table)
