"""The folders that a build reads and writes → whether it may, whether there is room, and who else is at it."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from handbill.doctor.finding import Finding, listed
from handbill.errors import said
from handbill.layout import FOLDERS, HUB, PRIVATE
from handbill.publishing.manifest import extra_names, names_in
from handbill.publishing.shelf import Shelf

PUBLIC = "public"

#: What a first build of a large hub writes, and what no build can do without, in bytes.
ROOM = 500 * 1024**2
LEAST_ROOM = 50 * 1024**2

#: Folders that a service keeps the same on several machines, file by file, while a build exchanges them as a whole.
_SYNCED = re.compile(
    r"^(OneDrive.*|Dropbox.*|Google Drive|GoogleDrive.*|My Drive|iCloud.*|Mobile Documents|Nextcloud|ownCloud|kDrive.*|pCloud.*|MEGA)$"
)

#: File systems of other machines; 9p and drvfs are the Windows disks within WSL.
_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "fuse.sshfs", "vboxsf", "fuse.rclone", "davfs", "afpfs", "webdav"}
)


def folders(home: Path, root: Path) -> Iterator[Finding]:
    """Yield how the folders of the hub in *root* stand; *home* is that of the program."""
    yield space(root)
    yield disk(root, _mounts())
    yield synced(root)
    yield readable(root)
    for name in (PUBLIC, PRIVATE):
        yield writable(root / name)
    yield owners(root)
    yield output(root / PUBLIC)
    yield at_work(said("other builds"), Shelf(root / PUBLIC).lock, said("one waits for the other"))
    yield at_work(said("other launchers"), home / PRIVATE / "setup.lock", said("one waits while the other prepares the libraries"))


def space(root: Path) -> Finding:
    """Return whether a build has room."""
    what, why = said("disk space"), said("a build writes the new site beside the old one before it takes its place")
    try:
        free = shutil.disk_usage(root).free
    except OSError as error:
        return Finding(what, "missing", said("cannot be told ({reason})", reason=error.strerror), why, said("name a folder that exists"))
    found = said("{n} MB free", n=free // 1024**2)
    if free >= ROOM:
        return Finding(what, "ok", found, why)
    state = "missing" if free < LEAST_ROOM else "warning"
    return Finding(what, state, found, why, said("free {n} MB: empty the bin, move large files away", n=ROOM // 1024**2))


def disk(root: Path, mounts: str) -> Finding:
    """Return whether the folder lies on a disk of this machine; *mounts* is the system's table of them."""
    what, why = said("disk"), said("on a disk of another machine the preview misses changes, and builds take many times longer")
    best, sort = "", ""
    for line in mounts.splitlines():
        _, place, kind = [*line.split(" "), "", "", ""][:3]
        place = re.sub(r"\\(\d{3})", lambda sign: chr(int(sign[1], 8)), place)
        is_above = str(root) == place or str(root).startswith(place.rstrip("/") + "/")
        if place and is_above and len(place) >= len(best):
            best, sort = place, kind
    if sort in _REMOTE:
        found = said("{place} is of another machine or system ({sort})", place=best, sort=sort)
        return Finding(what, "warning", found, why, said("clone the repository into your home folder: cd ~ && git clone …"))
    return Finding(what, "ok", said("of this machine"), why)


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def synced(root: Path) -> Finding:
    """Return whether a service that copies files is at work in the folder."""
    what, why = said("cloud folder"), said("a service that copies single files spoils a build, and git’s own files with it")
    name = next((part for part in root.parts if _SYNCED.match(part)), None)
    if name is None:
        return Finding(what, "ok", said("none"), why)
    found = said("the hub lies in {name}", name=name)
    return Finding(what, "warning", found, why, said("move the folder out of it; git and its server keep the copies"))


def readable(root: Path) -> Finding:
    """Return whether every text and picture can be opened."""
    what, why = said("texts and pictures"), said("one that cannot be opened stops the build")
    shut = sorted(
        path.relative_to(root).as_posix()
        for source in (HUB, *FOLDERS)
        for path in _below(root / source)
        if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0))
    )
    if shut:
        return Finding(what, "missing", said("cannot be opened: {names}", names=listed(shut)), why, f"chmod -R u+rwX {' '.join(FOLDERS)}")
    return Finding(what, "ok", said("can all be opened"), why)


def writable(folder: Path) -> Finding:
    """Try to write where a build does: beside the folder, and in it if it is there."""
    what, why = said("folder {name}", name=folder.name), said("a build writes there, and beside it")
    if folder.exists() and not folder.is_dir():
        found = said("something that is no folder")
        return Finding(what, "missing", found, why, _moved(folder.name))
    for place in [folder.parent, *([folder] if folder.is_dir() else [])]:
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            found = said("{place} cannot be written ({reason})", place=place, reason=error.strerror)
            return Finding(what, "missing", found, why, _claim(place))
    return Finding(what, "ok", said("can be written"), why)


def owners(root: Path) -> Finding:
    """Return whether a build under another account, such as one with sudo, left things that this one cannot change."""
    what, why = said("owner of what was built"), said("what one account built, another can neither replace nor clear away")
    if not hasattr(os, "geteuid"):
        return Finding(what, "ok", said("not looked at on this system"), why)
    try:
        own = root.stat().st_uid
    except OSError as error:
        return Finding(what, "missing", said("cannot be told ({reason})", reason=error.strerror), why, said("name a folder that exists"))
    shelf = Shelf(root / PUBLIC).folder.name
    strange = sorted(
        {path.relative_to(root).parts[0] for name in (PUBLIC, PRIVATE, shelf) for path in _below(root / name) if path.lstat().st_uid != own}
    )
    if strange:
        found = said("{names}: built under another account", names=listed(strange))
        return Finding(what, "warning", found, why, f'sudo chown -R "$(stat -c %u .)" {" ".join(strange)}')
    if os.geteuid() == 0 != own:
        found = said("you work as administrator in a folder of somebody else")
        return Finding(what, "warning", found, why, said("start build.py without sudo"))
    return Finding(what, "ok", said("that of the folder"), why)


def output(public: Path) -> Finding:
    """Return whether the folder of the site holds only what was built."""
    what = said("content of {name}", name=public.name)
    why = said("a build replaces the whole folder, so it refuses one with files of others")
    try:
        shelf = Shelf(public)
        there = names_in(public) if public.is_dir() else ()
        manifest = shelf.manifest_of_public(public) if there else None
        strange = extra_names(public, manifest) if manifest else () if there and shelf.is_ours(public) else there
    except OSError as error:
        return Finding(what, "missing", said("cannot be told ({reason})", reason=error.strerror), why, _claim(public))
    if strange:
        found = said("not made by a build: {names}", names=listed(strange))
        mend = said("move them away: {command}; what is to be published as it is belongs in theme/static", command=_moved(public.name))
        return Finding(what, "missing", found, why, mend)
    return Finding(what, "ok", said("nothing that was not built"), why)


def at_work(what: str, lock: Path, why: str) -> Finding:
    """Return whether another program holds the *lock*; a file that a killed one left is held by nobody."""
    if not lock.is_file():
        return Finding(what, "ok", said("none"), why)
    try:
        is_held = _is_held(lock)
    except OSError as error:
        return Finding(what, "warning", said("cannot be told ({reason})", reason=error.strerror), why, _claim(lock.parent))
    if not is_held:
        return Finding(what, "ok", said("none; the lock file that is there is held by nobody"), why)
    holder = _holder(lock)
    if holder:
        return Finding(
            what,
            "warning",
            said("one at work (process {number})", number=holder),
            why,
            said("wait for it, or end it: kill {number}", number=holder),
        )
    return Finding(what, "warning", said("one at work"), why, said("wait for it, or end it with Ctrl-C where it was started"))


def _is_held(lock: Path) -> bool:
    """Say whether a process holds a lock: by taking it, and letting go at once.

    Raises:
        OSError: this account may not open it.
    """
    with lock.open("rb+") as opened:
        try:
            if sys.platform == "win32":
                import msvcrt

                opened.seek(1 << 30)
                msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
                msvcrt.locking(opened.fileno(), msvcrt.LK_UNLCK, 1)
            else:
                import fcntl

                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return True
    return False


def _holder(lock: Path) -> str:
    """Return the number of the process that holds a lock, where the system lists them."""
    try:
        listed_locks = Path("/proc/locks").read_text(encoding="ascii", errors="replace")
        inode = lock.stat().st_ino
    except OSError:
        return ""
    # 1: FLOCK  ADVISORY  WRITE 4242 08:01:1234567 0 EOF
    found = re.search(rf"FLOCK\s+\S+\s+WRITE\s+(\d+)\s+\S+:{inode}\s", listed_locks)
    return found[1] if found else ""


def _below(path: Path) -> Iterator[Path]:
    """Yield a path and everything below it; what cannot be listed is yielded alone."""
    if path.exists():
        yield path
    for folder, inner, files in os.walk(path):
        yield from (Path(folder) / name for name in (*inner, *files))


def _moved(name: str) -> str:
    return f"{'ren' if os.name == 'nt' else 'mv'} {name} {name.lstrip('.')}.old"


def _claim(place: Path) -> str:
    if os.name == "nt":
        return f'icacls "{place}" /grant "%USERNAME%":(OI)(CI)M'
    return f'sudo chown -R "$(id -un)" "{place}" && chmod -R u+rwX "{place}"'
