"""Whether anything that a build depends on has changed since the last one, without reading a file.

The answer comes from names, sizes and times alone; it can cost a needless
build, and is only ever trusted for the very same set of options.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

#: How long two changes of a file can be stamped with the same moment: Linux counts in steps
#: of 4 to 10 ms, FAT and some mounted disks in whole seconds.
_TICK_NS, _COARSE_TICK_NS = 20_000_000, 2_000_000_000

#: How often files that change again and again are looked at before they are given up.
_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made of; moments in ISO 8601.  It holds from ``since`` until before ``until``."""

    terms: str
    files: str
    since: str
    until: str
    counts: dict[str, int]
    pages: int

    def holds(self, terms: str, files: str, as_of: datetime) -> bool:
        """Say whether building again would give the same."""
        return (
            self.terms == terms and self.files == files and datetime.fromisoformat(self.since) <= as_of < datetime.fromisoformat(self.until)
        )


def read_last(file: Path) -> LastBuild | None:
    """Return what was written down of the last build, or ``None`` where that is missing or damaged."""
    try:
        return LastBuild(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_last(file: Path, last: LastBuild) -> None:
    """Write down what a build was made of."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(asdict(last)))


def forget_last(file: Path) -> None:
    """Forget what the last build was made of, so that nobody takes what is about to be published for it."""
    file.unlink(missing_ok=True)


def write_whole(file: Path, text: str) -> None:
    """Write a text file so that after a crash the old one or the new one stands, never a part."""
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    scratch.write_text(text, encoding="utf-8", newline="\n")
    os.replace(scratch, file)


def files_digest(root: Path, names: Iterable[str]) -> str:
    """Return a digest of the stamp of every file below the given ones.

    A file that changed a moment ago is waited for, until a further change
    cannot have the same stamp; files that do not come to rest have no digest twice.
    """
    for _ in range(_PATIENCE):
        lines, newest_ns = _state(root, names)
        seconds = _unsettled_s(newest_ns)
        if not seconds:
            return hashlib.blake2b(b"\0\0".join(lines), digest_size=16).hexdigest()
        time.sleep(seconds)
    return f"restless {time.time_ns()} {os.getpid()}"


def stamp_of(found: os.stat_result) -> bytes:
    """Return what tells a file from any other and from itself at another time, without its bytes.

    The time of the last change of its entry is in it, because programs set
    the other one back (rsync, ``touch -r``) after they wrote as many bytes as before.
    """
    return b"%d %d %d %d %d %d" % (found.st_size, found.st_mtime_ns, changed_ns(found), found.st_ino, found.st_dev, found.st_mode)


def changed_ns(found: os.stat_result) -> int:
    """Return when a file last changed, by the clock of its disk; where that is not told, when its bytes did."""
    return found.st_mtime_ns if os.name == "nt" else found.st_ctime_ns


def settle(path: str, found: os.stat_result) -> os.stat_result:
    """Wait until no further change of a file can have the same stamp, and return what is known of it then; a few milliseconds at most."""
    for _ in range(_PATIENCE):
        if not (seconds := _unsettled_s(changed_ns(found))):
            break
        time.sleep(seconds)
        found = os.lstat(path)
    return found


def _unsettled_s(changed: int) -> float:
    """Return how long another change could still be stamped with that same moment."""
    tick_ns = _COARSE_TICK_NS if changed % 1_000_000_000 == 0 else _TICK_NS
    # A moment well ahead of ours is of another clock, or ours was put back: no waiting would reach it.
    age_ns = time.time_ns() - changed
    return (tick_ns - age_ns) / 1e9 if -tick_ns < age_ns < tick_ns else 0.0


def _state(root: Path, names: Iterable[str]) -> tuple[list[bytes], int]:
    """Return a line for every file, sorted, and the moment of the latest change among them."""
    lines, newest_ns = [], 0
    for path, found in (one for name in names for one in _found(str(root / name))):
        if found is None:
            lines.append(os.fsencode(path) + b"\0-")
        else:
            lines.append(os.fsencode(path) + b"\0" + stamp_of(found))
            newest_ns = max(newest_ns, changed_ns(found))
    lines.sort()
    return lines, newest_ns


def _found(path: str) -> Iterator[tuple[str, os.stat_result | None]]:
    try:
        found = os.lstat(path)
    except OSError:
        yield path, None
        return
    if not os.path.isdir(path) or os.path.islink(path):
        yield path, found
        return
    pending = [path]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        pending.append(entry.path)
                else:
                    yield entry.path, entry.stat(follow_symlinks=False)
