"""Work done in several processes at once, each on its part; threads and processes share nothing."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, Self, TypeVar

from handbill.errors import HandbillError, MachineLacks, said

try:
    import fcntl
except ImportError:  # Windows has none, and does not fork.
    fcntl = None  # type: ignore[assignment]

T = TypeVar("T")
R = TypeVar("R")

#: Whether a process hands over all that it holds to those that it starts, for nothing; otherwise tasks are sent, and must be plain values.
FORKS = sys.platform == "linux"

#: The number of a share of the tasks, as bytes in the queue, and how many of them the smallest queue of a system holds.
_NUMBER = 4
_MOST_SHARES = 4096 // _NUMBER

#: As many bytes of results may wait to be taken; more is not granted to everybody.
_ROOM = 1 << 20


def in_parts(work: Callable[[Sequence[T]], R], tasks: Sequence[T], jobs: int, least: int) -> list[R]:
    """Call *work* on all tasks: here if there are fewer than *least*, else split over *jobs* processes, of which this is one.

    Return what each part returned.  What *work* refers to, each process has as it was when the work began.

    Raises:
        HandbillError: as *work* raised it in whichever process.
        MachineLacks: a process died without a word, as when memory runs out.
    """
    if jobs < 2 or len(tasks) < least:
        return [work(tasks)]
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
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
        except (EOFError, OSError):
            done.append((None, _died()))
        process.join()
    for _, failure in done:
        if failure is not None:
            raise failure
    return [made for made, _ in done]  # type: ignore[misc]  # a part that did not fail has made something


@contextmanager
def shared_out(work: Callable[[Sequence[T]], R], tasks: Sequence[T], jobs: int, least: int, at_once: int) -> Iterator[Iterator[R]]:
    """Begin the work on all tasks; lend what yields what it makes of about so many *at once*, as soon as it is made, in no certain order.

    Work is done here if there are fewer tasks than *least*, else by *jobs*
    processes, each of which takes the next share when it has done the last.
    This is one of them whenever it asks for a result; until it asks, and between
    two results, it may do other things.

    Raises:
        HandbillError: as *work* raised it for the first task that failed, in whichever process.
        MachineLacks: a process died without a word, as when memory runs out.
    """
    if jobs < 2 or len(tasks) < least:
        yield map(work, (tasks,))
    elif not FORKS:
        yield iter(in_parts(work, tasks, jobs, least))
    else:
        at_once = max(at_once, -(-len(tasks) // _MOST_SHARES))
        shares = [tasks[start : start + at_once] for start in range(0, len(tasks), at_once)]
        with _Crew(work, shares, jobs - 1) as crew:
            yield crew.made()


class _Crew(Generic[T, R]):
    """Processes that draw the numbers of their shares from one queue, and this process among them.

    The queue is a pipe of numbers: whoever dies holds nothing that others wait for.
    """

    def __init__(self, work: Callable[[Sequence[T]], R], shares: Sequence[Sequence[T]], others: int) -> None:
        self._work, self._shares, self._others = work, shares, others
        self._failures: list[tuple[int, Exception]] = []
        self._running: dict[Connection, BaseProcess] = {}
        self._queue = -1

    def __enter__(self) -> Self:
        self._queue, filling = os.pipe()
        os.write(filling, b"".join(number.to_bytes(_NUMBER, "little") for number in range(len(self._shares))))
        os.close(filling)
        context = multiprocessing.get_context("fork")
        for _ in range(self._others):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=self._serve, args=(theirs, ours), daemon=True)
            process.start()
            theirs.close()
            _widen(ours)
            self._running[ours] = process
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._queue)
        for pipe, process in self._running.items():
            process.kill()
            process.join()
            pipe.close()

    def made(self) -> Iterator[R]:
        """Yield what each share became, here or elsewhere."""
        while (number := self._next()) is not None:
            made, failure = _tried(self._work, self._shares[number])
            if failure:
                self._fail(number, failure)
            else:
                yield made  # type: ignore[misc]  # what did not fail has made something
            yield from self._made_elsewhere(0)
        while self._running:
            yield from self._made_elsewhere(None)
        if self._failures:
            # The first of the tasks and not of the failures: numbers are drawn in order, so all before it were tried.
            raise min(self._failures, key=lambda one: one[0])[1]

    def _made_elsewhere(self, patience_s: float | None) -> Iterator[R]:
        for pipe in wait(list(self._running), patience_s):
            assert isinstance(pipe, Connection)
            try:
                number, made, failure = pipe.recv()
            except (EOFError, OSError):
                number, made, failure = len(self._shares), None, _died()
            if failure:
                self._fail(number, failure)
            if number >= len(self._shares):
                self._running.pop(pipe).join()
                pipe.close()
            elif not failure:
                yield made

    def _fail(self, number: int, failure: Exception) -> None:
        """Note a failure, and let nobody begin another share."""
        self._failures.append((number, failure))
        while self._next() is not None:
            pass

    def _next(self) -> int | None:
        """Draw the number of the next share; the system gives each number to one process."""
        drawn = os.read(self._queue, _NUMBER)
        return int.from_bytes(drawn, "little") if drawn else None

    def _serve(self, pipe: Connection, asking: Connection) -> None:
        # As long as anybody holds the other end, nobody notices that whoever asked was killed.
        for other in (asking, *self._running):
            other.close()
        # To look for circles in what was made before would copy all of it.
        gc.freeze()
        # Whoever asked may be gone; then nobody waits for this.
        with suppress(BrokenPipeError):
            while (number := self._next()) is not None:
                made, failure = _tried(self._work, self._shares[number])
                pipe.send((number, made, _as_text(failure)))
            pipe.send((len(self._shares), None, None))


def _widen(pipe: Connection) -> None:
    """Let others work on while nobody takes what they made; a system that grants no more lets them wait."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)


def _run(work: Callable[[Sequence[T]], R], tasks: Sequence[T], pipe: Connection) -> None:
    made, failure = _tried(work, tasks)
    pipe.send((made, _as_text(failure)))
    pipe.close()


def _as_text(failure: Exception | None) -> Exception | None:
    """Return a failure that can cross processes: a traceback cannot cross whole, so it crosses as text."""
    if failure is None or isinstance(failure, HandbillError):
        return failure
    return RuntimeError("in a worker process:\n" + "".join(traceback.format_exception(failure)))


def _died() -> MachineLacks:
    return MachineLacks(said("a worker process ended without a word; the machine may be out of memory"))


def _tried(work: Callable[[Sequence[T]], R], tasks: Sequence[T]) -> tuple[R | None, Exception | None]:
    """Return what was made, or what went wrong: the others have to be waited for in either case."""
    try:
        return work(tasks), None
    except Exception as error:
        return None, error
