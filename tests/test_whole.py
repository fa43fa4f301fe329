"""The old file or the new one stands, never a part, and nothing is written into what lies beside it."""

import os
import stat
from pathlib import Path

import pytest

from handbill.whole import put_whole, whole


def test_a_file_takes_the_place_of_another(tmp_path):
    """Readers hold the old one or see the new one."""
    file = tmp_path / "x"
    file.write_bytes(b"old")
    with file.open("rb") as held:
        put_whole(file, [b"n", memoryview(b"ew")])
        assert b"old" == held.read()
    assert b"new" == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())


def test_nothing_is_written_through_a_link_that_lies_in_the_way(tmp_path, monkeypatch):
    """A proposal can bring links to files of whoever builds it; the name cannot be foreseen, and if it were, nothing is written into it."""
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    monkeypatch.setattr(os, "urandom", bytes)
    (tmp_path / f".x.{bytes(8).hex()}").symlink_to(theirs)

    with pytest.raises(FileExistsError):
        put_whole(tmp_path / "x", [b"ours"])

    assert (b"theirs", False) == (theirs.read_bytes(), (tmp_path / "x").exists())


def test_no_two_writers_foresee_the_same_name(tmp_path):
    """Two commands at once write the same file: each its own, and the last one stands, whole."""
    with whole(tmp_path / "x") as one, whole(tmp_path / "x") as other:
        one.write(b"one")
        other.write(b"other")
        assert one.name != other.name

    assert b"one" == (tmp_path / "x").read_bytes()
    assert ["x"] == [file.name for file in tmp_path.iterdir()]


def test_it_lies_in_another_folder_until_it_is_whole_and_has_the_mode_that_is_asked_for(tmp_path):
    """A watcher of the folder sees only files that are whole, and nobody else reads what is closed, at no moment."""
    (tmp_path / "kept").mkdir()
    umask = os.umask(0)
    try:
        with whole(tmp_path / "x", folder=tmp_path / "kept", mode=0o600) as opened:
            opened.write(b"x")
            assert 0o600 == stat.S_IMODE(Path(opened.name).stat().st_mode)
            assert [tmp_path / "kept"] == list(tmp_path.iterdir())
    finally:
        os.umask(umask)

    assert ["kept", "x"] == sorted(file.name for file in tmp_path.iterdir())
    assert [] == list((tmp_path / "kept").iterdir())


def test_what_cannot_be_written_leaves_the_old_one_and_nothing_beside_it(tmp_path):
    """A full disk."""

    def parts():
        yield b"half"
        raise OSError("no room")

    file = tmp_path / "x"
    file.write_bytes(b"old")
    with pytest.raises(OSError, match="no room"):
        put_whole(file, parts())

    assert b"old" == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())


def test_bytes_are_flushed_before_the_name_is_theirs(tmp_path, monkeypatch):
    """After a power cut the name would otherwise lead to an empty file."""
    calls = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (calls.append(f"flush {os.fstat(file).st_size}"), fsync(file)))
    monkeypatch.setattr(os, "replace", lambda *names: (calls.append("replace"), replace(*names)))

    put_whole(tmp_path / "file", [b"new"], flushed=True)
    put_whole(tmp_path / "file", [b"newer"])

    assert ["flush 3", "replace", "replace"] == calls

    with whole(tmp_path / "file") as opened:
        opened.write(b"newest")
    assert ["flush 6", "replace"] == calls[3:]


def test_what_nobody_said_is_closed_may_be_read_by_whoever_the_umask_lets(tmp_path):
    """A site is served by another user than the one who builds it."""
    umask = os.umask(0o022)
    try:
        put_whole(tmp_path / "x", [b"x"])
        os.umask(0)
        put_whole(tmp_path / "y", [b"y"])
    finally:
        os.umask(umask)

    assert [0o644, 0o666] == [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "xy"]
