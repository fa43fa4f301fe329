"""Names of colours for programs that take no others."""

import re

import pytest

from handbill.outputs.css_colours import NAMED, named


def test_every_name_is_its_own():
    """A table typed by hand has slips of the finger: each name and each colour once, as the standard has 147 less 9 doubles."""
    assert 138 == len(NAMED) == len(set(NAMED.values()))
    assert [] == [one for one in NAMED.values() if not re.fullmatch("[0-9a-f]{6}", one)]
    assert [name for name, digits in NAMED.items() if named(f"#{digits}") != name] == []


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#b5451f", "brown"),
        ("#1f6f54", "seagreen"),
        ("#2a5a8a", "steelblue"),
        ("#fe0000", "red"),
        ("#0a0a0a", "black"),
        ("#3355ee", "royalblue"),
    ],
)
def test_the_name_is_that_of_the_colour_that_looks_most_alike(colour, name):
    """A calendar should be seen in the colour of its community."""
    assert name == named(colour)
