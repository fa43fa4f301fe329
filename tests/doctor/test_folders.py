"""Folders that may not be read or written, hold too little room or too much, or are in use."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.doctor.repositories import is_told, write
from tests.hubs import options, village

from handbill.doctor import folders as folders_module
from handbill.doctor.folders import at_work, disk, folders, output, owners, readable, space, synced, writable
from handbill.pipeline import build
from handbill.publishing.shelf import Shelf

is_administrator = getattr(os, "geteuid", lambda: 1)() == 0
needs_administrator = pytest.mark.skipif(not is_administrator, reason="only the administrator can give files away")


@contextmanager
def somebody_else(folder: Path) -> Iterator[None]:
    """Be an account without rights for a while, one that can get to this folder."""
    for above in [folder, *folder.parents]:
        if "pytest" in str(above) and above.is_dir():
            above.chmod(0o755)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.parametrize(("free", "state"), [(10 * 1024**2, "missing"), (100 * 1024**2, "warning"), (10 * 1024**3, "ok")])
def test_a_full_disk_is_told_before_a_build_stumbles_over_it(tmp_path, monkeypatch, free, state):
    """The only state of this file that is played: a test must not fill the disk."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12 - free, free))  # type: ignore[attr-defined]

    is_told(space(tmp_path), state, f"{free // 1024**2} MB")


def test_the_room_of_a_folder_that_does_not_exist_cannot_be_told(tmp_path):
    """A mistyped --root."""
    is_told(space(tmp_path / "nowhere"), "missing")


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
server:/homes /home/ines nfs4 rw 0 0
//nas/public /mnt/le\\040nas cifs rw 0 0
/dev/sdb1 /home/ines/projets ext4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("root", "state"),
    [
        ("/srv/hub", "ok"),
        ("/mnt/c/Users/ines/hub", "warning"),
        ("/mnt/cd/hub", "ok"),
        ("/home/ines/hub", "warning"),
        ("/home/ines/projets/hub", "ok"),
        ("/mnt/le nas/hub", "warning"),
    ],
)
def test_a_disk_of_another_machine_is_told(root, state):
    """In WSL, the preview sees no change of a file on the disk of Windows."""
    is_told(disk(Path(root), MOUNTS), state)


def test_the_disks_of_this_machine_can_be_read(tmp_path):
    """Where the system has no such table, nothing is claimed."""
    assert disk(tmp_path, folders_module._mounts()).state in ("ok", "warning")
    is_told(disk(tmp_path, ""), "ok")


@pytest.mark.parametrize("name", ["OneDrive - Atelier", "Dropbox", "Nextcloud", "Mobile Documents"])
def test_a_folder_that_a_service_copies_is_told(name):
    """The service puts back what a build has just taken away."""
    is_told(synced(Path("/home/ines") / name / "hub"), "warning", name)
    is_told(synced(Path("/home/ines/dropbox-notes/hub")), "ok")


@needs_administrator
def test_a_text_that_may_not_be_opened_is_told(tmp_path):
    """It came out of somebody’s archive with its rights."""
    write(tmp_path, {"hub.toml": "", "content/posts/a.md": "x", "content/posts/b.md": "x"})
    is_told(readable(tmp_path), "ok")
    (tmp_path / "content/posts/b.md").chmod(0o600)

    with somebody_else(tmp_path):
        one = readable(tmp_path)
    is_told(one, "missing", "cannot be opened: content/posts/b.md")


@pytest.mark.skipif(is_administrator, reason="nothing is shut to the administrator")
def test_a_text_that_one_may_not_open_oneself_is_told(tmp_path):
    """The same for everybody else who runs the tests."""
    write(tmp_path, {"content/posts/b.md": "x"})
    (tmp_path / "content/posts/b.md").chmod(0)

    is_told(readable(tmp_path), "missing", "content/posts/b.md")


@needs_administrator
@pytest.mark.parametrize("name", ["public", ".handbill"])
def test_a_folder_of_somebody_else_is_told(tmp_path, name):
    """A first build with sudo leaves them so, and every later one fails."""
    (tmp_path / name).mkdir()
    is_told(writable(tmp_path / name), "ok")

    with somebody_else(tmp_path):
        is_told(writable(tmp_path / name), "missing", f"{tmp_path} cannot be written")


@pytest.mark.skipif(is_administrator, reason="the administrator may write anywhere")
def test_a_folder_that_one_may_not_write_is_told(tmp_path):
    """The same for everybody else who runs the tests."""
    (tmp_path / "public").mkdir(mode=0o500)

    is_told(writable(tmp_path / "public"), "missing", "public cannot be written")


def test_a_file_in_the_place_of_a_folder_is_told_and_mended(tmp_path):
    """It was made by a program whose output was redirected."""
    (tmp_path / "public").touch()
    one = writable(tmp_path / "public")
    is_told(one, "missing", "something that is no folder")

    subprocess.run(one.mend, shell=True, cwd=tmp_path, check=True)  # noqa: S602 - our own command
    is_told(writable(tmp_path / "public"), "ok")


@needs_administrator
def test_what_another_account_built_is_told_and_mended(tmp_path):
    """One build with sudo, and the cache can neither be used nor cleared."""
    write(tmp_path, {"hub.toml": "", ".handbill/cache/drafts": "x", "public/index.html": "x"})
    is_told(owners(tmp_path), "ok")
    os.chown(tmp_path / ".handbill/cache/drafts", 65534, 65534)
    one = owners(tmp_path)
    is_told(one, "warning", ".handbill: built under another account")

    assert one.mend.startswith("sudo ")
    subprocess.run(one.mend.removeprefix("sudo "), shell=True, cwd=tmp_path, check=True)  # noqa: S602 - our own command
    is_told(owners(tmp_path), "ok")


@needs_administrator
def test_an_administrator_in_the_folder_of_somebody_else_is_told(tmp_path):
    """It is how the state above comes to be."""
    write(tmp_path, {"hub.toml": ""})
    os.chown(tmp_path, 65534, 65534)

    is_told(owners(tmp_path), "warning", "administrator")


def test_a_site_that_was_built_is_well_and_a_file_of_somebody_in_it_is_told(tmp_path):
    """A build would refuse, after all its work."""
    root = village(tmp_path)
    is_told(output(root / "public"), "ok")
    build(options(root))
    is_told(output(root / "public"), "ok")
    (root / "public" / "liste.xlsx").touch()

    is_told(output(root / "public"), "missing", "liste.xlsx")


def test_a_folder_that_no_build_made_is_told_and_mended(tmp_path):
    """Many programs call their output public."""
    write(tmp_path, {"public/index.php": "x"})
    one = output(tmp_path / "public")
    is_told(one, "missing", "index.php")

    command = one.mend.split(": ", 1)[1].split(";")[0]
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)  # noqa: S602 - our own command
    is_told(output(tmp_path / "public"), "ok")


def test_a_build_at_work_is_told_with_its_process(tmp_path):
    """A second one waits without end for one that hangs."""
    fcntl = pytest.importorskip("fcntl")
    lock = Shelf(tmp_path / "public").lock
    lock.parent.mkdir()
    lock.touch()
    is_told(at_work("other builds", lock, "x"), "ok", "held by nobody")
    with lock.open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        one = at_work("other builds", lock, "x")

    is_told(one, "warning", "one at work")
    if Path("/proc/locks").exists() and str(os.getpid()) in Path("/proc/self/stat").read_text(encoding="ascii"):
        assert f"kill {os.getpid()}" in one.mend


def test_a_lock_that_a_killed_build_left_is_no_reason_to_worry(tmp_path):
    """The system lets go of it with the process."""
    root = village(tmp_path)
    build(options(root))

    is_told(at_work("other builds", Shelf(root / "public").lock, "x"), "ok", "held by nobody")


@needs_administrator
def test_a_lock_that_one_may_not_open_is_told(tmp_path):
    """Nothing is claimed that could not be looked at."""
    write(tmp_path, {"lock": ""})
    (tmp_path / "lock").chmod(0o600)

    with somebody_else(tmp_path):
        is_told(at_work("x", tmp_path / "lock", "y"), "warning", "cannot be told")


def test_all_folders_are_looked_at(tmp_path):
    """Each question is asked."""
    told = [one.what for one in folders(tmp_path, tmp_path)]

    assert told == [
        "disk space",
        "disk",
        "cloud folder",
        "texts and pictures",
        "folder public",
        "folder .handbill",
        "owner of what was built",
        "content of public",
        "other builds",
        "other launchers",
    ]
