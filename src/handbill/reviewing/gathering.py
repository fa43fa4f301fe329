"""What a review has told so far, moment by moment: nothing is told twice, and what comes later says from when on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from inspect import signature
from typing import Any

from handbill.reviewing.comparing import Bytes
from handbill.reviewing.record import FileChange, PageChange
from handbill.reviewing.snapshot import Snapshot
from handbill.reviewing.subjects import FACTS, FILES, belongs, subject


@dataclass(slots=True)
class Gathered:
    """Changes by the name of the record's field that will hold them."""

    told: dict[str, list[Any]] = field(default_factory=dict)
    today: Mapping[str, object] = field(default_factory=dict)

    def pages_and_files(self, pages: Iterable[PageChange], files: Iterable[FileChange]) -> None:
        """Take what differs at one moment; what differed in the same way before is known."""
        known = {(one.address, one.how, one.words, one.marks) for one in self._of("pages")}
        self._of("pages").extend(one for one in pages if (one.address, one.how, one.words, one.marks) not in known)
        seen = {(one.path, one.how) for one in self._of("files")}
        self._of("files").extend(one for one in files if (one.path, one.how) not in seen)

    def files(self, bytes_: Bytes, before: Snapshot, after: Snapshot, broken: Collection[str], since: str = "") -> None:
        """Take what those subjects say that compare published files; *broken* are sources that nobody can read as they are now."""
        for name, module in FILES.items():
            olds, news = (
                {path: one.content for path, one in side.items() if belongs(name, path)} for side in (bytes_.before, bytes_.after)
            )
            if olds or news:
                self._add(name, subject(module).changes(olds, news, before.facts.get(name), after.facts.get(name), broken), since)

    def facts(self, before: Snapshot, after: Snapshot, broken: Collection[str], since: str = "") -> None:
        """Take what those subjects say that know facts; one may ask which sources are *broken*, or for what is so *today*."""
        if not since:
            self.today = before.facts
        for name, module in FACTS.items():
            now = after.facts.get(name)
            # A state that cannot be read knows nothing.
            was = before.facts.get(name) if before.is_readable or now is None else type(now)()
            if was is not None and now is not None and was != now:
                compare = subject(module).changes
                asked = signature(compare).parameters
                more: dict[str, Any] = {"broken": broken} if "broken" in asked else {}
                if since and "today" in asked:
                    more["today"] = self.today.get(name)
                self._add(name, compare(was, now, **more), since)

    def of(self, name: str) -> tuple[Any, ...]:
        """Return the changes of one field."""
        return tuple(self.told.get(name, ()))

    def all(self) -> Mapping[str, tuple[Any, ...]]:
        """Return all changes by field."""
        return {name: tuple(changes) for name, changes in self.told.items()}

    def put(self, name: str, changes: Iterable[Any]) -> None:
        """Let these be the changes of a field."""
        self.told[name] = list(changes)

    def _of(self, name: str) -> list[Any]:
        return self.told.setdefault(name, [])

    def _add(self, name: str, changes: Iterable[Any], since: str) -> None:
        known = [replace(one, since="") if _has_since(one) else one for one in self._of(name)]
        for one in changes:
            if one not in known:
                self._of(name).append(replace(one, since=since) if since and _has_since(one) else one)


def _has_since(change: Any) -> bool:
    return any(one.name == "since" for one in fields(change))
