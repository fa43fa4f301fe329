"""What members will get, in one sentence."""

from dataclasses import replace

import pytest
from tests.reviewing.pages import EMPTY, FULL, change

from handbill.reviewing.counting import counted
from handbill.reviewing.record import FileChange


def test_nothing_for_members_is_one_line():
    """Most proposals mend a comma in a handbook, and the reviewer has better things to do."""
    assert "Nothing changes for members." == counted(EMPTY, "en")
    assert "Rien ne change pour les membres." == counted(EMPTY, "fr")


def test_a_sentence_says_what_comes_and_that_nothing_is_mailed():
    """Whether something leaves by mail is what cannot be taken back."""
    review = replace(EMPTY, pages=(change(how="added"), change("/", is_own=False)), feeds=FULL.feeds[:1])

    assert "1 new page, 1 page that follows, 1 entry in feeds; nothing is mailed." == counted(review, "en")
    assert "1 nouvelle page, 1 page qui en découle, 1 article dans les flux\u00a0; rien ne part par courriel." == counted(review, "fr")


def test_everything_at_once_is_still_one_sentence():
    """A reviewer compares it with what the proposal says of itself."""
    expected = (
        "1 new page, 2 pages changed, 1 page gone, 3 pages that follow, 1 entry in feeds, 2 entries of feeds that change in silence, "
        "3 dates in calendars, 1 address lost; 1 letter will be other than it was."
    )

    assert expected == counted(FULL, "en")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"letters": FULL.letters}, "1 letter will be other than it was."),
        ({"files": (FileChange("a.png", "changed", 1, 2),)}, "1 file of the site; nothing is mailed."),
        ({"pages": (change(is_own=False),)}, "1 page changed; nothing is mailed."),
    ],
)
def test_a_lone_change_is_not_lost(parts, expected):
    """Each sort of change can come alone."""
    assert expected == counted(replace(EMPTY, **parts), "en")
