"""A key of this user's own, outside of every hub → digests that nobody else can make.

What a build remembers lies in the hub's folder, and a folder may come from
anybody.  It is believed where its digest was made with this key.  The launcher
reads this file too, so it imports next to nothing (decision 0078).
"""

from __future__ import annotations

import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: The variable in which the launcher hands the key over, where the folder in which it lies is not seen.
VARIABLE = "HANDBILL_KEY"

BYTES = 32

_NAME = ".key"

#: No link is followed, no pipe waited for, and on Windows no byte changed.
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

_known: list[bytes] = []


def signature(*parts: bytes | memoryview, may_make: bool = True) -> bytes:
    """Return what only this key makes of all parts together, in :data:`BYTES` bytes.

    Where there is no key and none *may* be made, it is that of nobody: whoever
    only looks whether something is to be believed leaves nothing behind.
    """
    import hashlib

    # Many processors have a command for this digest, which halves the time; signed is the digest.
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return hashlib.blake2b(whole.digest(), key=own_key(may_make=may_make), digest_size=BYTES).digest()


def own_key(*, may_make: bool = True) -> bytes:
    """Return the key; where none can be kept, one of this process alone: then nothing that another left is believed, which costs time."""
    if not _known:
        found = read_or_make(os.environ) if may_make else read(os.environ)
        if not found and not may_make:
            return os.urandom(BYTES)
        _known.append(found or os.urandom(BYTES))
    return _known[0]


def take(written: str) -> None:
    """Use the key that was handed over as text, from now on."""
    _known[:] = [bytes.fromhex(written)]


def read(environ: Mapping[str, str]) -> bytes:
    """Return the key in the folder for what programs keep; empty where there is none."""
    folder = _folder(environ)
    try:
        return _read(os.path.join(folder, _NAME)) if folder else b""
    except OSError:
        return b""


def read_or_make(environ: Mapping[str, str]) -> bytes:
    """Return the key in the folder for what programs keep; it is made the first time, and again if it is not what it was.

    Empty where there is no such folder, or nothing can be written there.
    """
    folder = _folder(environ)
    if not folder:
        return b""
    file = os.path.join(folder, _NAME)
    try:
        if found := _read(file):
            return found
        os.makedirs(folder, mode=0o700, exist_ok=True)
        scratch = f"{file}.{os.urandom(8).hex()}"
        try:
            with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
                opened.write(os.urandom(BYTES))
            # Of two who make it at once the later one's stays; what the other signs by then is not believed, and made again.
            os.replace(scratch, file)
        finally:
            if os.path.lexists(scratch):
                os.unlink(scratch)
        return _read(file)
    except OSError:
        return b""


def _read(file: str) -> bytes:
    """Return the bytes of the key, if it is one: a file of this user's that nobody else can read."""
    try:
        opened = os.open(file, os.O_RDONLY | _CAREFUL)
    except FileNotFoundError:
        return b""
    try:
        found = os.fstat(opened)
        is_private = sys.platform == "win32" or (found.st_uid == os.getuid() and not found.st_mode & 0o077)
        is_key = stat.S_ISREG(found.st_mode) and found.st_size == BYTES and is_private
        return os.read(opened, BYTES) if is_key else b""
    finally:
        os.close(opened)


def _folder(environ: Mapping[str, str]) -> str:
    """Return where programs keep what must last but is no document (XDG Base Directory Specification 0.8; on Windows its own)."""
    if sys.platform == "win32":
        above = environ.get("LOCALAPPDATA", "")
    else:
        above = environ.get("XDG_STATE_HOME", "")
        if not os.path.isabs(above):
            home = environ.get("HOME", "")
            above = os.path.join(home, ".local", "state") if os.path.isabs(home) and os.path.isdir(home) else ""
    return os.path.join(above, "handbill") if above else ""
