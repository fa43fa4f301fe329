"""Put a finished folder in the place of another, in one step where the system can.

Linux and macOS exchange two names at once.  Elsewhere two renames follow each
other, and `mend` undoes the first if the second never came; the names that are
left behind are the journal.
"""

from __future__ import annotations

import errno
import os
import platform
import shutil
import sys
from pathlib import Path

_AT_FDCWD = -100
_LINUX_EXCHANGE = 2
_DARWIN_EXCHANGE = 2
# Not every C library has the function by name; the kernel's numbers never
# change.  (A 32-bit program counts differently on the same machine.)
_LINUX_NUMBERS = {"x86_64": 316, "aarch64": 276, "riscv64": 276} if sys.maxsize > 2**32 else {}
# What the kernel, the C library or the file system answers when it cannot.
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def swap(made: Path, public: Path, aside: Path) -> None:
    """Make *made* stand at *public*; what stood there is afterwards at *made*, if anything did.

    The three are on one file system and *aside* does not exist.  When an
    OSError is raised, *public* is what it was.
    """
    if not os.path.lexists(public):
        made.rename(public)
    elif not exchange(made, public):
        public.rename(aside)
        try:
            made.rename(public)
        except OSError:
            aside.rename(public)
            raise
        aside.rename(made)


def mend(public: Path, aside: Path) -> None:
    """Finish or undo a swap by two renames that was killed between them."""
    if not os.path.lexists(aside):
        return
    if os.path.lexists(public):
        shutil.rmtree(aside)
    else:
        aside.rename(public)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; return False, with nothing done, where that is impossible."""
    # Named here because loading it costs 4 ms, which a build that changes nothing saves.
    import ctypes

    if not sys.platform.startswith(("linux", "darwin")):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        answer = library.renamex_np(*names, ctypes.c_uint(_DARWIN_EXCHANGE))
    elif hasattr(library, "renameat2"):
        answer = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_LINUX_EXCHANGE))
    elif platform.machine() in _LINUX_NUMBERS:
        number = ctypes.c_long(_LINUX_NUMBERS[platform.machine()])
        answer = library.syscall(number, _AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_LINUX_EXCHANGE))
    else:
        return False
    if answer == 0:
        return True
    if ctypes.get_errno() in _CANNOT:
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(one), None, str(other))
