"""Entries by pull request in the archive of contests → who entered in public, and what is wrong with their files (decision 0053).

Such a file is personal data by the person's own will: it says that they agree
to be read by everybody, under the name of an account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from handbill.errors import Level, Problem, said
from handbill.hub.fields import Desk, Field, Flag, Integer, Link, When, read_table
from handbill.hub.item import Item
from handbill.hub.nodes import Table, place_of
from handbill.hub.record import Record
from handbill.kinds.contest_facts import ContestFacts
from handbill.kinds.contest_terms import contest_id
from handbill.plain import read_plain
from handbill.proofing.house import House
from handbill.proofing.proof import keep_back
from handbill.reading.contests import folder_of
from handbill.reading.files import Refused, read_yaml

#: Where they lie in the archive of a contest, and how their names end.
FOLDER = "entries/"
ENDING = ".yml"

#: The most bytes of such a file.
_LONGEST = 4096

#: A public account in small letters, such that it can be a line of a pool.
HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?", re.ASCII)

_MOMENT = When(day=False)
FIELDS = (
    Field("entered", _MOMENT, "when you enter", required=True, example="2026-06-12 18:30"),
    Field("consent", Flag(), "true: you agree to the rules, and that everybody reads this entry", required=True, example="true"),
    Field("rules", Integer(1, 999), "the version of the rules that you agree to", required=True, example="1"),
    Field("work", Link(), "the address of your work, where the contest asks for one", default="", example="https://photos.example/puits"),
)


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """Who entered under the name of an account, when (UTC), by which version of the rules, and with which work ("" for none)."""

    handle: str
    entered: datetime
    rules: int
    work: str


def check_entries(root: Path, items: Iterable[Item], zone: str, house: House) -> list[Problem]:
    """Return what is wrong with the entries by pull request of all contests; of translations the first is asked."""
    problems: list[Problem] = []
    done: set[str] = set()
    for item in items:
        if item.kind == "contest" and item.facts.record is not None and contest_id(item) not in done:
            done.add(contest_id(item))
            problems += read_entries(root, item, zone, house)[1]
    return problems


def read_entries(root: Path, item: Item, zone: str, house: House) -> tuple[tuple[PublicEntry, ...], list[Problem]]:
    """Return the entries of a contest in the order of their handles, and what is wrong with their files."""
    facts: ContestFacts = item.facts
    record = facts.record or Record(contest_id(item), ())
    folder = folder_of(contest_id(item))
    entries: list[PublicEntry] = []
    problems: list[Problem] = []
    for name in sorted(one for one in record.files if one.startswith(FOLDER)):
        desk = Desk(f"{folder}/{name}", zone)
        entry = _entry(root, name, item, record, desk, house)
        problems += desk.problems
        if entry is not None and not desk.has_errors:
            entries.append(entry)
    return tuple(entries), problems


def _entry(root: Path, name: str, item: Item, record: Record, desk: Desk, house: House) -> PublicEntry | None:
    handle = name.removeprefix(FOLDER).removesuffix(ENDING)
    if not name.endswith(ENDING) or not HANDLE.fullmatch(handle):
        _refuse(desk, said("a name that is no account in small letters"), said("a file such as {name}", name=f"{FOLDER}ada-roux{ENDING}"))
        return None
    if record.last("purged"):
        _refuse(desk, said("an entry to a contest whose data are destroyed"), said("the file deleted"))
        return None
    if (how := _how(record)) != "pull_request":
        _refuse(desk, said("an entry by pull request; the rules say: {how}", how=how or "-"), said("an entry as the rules say"))
        return None
    file = root / desk.path
    try:
        raw = read_plain(file, _LONGEST)
        if not raw:
            raise ValueError
        text = raw.decode("utf-8-sig")
    except (OSError, ValueError):
        _refuse(desk, said("something that is no small text in UTF-8"), said("the file as the handbook shows it"))
        return None
    keep_back(text, 1, house, desk)
    try:
        table = read_yaml(text)
    except Refused as fault:
        place = (fault.line, fault.column)
        desk.problems.append(Problem(desk.path, *place, "", fault.found, fault.wanted, fault.code, Level.ERROR, fault.width))
        return None
    values = read_table(table, FIELDS, desk)
    if desk.has_errors:
        return None
    entered: datetime = values["entered"].astimezone(UTC)
    _judge(entered, values, table, item, record, desk)
    return PublicEntry(handle, entered, values["rules"], values["work"])


def _judge(entered: datetime, values: dict[str, object], table: Table, item: Item, record: Record, desk: Desk) -> None:
    """Put down what the rules do not allow."""
    assert item.deadline is not None
    if values["consent"] is not True:
        desk.refuse(place_of(table, "consent"), "consent", said("no agreement"), said("“consent: true”, or no entry"), "HB479")
    if not item.deadline.opens <= entered < item.deadline.closes:
        found = said("a moment at which nobody can enter")
        wanted = said("one from {opens} until before {closes}", opens=_told(item.deadline.opens), closes=_told(item.deadline.closes))
        desk.refuse(place_of(table, "entered"), "entered", found, wanted, "HB479")
    announced = [one for one in record.steps if one.name == "announced"]
    versions = [one.facts.get("version") for one in announced if one.at <= entered]
    last = announced[-1].facts.get("version") if announced else None
    if values["rules"] not in versions:
        found = said("version {n}, which was not announced at that moment", n=values["rules"])
        desk.refuse(place_of(table, "rules"), "rules", found, said("the version that was agreed to"), "HB479")
    elif values["rules"] != last:
        found = said("version {n} of the rules, which were amended since", n=values["rules"])
        wanted = said("the person asked again, and rules: {n} once they agree", n=last)
        desk.refuse(place_of(table, "rules"), "rules", found, wanted, "HB479", Level.WARNING)


def _how(record: Record) -> str:
    entry = record.terms.get("entry")
    return str(entry.get("how", "")) if isinstance(entry, dict) else ""


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _refuse(desk: Desk, found: str, wanted: str) -> None:
    desk.refuse(None, "", found, wanted, "HB479", Level.ERROR)


def handle_of(name: str) -> str:
    """Return whose entry a file of an archive is, by its name.

    >>> handle_of("entries/ada-roux.yml")
    'ada-roux'
    """
    return PurePosixPath(name).name.removesuffix(ENDING)
