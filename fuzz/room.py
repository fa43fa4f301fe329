"""A folder in memory for targets whose readers want a file; one for each process, gone with it."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made below it


def where() -> Path | None:
    """Return where such folders are made: in memory where there is some for it, unless somebody said otherwise."""
    return _MEMORY if _MEMORY.is_dir() and "TMPDIR" not in os.environ else None


def as_file(name: str, raw: bytes) -> Path:
    """Return a file of that name that holds these bytes."""
    file = _room(os.getpid()) / name
    file.write_bytes(raw)
    return file


@cache
def _room(_process: int) -> Path:
    made = Path(tempfile.mkdtemp(prefix="handbill-fuzz-", dir=where()))
    # Also at the end of a process that was forked, which asks nothing that is done at the end of others.
    Finalize(None, shutil.rmtree, (made, True), exitpriority=1)
    return made
