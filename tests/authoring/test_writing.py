"""A file of the content is written whole or not at all."""

import os
import sys

import pytest

from handbill.authoring.writing import put


def test_a_file_is_written_byte_for_byte(tmp_path):
    """Line ends are the editor's."""
    (tmp_path / "content").mkdir()
    put(tmp_path, "content/a.md", b"one\r\ntwo\n")

    assert b"one\r\ntwo\n" == (tmp_path / "content/a.md").read_bytes()


def test_nothing_half_written_lies_among_the_content(tmp_path, monkeypatch):
    """It would be committed with the next change."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path, "content/a.md", b"new")

    assert b"old" == (tmp_path / "content/a.md").read_bytes()
    assert ["content/a.md"] == [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_who_may_read_a_file_stays(tmp_path):
    """A group shares the folder."""
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "a.md").chmod(0o664)
    put(tmp_path, "a.md", b"new")

    assert 0o664 == (tmp_path / "a.md").stat().st_mode & 0o777
