"""Turn what the disk says into a sentence that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbill.errors import MachineLacks, Said, said
from handbill.refusals import reason_of, remedy_of

_RIGHT = said("the account that builds needs the right to write there and in the folder above")
_INSIDE = said("choose a folder inside it with --output")

#: What helps where it is the output folder that cannot be written.
_REMEDIES = {
    errno.EACCES: _RIGHT,
    errno.EPERM: _RIGHT,
    errno.EROFS: said("choose a folder on a disk that can be written with --output"),
    errno.EBUSY: _INSIDE,
    errno.EXDEV: _INSIDE,
}
_REASONS = {errno.EBUSY: said("the folder is in use, or mounted"), errno.EXDEV: said("the folder above is on another disk")}


class StoreError(MachineLacks):
    """The public folder could not be replaced; it stands as it was."""


@contextmanager
def told(folder: Path, what: Said) -> Iterator[None]:
    """Chain an OSError raised inside to a StoreError that names *folder*, *what* was tried and the remedy."""
    try:
        yield
    except OSError as trouble:
        number = trouble.errno or 0
        reason = _REASONS.get(number, reason_of(trouble))
        remedy = _REMEDIES.get(number) or remedy_of(trouble) or said("see the reason above")
        raise StoreError(
            said(
                "{folder}: could not {what}: {reason}; {remedy}. The folder stands as it was.",
                folder=folder, what=what, reason=reason, remedy=remedy,
            )
        ) from trouble  # fmt: skip
