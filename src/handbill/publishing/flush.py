"""Make the disk hold what was written, before a name points to it.  Does not know what is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path

# Below this, flushing each is as fast and does not wait for other programs' files.
_MANY = 64


def flush(root: Path, files: Collection[str], folders: Collection[str]) -> None:
    """Flush the named *files* and *folders* under *root* to the disk.

    5,000 new files take 0.1 s this way and 2 s one by one.
    """
    if len(files) + len(folders) > _MANY and _flush_file_system(root):
        return
    for path in files:
        flush_file(root / path)
    for path in folders:
        flush_folder(root / path)


def flush_file(path: Path) -> None:
    """Flush the bytes of the file at *path*."""
    _flush_one(path, os.O_RDWR)


def flush_folder(folder: Path) -> None:
    """Flush the names in *folder*; Windows does so by itself."""
    if os.name == "posix":
        _flush_one(folder, os.O_RDONLY)


def _flush_one(path: Path, mode: int) -> None:
    descriptor = os.open(path, mode)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_file_system(root: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        return False
    descriptor = os.open(root, os.O_RDONLY)
    try:
        if library.syncfs(descriptor) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(root))
    finally:
        os.close(descriptor)
    return True
