"""Files of this user's own, which may have a second name, and nothing that stands in their place."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from handbill.publishing.manifest import Kept

#: What systems answer where a link, a pipe or a folder stands in the place of a file.
_ODD = frozenset({errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EISDIR, errno.ENOTDIR})

_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def looks_like(place: str, kept: Kept) -> bool:
    """Say whether a file lies there that has the size and the time of *kept*."""
    try:
        found = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return (found.st_size, found.st_mtime_ns) == (kept.size, kept.mtime_ns) and _is_own_file(found)


def bytes_of(file: Path) -> bytes | None:
    """Return the bytes of a file; ``None`` where there is none, or something else.

    What stands there is looked at once it is open, so that nothing can take
    its place in between.

    Raises:
        OSError: it cannot be read.
    """
    if not hasattr(os, "O_NOFOLLOW") and file.is_symlink():
        return None
    try:
        opened = os.open(file, _OPEN)
    except FileNotFoundError:
        return None
    except OSError as trouble:
        if trouble.errno in _ODD:
            return None
        raise
    try:
        if not _is_own_file(os.fstat(opened)):
            return None
        with open(opened, "rb", closefd=False) as plain:
            return plain.read()
    finally:
        os.close(opened)


def is_own_folder(folder: Path) -> bool:
    """Say whether a folder is there, and no link to one."""
    try:
        found = os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISDIR(found.st_mode) and _is_own(found)


def _is_own_file(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and _is_own(found)


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
