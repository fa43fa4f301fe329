"""A file counts if it is this user's, and a file."""

from __future__ import annotations

import os

import pytest

from handbill.publishing.manifest import Kept
from handbill.publishing.own_files import bytes_of, is_own_folder, looks_like

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links, pipes and owners")


@pytest.fixture
def file(tmp_path):
    """Return a file of five bytes."""
    file = tmp_path / "file"
    file.write_bytes(b"bytes")
    os.utime(file, ns=(7, 7))
    return file


KEPT = Kept("key", "digest", 5, 7)


def test_a_file_with_a_second_name_is_a_file(file, tmp_path):
    """That is what most earlier files have."""
    os.link(file, tmp_path / "other")

    assert b"bytes" == bytes_of(tmp_path / "other")
    assert looks_like(str(tmp_path / "other"), KEPT)


@pytest.mark.parametrize(
    "lay",
    [lambda one: one.symlink_to(one.with_name("file")), os.mkfifo, lambda one: one.mkdir(), lambda _: None],
    ids=["link", "pipe", "folder", "nothing"],
)
def test_nothing_else_is_one(file, tmp_path, lay):
    """None is followed and none is waited for."""
    assert file.exists()
    lay(tmp_path / "odd")

    assert bytes_of(tmp_path / "odd") is None
    assert bytes_of(tmp_path / "file/below") is None
    assert not looks_like(str(tmp_path / "odd"), KEPT)
    assert not looks_like(str(tmp_path / "file/below"), KEPT)


@pytest.mark.parametrize("other", [KEPT._replace(size=6), KEPT._replace(mtime_ns=8)], ids=["size", "time"])
def test_another_size_or_time_is_another_file(file, other):
    assert looks_like(str(file), KEPT)
    assert not looks_like(str(file), other)


def test_what_belongs_to_somebody_else_is_not_ours(file, tmp_path, monkeypatch):
    """Whoever laid it there may change it later."""
    user = os.geteuid()
    assert is_own_folder(tmp_path)

    monkeypatch.setattr(os, "geteuid", lambda: user + 1)

    assert not is_own_folder(tmp_path)
    assert bytes_of(file) is None
    assert not looks_like(str(file), KEPT)


def test_a_link_to_a_folder_is_no_folder_of_ours(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)

    assert not is_own_folder(tmp_path / "link")
    assert not is_own_folder(tmp_path / "nothing")


def test_a_file_that_cannot_be_read_is_not_taken_for_none(file, monkeypatch):
    monkeypatch.setattr(os, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "denied")))

    with pytest.raises(PermissionError):
        bytes_of(file)
