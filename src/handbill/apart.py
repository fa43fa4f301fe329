"""Files of strangers, given to libraries that can crash: in a process of their own, with limits, so that a crash costs one file.

What stalls, eats memory or ends without a word is told of that one file; the
others are done all the same (decision 0008).
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: What one process may take; forty million pixels, several times over, are a third of it.
MEMORY = 3 * 1024**3

#: The largest picture that is taken needs a tenth of this.
PATIENCE_S = 60.0


def apart(
    work: Callable[[T], R], tasks: Sequence[T], jobs: int, patience_s: float = PATIENCE_S, memory: int = MEMORY
) -> Iterator[tuple[T, R | None]]:
    """Yield each task with what *work* makes of it elsewhere, in no certain order; with ``None`` where that process died or took too long.

    A result is never ``None`` otherwise, and a plain value, as it is sent.

    Raises:
        OSError: as *work* raised it, since a full disk is no file's fault.
        RuntimeError: *work* raised something else; that is our own.
    """
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    waiting = deque(tasks[number::jobs] for number in range(min(jobs, len(tasks))))
    running: dict[Connection, _Running[T]] = {}
    # To look for circles in what was made before would copy all of it into each process.
    gc.freeze()
    try:
        while waiting or running:
            while waiting:
                one = _Running(context, work, waiting.popleft(), memory)
                running[one.pipe] = one
            soonest = min(one.since for one in running.values()) + patience_s
            for pipe in wait(list(running), max(0.0, soonest - monotonic())):
                assert isinstance(pipe, Connection)
                one = running[pipe]
                try:
                    made, fault = pipe.recv()
                except (EOFError, OSError):
                    yield one.tasks[0], None
                    waiting.extend(running.pop(pipe).end())
                    continue
                if fault:
                    raise fault if isinstance(fault, OSError) else RuntimeError(f"in a process apart:\n{fault}")
                yield one.tasks.popleft(), made
                one.since = monotonic()
                if not one.tasks:
                    running.pop(pipe).end()
            for pipe, one in list(running.items()):
                # An answer that lies there came in time, however long we were busy with others.
                if monotonic() > one.since + patience_s and not pipe.poll():
                    yield one.tasks[0], None
                    waiting.extend(running.pop(pipe).end())
    finally:
        gc.unfreeze()
        for one in running.values():
            one.end()


class _Running(Generic[T]):
    """A process, and what it has still to do, the first of which it is at since a moment."""

    def __init__(self, context: multiprocessing.context.BaseContext, work: Callable[[T], Any], tasks: Sequence[T], memory: int) -> None:
        self.tasks = deque(tasks)
        self.pipe, theirs = context.Pipe(duplex=False)
        self._process: BaseProcess = context.Process(target=_serve, args=(work, tasks, theirs, memory), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        self.since = monotonic()

    def end(self) -> Iterator[Sequence[T]]:
        """End it, and yield what nobody has begun, if there is any."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()
        rest = list(self.tasks)[1:]
        return iter([rest] if rest else [])


def _serve(work: Callable[[T], R], tasks: Sequence[T], pipe: Connection, memory: int) -> None:
    limit(memory)
    # Whoever asked may be gone; then nobody waits for this.
    with suppress(BrokenPipeError):
        for task in tasks:
            try:
                pipe.send((work(task), ""))
            except MemoryError:
                return
            except OSError as error:
                pipe.send((None, OSError(error.errno, error.strerror, error.filename)))
            except Exception:
                pipe.send((None, traceback.format_exc()))


def limit(memory: int) -> None:
    """Let this process take so many bytes of *memory* beyond what it holds, and leave no picture of it on the disk."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; those of time still hold there.
        return
    # What the parent holds, all pictures for instance, is not what a file costs.
    most = memory + _held()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    # A crash is told by its file; what was in memory is nobody's business.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _held() -> int:
    """Return how many bytes this process has addresses for already, as far as that can be asked."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
