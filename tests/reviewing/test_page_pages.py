"""Changed pages → the part of a review in which each stands with its words, and as it looks before and after."""

import re
from dataclasses import replace

from tests.reviewing.pages import EMPTY, FULL, asset, change

from handbill.reviewing import page_pages
from handbill.reviewing.page_frame import Frame
from handbill.reviewing.page_pages import pages_part
from handbill.reviewing.page_rooms import Rooms

FRAME = Frame("en")


def part(*pages, most: int = 20_000_000) -> str:
    review = replace(EMPTY, pages=pages)
    return str(pages_part(review, Rooms(review, asset, FRAME, most=most), FRAME))


def test_without_a_changed_page_there_is_no_such_part():
    """An empty heading is a question."""
    assert pages_part(EMPTY, Rooms(EMPTY, asset, FRAME), FRAME) is None


def test_own_pages_stand_open_and_those_that_follow_in_a_line_each():
    """What the proposal writes is read; where it is repeated, one wants to know that it is."""
    shown = part(*FULL.pages)

    assert 4 == shown.count('<article class="change"')
    assert 2 == shown.count('<details class="follows"')
    assert "1 more page differs in the same way" in shown
    assert ["/posts/neuf/", "/posts/pot/", "/posts/x/", "/posts/vieux/"] == re.findall(r"<article.*?<code>(/[^<]*)</code>", shown)


def test_a_page_that_moved_says_where_it_was():
    """Its readers are led on, and its reviewer wants to know from where."""
    shown = part(change("/posts/seau/", former="/posts/pot/"))

    assert "was at <code>/posts/pot/</code>" in shown


def test_what_waits_for_its_moment_says_so():
    """Approved today is read next week."""
    assert "from Saturday 2 May 2026 at 14:00" in part(change(since="2026-05-02T14:00:00+02:00"))


def test_a_change_without_a_word_is_explained():
    """A page that is listed as changed, and shows no change, looks like a fault of ours."""
    assert "No word differs: other links, other facts for search engines and previews." in part(change(words=(), marks=("link", "head")))


def test_the_look_that_does_not_fit_is_said_to_be_left_out():
    """Otherwise a reviewer takes it for a page that nobody can see."""
    assert "left out to keep this file small" in part(change(), most=10)


def test_very_many_pages_are_told_by_their_addresses(monkeypatch):
    """A rename of a tag on five thousand pages must still open on a telephone."""
    monkeypatch.setattr(page_pages, "MOST_TOLD", 3)
    shown = part(*(change(f"/{number}/", words=(), marks=(str(number),)) for number in range(9)))

    assert 3 == shown.count('<article class="change"')
    assert "6 more pages differ" in shown
    assert "<code>/8/</code>" in shown
