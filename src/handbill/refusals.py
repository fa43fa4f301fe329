"""What the system answers when it refuses → what that means, and what to do about it, in words for whoever sits before it."""

from __future__ import annotations

import errno

from handbill.errors import Said, said

_ROOM = said("make room on the disk and try again")

#: The system's own words are English whatever the reader speaks.
_REASONS = {
    errno.ENOSPC: said("the disk is full"),
    errno.EDQUOT: said("the space granted to this account is used up"),
    errno.EFBIG: said("the file is larger than this account or this disk may have one"),
    errno.EACCES: said("access is denied"),
    errno.EPERM: said("that is not permitted"),
    errno.EROFS: said("the disk can only be read"),
    errno.EMFILE: said("too many files are open"),
    errno.ENFILE: said("too many files are open on this machine"),
    errno.ENOMEM: said("the memory is used up"),
    errno.EIO: said("the disk reports a fault"),
}
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: said("make room in your quota and try again"),
    errno.EFBIG: said("raise the limit (ulimit -f), or choose another disk"),
    errno.EMFILE: said("raise the limit (ulimit -n) or use fewer --jobs"),
    errno.ENFILE: said("close some programs and try again"),
    errno.ENOMEM: said("close some programs and try again"),
    errno.EIO: said("check it before trying again"),
}


def reason_of(trouble: OSError) -> Said | str:
    """Return what was meant by a refusal; in the system's words where nothing better is known."""
    return _REASONS.get(trouble.errno or 0, trouble.strerror or str(trouble))


def remedy_of(trouble: OSError) -> Said | None:
    """Return what helps, whatever was tried; ``None`` where that depends on it."""
    return _REMEDIES.get(trouble.errno or 0)
