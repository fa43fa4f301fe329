"""Answers worked out by several processes at once, each from what the one that asks has in memory already."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from handbill.errors import HandbillError, MachineLacks, said

T = TypeVar("T")
A = TypeVar("A")


def answers(work: Callable[[Sequence[T]], list[A]], tasks: Sequence[T], jobs: int, least: int) -> list[A]:
    """Return what *work* answers to each task, in their order: here if there are fewer than *least*, else by *jobs* processes.

    Tasks are not sent anywhere, so this is for those that cannot be; where
    processes do not share what they hold, all is worked out here.

    Raises:
        HandbillError: as *work* raised it in whichever process.
        MachineLacks: a process died without a word.
    """
    if jobs < 2 or len(tasks) < least or sys.platform != "linux":
        return work(tasks)
    context = multiprocessing.get_context("fork")
    # What is collected in one process only is copied for it, page by page.
    gc.freeze()
    running: list[tuple[Any, Connection]] = []
    for number in range(1, jobs):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(work, tasks[number::jobs], theirs))
        process.start()
        theirs.close()
        running.append((process, ours))
    found = [work(tasks[0::jobs])]
    for process, ours in running:
        try:
            failure, part = ours.recv()
        except EOFError:
            failure, part = MachineLacks(said("a worker process ended without a word; the machine may be out of memory")), []
        process.join()
        if failure is not None:
            raise failure
        found.append(part)
    return [found[number % jobs][number // jobs] for number in range(len(tasks))]


def _run(work: Callable[[Sequence[T]], list[A]], tasks: Sequence[T], pipe: Connection) -> None:
    failure: BaseException | None = None
    part: list[A] = []
    try:
        part = work(tasks)
    except HandbillError as error:
        failure = error
    except Exception:
        # A traceback cannot cross processes whole, so it crosses as text.
        failure = RuntimeError("in a worker process:\n" + traceback.format_exc())
    pipe.send((failure, part))
    pipe.close()
