"""Work done in several processes at once, each on its part; threads and processes share nothing."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from handbill.errors import HandbillError, MachineLacks, said

T = TypeVar("T")
R = TypeVar("R")


def in_parts(work: Callable[[Sequence[T]], R], tasks: Sequence[T], jobs: int, least: int) -> list[R]:
    """Call *work* on all tasks: here if there are fewer than *least*, else split over *jobs* processes, of which this is one.

    Return what each part returned.  What *work* refers to, each process has as it was when the work began.

    Raises:
        HandbillError: as *work* raised it in whichever process.
        MachineLacks: a process died without a word, as when memory runs out.
    """
    if jobs < 2 or len(tasks) < least:
        return [work(tasks)]
    # Forking hands over the tasks for nothing; where it is not to be had, they are sent.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    running = []
    # To look for circles in what was made before would copy all of it into each process.
    gc.freeze()
    try:
        for number in range(1, jobs):
            # Every n-th task, because neighbours are alike and a block of long ones would keep one core busy alone.
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(  # type: ignore[attr-defined]  # every start method has it
                target=_run, args=(work, tasks[number::jobs], theirs)
            )
            process.start()
            theirs.close()
            running.append((process, ours))
        done = [_tried(work, tasks[::jobs])]
    finally:
        gc.unfreeze()
    for process, ours in running:
        try:
            done.append(ours.recv())
        except EOFError:
            done.append((None, MachineLacks(said("a worker process ended without a word; the machine may be out of memory"))))
        process.join()
    for _, failure in done:
        if failure is not None:
            raise failure
    return [made for made, _ in done]  # type: ignore[misc]  # a part that did not fail has made something


def _run(work: Callable[[Sequence[T]], R], tasks: Sequence[T], pipe: Connection) -> None:
    made, failure = _tried(work, tasks)
    if failure is not None and not isinstance(failure, HandbillError):
        # A traceback cannot cross processes whole, so it crosses as text.
        failure = RuntimeError("in a worker process:\n" + "".join(traceback.format_exception(failure)))
    pipe.send((made, failure))
    pipe.close()


def _tried(work: Callable[[Sequence[T]], R], tasks: Sequence[T]) -> tuple[R | None, Exception | None]:
    """Return what was made, or what went wrong: the others have to be waited for in either case."""
    try:
        return work(tasks), None
    except Exception as error:
        return None, error
