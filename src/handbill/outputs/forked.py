"""A process of its own that was forked from this one: it gets ready for something, and then answers what it is asked, in order.

Whatever goes wrong there is no answer, and then all of it is done here instead.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, NoReturn, Protocol


class Serving(Protocol):
    """What runs there; it ends when it has nothing more to tell."""

    def __call__(self, wish: Callable[[], Any], tell: Callable[[object], None]) -> None:
        """Ask for the next wish, or wait for one, and tell what answers it."""


class Forked:
    """The process, and the way to it and back."""

    def __init__(self, serve: Serving) -> None:
        asked, asking = os.pipe()
        told, telling = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _run(serve, asked, telling)
        os.close(asked)
        os.close(telling)
        self._wishes, self._answers = os.fdopen(asking, "wb"), os.fdopen(told, "rb")

    def ask(self, wish: object) -> bool:
        """Say what is wished for; return whether the process could be told."""
        try:
            self._wishes.write(pickle.dumps(wish, protocol=5))
            self._wishes.flush()
        except (OSError, ValueError):
            return False
        return True

    def answer(self) -> Any:
        """Return the next answer, and wait for it; ``None`` where there is none and will be none."""
        # It is this program, forked: what it sends can be believed.
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            return pickle.load(self._answers)  # noqa: S301
        return None

    def close(self) -> None:
        """End the process, wherever it is."""
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(self._process, 0)
        with suppress(OSError):
            self._wishes.close()
        self._answers.close()


def can_fork() -> bool:
    """Say whether a process can be had in this way: a fork takes along the locks of other threads, but not the threads."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _run(serve: Serving, asked: int, telling: int) -> NoReturn:
    # Nothing may be said twice, and nothing tidied up that is another's: this process ends without a word.
    try:
        low, high = sorted((asked, telling))
        # The lock of the output folder among others, which must go when the build goes.
        for begin, end in ((3, low), (low + 1, high), (high + 1, high + 64)):
            os.closerange(begin, end)
        with os.fdopen(asked, "rb") as wishes, os.fdopen(telling, "wb") as answers:
            serve(lambda: pickle.load(wishes), lambda value: _tell(answers, value))  # noqa: S301 - from the process that was forked
    finally:
        os._exit(0)


def _tell(answers: IO[bytes], value: object) -> None:
    pickle.dump(value, answers, protocol=5)
    answers.flush()
