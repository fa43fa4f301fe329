"""Changed pages and letters → pictures in which all that differs is framed; never a reason to fail."""

import io
import os
from dataclasses import replace

import pytest
from PIL import Image
from tests.reviewing.browsers import fake
from tests.reviewing.pages import EMPTY, FULL, asset, change, letter

from handbill.reviewing import chromium
from handbill.reviewing import shots as module
from handbill.reviewing.shots import NONE, shots

pytestmark = pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="pipes of that sort are not to be had here")


def test_without_a_browser_a_line_says_so():
    """A reviewer wonders why there are pictures in one pack and none in the next."""
    taken = shots(FULL, asset, program="")

    assert "no Chromium was found" in str(taken.told)
    assert {} == taken.high


def test_where_no_browser_can_be_driven_a_line_says_so(monkeypatch):
    """Windows has pipes of another sort; looking for a browser there would be in vain."""
    monkeypatch.delattr(os, "posix_spawn")

    assert "on Linux and macOS only" in str(shots(FULL, asset).told)


def test_where_nothing_changed_no_browser_is_started():
    """It costs two seconds."""
    assert shots(EMPTY, asset, program="/none") is NONE


def test_own_pages_and_letters_are_photographed_in_two_widths(tmp_path):
    """Most members read on a telephone, and most editors write on a computer."""
    taken = shots(replace(EMPTY, pages=(change(), change("/", is_own=False)), letters=(letter(),)), asset, program=fake(tmp_path, "well"))

    assert ["newsletters/3/mail.html", "/posts/pot/"] == list(taken.high)
    assert {"phone": 40, "desk": 40} == taken.heights("/posts/pot/")
    widths = [Image.open(io.BytesIO(raw)).size[0] for pairs in taken.marked("/posts/pot/").values() for _, raw in pairs]
    assert [375, 375, 1280, 1280] == widths
    assert taken.told is None


def test_new_and_removed_pages_have_nothing_to_be_compared_with(tmp_path):
    """They stand in the review as they are."""
    pages = change(how="added", before=None), change("/x/", how="removed", after=None)

    assert shots(replace(EMPTY, pages=pages), asset, program=fake(tmp_path, "well")) is NONE


def test_no_more_than_a_dozen_are_photographed_and_a_line_says_so(tmp_path, monkeypatch):
    """A change of the theme would take an hour."""
    monkeypatch.setattr(module, "MOST", 2)
    pages = tuple(change(f"/{name}/", words=(), marks=(name,)) for name in "abc")
    taken = shots(replace(EMPTY, pages=pages), asset, program=fake(tmp_path, "well"))

    assert ["/a/", "/b/"] == list(taken.high)
    assert "of 2 of 3" in str(taken.told)


@pytest.mark.parametrize("how", ["mute", "odd"])
def test_a_browser_that_does_not_answer_stops_nothing(how, tmp_path, monkeypatch):
    """The words are there all the same."""
    monkeypatch.setattr(chromium, "START_S", 0.5)

    assert "did not answer" in str(shots(FULL, asset, program=fake(tmp_path, how)).told)


def test_what_was_taken_before_the_browser_stopped_is_kept(tmp_path):
    """One monstrous page must not cost the pictures of the others."""
    pages = tuple(change(f"/{name}/", words=(), marks=(name,)) for name in "abc")
    taken = shots(replace(EMPTY, pages=pages), asset, program=fake(tmp_path, "stops"))

    assert ["/a/"] == list(taken.high)
    assert "some are missing" in str(taken.told)
