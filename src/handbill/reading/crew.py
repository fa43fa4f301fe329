"""Many drafts at once: every core reads, and a text that stalls or kills its reader becomes a problem.

Workers are processes of their own, so a parser that loops, eats memory or
crashes costs one worker and one message, never the build (decision 0010).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from time import monotonic

from handbill.errors import Problem, said
from handbill.kinds import KINDS
from handbill.reading.draft import Draft, Terms
from handbill.reading.drafting import read_draft
from handbill.reading.markdown import engine

#: A file to read: its source path, its bytes and the name of its kind.
Task = tuple[str, bytes, str]
Answer = tuple[str, Draft | None, tuple[Problem, ...]]

_MEMORY = 2 * 1024**3

#: Files handed over at once: enough that a worker never waits for the next small
#: one, few enough bytes that they fit in the pipe.  A worker that is busy
#: answering does not read, and to wait for it here would stop both for good.
_BATCH = 8
_BATCH_BYTES = 24 * 1024

#: What a new process may take to load its engine: that is not the text's fault.
_START_S = 60.0

_READY = "ready"
_BY_NAME = {kind.name: kind for kind in KINDS}


def read_here(tasks: Iterable[Task], terms: Terms) -> Iterator[Answer]:
    """Yield what each file says, read in this process: for few files in a dialect that cannot stall."""
    for source, raw, kind in tasks:
        yield (source, *read_draft(source, raw, _BY_NAME[kind], terms))


def read_crew(tasks: Iterable[Task], terms: Terms, jobs: int, seconds: float) -> Iterator[Answer]:
    """Yield what each file says, in no certain order, read by *jobs* processes.

    A file that takes longer than *seconds*, or whose reader dies, yields a
    problem; the others are not affected.
    """
    waiting = deque(tasks)
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    crew: dict[Connection, _Worker] = {}
    try:
        while waiting or crew:
            while waiting and len(crew) < jobs:
                worker = _Worker(context, terms)
                crew[worker.pipe] = worker
                worker.give(waiting)
            patience = max(0.0, min(worker.until for worker in crew.values()) - monotonic())
            for pipe in wait(list(crew), timeout=patience + 0.01):
                assert isinstance(pipe, Connection)
                worker = crew[pipe]
                try:
                    answer: Answer | str = pipe.recv()
                except (EOFError, OSError):
                    yield _lost(worker.give_up(waiting), said("a text on which the reader gave up"))
                    del crew[pipe]
                    continue
                if isinstance(answer, str):
                    worker.begin(seconds)
                    continue
                yield answer
                worker.done(seconds)
                if not worker.doing and not worker.give(waiting):
                    worker.stop()
                    del crew[pipe]
            for pipe, worker in list(crew.items()):
                if monotonic() > worker.until:
                    yield _lost(
                        worker.give_up(waiting), said("a text that takes longer than {seconds} s to render", seconds=f"{seconds:g}")
                    )
                    del crew[pipe]
    finally:
        for worker in crew.values():
            worker.kill()


def _lost(task: Task, found: str) -> Answer:
    problem = Problem(task[0], 0, 0, "", found, said("a simpler text, or a larger number of seconds under [budget] in hub.toml"), "HB113")
    return task[0], None, (problem,)


class _Worker:
    """A process that reads files one after the other, and what it was given to do."""

    def __init__(self, context: multiprocessing.context.BaseContext, terms: Terms) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, terms), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.doing: deque[Task] = deque()
        self.until = monotonic() + _START_S

    def give(self, waiting: deque[Task]) -> bool:
        """Hand the next files to a worker that has none; say whether there were any."""
        room = _BATCH_BYTES
        while waiting and len(self.doing) < _BATCH and (not self.doing or len(waiting[0][1]) <= room):
            task = waiting.popleft()
            room -= len(task[1])
            self.doing.append(task)
            # A worker that has died is noticed when its answer is waited for.
            with contextlib.suppress(OSError):
                self.pipe.send(task)
        return bool(self.doing)

    def begin(self, seconds: float) -> None:
        """Note that the next file is being read from now on."""
        self.until = monotonic() + seconds

    def done(self, seconds: float) -> None:
        """Note that the first file is read; the next one's time begins."""
        self.doing.popleft()
        self.begin(seconds)

    def give_up(self, waiting: deque[Task]) -> Task:
        """End the process, put back all but the file that it was busy with, and return that one."""
        self.kill()
        lost, *others = self.doing
        waiting.extendleft(reversed(others))
        return lost

    def stop(self) -> None:
        """Let the process end by itself.

        It is told to: closing the pipe would not do, because workers started
        later hold a copy of its end.
        """
        with contextlib.suppress(OSError):
            self.pipe.send(None)
        self.process.join()
        self.pipe.close()

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: Connection, terms: Terms) -> None:
    engine(terms.dialect)
    _limit_memory()
    pipe.send(_READY)
    while True:
        try:
            task: Task | None = pipe.recv()
        except (EOFError, OSError):
            return
        if task is None:
            return
        source, raw, kind = task
        try:
            answer: Answer = (source, *read_draft(source, raw, _BY_NAME[kind], terms))
        except MemoryError:
            return
        pipe.send(answer)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds there.
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
