"""Whether anything that a build depends on has changed since the last one, without reading a file.

The answer comes from names, sizes and times alone; it can cost a needless
build, and is only ever trusted for the very same set of options.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from handbill.plain import read_plain
from handbill.stamps import PATIENCE, changed_ns, stamp_of, unsettled_s
from handbill.whole import put_whole


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made of; moments in ISO 8601.  It holds from ``since`` until before ``until``.

    ``site`` is the seal of what it published: what was written down of another
    generation, because a later build was killed or could not write, tells nothing.
    """

    terms: str
    files: str
    since: str
    until: str
    counts: dict[str, int]
    pages: int
    site: str

    def holds(self, terms: str, files: str, site: str, as_of: datetime) -> bool:
        """Say whether building again would give the same."""
        if (self.terms, self.files, self.site) != (terms, files, site):
            return False
        return datetime.fromisoformat(self.since) <= as_of < datetime.fromisoformat(self.until)


def read_last(file: Path) -> LastBuild | None:
    """Return what was written down of the last build, or ``None`` where that is missing or damaged."""
    try:
        return LastBuild(**json.loads(read_plain(file)))
    except (OSError, ValueError, TypeError):
        return None


def write_last(file: Path, last: LastBuild) -> None:
    """Write down what a build was made of; where that cannot be written, the next build looks at everything again."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(asdict(last)))


def write_whole(file: Path, text: str, *, flushed: bool = False) -> None:
    """Write a text file so that after a crash the old one or the new one stands, never a part; with *flushed*, after a power cut too."""
    put_whole(file, (text.encode("utf-8"),), flushed=flushed)


def files_digest(root: Path, names: Iterable[str]) -> str:
    """Return a digest of the stamp of every file below the given ones; a link counts with the file that it leads to.

    A file that changed a moment ago is waited for, until a further change
    cannot have the same stamp; files that do not come to rest have no digest
    twice, nor has a link to a folder: what changes in there is not looked for.
    """
    for _ in range(PATIENCE):
        lines, newest_ns = _state(root, names)
        if newest_ns is None:
            break
        seconds = unsettled_s(newest_ns)
        if not seconds:
            return hashlib.blake2b(b"\0\0".join(lines), digest_size=16).hexdigest()
        time.sleep(seconds)
    return f"restless {time.time_ns()} {os.getpid()}"


def _state(root: Path, names: Iterable[str]) -> tuple[list[bytes], int | None]:
    """Return a line for every file, sorted, and the moment of the latest change among them; none where a link leads to a folder."""
    lines, newest_ns, is_whole = [], 0, True
    for path, found in (one for name in names for one in _found(str(root / name))):
        if found is None:
            lines.append(os.fsencode(path) + b"\0-")
        elif stat.S_ISDIR(found.st_mode):
            is_whole = False
        else:
            lines.append(os.fsencode(path) + b"\0" + stamp_of(found))
            newest_ns = max(newest_ns, changed_ns(found))
    lines.sort()
    return lines, newest_ns if is_whole else None


def _found(path: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """Yield every file at or below a path, a link twice: as it stands there, and as what it leads to."""
    if os.path.isdir(path) and not os.path.islink(path):
        pending = [path]
        while pending:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name != "__pycache__":
                            pending.append(entry.path)
                    else:
                        yield entry.path, entry.stat(follow_symlinks=False)
                        if entry.is_symlink():
                            yield entry.path, _led_to(entry.path)
        return
    try:
        yield path, os.lstat(path)
    except OSError:
        yield path, None
        return
    if os.path.islink(path):
        yield path, _led_to(path)


def _led_to(path: str) -> os.stat_result | None:
    try:
        return Path(path).stat()
    except OSError:
        return None
