"""The archive of contests ↔ their records; whatever is not as it was committed is a problem.

It lies in a public repository, so it is read as strictly as it is written: no
key that is not known, no other text for the same values (decision 0049).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handbill.draw.canonical import LONGEST, NotCanonical, sealed, values_in
from handbill.draw.committed import AFTER, SEALING, moment_in
from handbill.errors import Level, Problem, Said, said
from handbill.hub.facets import Deadline
from handbill.hub.frozen import Proof
from handbill.hub.item import Item
from handbill.hub.record import STEP_WORDS, STEPS, Record, Step, refusal, state_at
from handbill.kinds.contest_facts import JUDGED
from handbill.kinds.contest_terms import contest_id
from handbill.layout import CONTESTS
from handbill.listing import walk
from handbill.plain import read_plain
from handbill.reading.archive import state_of
from handbill.reading.cache import Cache

#: The version of this format.
FORMAT = 1

RECORD = "record.json"

#: A record of many versions of its rules and many jurors is well below.
_LONGEST = 1_000_000
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"

#: What file managers leave in every folder that somebody looks at.
_LITTER = frozenset({"Thumbs.db", "desktop.ini"})

#: What the commands of a contest's life put beside its record, entries by pull request among it.
_KNOWN = re.compile(
    r"record\.json|pool\.txt|draw\.json|answers\.csv|key\.json|votes\.csv|rules\.[1-9][0-9]*\.[A-Za-z0-9-]+\.md|ballots/[^/]+\.json|entries/[^/]+",
    re.ASCII,
)

#: Where a check of the whole contest looks, and by which code its finding is told.
_CHECKS = {
    "record": (RECORD, "HB471"),
    "rules": (RECORD, "HB472"),
    "pool": ("pool.txt", "HB472"),
    "ballots": (RECORD, "HB472"),
    "answers": ("answers.csv", "HB472"),
}
_DRAWN = ("draw.json", "HB478")

#: The longest parts of draw.json, and how much of them is kept for a page: who wants the rest reads the file.
_LONG = ("order", "ranking", "eligible")
_MOST_KEPT = 12


class NoRecord(ValueError):
    """A text is no record of this format."""


def folder_of(id_: str) -> str:
    """Return where what was committed of a contest lies, from the root of the hub."""
    return f"{CONTESTS}/{id_}"


def record_text(record: Record) -> bytes:
    """Return the text of a record: the same steps, the same bytes, with the digest of them.  The files beside it are no part of it."""
    steps = [{"step": one.name, "at": one.at.astimezone(UTC).strftime(_MOMENT), **one.facts} for one in record.steps]
    return sealed({"format": FORMAT, "contest": record.id, "steps": steps})


def record_in(raw: bytes) -> Record:
    """Return the record that a text tells.

    Raises:
        NoRecord: it is not the one text of any record.
    """
    try:
        if len(raw) > _LONGEST:
            raise ValueError("too long")
        told = json.loads(raw.decode("utf-8"))
        if told["format"] != FORMAT or not _ID.fullmatch(told["contest"]):
            raise ValueError("another format")
        record = Record(told["contest"], tuple(_step(one) for one in told["steps"]))
        if record_text(record) != raw:
            raise ValueError("another text")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoRecord(type(error).__name__) from None
    moments = [one.at for one in record.steps]
    if moments != sorted(moments):
        raise NoRecord("steps that go back in time")
    return record


def _step(told: Mapping[str, Any]) -> Step:
    if told["step"] not in STEPS:
        raise ValueError("an unknown step")
    at = datetime.strptime(told["at"], _MOMENT).replace(tzinfo=UTC)
    return Step(told["step"], at, {key: value for key, value in told.items() if key not in ("step", "at")})


def read_contests(root: Path, cache: Cache | None = None) -> tuple[dict[str, Record], list[Problem]]:
    """Return the records of a hub by the id of their contest, and what is wrong with them.

    Each contest is proved as a stranger would prove it, from its files alone;
    with a *cache* once, as long as no file of it changes.
    """
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    top = root / CONTESTS
    if not os.path.lexists(top):
        return records, problems
    if top.is_symlink() or not top.is_dir():
        found = said("something that is no folder")
        return records, [Problem(CONTESTS, 0, 0, "", found, said("the folder of what was committed of contests"), "HB471")]
    for folder in sorted(top.iterdir()):
        if folder.name.startswith(".") or folder.name in _LITTER:
            continue
        record, more = _remembered(folder, cache)
        problems += more
        if record is not None:
            records[folder.name] = record
    return records, problems


def _remembered(folder: Path, cache: Cache | None) -> tuple[Record | None, list[Problem]]:
    """Return what :func:`_read` does, from the cache where no file of the folder changed."""
    if cache is None or folder.is_symlink() or not folder.is_dir():
        return _read(folder)
    key = f"contest {state_of(folder)}"
    known: tuple[Record | None, list[Problem]] | None = cache.get(key)
    if known is None:
        known = _read(folder)
        cache.put(key, known)
    return known


def _read(folder: Path) -> tuple[Record | None, list[Problem]]:
    # Curves and pairings take time to import, and few builds meet a contest that they have not proved.
    from handbill.draw.proof import prove

    problems: list[Problem] = []
    if folder.is_symlink() or not folder.is_dir():
        return None, [_problem(folder.name, "", said("something that is no folder of a contest"), "HB471")]
    raws: dict[str, bytes] = {}
    for name, file in _files(folder):
        if not _KNOWN.fullmatch(name):
            found = said("a file that no command of “contest” has written")
            wanted = said("only what they write: this folder is public")
            problems.append(Problem(f"{CONTESTS}/{folder.name}/{name}", 0, 0, "", found, wanted, "HB472", Level.WARNING))
        elif (raw := _bytes(file)) is None:
            problems.append(_problem(folder.name, name, said("something that is no file, or one that is too large"), "HB472", Level.ERROR))
        else:
            raws[name] = raw
    if not raws and not problems:
        # An empty folder proves nothing and is in no repository.
        return None, []
    try:
        record = record_in(raws[RECORD])
        if record.id != folder.name:
            raise NoRecord("the record of another contest")
    except (LookupError, NoRecord):
        return None, [*problems, _problem(folder.name, RECORD, said("something that is not the record of this contest"), "HB471")]
    if found_wrong := _disorder(record):
        return None, [*problems, _problem(folder.name, RECORD, found_wrong, "HB473")]
    wrong = [one for one in prove(raws) if one.is_right is False]
    for one in wrong:
        where, code = _CHECKS.get(one.name, _DRAWN)
        problems.append(_problem(folder.name, where, one.found, code))
    if any(one.name == "record" for one in wrong):
        return None, problems
    files = {name: Proof(hashlib.sha256(raw).hexdigest(), len(raw)) for name, raw in raws.items()}
    return replace(record, files=files, draw=_draw(raws.get("draw.json")), round_at=_round_at(record)), problems


def _problem(name: str, file: str, found: str, code: str, level: Level = Level.ERROR) -> Problem:
    wanted = said("the file as the commands of “contest” wrote it, and nothing changed by hand")
    return Problem(f"{CONTESTS}/{name}/{file}".rstrip("/"), 0, 0, "", found, wanted, code, level)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what lies in a folder and below it, links not followed, in the order of names."""
    for place, folders, names in walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        linked = [one for one in folders if (Path(place) / one).is_symlink()]
        for name in sorted([*names, *linked]):
            file = Path(place) / name
            if not name.startswith(".") and name not in _LITTER:
                yield file.relative_to(folder).as_posix(), file


def _bytes(file: Path) -> bytes | None:
    """Return what a file holds; ``None`` for a link, a device, what cannot be read, and more than any contest has."""
    try:
        return read_plain(file, LONGEST)
    except OSError:
        return None


def _draw(raw: bytes | None) -> Mapping[str, Any] | None:
    if raw is None:
        return None
    try:
        told = values_in(raw)
    except NotCanonical:
        return None
    if not isinstance(told, dict):
        return None
    return {key: value[:_MOST_KEPT] if key in _LONG and isinstance(value, list) else value for key, value in told.items()}


def _round_at(record: Record) -> datetime | None:
    from handbill.draw.beacon import NoRound, moment_of

    announced = record.last("announced")
    beacon = announced.facts.get("beacon") if announced else None
    try:
        return moment_of(beacon["round"]) if beacon else None
    except (NoRound, LookupError, TypeError):
        return None


def _disorder(record: Record) -> Said | str:
    """Return which step a contest cannot have taken when it did, by the dates that it had announced; "" where all could be."""
    before = ""
    for number, step in enumerate(record.steps):
        known = replace(record, steps=record.steps[:number])
        if step.name not in AFTER[before] and not (step.name == "sealed" and before in SEALING):
            why: Said | str = ""
        elif (state := _state(known, step.at)) is None or not (why := refusal(state, step.name)):
            before = before if step.name == "sealed" else step.name
            continue
        moment = f"{step.at:%Y-%m-%d %H:%M:%S} UTC"
        if why:
            return said("{step} at {moment}, though {why}", step=STEP_WORDS[step.name], moment=moment, why=why)
        return said("{step} at {moment}, which cannot come there", step=STEP_WORDS[step.name], moment=moment)
    return ""


def _state(record: Record, at: datetime) -> str | None:
    """Return how a contest stood by what it had announced; ``None`` where that cannot be read, which is told elsewhere."""
    if not record.steps:
        return "draft"
    try:
        # Of a contest cancelled before it was announced nobody knows dates, and nobody needs them.
        terms = record.terms or {"opens": "1970-01-01T00:00:00Z", "closes": "1970-01-01T00:00:00Z", "mechanism": ""}
        deadline = Deadline(moment_in(terms["opens"]), moment_in(terms["closes"]))
        return state_at(record, deadline, terms["mechanism"] in JUDGED, at)
    except (LookupError, TypeError, ValueError):
        return None


def with_records(items: list[Item], records: Mapping[str, Record], at: datetime) -> list[Item]:
    """Return the items, contests with what was committed of them; translations share one record.

    A step is news: the entry of a contest in feeds is as new as its last step
    until *at*, so that whoever reads it is told of the frozen list and of the results.
    """
    return [_with(one, records[contest_id(one)], at) if one.kind == "contest" and contest_id(one) in records else one for one in items]


def _with(item: Item, record: Record, at: datetime) -> Item:
    told = [one.at.astimezone(at.tzinfo) for one in record.steps if one.name in _NEWS and one.at <= at]
    updated = max([*told, *([item.updated] if item.updated and item.updated <= at else [])], default=item.updated)
    return replace(item, updated=updated, facts=replace(item.facts, record=record))


#: Steps of which members hear.
_NEWS = frozenset({"frozen", "decided", "verified", "published", "settled", "cancelled", "void"})


def alone(items: Iterable[Item], records: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield a problem for each record whose contest is gone: what was announced cannot be taken back by leaving it out."""
    known = {contest_id(one) for one in items if one.kind == "contest"}
    for id_ in sorted(records.keys() - known):
        found = said("the record of a contest that is nowhere in the hub")
        wanted = said("its text in content/contests/, with the id {id}", id=id_)
        yield Problem(f"{CONTESTS}/{id_}/{RECORD}", 0, 0, "", found, wanted, "HB475")
