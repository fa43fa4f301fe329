"""One state of the repository, asked from another process: what it would publish, at which moment, and the bytes of any of it."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from handbill.errors import ContentProblems, HandbillError, Problem, said
from handbill.examining import Examined, examine
from handbill.listing import below
from handbill.options import Options
from handbill.outputs.planned import Finished, Planned
from handbill.reviewing.forking import answers
from handbill.reviewing.saying import in_words
from handbill.reviewing.snapshot import About, Made, Sheet, Snapshot
from handbill.reviewing.subjects import FACTS, FILES, subject

#: From this many keys on, a second process pays for its start.
KEYS_FROM = 1000


@dataclass(slots=True)
class Side:
    """One state in the folder that ``options`` name; ``scratch`` is a folder of its own, ``lang`` that of messages."""

    options: Options
    scratch: Path
    lang: str
    _found: dict[datetime, Examined] = field(default_factory=dict)

    def examine(self, as_of: datetime) -> None:
        """Look at the state as it is at that moment, because something of it will be asked for."""
        with suppress(ContentProblems):
            self._examined(as_of)

    def snapshot(self, as_of: datetime, jobs: int) -> Snapshot:
        """Return what the state would publish at that moment, and what it knows of each subject; so many processes work out the keys."""
        try:
            found = self._examined(as_of)
        except ContentProblems as refusal:
            return Snapshot(as_of.isoformat(), as_of.isoformat(), self._told(refusal.problems), is_readable=False)
        if not found.plans:
            # With settings in doubt nothing is planned, and nothing at all would look as if everything were taken down.
            return Snapshot(as_of.isoformat(), as_of.isoformat(), self._told(found.problems), is_readable=False)
        hub, settings = found.hub, found.settings
        shown = {item.id for item in hub.items}
        return Snapshot(
            since=as_of.isoformat(),
            until=hub.stays_until().isoformat(),
            problems=self._told(found.problems),
            name=settings.name,
            lang=settings.lang,
            base_url=settings.base_url,
            awaited=tuple(one.isoformat() for one in hub.awaited),
            keys=_sheets(found.planned, jobs),
            items={item.id: _about(item, item.id in shown) for item in (*hub.items, *hub.hidden)},
            facts={
                name: self._facts(module, found, as_of)
                for name, module in (*FACTS.items(), *FILES.items())
                if hasattr(subject(module), "facts")
            },
        )

    def make(self, as_of: datetime, paths: Sequence[str]) -> tuple[list[Made], list[Problem]]:
        """Return the files at these paths as they would be published, and why some cannot be made.

        A path that ends in a slash stands for all files of that folder.
        """
        found = self._examined(as_of)
        wanted = set(paths)
        made: list[Made] = []
        problems: list[Problem] = []
        for output, planned in found.plans:
            own = [one for one in planned if one.path in wanted]
            if own:
                room = self.scratch / output.name
                shutil.rmtree(room, ignore_errors=True)
                room.mkdir(parents=True)
                try:
                    works = {one.path: one.work for one in own}
                    for artifact in output.make(own, found.settings, room):
                        made += _read(artifact.path, artifact.content, works.get(artifact.path))
                except ContentProblems as refusal:
                    problems += refusal.problems
                except HandbillError as fault:
                    reason = said("what {output} would make, which cannot be made: {reason}", output=output.name, reason=fault.args[0])
                    problems.append(Problem("hub.toml", 0, 0, "", reason, "", "HB901"))
                finally:
                    shutil.rmtree(room, ignore_errors=True)
        return made, list(self._told(problems))

    def forms(self, field_name: str, as_of: datetime, names: tuple[str, ...]) -> Any:
        """Return what a subject can only tell of a few by working on each, ``None`` where the state cannot be read."""
        try:
            found = self._examined(as_of)
        except ContentProblems:
            return None
        return subject(FACTS[field_name]).forms(found.hub, found.settings, self._then(as_of), self._room(field_name), names)

    def _facts(self, module: str, found: Examined, as_of: datetime) -> Any:
        asked = subject(module).facts
        more = {"planned": found.planned} if "planned" in inspect.signature(asked).parameters else {}
        return asked(found.hub, found.settings, self._then(as_of), self._room(module), **more)

    def _told(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Return the problems in words that may be shown to anybody, because a review is as public as a proposal."""
        return in_words(problems, self.lang, self.options.root)

    def _then(self, as_of: datetime) -> Options:
        return replace(self.options, as_of=as_of)

    def _room(self, name: str) -> Path:
        room = self.scratch / name
        room.mkdir(parents=True, exist_ok=True)
        return room

    def _examined(self, as_of: datetime) -> Examined:
        if as_of not in self._found:
            self._found[as_of] = examine(self._then(as_of), lambda _: nullcontext())
        return self._found[as_of]


def _sheets(planned: Sequence[Planned], jobs: int) -> dict[str, Sheet]:
    keys = answers(_keys, planned, jobs, KEYS_FROM)
    return {one.path: Sheet(key, one.sources, one.promise) for one, key in zip(planned, keys, strict=True)}


def _keys(planned: Sequence[Planned]) -> list[str]:
    return [one.key for one in planned]


def _about(item: Any, is_shown: bool) -> About:
    unseen = "draft" if item.is_draft else "waiting"
    why = ("" if item.is_listed else "unlisted") if is_shown else unseen
    published, updated = (one.isoformat() if one else "" for one in (item.published, item.updated))
    return About(item.id, item.source, item.address, item.title, item.kind, item.lang, published, updated, why)


def _read(path: str, content: bytes | Path, work: object) -> Iterator[Made]:
    if path.endswith("/"):
        assert isinstance(content, Path)
        for file in sorted(below(content)):
            if file.is_file():
                yield Made(path + file.relative_to(content).as_posix(), file.read_bytes())
        return
    raw = content if isinstance(content, bytes) else content.read_bytes()
    if isinstance(work, Finished):
        page = work.givens["page"]
        yield Made(path, raw, page.title, page.lang, page.template)
    else:
        yield Made(path, raw)
