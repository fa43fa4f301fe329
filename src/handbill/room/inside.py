"""The first thing that the program does: let go of what it does not need, and look whether walls that it was promised stand.

Nothing of the hub is read before.  What it looks at is what the system says of
this very process, never what whoever started it meant to do.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbill.key import VARIABLE as KEY
from handbill.key import take
from handbill.room.few import few
from handbill.room.waiting import APART, HOLE, SHUT, SPACES, WALLS
from handbill.room.walls import MERGED, READ, SYSTEM

#: Where anything may be written behind walls: it is gone with the last process there.
_OWN = ("/tmp", "/dev")  # noqa: S108


@dataclass(frozen=True, slots=True)
class Promise:
    """What was said of the walls: the ``spaces`` outside, the ``homes`` that are not to be seen, and what may be.

    ``shown`` are folders and files that can be read beside the system's and
    the hub's, ``frames`` folder → the names in it that may be written; the
    first of them is the hub's.
    """

    spaces: dict[str, int]
    homes: tuple[str, ...]
    shown: frozenset[str]
    frames: dict[str, frozenset[str]]

    @classmethod
    def of(cls, told: str) -> Promise:
        """Return the promise that ``entrance`` wrote down."""
        spaces, homes, shown, *frames = (tuple(one.split(APART)) if one else () for one in told.split(APART * 2))
        numbers = dict(zip(SPACES, map(int, spaces), strict=True))
        return cls(numbers, homes, frozenset(shown), {place: frozenset(names) for place, *names in frames})


def settle(words: Sequence[str]) -> int | None:
    """Make this process one that holds no more than its command needs; return an exit code only if walls have a hole."""
    told, own = os.environ.pop(WALLS, ""), os.environ.pop(KEY, "")
    if told and own:
        take(own)
    kept = few(words, os.environ)
    strange = [name for name in os.environ if name not in kept]
    for name in strange:
        del os.environ[name]
    _dump_nothing()
    if not told:
        return None
    first, second, promise = told.split(APART, 2)
    ready, terminal = int(first), int(second)
    os.dup2(terminal, 2)
    os.close(terminal)
    found = [_variable(name) for name in strange] or list(holes(Promise.of(promise)))
    os.write(ready, HOLE if found else SHUT)
    os.close(ready)
    for hole in found:
        print(f"handbill: {hole}", file=sys.stderr, flush=True)
    return 3 if found else None


def holes(promise: Promise) -> Iterator[str]:
    """Yield what stands open behind the walls; nothing, if they are as they were promised."""
    for name, number in promise.spaces.items():
        if os.stat(f"/proc/self/ns/{name}").st_ino == number:
            yield f"{_HOLE}: {_SPACES[name]} is that of the machine"
    others = {line.partition(":")[0].strip() for line in _lines("/proc/self/net/dev")[2:]} - {"lo"}
    if others:
        yield f"{_HOLE}: the network leads somewhere ({min(others)})"
    rights = [line.split() for line in _lines("/proc/self/status") if line.startswith(("CapEff:", "CapPrm:"))]
    if any(int(right, 16) for _, right in rights):
        yield f"{_HOLE}: this process has rights that others lack"
    mounts = {_plain(parts[4]): parts[5].split(",") for line in _lines("/proc/self/mountinfo") if (parts := line.split())}
    yield from _strange(mounts, promise)
    yield from _open(mounts, promise)
    for home in promise.homes:
        if home != "/" and os.path.isdir(home):
            yield from _beside_the_way(home, (*promise.shown, *promise.frames, os.getcwd()))


_SPACES = {"net": "the network", "pid": "what runs", "ipc": "the memory that programs share"}

#: In English as all that is said before the program knows whose hub it is.
_HOLE = "the walls have a hole"


def _strange(mounts: dict[str, list[str]], promise: Promise) -> Iterator[str]:
    """Yield what was brought in and was not promised."""
    known = {"/", "/proc", *_OWN, *SYSTEM, *MERGED, *promise.shown, *promise.frames}
    for place, options in mounts.items():
        if "rw" in options and place not in (*promise.frames, *_OWN) and not place.startswith("/dev/"):
            yield _can_be_written(place)
        elif place not in known and not place.startswith(("/dev/", "/proc/", *(f"{frame}/" for frame in promise.frames))):
            yield _can_be_read(place)


def _open(mounts: dict[str, list[str]], promise: Promise) -> Iterator[str]:
    """Yield what stands open in the folders in which something may be written."""
    hub = next(iter(promise.frames), "")
    for frame, names in promise.frames.items():
        for name in os.listdir(frame):
            path = os.path.join(frame, name)
            found = os.lstat(path)
            if name in names or stat.S_ISLNK(found.st_mode):
                continue
            if path not in mounts:
                yield _can_be_written(path)
            elif path in promise.shown or (frame == hub and name in READ):
                continue
            elif not stat.S_ISDIR(found.st_mode):
                if found.st_size:
                    yield _can_be_read(path)
            else:
                yield from _beside_the_way(path, (*promise.shown, os.getcwd()))


def _beside_the_way(folder: str, shown: Iterable[str]) -> Iterator[str]:
    """Yield what is seen in a folder that is only on the way to what is shown."""
    ways = {place[len(folder) + 1 :].partition("/")[0] for place in shown if place.startswith(folder + "/")}
    yield from (_can_be_read(os.path.join(folder, name)) for name in sorted(os.listdir(folder)) if name not in ways)


def _can_be_read(path: str) -> str:
    return f"{_HOLE}: {path} can be read"


def _can_be_written(path: str) -> str:
    return f"{_HOLE}: {path} can be written"


def _variable(name: str) -> str:
    return f"{_HOLE}: the variable {name} came through"


def _dump_nothing() -> None:
    """See to it that a crash leaves no picture of the memory on the disk."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lines(file: str) -> list[str]:
    with open(file, encoding="utf-8", errors="surrogateescape") as opened:
        return opened.read().splitlines()


def _plain(written: str) -> str:
    """Return a path of the table of mounts without its escapes (space, tab, line feed, backslash)."""
    for sign in ("\\040", "\\011", "\\012", "\\134"):
        written = written.replace(sign, chr(int(sign[1:], 8)))
    return written
