from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from handbill.publishing.files import copy, measure, plain_files, write


@pytest.fixture(params=[0o000, 0o077, 0o177])
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_bytes_and_a_file_of_them_measure_the_same(tmp_path):
    (tmp_path / "x").write_bytes(b"hello")

    assert (5, hashlib.sha256(b"hello").hexdigest()) == measure(b"hello") == measure(tmp_path / "x")


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_a_link_a_pipe_and_a_folder_are_not_plain_files(tmp_path):
    """A pipe would hang the build, a link could publish any file of the machine."""
    (tmp_path / "x").write_bytes(b"secret")
    (tmp_path / "link").symlink_to("x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()

    for name in ("link", "pipe", "folder"):
        with pytest.raises(ValueError, match="not a plain file"):
            measure(tmp_path / name)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
@pytest.mark.usefixtures("umask")
def test_everybody_may_read_what_is_written_whatever_the_umask(tmp_path):
    (tmp_path / "from").write_bytes(b"x")
    (tmp_path / "from").chmod(0o600)
    write(str(tmp_path / "bytes"), b"x")
    copy(str(tmp_path / "from"), str(tmp_path / "copied"))
    write(str(tmp_path / "moved"), tmp_path / "from")

    assert [0o644] * 3 == [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("bytes", "copied", "moved")]


def test_a_file_is_moved_in_and_gets_the_time_of_now(tmp_path):
    (tmp_path / "from").write_bytes(b"x")
    os.utime(tmp_path / "from", ns=(5, 5))

    mtime_ns = write(str(tmp_path / "to"), tmp_path / "from")

    assert not (tmp_path / "from").exists()
    assert (tmp_path / "to").stat().st_mtime_ns == mtime_ns > 5


def test_a_file_with_a_second_name_is_copied_so_that_its_owner_cannot_alter_the_site(tmp_path):
    """Installers link the assets of themes out of a shared cache."""
    (tmp_path / "cache").write_bytes(b"x")
    os.link(tmp_path / "cache", tmp_path / "from")

    write(str(tmp_path / "to"), tmp_path / "from")
    (tmp_path / "cache").write_bytes(b"altered")

    assert b"x" == (tmp_path / "to").read_bytes()
    assert not (tmp_path / "from").exists()


def test_a_file_on_another_disk_is_copied(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "rename", refuse)
    (tmp_path / "from").write_bytes(b"x")

    write(str(tmp_path / "to"), tmp_path / "from")

    assert b"x" == (tmp_path / "to").read_bytes()
    assert not (tmp_path / "from").exists()


def test_an_existing_file_is_never_written_into(tmp_path):
    """It may be the very file that readers see, under its second name."""
    (tmp_path / "to").write_bytes(b"old")

    with pytest.raises(FileExistsError):
        write(str(tmp_path / "to"), b"new")

    assert b"old" == (tmp_path / "to").read_bytes()


def test_a_write_that_the_disk_takes_in_pieces_is_finished(tmp_path, monkeypatch):
    whole = os.write
    monkeypatch.setattr(os, "write", lambda file, rest: whole(file, rest[:3]))

    write(str(tmp_path / "to"), b"0123456789")

    assert b"0123456789" == (tmp_path / "to").read_bytes()


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system cannot refuse links")
@pytest.mark.parametrize("way", [lambda to, _: write(to, b"new"), lambda to, new: copy(new, to)], ids=["written", "copied"])
def test_what_is_new_is_not_made_behind_a_link(tmp_path, way):
    """Whoever can lay a link where a file is about to be would have it written elsewhere."""
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "to").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match=r"File exists|Too many levels"):
        way(str(tmp_path / "to"), str(tmp_path / "new"))

    assert not (tmp_path / "elsewhere").exists()


def test_a_copy_gets_the_time_that_is_given(tmp_path):
    (tmp_path / "from").write_bytes(b"x")

    copy(str(tmp_path / "from"), str(tmp_path / "to"), 5)

    assert 5 == (tmp_path / "to").stat().st_mtime_ns


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists open files there")
def test_a_file_that_was_written_is_closed(tmp_path):
    """A hub has more files than a process may have open."""
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    write(str(tmp_path / "to"), b"x")

    assert before == sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_what_is_readable_for_a_moment_is_so_for_everybody_or_for_nobody_more(tmp_path, monkeypatch):
    """Before its mode is set, nobody but its owner may write into it."""
    monkeypatch.setattr(os, "chmod", lambda *_: None)
    before = os.umask(0)
    try:
        (tmp_path / "from").write_bytes(b"x")
        write(str(tmp_path / "bytes"), b"x")
        copy(str(tmp_path / "from"), str(tmp_path / "copied"))
    finally:
        os.umask(before)

    assert [0o644] * 2 == [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("bytes", "copied")]


def test_a_folder_lists_its_files_in_order_and_refuses_links(tmp_path):
    for name in ("b/x", "a/y", "a.z"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")

    assert ("a.z", "a/y", "b/x") == plain_files(tmp_path)

    (tmp_path / "b/link").symlink_to(tmp_path / "a")
    with pytest.raises(ValueError, match="a link cannot be published"):
        plain_files(tmp_path)
