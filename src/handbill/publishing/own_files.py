"""Files of this user's own, which may have a second name, and nothing that stands in their place."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from handbill.errors import Said, said
from handbill.plain import NotPlain, begin_of_plain
from handbill.publishing.manifest import Kept

#: More than any file holds, in bytes.
_ALL = 1 << 62


def looks_like(place: str, kept: Kept) -> bool:
    """Say whether a file lies there that has the size and the time of *kept*."""
    try:
        found = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return (found.st_size, found.st_mtime_ns) == (kept.size, kept.mtime_ns) and _is_own_file(found)


def bytes_of(file: Path) -> bytes | None:
    """Return the bytes of a file; ``None`` where there is none, or something else.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return begin_of_plain(file, _ALL, _odd_kind)
    except (FileNotFoundError, NotADirectoryError, NotPlain):
        return None


def is_own_folder(folder: Path) -> bool:
    """Say whether a folder is there, and no link to one."""
    try:
        found = os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISDIR(found.st_mode) and _is_own(found)


def _odd_kind(found: os.stat_result) -> Said | None:
    return None if _is_own_file(found) else said("something that is no regular file")


def _is_own_file(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and _is_own(found)


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
