"""A file is written as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path


def put_whole(file: Path, parts: Iterable[bytes | memoryview], *, flushed: bool = False) -> None:
    """Write a file so that after a crash the old one or the new one stands, never a part.

    Whatever lies beside it under the name that is used on the way, a link that
    a proposal brought among others, is not written into.  With *flushed* the
    bytes are on the disk before the name is theirs.

    Raises:
        OSError: it could not be written; the old one stands, and nothing lies beside it.
    """
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        scratch.unlink(missing_ok=True)
        with scratch.open("xb") as opened:
            opened.writelines(parts)
            if flushed:
                opened.flush()
                os.fsync(opened.fileno())
        os.replace(scratch, file)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise
