"""What reviews found before, so that the second review of a branch examines one state and makes only what is new.

Losing it costs time, nothing else.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from handbill.engine import engine_digest
from handbill.options import Options
from handbill.reading.cache import Cache
from handbill.reviewing.snapshot import Made, Sheet, Snapshot

#: Most bytes of published files that are remembered.
MOST_BYTES = 48 * 1024 * 1024

#: What of the hub's own notes helps to examine another state of it: texts that were read, letters that were looked at.
_NOTES = ("drafts", "mails")


class Memory:
    """Snapshots of commits, and files by their keys: equal keys are equal bytes, whichever state they are of."""

    def __init__(self, room: Path, options: Options, lang: str) -> None:
        # What a state tells hangs on these; the moment is looked at one by one.
        terms = repr((engine_digest(), options.base_url, options.drafts, sorted(options.finished), lang))
        self._snapshots = None if options.no_cache else Cache(room / "snapshots", terms)
        self._made = None if options.no_cache else Cache(room / "made", engine_digest())
        self._sizes: dict[tuple[str, str], int] = {}

    def snapshot(self, commit: str, prefix: str, at: datetime) -> Snapshot | None:
        """Return what is known of a commit at that moment."""
        if self._snapshots is None or not commit:
            return None
        for known in self._snapshots.get(f"{commit} {prefix}") or ():
            if datetime.fromisoformat(known.since) <= at < datetime.fromisoformat(known.until):
                found: Snapshot = known
                return found
        return None

    def keep_snapshot(self, commit: str, prefix: str, snapshot: Snapshot) -> None:
        """Remember a commit, at this moment too."""
        if self._snapshots is not None and commit and snapshot.is_readable:
            known: Sequence[Snapshot] = self._snapshots.get(f"{commit} {prefix}") or ()
            now = datetime.fromisoformat(snapshot.since)
            # What is over will not be asked again.
            still = [one for one in known if datetime.fromisoformat(one.until) > now]
            self._snapshots.put(f"{commit} {prefix}", (*still, snapshot))

    def made(self, path: str, sheet: Sheet) -> Sequence[Made] | None:
        """Return the files of a planned path, if they were made before; a folder has many."""
        found: Sequence[Made] | None = self._made.get(f"{path} {sheet.key}") if self._made else None
        if found is not None:
            self._sizes[path, sheet.key] = sum(len(one.content) for one in found)
        return found

    def keep_made(self, keys: Mapping[str, Sheet], paths: Iterable[str], made: Iterable[Made]) -> None:
        """Remember what was made of these planned paths; one that could not be made is tried again."""
        if self._made is None:
            return
        found: dict[str, list[Made]] = {path: [] for path in paths}
        folders = tuple(path for path in found if path.endswith("/"))
        for one in made:
            owner = one.path if one.path in found else next((path for path in folders if one.path.startswith(path)), None)
            if owner is not None:
                found[owner].append(one)
        room = MOST_BYTES - sum(self._sizes.values())
        for path, files in found.items():
            size = sum(len(one.content) for one in files)
            if files and size <= room:
                room -= size
                self._sizes[path, keys[path].key] = size
                self._made.put(f"{path} {keys[path].key}", tuple(files))

    def save(self) -> None:
        """Write down what was asked for or found this time; the rest is forgotten."""
        for notes in (self._snapshots, self._made):
            if notes is not None:
                notes.save()


def seed(own: Path, other: Path) -> None:
    """Let the notes of the folder *own* help to examine the same hub in *other*, where they know more recent texts."""
    for name in _NOTES:
        ours, theirs = own / "cache" / name, other / "cache" / name
        try:
            if not theirs.exists() or theirs.stat().st_mtime_ns < ours.stat().st_mtime_ns:
                theirs.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ours, theirs)
        except OSError:
            # Without them it takes longer.
            continue
