from __future__ import annotations

import errno
import os
import sys

import pytest

from handbill.publishing import flush as flushing
from handbill.publishing.flush import flush


@pytest.fixture
def flushed(monkeypatch):
    """Return the inodes that were flushed one by one."""
    seen = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (seen.append(os.fstat(file).st_ino), fsync(file))[1])
    return seen


def test_few_files_are_flushed_one_by_one_with_their_folders(tmp_path, flushed):
    (tmp_path / "x").write_bytes(b"x")

    flush(tmp_path, ["x"], [""])

    assert [(tmp_path / "x").stat().st_ino, tmp_path.stat().st_ino] == flushed


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux flushes one file system")
def test_many_files_are_flushed_at_once(tmp_path, flushed):
    names = [str(number) for number in range(200)]
    for name in names:
        (tmp_path / name).write_bytes(b"x")

    flush(tmp_path, names, [""])

    assert [] == flushed


def test_many_files_are_flushed_one_by_one_where_there_is_no_other_way(tmp_path, flushed, monkeypatch):
    monkeypatch.setattr(flushing, "_flush_file_system", lambda _: False)
    names = [str(number) for number in range(200)]
    for name in names:
        (tmp_path / name).write_bytes(b"x")

    flush(tmp_path, names, [""])

    assert 201 == len(flushed)


def test_a_disk_that_cannot_flush_is_not_believed(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EIO, "input/output error")

    (tmp_path / "x").write_bytes(b"x")
    monkeypatch.setattr(os, "fsync", refuse)

    with pytest.raises(OSError, match="input/output error"):
        flush(tmp_path, ["x"], [""])
