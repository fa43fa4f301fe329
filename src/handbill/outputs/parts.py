"""Work done in several processes at once, each on its part; threads and processes share nothing."""

from __future__ import annotations

import multiprocessing
import sys
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from handbill.errors import HandbillError, MachineLacks, said

T = TypeVar("T")


def in_parts(work: Callable[[Sequence[T]], None], tasks: Sequence[T], jobs: int, least: int) -> None:
    """Call *work* on all tasks: here if there are fewer than *least*, else split over *jobs* processes.

    Raises:
        HandbillError: as *work* raised it in whichever process.
        MachineLacks: a process died without a word, as when memory runs out.
    """
    if jobs < 2 or len(tasks) < least:
        work(tasks)
        return
    # Forking hands over the tasks for nothing; where it is not to be had, they are sent.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    running = []
    for number in range(jobs):
        # Every n-th task, because neighbours are alike and a block of long ones would keep one core busy alone.
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(  # type: ignore[attr-defined]  # every start method has it
            target=_run, args=(work, tasks[number::jobs], theirs)
        )
        process.start()
        theirs.close()
        running.append((process, ours))
    failures: list[BaseException] = []
    for process, ours in running:
        try:
            failure = ours.recv()
        except EOFError:
            failure = MachineLacks(said("a worker process ended without a word; the machine may be out of memory"))
        process.join()
        if failure is not None:
            failures.append(failure)
    if failures:
        raise failures[0]


def _run(work: Callable[[Sequence[T]], None], tasks: Sequence[T], pipe: Connection) -> None:
    failure: BaseException | None = None
    try:
        work(tasks)
    except HandbillError as error:
        failure = error
    except Exception:
        # A traceback cannot cross processes whole, so it crosses as text.
        failure = RuntimeError("in a worker process:\n" + traceback.format_exc())
    pipe.send(failure)
    pipe.close()
