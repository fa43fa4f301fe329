"""Dates, feeds, addresses, files and sources of a review → the parts in which each is told in a line."""

from dataclasses import replace

import pytest
from tests.reviewing.pages import EMPTY, FULL, HOSTILE

from handbill.reviewing.page_frame import Frame
from handbill.reviewing.page_told import addresses_part, dates_part, feeds_part, files_part, sources_part
from handbill.reviewing.record import AddressChange, DateChange, SourceChange

FRAME = Frame("en")
PARTS = (dates_part, feeds_part, addresses_part, files_part, sources_part)


@pytest.mark.parametrize("part", PARTS)
def test_what_does_not_change_has_no_part(part):
    """Empty tables teach to pass over full ones."""
    assert part(EMPTY, FRAME) is None


def test_a_date_has_its_leaf_and_says_whether_members_are_told():
    """Programs ask members to look again, or they do not; a reviewer must know which."""
    shown = str(dates_part(FULL, FRAME))

    assert '<div class="leaf" aria-hidden="true"><span>May</span><b>2</b><span>Sat 2026</span></div>' in shown
    assert "calendar programs tell members" in shown
    assert "le puits</ins>" in shown
    assert ">called off</span>" in shown
    assert "vanishes without a word" in shown


def test_a_feed_says_what_its_readers_get():
    """New, again, or in silence: three things that an author seldom thinks of."""
    shown = str(feeds_part(FULL, FRAME))

    assert "shown as new" in shown
    assert "changes in silence" in shown
    assert "leaves the feeds in silence" in shown


def test_a_lost_address_comes_first_and_is_told_from_one_that_was_given_up():
    """One is a slip, the other a decision."""
    gone = AddressChange("/fini/", "removed", is_declared=True)
    shown = str(addresses_part(replace(EMPTY, addresses=(*FULL.addresses, gone)), FRAME))

    assert shown.index("/posts/vieux/") < shown.index("/posts/neuf/")
    assert 1 == shown.count("lost: who comes finds nothing")
    assert 1 == shown.count("hub.toml names it as gone")


def test_a_file_says_how_heavy_it_was_and_is():
    """A picture of nine megabytes has no words."""
    shown = str(files_part(FULL, FRAME))

    assert "media/well.png" in shown
    assert "1 KB → 2 KB" in shown
    assert "The site has 102 files, of which 41 are pages; it had 100 and 40." in shown
    assert "The HTML of the pages that differ weighs 2 KB; it weighed 1 KB." in shown


def test_a_file_of_the_proposal_says_what_part_it_is_of_and_what_is_special():
    """A link to another file looks like a file."""
    source = SourceChange("content/a.md", "changed", "content", former="content/b.md", what="symlink", lines_new=2)
    shown = str(sources_part(replace(EMPTY, sources=(source,)), FRAME))

    assert "content/b.md" in shown
    assert "a link to another file" in shown
    assert "+2 −0" in shown


def test_what_strangers_wrote_is_text_everywhere():
    """Titles, zones, paths: each is written by whoever proposes."""
    dates = (DateChange(HOSTILE, "changed", HOSTILE, HOSTILE, (), zone=HOSTILE),)
    review = replace(
        FULL, dates=dates, feeds=(replace(FULL.feeds[0], title=HOSTILE),), addresses=(AddressChange(HOSTILE, "removed", HOSTILE),),
        files=(replace(FULL.files[0], path=HOSTILE),), sources=(SourceChange(HOSTILE, "added", "content", HOSTILE, HOSTILE),),
    )  # fmt: skip
    shown = "".join(str(part(review, FRAME)) for part in PARTS)

    assert "<script" not in shown
    assert "<img" not in shown
    assert "\u202e" not in shown
