"""What a letter is made of."""

from dataclasses import replace

import pytest
from tests.frozen import letter

from handbill.freezing.inputs import differing

THEN = letter().inputs


def told(**changes):
    return [str(one) for one in differing(THEN, replace(THEN, **changes))]


def test_of_the_same_nothing_differs():
    """Only then must the bytes be the same."""
    assert [] == told()
    assert [] == told(sha256="99" * 32, source="newsletters/autre.md")


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        (["its text newsletters/1.md was edited"], {"written": {}}),
        (["events/fete.md was edited"], {"items": (("event:fete", "events/fete.md", "02" * 32),)}),
        (["event:fete is not chosen any more"], {"items": ()}),
        (["event:bal is chosen as well"], {"items": (("event:bal", "events/bal.md", "02" * 32), *THEN.items)}),
        (["hub.toml says something else of letters or colours"], {"settings": "x"}),
        (["the theme of mails or its words are others"], {"theme": "x"}),
        (["the program was 1 and is 2"], {"program": {"version": "2", "modules": "x"}, "record": "x"}),
        (["the modules of the program are others"], {"program": {"version": "1", "modules": "x"}}),
        (["comrak was 0.0.12 and is 0.0.13"], {"engines": {"comrak": "0.0.13"}}),
        (["Markdown was - and is 3.10", "comrak was 0.0.12 and is -"], {"engines": {"Markdown": "3.10"}}),
        (["requirements.lock is another one"], {"requirements": "x"}),
        (["what it says of its items is something else, as when a person or a place has changed"], {"record": "x"}),
    ],
)
def test_what_differs_is_named(expected, changes):
    """“The bytes alone are proved” is only worth something with its reason."""
    assert expected == told(**changes)
