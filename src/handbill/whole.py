"""A file is written as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def put_whole(file: Path, parts: Iterable[bytes | memoryview], *, flushed: bool = False) -> None:
    """Write a file so that after a crash the old one or the new one stands, never a part; as :func:`whole`.

    Raises:
        OSError: it could not be written; the old one stands, and nothing lies beside it.
    """
    with whole(file, flushed=flushed) as opened:
        opened.writelines(parts)


@contextmanager
def whole(file: Path, *, folder: Path | None = None, mode: int = 0o666, flushed: bool = True) -> Iterator[BinaryIO]:
    """Lend an empty file; when it is given back without an error it takes the place of *file*, else nothing has happened.

    It is new and of a name that nobody can foresee, so that nothing is written
    into what lies there, a link that a proposal brought among others.  It lies
    beside *file*, or in another *folder* of the same disk; with *flushed* its
    bytes are on the disk before the name is theirs.  Its *mode* is what the
    umask leaves of it.

    Raises:
        OSError: it could not be written; the old one stands, and nothing lies beside it.
    """
    scratch = (folder or file.parent) / f".{file.name}.{os.urandom(8).hex()}"
    opened = open(scratch, "xb", opener=lambda path, how: os.open(path, how, mode))  # noqa: SIM115 (what was not opened is not taken away)
    try:
        with opened:
            yield opened
            if flushed:
                opened.flush()
                os.fsync(opened.fileno())
        os.replace(scratch, file)
    except BaseException:
        # What cannot be taken away either is told by its own error, which is not the one that counts.
        with suppress(OSError):
            scratch.unlink()
        raise
