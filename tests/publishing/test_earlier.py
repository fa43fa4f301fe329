"""What is kept of the sites that stood before, and for how long."""

from __future__ import annotations

import errno
import os
import stat
from hashlib import sha256

import pytest

from handbill.publishing import files
from handbill.publishing.earlier import Earlier
from handbill.publishing.manifest import Kept, Manifest
from handbill.publishing.store import Limits, Store

from .conftest import TWENTY, look, publish

ONE = {"index.html": b"one", "same.html": b"same", "gone.html": b"gone"}
TWO = {"index.html": b"two", "same.html": b"same", "new.html": b"new"}


@pytest.fixture
def kept(public):
    """Return the folder in which the earlier sites of *public* lie."""
    return public.with_name(".public.handbill") / "earlier"


def numbers(public) -> list[int]:
    """Return the numbers of the earlier sites, the newest first."""
    return [one.number for one in Store(public).earlier(TWENTY)]


def several(public, count: int, limits: Limits = TWENTY) -> None:
    for number in range(count):
        publish(Store(public), {"index.html": b"%d" % number, "same.html": b"same"}, limits)


def test_of_an_earlier_site_lies_what_the_next_one_had_no_more(public, kept):
    """Thirty files of twenty thousand, after an edit."""
    publish(Store(public), ONE, TWENTY)
    publish(Store(public), TWO, TWENTY)

    assert {b"one", b"gone"} == {raw for name, raw in look(kept / "1").items() if name != "manifest"}
    assert 0o700 == stat.S_IMODE((kept / "1").stat().st_mode)


def test_what_is_kept_is_the_same_file_under_a_further_name(public, kept):
    """A copy would cost the disk what a link does not."""
    publish(Store(public), ONE, TWENTY)
    before = (public / "gone.html").stat().st_ino
    publish(Store(public), TWO, TWENTY)

    assert before in {file.stat().st_ino for file in (kept / "1").iterdir()}


def test_a_disk_without_further_names_gets_copies(public, kept, monkeypatch):
    def link(*_):
        raise OSError(errno.EPERM, "no links here")

    publish(Store(public), ONE, TWENTY)
    monkeypatch.setattr(files.os, "link", link)
    publish(Store(public), TWO, TWENTY)
    publish(Store(public), ONE, TWENTY)

    assert [2, 1] == numbers(public)
    Store(public).go_back(1, TWENTY)
    assert ONE == look(public)


def test_the_first_site_and_one_that_changes_nothing_keep_none(public, kept):
    publish(Store(public), ONE, TWENTY)
    assert not kept.exists()

    publish(Store(public), TWO, TWENTY)
    publish(Store(public), TWO, TWENTY)
    assert [1] == numbers(public)


def test_who_asks_for_none_keeps_none(public, kept):
    """A preview publishes at each letter that is typed."""
    several(public, 3, None)
    assert not kept.exists()

    store = Store(public, trusting=True)
    publish(store, ONE, TWENTY)
    publish(store, TWO, TWENTY)
    assert not kept.exists()


def test_twenty_are_kept_and_the_oldest_goes_first(public, kept):
    several(public, 24)

    assert list(range(23, 3, -1)) == numbers(public)
    assert {*map(str, range(4, 24)), "list"} == {file.name for file in kept.iterdir()}


def test_what_they_may_take_together_bounds_them_as_well(public):
    several(public, 6)
    size = Earlier(public.with_name(".public.handbill") / "earlier").listed().sites[0].bytes

    several(public, 6, Limits(20, 3 * size + size // 2))

    assert 3 == len(numbers(public))


def test_a_site_that_is_larger_than_all_may_be_is_told_and_no_older_one_is_left(public):
    """An older one would lack the files that this one had."""
    several(public, 4)

    done = publish(Store(public), TWO, Limits(20, 10))

    assert "it takes 1 MB, more than earlier_mb under [budget] in hub.toml allows" == done.unkept
    assert () == Store(public).earlier(Limits(20, 10))
    assert TWO == look(public)


def test_whoever_wants_none_any_more_has_none_after_the_next_publication(public, kept):
    several(public, 4)

    publish(Store(public), TWO, Limits(0, 1 << 30))

    assert {"list"} == {file.name for file in kept.iterdir()}
    assert [] == [one.number for one in Store(public).earlier(Limits(0, 1 << 30))]


def test_forgotten_is_every_earlier_site_and_what_was_left_of_the_last(public, kept):
    """Somebody asked for it to be gone."""
    publish(Store(public), {"index.html": b"a secret"}, TWENTY)
    publish(Store(public), {"index.html": b"none"}, TWENTY)

    assert 1 == Store(public).forget_earlier()

    assert not [file for file in public.parent.rglob("*") if file.is_file() and b"a secret" in file.read_bytes()]
    assert [] == numbers(public)
    assert b"none" == (public / "index.html").read_bytes()
    assert Store(public).is_intact()
    publish(Store(public), ONE, TWENTY)
    assert [2] == numbers(public), "a number does not come again"


def test_there_may_be_nothing_to_forget(public):
    assert 0 == Store(public).forget_earlier()


def test_a_file_that_was_altered_by_hand_is_not_kept_as_it_was(public):
    publish(Store(public), ONE, TWENTY)
    (public / "gone.html").write_bytes(b"by hand")
    publish(Store(public), TWO, TWENTY)

    (site,) = Store(public).earlier(TWENTY)
    assert ("gone.html",) == site.lacking


def test_the_same_file_of_two_places_lies_once(tmp_path):
    """A build that copies a folder makes many of one moment."""
    source = tmp_path / "source"
    source.mkdir()
    kept = Kept("key", sha256(b"same").hexdigest(), 4, 5)
    for name in ("a.html", "b.html"):
        (source / name).write_bytes(b"same")
        os.utime(source / name, ns=(5, 5))
    earlier = Earlier(tmp_path / "earlier")

    earlier.take_down(Manifest({"a.html": kept, "b.html": kept}, {"": 0}), source, ("a.html", "b.html"), lambda one: one.touch(), TWENTY)

    assert {"manifest": b"", f"{kept.digest}.5": b"same"} == look(tmp_path / "earlier/1")


@pytest.mark.parametrize("lay", [lambda one, there: one.symlink_to(there), lambda one, _: one.write_text("a file")], ids=["link", "file"])
def test_what_has_the_place_of_their_folder_is_removed_and_nothing_behind_it(public, kept, tmp_path, lay):
    """A link would have us write, and sweep, elsewhere."""
    there = tmp_path / "there"
    there.mkdir()
    (there / "list").write_text("mine")
    (there / "precious").write_text("mine")
    publish(Store(public), ONE, TWENTY)
    lay(kept, there)

    assert [] == numbers(public)
    assert "" == publish(Store(public), TWO, TWENTY).unkept

    assert {"list": b"mine", "precious": b"mine"} == look(there)
    assert [1] == numbers(public)


def test_a_link_there_is_not_followed_to_forget(public, kept, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    (there / "precious").write_text("mine")
    publish(Store(public), ONE, TWENTY)
    kept.symlink_to(there)

    Store(public).forget_earlier()

    assert {"precious": b"mine"} == look(there)
    assert not os.path.lexists(kept)


def test_a_folder_in_the_place_of_the_list_is_no_obstacle(public, kept):
    several(public, 3)
    (kept / "list").unlink()
    (kept / "list").mkdir()

    assert "" == publish(Store(public), ONE, TWENTY).unkept
    assert [2, 1] == numbers(public), "the one in the spare, and the one that stood"


def test_folders_that_nobody_listed_push_no_site_out(public, kept):
    """A proposal may bring a hundred of them, with high numbers."""
    several(public, 4)
    for number in range(100, 130):
        (kept / str(number)).mkdir()
        (kept / str(number) / "manifest").write_text("handbill manifest 1")

    assert [3, 2, 1] == numbers(public)
    publish(Store(public), ONE, TWENTY)

    assert [4, 3, 2, 1] == numbers(public)
    assert {"1", "2", "3", "4", "list"} == {file.name for file in kept.iterdir()}


def test_a_site_that_could_not_be_kept_is_told_and_published_all_the_same(public, monkeypatch):
    publish(Store(public), ONE, TWENTY)

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("handbill.publishing.earlier.link_or_copy", full)
    done = publish(Store(public), TWO, TWENTY)

    assert "the disk is full" == done.unkept
    assert done.is_new
    assert TWO == look(public)


def test_what_could_not_be_kept_is_kept_by_the_next_command(public, monkeypatch):
    """It still lies in the spare."""
    publish(Store(public), ONE, TWENTY)
    with monkeypatch.context() as patch:
        patch.setattr("handbill.publishing.earlier.write_list", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        assert publish(Store(public), TWO, TWENTY).unkept

    assert [1] == numbers(public)
    Store(public).go_back(None, TWENTY)
    assert ONE == look(public)


def test_the_spare_of_what_stands_is_no_earlier_site(public):
    """It is made where there is time, and holds the very same."""
    publish(Store(public), ONE, TWENTY)
    Store(public).prepare()

    assert [] == numbers(public)


def test_who_goes_back_and_forth_pushes_no_other_site_out(public):
    several(public, 21)
    for _ in range(12):
        Store(public).go_back(numbers(public)[0], TWENTY)

    assert {b"%d" % number for number in range(1, 21)} == {_index(public, number) for number in numbers(public)}


def _index(public, number: int) -> bytes:
    Store(public).go_back(number, TWENTY)
    return (public / "index.html").read_bytes()
