"""What must be seen of a change without reading a file."""

from __future__ import annotations

import itertools
import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.hubs import moment

from handbill.publishing.standing import LastBuild, files_digest, read_last, write_last
from handbill.stamps import settle, stamp_of

LAST = LastBuild("terms", "files", "2026-03-20T12:00:00+01:00", "2026-03-21T00:00:00+01:00", {"post": 3, "event": 2}, 97, "seal")


def tree(root: Path, *names: str) -> Path:
    for name in names or ("content/a.md", "content/deep/b.md", "hub.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"text of {name}", encoding="utf-8")
    return root


def digest(root: Path) -> str:
    return files_digest(root, ("content", "hub.toml", "theme"))


CHANGES = {
    "another text of another length": lambda root: (root / "content/a.md").write_text("longer than it was before"),
    "another time": lambda root: os.utime(root / "content/deep/b.md", ns=(1, 1)),
    "another time by a nanosecond": lambda root: os.utime(root / "hub.toml", ns=(1, (root / "hub.toml").stat().st_mtime_ns + 1)),
    "another name": lambda root: (root / "content/a.md").rename(root / "content/c.md"),
    "another folder": lambda root: (root / "content/a.md").rename(root / "content/deep/a.md"),
    "one less": lambda root: (root / "content/deep/b.md").unlink(),
    "one more": lambda root: tree(root, "content/deep/c.md"),
    "one more, empty and hidden": lambda root: (root / "content/.x").touch(),
    "the settings gone": lambda root: (root / "hub.toml").unlink(),
    "a folder that was not there": lambda root: tree(root, "theme/x.html"),
    "a right": lambda root: (root / "content/a.md").chmod(0o600),
    "a link in place of the file": lambda root: ((root / "content/a.md").unlink(), (root / "content/a.md").symlink_to("deep/b.md")),
    "the same bytes and time in a new file": lambda root: same_again(root / "content/a.md"),
}


def test_a_link_counts_with_the_file_that_it_leads_to(tmp_path):
    """A theme may be shared by several hubs, file by file: an edit of what is shared must appear."""
    shared = tmp_path / "shared.css"
    shared.write_text("a {}")
    tree(tmp_path / "hub", "theme/a.css")
    (tmp_path / "hub/theme/shared.css").symlink_to(shared)
    before = digest(tmp_path / "hub")
    assert before == digest(tmp_path / "hub")
    shared.write_text("b {}")
    assert before != digest(tmp_path / "hub")


@pytest.mark.parametrize("link", ["theme", "theme/parts"])
def test_behind_a_link_to_a_folder_anything_may_have_changed(tmp_path, link):
    """It is not walked through: it may lead to the whole disk."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "hub" / link).parent.mkdir(parents=True)
    (tmp_path / "hub" / link).symlink_to(tmp_path / "shared")
    assert digest(tmp_path / "hub") != digest(tmp_path / "hub")


def same_again(file: Path) -> None:
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    copy = file.with_name("copy")
    copy.write_bytes(file.read_bytes())
    os.utime(copy, ns=times)
    copy.replace(file)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_of_a_file_is_seen(tmp_path, change):
    """A change that is not seen is an edit that does not appear on the site."""
    before = digest(tree(tmp_path))
    change(tmp_path)

    assert before != digest(tmp_path)


def test_as_many_bytes_with_the_time_put_back_are_seen(tmp_path):
    """So write rsync, Syncthing, `touch -r` and some editors."""
    file = tree(tmp_path) / "content/a.md"
    before, times = digest(tmp_path), (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    with file.open("r+b") as opened:
        opened.write(b"TEXT")
    os.utime(file, ns=times)

    assert before != digest(tmp_path)


def test_two_changes_within_a_tick_of_the_disk_are_two(tmp_path):
    """A clock of 4 ms stamps both with one moment, and the second one would never appear on the site (Git calls it racily clean)."""
    file, seen = tree(tmp_path) / "content/a.md", set()
    for number in range(10, 20):
        with file.open("r+b") as opened:
            opened.write(b"%d" % number)
        seen.add(digest(tmp_path))

    assert 10 == len(seen)


def test_an_edit_behind_a_link_is_seen(tmp_path):
    """Two hubs may share a file of their themes."""
    shared = tmp_path / "shared.css"
    shared.write_text("a {}")
    (tmp_path / "hub/theme").mkdir(parents=True)
    (tmp_path / "hub/theme/hub.css").symlink_to(shared)
    before = digest(tmp_path / "hub")

    shared.write_text("b {}")

    assert digest(tmp_path / "hub") != before


def test_a_link_that_leads_nowhere_is_a_state_like_any_other(tmp_path):
    """It is for the reading to refuse it."""
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")

    assert files_digest(tmp_path, ["."]) == files_digest(tmp_path, ["."])


def test_the_bytes_of_a_file_are_not_read(tmp_path, monkeypatch):
    """That is what makes a build of an unchanged hub cost nothing."""
    tree(tmp_path)
    monkeypatch.setattr("builtins.open", None)
    monkeypatch.setattr(os, "open", None)

    assert digest(tmp_path)


def test_a_file_that_never_rests_is_never_taken_for_unchanged(tmp_path, monkeypatch):
    """A log in the folder must not stop the build, and an edit beside it must still be seen."""
    log = tree(tmp_path, "content/log.txt", "hub.toml") / "content/log.txt"
    monkeypatch.setattr("handbill.publishing.standing.time.sleep", lambda _: log.write_text("more", encoding="utf-8"))
    # However long this process is held up, it asks right after the last line.
    ticks = itertools.count()
    monkeypatch.setattr("handbill.publishing.standing.time.time_ns", lambda: log.stat().st_ctime_ns + next(ticks))

    assert digest(tmp_path) != digest(tmp_path)


def test_a_file_of_another_clock_is_not_waited_for(tmp_path, monkeypatch):
    """The clock of a server may be minutes ahead, and ours may have been put back."""
    tree(tmp_path)
    now = time.time_ns()
    monkeypatch.setattr("handbill.publishing.standing.time.time_ns", lambda: now - 3_600_000_000_000)
    monkeypatch.setattr("handbill.publishing.standing.time.sleep", None)

    assert digest(tmp_path) == digest(tmp_path)


def test_a_stamp_that_can_be_believed_is_waited_for(tmp_path):
    """Who keeps what a file said keeps it under its stamp."""
    file, seen = tree(tmp_path) / "content/a.md", set()
    for number in range(10, 20):
        file.write_text(str(number), encoding="utf-8")
        seen.add(stamp_of(settle(str(file), file.lstat())))

    assert 10 == len(seen)


def test_nothing_changed_is_nothing_seen(tmp_path):
    """Otherwise every build would be a whole one."""
    assert digest(tree(tmp_path)) == digest(tmp_path)


def test_the_order_in_which_a_disk_lists_files_does_not_matter(tmp_path, monkeypatch):
    """It depends on the disk and on the order of creation."""
    before = digest(tree(tmp_path, *(f"content/{name}.md" for name in "abcdef")))
    scan = os.scandir

    class Backwards:
        def __init__(self, path: str) -> None:
            with scan(path) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Backwards)
    assert before == digest(tmp_path)


def test_what_python_leaves_behind_is_no_change(tmp_path):
    """It writes byte code beside the program at the very first start."""
    before = digest(tree(tmp_path))
    tree(tmp_path, "content/__pycache__/x.pyc")

    assert before == digest(tmp_path)


def test_what_was_written_down_is_read_back(tmp_path):
    """Otherwise nothing would ever stand."""
    write_last(tmp_path / "last" / "x.json", LAST)

    assert LAST == read_last(tmp_path / "last" / "x.json")
    assert ["x.json"] == [file.name for file in (tmp_path / "last").iterdir()]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"terms": "terms"}',
        b'{"terms":"t","files":"f","since":"s","until":"u","counts":{},"pages":1,"more":1}',
    ],
)
def test_a_damaged_note_is_no_note(tmp_path, damaged):
    """A machine switched off while writing must cost a build, not the site."""
    (tmp_path / "x.json").write_bytes(damaged)

    assert None is read_last(tmp_path / "x.json")


def test_a_missing_note_is_no_note(tmp_path):
    """That is the first build of every hub."""
    assert None is read_last(tmp_path / "x.json")


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        ("2026-03-20 11:59", False),
        ("2026-03-20 12:00", True),
        ("2026-03-20 23:59", True),
        ("2026-03-21 00:00", False),
        ("2027-01-01 00:00", False),
    ],
)
def test_a_build_holds_from_its_moment_until_the_next_thing_happens(at, holds):
    """A later build shows more, an earlier one less."""
    assert holds is LAST.holds("terms", "files", "seal", moment(at))


def test_a_build_holds_at_the_same_instant_in_another_zone():
    """Not what the clock says counts, but the instant."""
    assert LAST.holds("terms", "files", "seal", moment("2026-03-20 20:00", "Asia/Tokyo"))
    assert not LAST.holds("terms", "files", "seal", moment("2026-03-20 19:59", "Asia/Tokyo"))


def test_other_options_or_files_end_what_holds():
    """A site with drafts in it must not stand in for the public one."""
    at = moment("2026-03-20 13:00")

    assert LAST.holds("terms", "files", "seal", at)
    assert not LAST.holds("other", "files", "seal", at)
    assert not LAST.holds("terms", "other", "seal", at)
    assert not LAST.holds("terms", "files", "another generation", at)
    assert not replace(LAST, until=(at - timedelta(seconds=1)).isoformat()).holds("terms", "files", "seal", at)
