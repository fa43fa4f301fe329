"""Whether anything that a build depends on has changed since the last one, without reading a file.

The answer comes from names, sizes and times alone; it can cost a needless
build, and is only ever trusted for the very same set of options.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


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
    """Return a digest of name, size, time and place on disk of every file below the given ones."""
    state = hashlib.blake2b(digest_size=16)
    for line in sorted(line for name in names for line in _lines(str(root / name))):
        state.update(line)
    return state.hexdigest()


def _lines(path: str) -> Iterator[bytes]:
    try:
        found = os.lstat(path)
    except OSError:
        yield os.fsencode(path) + b"\0-"
        return
    if not os.path.isdir(path) or os.path.islink(path):
        yield _line(path, found)
        return
    pending = [path]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        pending.append(entry.path)
                else:
                    yield _line(entry.path, entry.stat(follow_symlinks=False))


def _line(path: str, found: os.stat_result) -> bytes:
    return os.fsencode(path) + f"\0{found.st_size} {found.st_mtime_ns} {found.st_ino} {found.st_mode}".encode()
