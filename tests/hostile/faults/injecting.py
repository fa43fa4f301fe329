"""A command of the program in a process of its own, in which the system refuses one call: strace answers in its place.

The process is forked from one that has imported the whole program, so what is
counted begins with the work.  Linux alone has strace.
"""

from __future__ import annotations

import ctypes
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

#: The program that injects, where it is installed.
STRACE = shutil.which("strace")

#: No command of these small hubs takes a tenth of this, even on a busy machine.
HANGS_AFTER_S = 120.0

_LET_ANYBODY_TRACE = 0x59616D61
_CALL = re.compile(r"\A(\d+) +(?:\d+\.\d+ )?(\w+)\((.*)\Z", re.DOTALL)
_PLACE = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|\d+<((?:[^<>\\]|\\.)*)>")
_INJECTED = "(INJECTED)"


@dataclass(frozen=True)
class Fault:
    """The *number*-th time that a process makes the *call*, it gets the *error* in place of an answer."""

    call: str
    error: str
    number: int

    def __str__(self) -> str:
        return f"{self.call} {self.number}: {self.error}"


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code (negative for a signal), what it said, and what it asked the system, line by line."""

    code: int
    said: str
    lines: tuple[str, ...]

    @property
    def hit(self) -> tuple[str, ...]:
        """Return the calls that got an error, one for each process."""
        return tuple(line for line in self.lines if _INJECTED in line)


class Hangs(AssertionError):
    """A command did not end."""


def run(
    job: Callable[[], int], room: Path, calls: tuple[str, ...] = (), fault: Fault | None = None, meanwhile: Callable[[], None] | None = None
) -> Ended:
    """Do the *job* in a process, noting each of the *calls*, with the *fault* if one is given; *meanwhile* is done until it ends."""
    log, out = room / "strace.log", room / "said.txt"
    for file in (log, out):
        file.unlink(missing_ok=True)
    child = _forked(job, out)
    tracer = _attached(child, log, calls, fault) if calls or fault else None
    started, code = monotonic(), None
    os.kill(child, signal.SIGCONT)
    try:
        while code is None:
            if meanwhile:
                meanwhile()
            done, state = _waited(child, 0.002 if meanwhile else HANGS_AFTER_S)
            if done:
                code = os.waitstatus_to_exitcode(state)
            elif monotonic() - started > HANGS_AFTER_S:
                raise Hangs(f"{fault}: still running after {HANGS_AFTER_S:.0f} s")
    finally:
        if code is None:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        if tracer:
            tracer.wait(HANGS_AFTER_S)
    lines = tuple(log.read_text(encoding="utf-8", errors="replace").splitlines()) if tracer else ()
    return Ended(code, out.read_text(encoding="utf-8", errors="replace"), lines)


def reached(ended: Ended, below: tuple[Path, ...]) -> dict[tuple[str, int], str]:
    """Return call and number → the path, for every call of the first process that concerned a file in one of these folders."""
    first, counts, found = "", {}, {}
    begins = tuple(str(one) for one in below)
    for line in ended.lines:
        if not (match := _CALL.match(line)):
            continue
        first = first or match[1]
        if match[1] != first:
            continue
        call = match[2]
        counts[call] = counts.get(call, 0) + 1
        place = next((one or other for one, other in _PLACE.findall(match[3]) if (one or other).startswith(begins)), "")
        if place:
            found[call, counts[call]] = place
    return found


def _forked(job: Callable[[], int], out: Path) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        os.waitpid(child, os.WUNTRACED)
        return child
    code = 70
    try:
        os.setsid()
        # Where only parents may trace, this lets the tracer, which is none.
        ctypes.CDLL(None).prctl(_LET_ANYBODY_TRACE, ctypes.c_ulong(-1), 0, 0, 0)
        said = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.close(said)
        # Whoever runs tests may have put something else in their place.
        sys.stdout, sys.stderr = (os.fdopen(one, "w", encoding="utf-8", closefd=False) for one in (1, 2))
        os.kill(os.getpid(), signal.SIGSTOP)
        code = job()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _attached(child: int, log: Path, calls: tuple[str, ...], fault: Fault | None) -> subprocess.Popen[str]:
    assert STRACE
    words = [STRACE, "-f", "-y", "-s", "300", "-o", str(log), "-p", str(child), "-e", "signal=none"]
    words += ["-e", f"trace={fault.call if fault else ','.join(calls)}"]
    if fault:
        words += ["-e", f"inject={fault.call}:error={fault.error}:when={fault.number}"]
    tracer = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    told = tracer.stderr.readline()
    assert "attached" in told, told
    return tracer


def _waited(child: int, limit_s: float) -> tuple[int, int]:
    """Wait for the end of a process for so long; return its number, or 0, and its state."""
    end = os.pidfd_open(child)
    try:
        select.select([end], [], [], limit_s)
    finally:
        os.close(end)
    return os.waitpid(child, os.WNOHANG)
