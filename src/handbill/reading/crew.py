"""Many drafts at once: every core reads, and a text that stalls or kills its reader becomes a problem.

Workers are processes of their own, so a parser that loops, eats memory or
crashes costs one worker and one message, never the build (decision 0010).
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any

from handbill.apart import limit
from handbill.errors import Problem, Said, said
from handbill.kinds import KINDS
from handbill.reading.draft import Draft, Terms
from handbill.reading.drafting import read_draft
from handbill.reading.markdown import engine

#: A file to read: its source path, its bytes and the name of its kind.
Task = tuple[str, bytes, str]
Answer = tuple[str, Draft | None, tuple[Problem, ...]]

#: What a process that reads may take beyond what it begins with.
_MEMORY = 2 * 1024**3

#: Files handed over at once, and answered at once: to wake a process and to
#: unpack each answer by itself took as long as to read the text.  When a reader
#: is lost, so many at most are read again.
_BATCH = 16
_BATCH_BYTES = 256 * 1024

#: The exit code of a process that ran out of memory.
_NO_MEMORY = 12

#: What a new process may take to load its engine: that is not the text's fault.
_START_S = 60.0

_BY_NAME = {kind.name: kind for kind in KINDS}


#: What may be done with the pickle of a draft and its problems, by the source of its file.
Keep = Callable[[str, bytes], None]


def read_here(tasks: Iterable[Task], terms: Terms, keep: Keep | None = None) -> Iterator[Answer]:
    """Yield what each file says, read in this process: for few files in a dialect that cannot stall."""
    for source, raw, kind in tasks:
        draft, problems = read_draft(source, raw, _BY_NAME[kind], terms)
        if keep and draft is not None:
            keep(source, pickle.dumps((draft, problems), protocol=5))
        yield source, draft, problems


def read_crew(
    tasks: Iterable[Task], terms: Terms, jobs: int, seconds: float, keep: Keep | None = None, memory: int = _MEMORY
) -> Iterator[Answer]:
    """Yield what each file says, in no certain order, read by *jobs* processes.

    A file that takes longer than *seconds*, or whose reader dies or needs more
    than so many bytes of *memory*, yields a problem; the others are not affected.
    *keep* is given the source of each file that has a draft, and its draft and
    problems as a pickle.
    """
    waiting = _Waiting(tasks)
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    crew: dict[Connection, _Worker] = {}
    try:
        while waiting or crew:
            while waiting and len(crew) < jobs:
                worker = _Worker(context, terms, memory)
                crew[worker.pipe] = worker
                worker.give(waiting)
            patience = max(0.0, min(worker.until(worker.at(), seconds) for worker in crew.values()) - monotonic())
            for pipe in wait(list(crew), timeout=patience + 0.01):
                assert isinstance(pipe, Connection)
                worker = crew[pipe]
                try:
                    answers: list[bytes] = pickle.loads(pipe.recv_bytes())  # noqa: S301 - of our own process
                except (EOFError, OSError):
                    yield _lost(worker.give_up(waiting, worker.at()), worker.why(memory))
                    del crew[pipe]
                    continue
                if not answers:
                    worker.is_ready = True
                    continue
                done = worker.doing
                if not worker.give(waiting):
                    worker.stop()
                    del crew[pipe]
                for (source, _, _), packed in zip(done, answers, strict=True):
                    draft, problems = pickle.loads(packed)  # noqa: S301 - of our own process
                    if keep and draft is not None:
                        keep(source, packed)
                    yield source, draft, problems
            for pipe, worker in list(crew.items()):
                at = worker.at()
                # An answer that lies there came in time, however long we were busy with others.
                if monotonic() > worker.until(at, seconds) and not pipe.poll():
                    found = said("a text that takes longer than {seconds} s to render", seconds=f"{seconds:g}")
                    wanted = said("a simpler text, or a larger number of seconds under [budget] in hub.toml")
                    yield _lost(worker.give_up(waiting, at), (found, wanted))
                    del crew[pipe]
    finally:
        for worker in crew.values():
            worker.kill()


def _lost(task: Task, why: tuple[Said, Said]) -> Answer:
    problem = Problem(task[0], 0, 0, "", *why, "HB113")
    return task[0], None, (problem,)


class _Waiting:
    """The files that nobody reads yet, in their order; each is taken from the *tasks* when it is its turn."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._rest = iter(tasks)
        self._begin: deque[Task] = deque()

    def __bool__(self) -> bool:
        """Say whether there is one; then it is the first of what was begun."""
        if not self._begin:
            self._begin.extend(islice(self._rest, 1))
        return bool(self._begin)

    def is_short(self, room: int) -> bool:
        """Say whether there is one, of so many bytes at most."""
        return bool(self) and len(self._begin[0][1]) <= room

    def take(self) -> Task:
        return self._begin.popleft()

    def put_back(self, tasks: Sequence[Task]) -> None:
        self._begin.extendleft(reversed(tasks))


class _Worker:
    """A process that reads files one after the other, and what it was given to do."""

    def __init__(self, context: multiprocessing.context.BaseContext, terms: Terms, memory: int) -> None:
        self.pipe, theirs = context.Pipe()
        # When it began with each file of a batch, written there by the process itself.
        self._begun = context.RawArray("d", _BATCH)
        self.process = context.Process(target=_work, args=(theirs, terms, self._begun, memory), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.doing: list[Task] = []
        self.is_ready = False
        self._since = monotonic()

    def give(self, waiting: _Waiting) -> bool:
        """Hand the next files to a worker that has none; say whether there were any."""
        self.doing = []
        room = _BATCH_BYTES
        while len(self.doing) < _BATCH and (waiting.is_short(room) if self.doing else waiting):
            task = waiting.take()
            room -= len(task[1])
            self.doing.append(task)
        if self.doing:
            self._begun[:] = [0.0] * _BATCH
            self._since = monotonic()
            # A worker that has died is noticed when its answer is waited for.
            with contextlib.suppress(OSError):
                self.pipe.send(self.doing)
        return bool(self.doing)

    def at(self) -> int:
        """Return which file of the batch was begun last."""
        return max((number for number in range(len(self.doing)) if self._begun[number]), default=0)

    def until(self, at: int, seconds: float) -> float:
        """Return the moment up to which a file of the batch may take."""
        return float(self._begun[at]) + seconds if self._begun[at] else self._since + (seconds if self.is_ready else _START_S)

    def give_up(self, waiting: _Waiting, at: int) -> Task:
        """End the process, put back all but the file that it was busy with, and return that one."""
        self.kill()
        lost = self.doing.pop(at)
        waiting.put_back(self.doing)
        return lost

    def why(self, memory: int) -> tuple[Said, Said]:
        """Return why the process has ended, once it has been given up."""
        if self.process.exitcode == _NO_MEMORY:
            most = memory // 1024**2
            found = said("a text that needs more than {most} MB of memory", most=most)
            return found, said("a simpler text, or a larger {setting} under [budget] in hub.toml", setting="memory_mb")
        return said("a text on which the reader gave up"), said("a simpler text; no setting moves this limit")

    def stop(self) -> None:
        """Let the process end by itself.

        It is told to: closing the pipe would not do, because workers started
        later hold a copy of its end.
        """
        with contextlib.suppress(OSError):
            self.pipe.send([])
        self.process.join()
        self.pipe.close()

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: Connection, terms: Terms, begun: Any, memory: int) -> None:
    engine(terms.dialect)
    limit(memory)
    # What the parent made stays shared: to look for rubbish there would copy it.
    gc.freeze()
    pipe.send([])
    while True:
        try:
            tasks: list[Task] = pipe.recv()
        except (EOFError, OSError):
            return
        if not tasks:
            return
        answers: list[bytes] = []
        try:
            for number, (source, raw, kind) in enumerate(tasks):
                begun[number] = monotonic()
                answers.append(pickle.dumps(read_draft(source, raw, _BY_NAME[kind], terms), protocol=5))
        except MemoryError:
            # Nothing more is said: a word would need memory, too.
            os._exit(_NO_MEMORY)
        pipe.send(answers)
