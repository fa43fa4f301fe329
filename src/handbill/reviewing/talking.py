"""A state of the repository in a process of its own, and the questions to it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from handbill.errors import HandbillError, MachineLacks, said
from handbill.options import Options


class Talk:
    """The other end of a state: ask, and take the answer later, so that two states can think at once."""

    def __init__(self, options: Options, scratch: Path, lang: str, others: tuple[Talk, ...] = ()) -> None:
        # Forking hands over what is imported already; where it is not to be had, the process begins afresh.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._ours, theirs = context.Pipe()
        strange = tuple(one._ours for one in (*others, self)) if context.get_start_method() == "fork" else ()
        self._process = context.Process(target=_answer, args=(theirs, strange, options, scratch, lang))  # type: ignore[attr-defined]  # every start method has it
        self._process.start()
        theirs.close()
        self._pending = 0
        self._is_thinking = False

    def ask(self, question: str, *given: Any) -> None:
        """Put a question, by the name of a method of :class:`~handbill.reviewing.side.Side`."""
        self._ours.send((question, given, True))
        self._pending += 1

    def hint(self, question: str, *given: Any) -> None:
        """Let the state think of something that may be asked soon; nobody waits for it."""
        self._ours.send((question, given, False))
        self._is_thinking = True

    def answer(self) -> Any:
        """Wait for the answer to the oldest question.

        Raises:
            HandbillError: as the state raised it.
            MachineLacks: the process died without a word.
        """
        self._pending -= 1
        self._is_thinking = False
        try:
            failure, value = self._ours.recv()
        except EOFError:
            raise MachineLacks(said("a worker process ended without a word; the machine may be out of memory")) from None
        if failure is not None:
            raise failure
        return value

    def asked(self, question: str, *given: Any) -> Any:
        """Put a question and wait for its answer; answers that nobody took are thrown away."""
        while self._pending:
            self.answer()
        self.ask(question, *given)
        return self.answer()

    def close(self) -> None:
        """End the process; one that is still thinking is not waited for."""
        self._ours.close()
        if self._pending or self._is_thinking:
            self._process.terminate()
        self._process.join()


@contextmanager
def closing(*talks: Talk) -> Iterator[None]:
    """End the processes at the end, whatever happens."""
    try:
        yield
    finally:
        for one in talks:
            one.close()


def _answer(pipe: Connection, strange: tuple[Connection, ...], options: Options, scratch: Path, lang: str) -> None:
    # A copy of the asker's end would keep this process waiting when the asker is gone.
    for one in strange:
        one.close()
    from handbill.reviewing.side import Side

    # This process lives for seconds, and looking for what could be forgotten costs a tenth of them.
    gc.disable()
    side = Side(options, scratch, lang)
    try:
        while True:
            question, given, is_awaited = pipe.recv()
            failure: BaseException | None = None
            value: Any = None
            try:
                value = getattr(side, question)(*given)
            except HandbillError as error:
                failure = error
            except Exception:
                # A traceback cannot cross processes whole, so it crosses as text.
                failure = RuntimeError("in a worker process:\n" + traceback.format_exc())
            if is_awaited:
                pipe.send((failure, value))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        # Nobody asks any more.  What this process holds goes with it, and taking a hub apart takes a while.
        os._exit(0)
