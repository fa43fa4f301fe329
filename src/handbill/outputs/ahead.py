"""A process of its own that gets ready to render while the hub is read, after another thing that can be known at once.

To import the engine and to read templates takes longer than all pages of a
small build.  Whatever goes wrong there, all of it is done here instead.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NoReturn

from handbill.outputs.planned import Finished

#: What most edits lead to; other templates are read when a page wants them.
_TEMPLATES = ("post.html",)


class Ahead:
    """The process: what it was asked first, and the digest of the templates that it has read; it renders one page at a time."""

    def __init__(self, process: int, wishes: IO[bytes], answers: IO[bytes]) -> None:
        self._process, self._wishes, self._answers = process, wishes, answers
        self._first: tuple[bool] | None = None
        self._digest: str | None = None

    def first(self) -> bool:
        """Say whether what it was asked first is true; wait for it."""
        if self._first is None:
            self._first = (bool(self._answer()),)
        return self._first[0]

    def has(self, templates_digest: str) -> bool:
        """Say whether it has read these very templates; wait for it."""
        self.first()
        if self._digest is None:
            self._digest = str(self._answer() or "")
        return self._digest == templates_digest

    def text(self, page: Finished) -> str | None:
        """Return the text of a page; ``None`` where it has to be rendered here."""
        try:
            self._wishes.write(pickle.dumps(page, protocol=5))
            self._wishes.flush()
        except (OSError, ValueError):
            return None
        answer = self._answer()
        return None if answer is None else str(answer)

    def close(self) -> None:
        """End the process, wherever it is."""
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(self._process, 0)
        with suppress(OSError):
            self._wishes.close()
        self._answers.close()

    def _answer(self) -> object:
        # It is this program, forked: what it sends can be believed.
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            return pickle.load(self._answers)  # noqa: S301
        return None


_running: list[Ahead] = []


@contextmanager
def ahead_of(root: Path, first: Callable[[], bool] = bool, *, is_wanted: bool) -> Iterator[Ahead | None]:
    """Have a process find out whether *first* holds, and then get ready for the theme of the hub at *root*.

    Lend it, or ``None`` where it is not wanted or cannot be had.
    """
    # A fork takes along the locks of other threads, but not the threads.
    if not is_wanted or not hasattr(os, "fork") or threading.active_count() > 1:
        yield None
        return
    _running[:] = [begun := _begin(root, first)]
    try:
        yield begun
    finally:
        _running.clear()
        begun.close()


def ready_for(templates_digest: str) -> Ahead | None:
    """Return the process that has read these very templates, if one runs."""
    return next((one for one in _running if one.has(templates_digest)), None)


def _begin(root: Path, first: Callable[[], bool]) -> Ahead:
    asked, asking = os.pipe()
    told, telling = os.pipe()
    process = os.fork()
    if process == 0:
        _serve(root, first, asked, telling)
    os.close(asked)
    os.close(telling)
    return Ahead(process, os.fdopen(asking, "wb"), os.fdopen(told, "rb"))


def _serve(root: Path, first: Callable[[], bool], asked: int, telling: int) -> NoReturn:
    """Tell what was asked first, the digest of the templates, and then the text of each page that is asked for, until nobody asks."""
    # Nothing may be said twice, and nothing tidied up that is another's: this process ends without a word.
    try:
        low, high = sorted((asked, telling))
        # The lock of the output folder among others, which must go when the build goes.
        for begin, end in ((3, low), (low + 1, high), (high + 1, high + 64)):
            os.closerange(begin, end)
        with os.fdopen(asked, "rb") as wishes, os.fdopen(telling, "wb") as answers:
            _tell(answers, first())
            from handbill.outputs.rendering import Rendering
            from handbill.outputs.theme import Theme

            theme = Theme(root)
            digest = theme.templates_digest
            rendering = Rendering(theme, _TEMPLATES, is_alone=True)
            _tell(answers, digest)
            while True:
                _tell(answers, rendering.text(pickle.load(wishes)))  # noqa: S301 - from the process that was forked
    finally:
        os._exit(0)


def _tell(answers: IO[bytes], value: str | bool) -> None:
    pickle.dump(value, answers, protocol=5)
    answers.flush()
