"""The archive of a hub, remembered while no file of it changes: twenty years of letters are many bytes to read for each edit of a post.

Names, sizes, times and places on disk say whether it changed.  They are not
the proof: whatever is published from the archive is compared with its digest
once more, and ``newsletter verify`` reads every byte.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from handbill.layout import ARCHIVE
from handbill.reading.bundles import Archive, read_archive
from handbill.reading.cache import Cache


def archive_of(root: Path, cache: Cache | None) -> Archive:
    """Return the archive of a hub as :func:`read_archive` does, without reading what was read before."""
    if cache is None or (root / ARCHIVE).is_symlink() or not (root / ARCHIVE).is_dir():
        return read_archive(root)
    key = f"archive {state_of(root / ARCHIVE)}"
    known: Archive | None = cache.get(key)
    if known is None:
        known = read_archive(root)
        cache.put(key, known)
    return known


def state_of(folder: Path) -> str:
    """Return a digest of names, sizes, times and places on disk of all that lies in a folder."""
    state = hashlib.blake2b(digest_size=20)
    for line in sorted(_lines(str(folder))):
        state.update(line)
    return state.hexdigest()


def _lines(folder: str) -> Iterator[bytes]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield os.fsencode(entry.path) + b"/\n"
                yield from _lines(entry.path)
            else:
                found = entry.stat(follow_symlinks=False)
                parts = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_mode)
                yield os.fsencode(entry.path) + f"\0{parts}\n".encode()
