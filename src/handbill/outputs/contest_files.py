"""What was committed of contests → their public files, byte for byte as they lie in the archive.

Only what a stranger needs for a check is published, by name: whatever else
lies in that folder, entries by pull request among it, is not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbill.errors import ContentProblems, Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.record import Record
from handbill.layout import CONTESTS
from handbill.outputs.planned import Artifact, Planned, settled
from handbill.plain import read_plain
from handbill.settings import Settings

name = "contest_files"

#: Each public file, and the step with which it may be known.
_PUBLIC = (
    (re.compile(r"record\.json"), ""),
    (re.compile(r"rules\.([1-9][0-9]*)\.[A-Za-z0-9-]+\.md", re.ASCII), "announced"),
    (re.compile(r"pool\.txt"), "frozen"),
    (re.compile(r"answers\.csv"), "frozen"),
    (re.compile(r"ballots/[a-z0-9-]+\.json", re.ASCII), "decided"),
    (re.compile(r"key\.json"), "decided"),
    (re.compile(r"votes\.csv"), "decided"),
    (re.compile(r"draw\.json"), "decided"),
)


#: How the promise of a file's address begins; the contest and the file's name follow.
_PROMISE = "contest-file:"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the archive, by its path from the root of the hub."""

    file: str


def file_address(item: Item, file: str, hub: Hub, settings: Settings) -> str:
    """Return the address of a public file of a contest as pages link to it; all languages share one."""
    return settings.local(f"{hub.best(item).address}{file}")


def public_files(record: Record, hub: Hub) -> tuple[str, ...]:
    """Return the names of the files that everybody may read by now, in their order.

    A record that holds a step of the future is not among them: it would tell of it.
    """
    return tuple(one for one in sorted(record.files) if _is_public(one, record, hub))


def _is_public(file: str, record: Record, hub: Hub) -> bool:
    for pattern, step in _PUBLIC:
        if match := pattern.fullmatch(file):
            if not step:
                return all(one.at <= hub.as_of for one in record.steps)
            if step == "announced":
                steps = [one for one in record.steps if one.name == step and str(one.facts["version"]) == match[1]]
                return any(one.at <= hub.as_of for one in steps)
            return record.last(step, hub.as_of) is not None
    return False


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the public files of every contest whose page there is, below the page that stands for all its languages.

    A file also stays where it was before its contest moved: announced rules
    say that address for ever, and a program follows no page that says where a
    file went.
    """
    former: dict[str, list[str]] = {}
    for one in hub.promises:
        if one.id.startswith(_PROMISE) and one.address not in settings.gone:
            former.setdefault(one.id, []).append(one.address)
    for item in hub.of_kind("contest"):
        record: Record | None = item.facts.record
        if record is None or hub.best(item) is not item:
            continue
        for file in public_files(record, hub):
            promise, kept = f"{_PROMISE}{record.id}/{file}", Kept(f"{CONTESTS}/{record.id}/{file}")
            for address in dict.fromkeys((f"{item.address}{file}", *former.get(promise, ()))):
                yield settled(address.lstrip("/"), record.files[file].sha256, (item.source,), kept, promise)


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Hand over the bytes of the archive, each file compared with its digest at this moment.

    Raises:
        ContentProblems: a file is not the one that was read.
    """
    for one in planned:
        content = read_plain(settings.root / one.work.file)
        if hashlib.sha256(content).hexdigest() != one.key:
            found = said("other bytes than those that were read a moment ago")
            raise ContentProblems((Problem(one.work.file, 0, 0, "", found, said("the build once more"), "HB472"),))
        yield Artifact(one.path, content)
