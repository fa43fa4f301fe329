"""Turn what the disk says into a sentence that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbill.errors import MachineLacks, Said, said

_ROOM = said("make room on the disk and build again")
_QUOTA = said("make room in your quota and build again")
_RIGHT = said("the account that builds needs the right to write there and in the folder above")

#: What the disk means, and what to do about it.  The system's own words are English whatever the reader speaks.
_REASONS = {
    errno.ENOSPC: (said("the disk is full"), _ROOM),
    errno.EDQUOT: (said("the space granted to this account is used up"), _QUOTA),
    errno.EACCES: (said("access is denied"), _RIGHT),
    errno.EPERM: (said("that is not permitted"), _RIGHT),
    errno.EROFS: (said("the disk can only be read"), said("choose a folder on a disk that can be written with --output")),
    errno.EMFILE: (said("too many files are open"), said("raise the limit (ulimit -n) or use fewer --jobs")),
    errno.ENFILE: (said("too many files are open on this machine"), said("close some programs and build again")),
    errno.EBUSY: (said("the folder is in use, or mounted"), said("choose a folder inside it with --output")),
    errno.EXDEV: (said("the folder above is on another disk"), said("choose a folder inside it with --output")),
    errno.EIO: (said("the disk reports a fault"), said("check it before building again")),
}


class StoreError(MachineLacks):
    """The public folder could not be replaced; it stands as it was."""


@contextmanager
def told(folder: Path, what: Said) -> Iterator[None]:
    """Chain an OSError raised inside to a StoreError that names *folder*, *what* was tried and the remedy."""
    try:
        yield
    except OSError as trouble:
        unknown = (trouble.strerror or str(trouble), said("see the reason above"))
        reason, remedy = _REASONS.get(trouble.errno or 0, unknown)
        raise StoreError(
            said(
                "{folder}: could not {what}: {reason}; {remedy}. The folder stands as it was.",
                folder=folder, what=what, reason=reason, remedy=remedy,
            )
        ) from trouble  # fmt: skip
