"""Bring bytes into a folder as plain files that everybody may read.  Does not know the public folder."""

# 5,000 files pass through here, and each Path object costs 2 µs.
# ruff: noqa: PTH101, PTH104

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from pathlib import Path
from typing import NoReturn

# What a file system answers that knows no hard links, or no more of them.
_CANNOT_LINK = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK})

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def measure(content: bytes | Path) -> tuple[int, str]:
    """Return the size and the SHA-256 of *content*, bytes or a plain file.

    Raises:
        ValueError: the path is a link, a folder or another odd thing.
    """
    if isinstance(content, bytes):
        return len(content), hashlib.sha256(content).hexdigest()
    if not stat.S_ISREG(os.lstat(content).st_mode):
        raise ValueError(f"not a plain file: {content}")
    with content.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest


def write(target: str, content: bytes | Path) -> int:
    """Make the new file *target* of bytes, or move another file there; return its time in ns.

    A file with a second name elsewhere is copied: its owner may go on writing.
    """
    if isinstance(content, Path):
        _move(content, target)
    else:
        file = os.open(target, _CREATE, 0o644)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        os.chmod(target, 0o644)
    return os.lstat(target).st_mtime_ns


def copy(source: str, target: str, mtime_ns: int | None = None) -> None:
    """Copy the file *source* to the new file *target*, which gets the time *mtime_ns* if given."""
    with Path(source).open("rb") as original, os.fdopen(os.open(target, _CREATE, 0o644), "wb") as file:
        shutil.copyfileobj(original, file, 1 << 20)
    os.chmod(target, 0o644)
    if mtime_ns is not None:
        os.utime(target, ns=(mtime_ns, mtime_ns))


def link_or_copy(source: str, target: str, mtime_ns: int) -> None:
    """Give the file *source* the further name *target*; where the disk has no such names, make a copy with the time *mtime_ns*."""
    try:
        os.link(source, target)
    except OSError as trouble:
        if trouble.errno not in _CANNOT_LINK:
            raise
        copy(source, target, mtime_ns)


def plain_files(folder: Path) -> tuple[str, ...]:
    """Return the paths of all files in *folder*, sorted.

    Raises:
        ValueError: something in it is a link.
    """
    found = []
    for place, folders, files in os.walk(folder, onerror=_raise):
        for name in folders + files:
            if Path(place, name).is_symlink():
                raise ValueError(f"a link cannot be published: {Path(place, name)}")
        found += [Path(place, name).relative_to(folder).as_posix() for name in files]
    return tuple(sorted(found))


def _move(source: Path, target: str) -> None:
    if os.lstat(source).st_nlink == 1:
        try:
            os.rename(source, target)
        except OSError as trouble:
            if trouble.errno != errno.EXDEV:
                raise
        else:
            os.chmod(target, 0o644)
            os.utime(target)  # other programs carry times over, and servers tell versions by them
            return
    copy(str(source), target)
    source.unlink()


def _raise(trouble: OSError) -> NoReturn:
    raise trouble
