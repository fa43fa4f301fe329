"""An earlier site comes back as it was, whatever happened since, or nothing happens."""

from __future__ import annotations

import errno
import os
import random
import signal

import pytest

from handbill.publishing import swap
from handbill.publishing.store import EarlierSite, ForeignFolder, NoSuchSite, NotWhole, Store, StoreError

from .conftest import TWENTY, Disk, look, publish
from .test_killed import end_of, run

PATHS = [f"{folder}{name}.html" for folder in ("", "a/", "a/b/", "c/") for name in range(4)]


def state(public) -> tuple[object, ...]:
    """Return what stands: every file with its bytes and its time, and what is written down of it."""
    times = {path: (public / path).stat().st_mtime_ns for path in look(public)}
    store = Store(public)
    assert store.is_intact()
    return look(public), times, dict(store.standing()), dict(store.folders())


def live(public, count: int, chance: random.Random) -> list[tuple[object, ...]]:
    """Publish *count* sites of which each differs a little from the one before; return what stood each time."""
    files = {path: b"%d" % chance.randrange(9) for path in PATHS}
    states = []
    for number in range(count):
        for path in chance.sample(PATHS, 3):
            if path in files and chance.random() < 0.5 and len(files) > 2:
                del files[path]
            else:
                # The same few bytes again and again, at other places and at other times.
                files[path] = b"%d" % chance.randrange(9)
        files["index.html"] = b"site %d" % number
        publish(Store(public), files, TWENTY, flushed=False)
        states.append(state(public))
    return states


def test_each_of_the_last_twenty_sites_comes_back_as_it_was(public):
    """Bytes, times, keys: the next build does what it would have done then."""
    states = live(public, 30, random.Random(3))
    numbers = [one.number for one in Store(public).earlier(TWENTY)]
    assert list(range(29, 9, -1)) == numbers

    for number in random.Random(4).sample(numbers[:19], 19):
        gone_back = Store(public).go_back(number, TWENTY)

        assert states[number - 1] == state(public)
        assert number == gone_back.site.number


def test_to_the_oldest_and_forward_again(public):
    states = live(public, 21, random.Random(5))

    there = Store(public).go_back(1, TWENTY)
    assert states[0] == state(public)

    Store(public).go_back(there.former, TWENTY)
    assert states[20] == state(public)


def test_without_a_number_it_is_the_one_before_and_then_the_one_before_that(public):
    """Whoever sees that it did not help goes further back, and not forward again."""
    states = live(public, 5, random.Random(6))

    for wanted in (3, 2, 1, 0):
        Store(public).go_back(None, TWENTY)
        assert states[wanted] == state(public)
    with pytest.raises(NoSuchSite, match="no site from before the one that stands is kept any more; there are: 1, 5, 4, 3, 2"):
        Store(public).go_back(None, TWENTY)


def test_after_a_publication_the_one_before_is_what_stood_before_it(public):
    states = live(public, 4, random.Random(7))
    Store(public).go_back(2, TWENTY)
    publish(Store(public), {"index.html": b"mended"}, TWENTY)

    Store(public).go_back(None, TWENTY)

    assert states[1] == state(public)


def test_what_is_published_after_going_back_is_what_is_published_without(public, tmp_path):
    """The next build believes what stands."""
    live(public, 6, random.Random(8))
    Store(public).go_back(2, TWENTY)
    wanted = {"index.html": b"mended", "a/1.html": b"1", "new/x.html": b"new"}

    publish(Store(public), wanted, TWENTY)

    assert wanted == look(public)
    assert Store(public).is_intact()


def test_folders_of_other_programs_come_back_as_theirs(public, tmp_path):
    """They are kept or made anew as a whole."""
    for number in (1, 2):
        made = tmp_path / f"made-{number}"
        (made / "assets").mkdir(parents=True)
        (made / "index.html").write_text("handbook")
        (made / "assets/x.css").write_text(f"style {number}")
        with Store(public).begin(TWENTY) as generation:
            generation.adopt_folder("handbook", f"key-{number}", made)
            generation.publish()
        if number == 1:
            before = state(public)

    Store(public).go_back(None, TWENTY)

    assert before == state(public)
    assert {"handbook": "key-1"} == dict(Store(public).folders())


def test_a_site_with_other_spellings_comes_back(public):
    """A folder has the place of a file, and Fair that of fair."""
    first = {"fair/x.html": b"x", "a": b"file", "index.html": b"1"}
    publish(Store(public), first, TWENTY)
    publish(Store(public), {"Fair/x.html": b"x", "a/b.html": b"in a folder", "index.html": b"2"}, TWENTY)

    Store(public).go_back(None, TWENTY)

    assert first == look(public)


def test_to_go_to_what_stands_changes_nothing(public):
    live(public, 3, random.Random(9))
    Store(public).go_back(1, TWENTY)
    before = state(public), public.stat().st_ino

    again = Store(public).go_back(1, TWENTY)

    assert not again.done.is_new
    assert 0 == again.former
    assert before == (state(public), public.stat().st_ino)


def test_there_is_no_site_of_that_number(public):
    with pytest.raises(NoSuchSite, match=r"no earlier site is kept: .* the site that stood before it, unless earlier under"):
        Store(public).go_back(None, TWENTY)
    live(public, 3, random.Random(1))
    before = state(public)

    for number in (0, 3, 99):
        with pytest.raises(NoSuchSite, match=f"found no earlier site {number}; there are: 1, 2"):
            Store(public).go_back(number, TWENTY)
    assert before == state(public)


def test_how_an_earlier_site_differs_is_counted_by_its_paths(public):
    """What came back, what is missing, and what goes."""
    publish(Store(public), {"other.html": b"1", "gone.html": b"1", "lost.html": b"lost", "same.html": b"1"}, TWENTY)
    made_ns = max((public / path).stat().st_mtime_ns for path in look(public))
    publish(Store(public), {"other.html": b"2", "new.html": b"2", "newer.html": b"2", "same.html": b"1"}, TWENTY)
    assert (EarlierSite(1, made_ns, 5, ()),) == Store(public).earlier(TWENTY)

    earlier = public.with_name(".public.handbill") / "earlier/1"
    next(file for file in earlier.iterdir() if file.read_bytes() == b"lost").unlink()
    assert (EarlierSite(1, made_ns, 5, ("lost.html",)),) == Store(public).earlier(TWENTY)

    (earlier / "manifest").write_bytes(b"")
    assert (EarlierSite(1, 0, 0, (".",)),) == Store(public).earlier(TWENTY)


def _rewritten(file) -> None:
    """Write other bytes of the same size and the same time."""
    found = file.stat()
    raw = file.read_bytes()
    file.unlink()
    file.write_bytes(bytes(byte ^ 1 for byte in raw))
    os.utime(file, ns=(found.st_mtime_ns, found.st_mtime_ns))


def _linked(file) -> None:
    there = file.with_name("there")
    file.rename(there)
    file.symlink_to(there)


def _piped(file) -> None:
    file.unlink()
    os.mkfifo(file)


def _cut(file) -> None:
    os.truncate(file, 1)


def _touched(file) -> None:
    os.utime(file, ns=(1, 1))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and pipes")
@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        *((what, spoil) for what in ("manifest", "file") for spoil in (os.unlink, _rewritten, _linked, _piped, _cut)),
        ("file", _touched),
    ],
)
def test_what_was_altered_among_the_earlier_sites_is_never_published(public, what, spoil):
    """Whoever could write there could have members read anything."""
    publish(Store(public), {"index.html": b"one", "same.html": b"same"}, TWENTY)
    publish(Store(public), {"index.html": b"two", "same.html": b"same"}, TWENTY)
    lying = public.with_name(".public.handbill") / "earlier/1"
    (file,) = [one for one in lying.iterdir() if (one.name == "manifest") == (what == "manifest")]
    # What has the file under its other name is the spare.
    spare = public.with_name(".public.handbill") / "spare"
    (spare / "index.html").unlink()
    before = state(public)
    spoil(file)

    with pytest.raises(NotWhole, match=r"site 1 is no longer whole: .* is missing, or something else altered it.*build\.py rollback --list shows"):
        Store(public).go_back(1, TWENTY)

    assert before == state(public)
    publish(Store(public), {"index.html": b"three"}, TWENTY)
    assert {"index.html": b"three"} == look(public)


@pytest.mark.parametrize("spoil", [lambda page: page.unlink(), lambda page: page.write_bytes(b"by hand!")], ids=["deleted", "rewritten"])
def test_a_file_of_it_that_was_altered_where_it_stands_is_told(public, spoil):
    publish(Store(public), {"index.html": b"one", "same.html": b"same"}, TWENTY)
    publish(Store(public), {"index.html": b"two", "same.html": b"same"}, TWENTY)
    spoil(public / "same.html")
    before = look(public)

    (site,) = Store(public).earlier(TWENTY)
    assert (2, ("same.html",)) == (site.differing, site.lacking)
    with pytest.raises(NotWhole, match=r"same\.html"):
        Store(public).go_back(1, TWENTY)
    assert before == look(public)


def test_a_folder_with_what_is_not_ours_is_not_replaced(public):
    live(public, 3, random.Random(2))
    (public / "mine.txt").write_text("mine")

    with pytest.raises(ForeignFolder, match=r"mine\.txt"):
        Store(public).go_back(1, TWENTY)
    assert "mine" == (public / "mine.txt").read_text()


def test_a_list_of_another_user_s_program_makes_no_site(public, monkeypatch):
    live(public, 3, random.Random(2))
    monkeypatch.setattr("handbill.key._known", [b"another key of thirty-two bytes!"])

    assert () == Store(public).earlier(TWENTY)


def two(public) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Publish two sites that differ in everything but one file; return them."""
    one = {"index.html": b"one", "a/x.html": b"x", "same.html": b"same", "gone/y.html": b"y"}
    other = {"index.html": b"two", "a/x.html": b"other", "same.html": b"same", "new/z.html": b"z"}
    publish(Store(public), one, TWENTY)
    publish(Store(public), other, TWENTY)
    return one, other


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    ("way", "every"),
    [("one step", 9), pytest.param("one step", 1, marks=pytest.mark.long), pytest.param("two renames", 1, marks=pytest.mark.long)],
)
def test_killed_before_any_call_of_going_back_the_one_site_or_the_other_stands(public, monkeypatch, way, every):
    """Every instant between two changes of the disk; and nothing is lost by it: one can go back and forth."""
    if way == "two renames":
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    one, other = two(public)
    at = kills = back = 0
    while True:
        at += every

        def go(at=at):
            with pytest.MonkeyPatch.context() as patch:
                Disk(patch).kill(at)
                Store(public).go_back(_number_of(public, one), TWENTY)

        end = end_of(run(go))
        with Store(public).alone(limit_s=0):
            pass
        found = look(public)
        assert found in (one, other)
        back += found == one
        # Whichever stands, the other can be had, whole.
        for wanted in (one, other):
            if look(public) != wanted:
                Store(public).go_back(_number_of(public, wanted), TWENTY)
            assert wanted == look(public)
            assert Store(public).is_intact()
        assert all(not site.lacking for site in Store(public).earlier(TWENTY))
        if end == 0:
            break
        assert -signal.SIGKILL == end
        kills += 1

    assert kills > 30 // every
    assert back > 9 // every


def _number_of(public, wanted: dict[str, bytes]) -> int:
    """Return the number of an earlier site that has other files than what stands, or the same as it wants."""
    stands = look(public) == wanted
    return next(site.number for site in Store(public).earlier(TWENTY) if (site.differing == 0) == stands)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
def test_killed_before_any_call_of_keeping_no_site_is_lost(public, every):
    """What stood before lies in the spare until it is taken down."""
    at = 0
    publish(Store(public), {"index.html": b"0"}, TWENTY)
    while True:
        at += every
        before = look(public)

        def build(at=at):
            with pytest.MonkeyPatch.context() as patch:
                Disk(patch).kill(at)
                publish(Store(public), {"index.html": b"%d" % at, f"{at}.html": b"x"}, TWENTY)

        end = end_of(run(build))
        if end == 0:
            break
        if look(public) != before:
            now = look(public)
            Store(public).go_back(None, TWENTY)
            assert before == look(public)
            Store(public).go_back(next(one.number for one in Store(public).earlier(TWENTY) if one.differing), TWENTY)
            assert now == look(public)
        assert all(not site.lacking for site in Store(public).earlier(TWENTY))

    assert at > 30


@pytest.mark.parametrize(
    ("number", "every"),
    [(errno.ENOSPC, 5), *(pytest.param(one, 1, marks=pytest.mark.long) for one in (errno.ENOSPC, errno.EIO, errno.EACCES))],
)
def test_a_disk_that_refuses_any_call_leaves_the_one_or_the_other(public, disk, number, every):
    one, other = two(public)
    wanted, standing = one, other
    for at in range(1, 400, every):
        disk.fail(at, number)
        try:
            Store(public).go_back(_site_with(public, wanted, disk), TWENTY)
        except StoreError:
            disk.mend()
            assert standing == look(public)
        else:
            calls = disk.mend()
            assert wanted == look(public)
            if calls < at:
                break
            wanted, standing = standing, wanted
        assert Store(public).is_intact()

    assert at > 20


def _site_with(public, wanted: dict[str, bytes], disk: Disk) -> int:
    at, happens, calls = disk.at, disk.happens, disk.calls
    disk.at = 0
    number = next(one.number for one in Store(public).earlier(TWENTY) if one.differing)
    disk.at, disk.happens, disk.calls = at, happens, calls
    return number


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_who_goes_back_while_a_build_runs_waits_for_it(public):
    """Two at once would take each other's spare."""
    live(public, 8, random.Random(2))

    def back():
        for _ in range(5):
            store = Store(public)
            with store.alone():
                store.go_back(next(one.number for one in store.earlier(TWENTY) if one.differing), TWENTY)

    def build():
        for number in range(5):
            store = Store(public)
            with store.alone():
                publish(store, {"index.html": b"%d" % number, "a/x.html": b"x"}, TWENTY)

    children = [run(back), run(build), run(back)]

    assert [0, 0, 0] == [end_of(child) for child in children]
    assert Store(public).is_intact()
    assert all(not site.lacking for site in Store(public).earlier(TWENTY))
