"""Whose turn it is: what presses at once and in a thread of its own, what can wait once nothing has pressed for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self


class Stopped(Exception):
    """Something presses, so what can wait is left off."""


class Turns:
    """Calls *pressing* after each call of :meth:`press`, and *waiting* when *quiet_s* have passed without one.

    Presses during a turn are one turn more.  *waiting* is handed a function to
    be called now and then, which raises :class:`Stopped` as soon as something
    presses; *pressing* says whether there is something that can wait.  What a
    turn raises ends all turns: *on_end* is called then, and it is raised at
    the end of the block.
    """

    def __init__(
        self,
        pressing: Callable[[], bool],
        waiting: Callable[[Callable[[], None]], None],
        quiet_s: float,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._pressing, self._waiting, self._quiet_s, self._on_end = pressing, waiting, quiet_s, on_end
        self._trouble: Exception | None = None
        self._change = threading.Condition()
        self._is_pressed = self._is_over = False
        self._thread = threading.Thread(target=self._run, name="turns", daemon=True)

    def press(self) -> None:
        """Ask for a turn of what presses."""
        with self._change:
            self._is_pressed = True
            self._change.notify()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._is_over = self._is_pressed = True
            self._change.notify()
        self._thread.join()
        if self._trouble:
            raise self._trouble

    def _run(self) -> None:
        try:
            self._work()
        except Exception as trouble:
            # Raised in the thread that somebody hears of.
            self._trouble = trouble
            self._on_end()

    def _work(self) -> None:
        has_rest = True
        while True:
            with self._change:
                self._change.wait_for(lambda: self._is_pressed, self._quiet_s if has_rest else None)
                if self._is_over:
                    return
                is_pressed, self._is_pressed = self._is_pressed, False
            if is_pressed:
                has_rest = self._pressing()
                continue
            try:
                self._waiting(self._check)
            except Stopped:
                continue
            has_rest = False

    def _check(self) -> None:
        if self._is_pressed:
            raise Stopped
