"""The old file or the new one stands, never a part, and nothing is written into what lies beside it."""

import os

import pytest

from handbill.whole import put_whole


def test_a_file_takes_the_place_of_another(tmp_path):
    """Readers hold the old one or see the new one."""
    file = tmp_path / "x"
    file.write_bytes(b"old")
    with file.open("rb") as held:
        put_whole(file, [b"n", memoryview(b"ew")])
        assert b"old" == held.read()
    assert b"new" == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())


def test_nothing_is_written_through_a_link_that_lies_in_the_way(tmp_path):
    """A proposal can bring links of such names to files of whoever builds it."""
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    (tmp_path / f"x.{os.getpid()}").symlink_to(theirs)

    put_whole(tmp_path / "x", [b"ours"])

    assert (b"theirs", b"ours") == (theirs.read_bytes(), (tmp_path / "x").read_bytes())


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
    monkeypatch.setattr(os, "fsync", lambda file: (calls.append("flush"), fsync(file)))
    monkeypatch.setattr(os, "replace", lambda *names: (calls.append("replace"), replace(*names)))

    put_whole(tmp_path / "file", [b"new"], flushed=True)
    put_whole(tmp_path / "file", [b"newer"])

    assert ["flush", "replace", "replace"] == calls
