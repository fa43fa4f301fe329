"""One process at a time: one build of an output folder, one run of a letter.  The kernel forgets the lock when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from handbill.errors import MachineLacks, said

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

_POLL_S = 0.02
_SAY_AFTER_S = 1.0
_FAR = 1 << 30  # Windows locks bytes, and these need not exist


class BuildRunning(MachineLacks):
    """Another build of the same output folder did not finish in time."""


@contextmanager
def only_build(lock: Path, on_wait: Callable[[str], None], limit_s: float = 600.0) -> Iterator[None]:
    """Hold the file *lock* for one build; after a second of waiting tell *on_wait* why, once.

    Raises:
        BuildRunning: *limit_s* seconds have passed.
        OSError: the file cannot be made.
    """

    def refused() -> BuildRunning:
        told = said("another build of this folder is still running after {seconds} s; wait for it or end it", seconds=f"{limit_s:g}")
        return BuildRunning(told)

    def waits() -> None:
        on_wait(said("another build of this folder is running; waiting for it to finish"))

    with only_one(lock, refused, waits, limit_s):
        yield


@contextmanager
def only_one(lock: Path, refused: Callable[[], MachineLacks], waits: Callable[[], None], limit_s: float) -> Iterator[None]:
    """Hold the file *lock*; call *waits* once after a second of waiting, and raise what *refused* returns after *limit_s*.

    The file itself stays: removing it would let two each lock their own.  What it
    holds is up to the caller.

    Raises:
        OSError: the file cannot be made.
    """
    started = time.monotonic()
    is_told = False
    while (held := _try(lock)) is None:
        waited_s = time.monotonic() - started
        if waited_s >= limit_s:
            raise refused()
        if waited_s >= _SAY_AFTER_S and not is_told:
            is_told = True
            waits()
        time.sleep(_POLL_S)
    try:
        yield
    finally:
        if held in _HELD:
            _HELD.remove(held)
            os.close(held)


# The descriptors that a forked worker must not inherit: a lock lives as long as
# any copy of its descriptor, so a worker that outlives a killed build would
# keep everybody out.  (Programs that are started do not inherit them anyway.)
_HELD: set[int] = set()


def _forget_held() -> None:
    while _HELD:
        os.close(_HELD.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_held)


def _try(lock: Path) -> int | None:
    """Return a descriptor that holds the lock, or None while another one does."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        _take(descriptor)
        # Someone may have cleared the folder away since; then this is a lock on nothing.
        if os.path.samestat(os.fstat(descriptor), lock.stat()):
            _HELD.add(descriptor)
            return descriptor
    except (BlockingIOError, PermissionError, FileNotFoundError):
        pass
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _take(descriptor: int) -> None:
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
