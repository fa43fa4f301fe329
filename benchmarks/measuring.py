"""A command → how long it took and how much memory it held, with all the processes that it started."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from time import perf_counter

#: How often memory is looked at.
_EVERY_S = 0.02


class Failed(Exception):
    """A build ended badly; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run.  ``others`` is the share of the machine's cores that somebody else used meanwhile, from 0 to 1; None where nobody knows."""

    wall_s: float
    cpu_s: float
    memory_bytes: int | None = None
    others: float | None = None


def measure(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None, *, memory: bool = False) -> Measured:
    """Run a command in a folder to its end.

    The time of the processors is that of the process and of all that it waited
    for.  Memory is looked at only on request, because looking costs time: the
    largest sum of what the tree of processes holds at one moment, where pages
    that several share count once.  Linux tells it; elsewhere it is None.

    Raises:
        Failed: it ended with another code than 0.
    """
    with TemporaryFile() as said:
        busy, start = _busy_s(), perf_counter()
        child = subprocess.Popen(list(command), cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        watch = _Watch(child.pid) if memory and Path("/proc/self/smaps_rollup").exists() else None
        try:
            # wait4 tells of this tree alone, where os.times() would add all that ever ran.
            _, status, used = os.wait4(child.pid, 0)
        finally:
            peak = watch.ended() if watch else None
        wall = perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu = used.ru_utime + used.ru_stime
        if child.returncode:
            said.seek(0)
            raise Failed(f"{' '.join(command[:3])} …: {child.returncode}\n{said.read().decode('utf-8', 'replace')[-3000:]}")
        after = _busy_s()
        others = None if busy is None or after is None else max(0.0, after - busy - cpu) / (wall * (os.cpu_count() or 1))
        return Measured(wall, cpu, peak, others)


class _Watch:
    """Looks again and again at the memory of a tree of processes, beside it."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._peak = 0
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def ended(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(_EVERY_S):
            self._peak = max(self._peak, _held_by(_tree(self._root)))


def _tree(root: int) -> Iterator[int]:
    yield root
    with suppress(OSError):  # it ended meanwhile
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _tree(int(child))


def _held_by(pids: Iterable[int]) -> int:
    """Return how many bytes processes hold together.

    What a process wrote counts by its proportional set size: a page that three
    workers share counts for a third in each.  What it mapped of files would be
    shared with strangers as well, so of these the largest of each program
    counts, whoever else runs it.
    """
    written, mapped = 0, dict[Path, int]()
    for pid in pids:
        with suppress(OSError):  # it ended meanwhile
            shares = _kib_of(Path(f"/proc/{pid}/smaps_rollup"))
            program = Path(f"/proc/{pid}/exe").readlink()
            written += shares.get("Pss_Anon", 0) + shares.get("Pss_Shmem", 0)
            mapped[program] = max(mapped.get(program, 0), _kib_of(Path(f"/proc/{pid}/status")).get("RssFile", 0))
    return (written + sum(mapped.values())) * 1024


def _kib_of(file: Path) -> dict[str, int]:
    lines = (line.split() for line in file.read_text(encoding="utf-8", errors="replace").splitlines())
    return {words[0].rstrip(":"): int(words[1]) for words in lines if words[-1:] == ["kB"]}


def _busy_s() -> float | None:
    """Return how many seconds the cores of this machine have worked since it was started; None where /proc does not tell."""
    try:
        line = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
        user, nice, system, _idle, _waiting, *rest = (int(one) for one in line.split()[1:8])
    except (OSError, ValueError):
        return None
    return (user + nice + system + sum(rest)) / float(os.sysconf("SC_CLK_TCK"))
