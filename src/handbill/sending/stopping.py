"""Ending a run when somebody asks for it: by Ctrl-C, by ending the program, by closing its window."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))

#: How soon who sleeps notices.
_NOTICE_S = 0.1


class Stop:
    """Whether somebody asked, and a sleep that ends when somebody does.

    An event of ``threading`` would not do: setting one in a signal's handler waits
    for ever if the signal came while the same thread was about to wait for it.
    """

    def __init__(self) -> None:
        self.is_asked = False

    def sleep(self, seconds: float) -> None:
        """Sleep, but no longer than until somebody asks."""
        until = time.monotonic() + seconds
        while not self.is_asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _NOTICE_S))


@contextmanager
def until_asked() -> Iterator[Stop]:
    """Let the first signal ask for an end, and the second one be as rude as it always is."""
    stop = Stop()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_asked:
            raise KeyboardInterrupt
        stop.is_asked = True

    before = {one: signal.signal(one, ask) for one in _SIGNALS}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
