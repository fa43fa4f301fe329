"""A folder in memory for targets whose readers want a file; one for each process, gone with it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made below it


@cache
def room() -> Path:
    """Return the folder."""
    made = Path(tempfile.mkdtemp(prefix="handbill-fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def as_file(name: str, raw: bytes) -> Path:
    """Return a file of that name that holds these bytes."""
    file = room() / name
    file.write_bytes(raw)
    return file
