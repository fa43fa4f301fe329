"""Turn what the disk says into a sentence that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbill.errors import MachineLacks

_REMEDIES = {
    errno.ENOSPC: "make room on the disk and build again",
    errno.EDQUOT: "make room in your quota and build again",
    errno.EACCES: "the account that builds needs the right to write there and in the folder above",
    errno.EPERM: "the account that builds needs the right to write there and in the folder above",
    errno.EROFS: "choose a folder on a disk that can be written with --output",
    errno.EMFILE: "too many files are open; raise the limit (ulimit -n) or use fewer --jobs",
    errno.ENFILE: "too many files are open on this machine; close some programs and build again",
    errno.EBUSY: "a mounted folder cannot be swapped; choose a folder inside it with --output",
    errno.EXDEV: "the folder above must be on the same disk; choose a folder inside it with --output",
    errno.EIO: "the disk reports a fault; check it before building again",
}


class StoreError(MachineLacks):
    """The public folder could not be replaced; it stands as it was."""


@contextmanager
def told(folder: Path, what: str) -> Iterator[None]:
    """Chain an OSError raised inside to a StoreError that names *folder*, *what* was tried and the remedy."""
    try:
        yield
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        remedy = _REMEDIES.get(trouble.errno or 0, "see the reason above")
        raise StoreError(f"{folder}: could not {what}: {reason}; {remedy}. The folder stands as it was.") from trouble
