"""``calendars.lock`` → what calendars have told of each event, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from handbill.errors import Problem, said
from handbill.hub.announced import NEVER
from handbill.hub.clean import FORBIDDEN
from handbill.hub.ledger import Ledger, Record, State, newer
from handbill.hub.zone import is_told
from handbill.layout import CALENDARS
from handbill.reading.locks import read_lock

#: A day, or a moment.
_Day = TypeVar("_Day", bound=date)

_HEAD = """\
# What calendars have told of each event.  Written by the build; commit it with your change.
# By it a member's program knows an event again, and knows what is newer: never change a line by hand.
"""
_HOST = re.compile(r"host ([a-z0-9.-]+)")
_DIGEST = re.compile(r"-|[0-9a-f]{20}")
_LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
#: RFC 5545 gives a number of changes as many bits as this has digits.
_SEQUENCE = re.compile(r"[0-9]{1,9}")
_STANDINGS = {"told": False, "gone": True}


def read_ledger(root: Path) -> tuple[Ledger, tuple[Problem, ...]]:
    """Return what was told, and problems for lines that make no sense; of two lines for one event the newer one counts."""
    hosts: list[str] = []
    records: dict[str, Record] = {}

    def take(line: str) -> bool:
        if host := _HOST.fullmatch(line):
            hosts.append(host[1])
        elif told := _record(line):
            name, record = told
            records[name] = newer(records[name], record) if name in records else record
        else:
            return False
        return True

    problems = read_lock(root, CALENDARS, "HB405", take, said("the line as the last build wrote it, from version history"))
    return Ledger(hosts[0] if hosts else "", MappingProxyType(dict(sorted(records.items())))), problems


def _record(line: str) -> tuple[str, Record] | None:
    """Return the event that a line tells of, ``None`` where it tells of none."""
    parts = line.split("\t")
    if len(parts) != 14 or not parts[0] or not parts[1] or not _SEQUENCE.fullmatch(parts[2]) or parts[12] not in _STANDINGS:
        return None
    name, uid, sequence, changed, facts, whole, starts, ends, zone, over, never, lang, standing, title = parts
    if not (_DIGEST.fullmatch(facts) and _DIGEST.fullmatch(whole) and _LANG.fullmatch(lang)) or FORBIDDEN.search(line):
        return None
    try:
        clock = ZoneInfo(zone)
        state = State(
            title,
            lang,
            _when(starts, clock),
            _when(ends, clock),
            zone,
            _over(date.fromisoformat(over)),
            facts.strip("-"),
            whole.strip("-"),
            tuple(_when(one, clock) for one in never.split(",") if one != "-"),
        )
        moment = _told(datetime.strptime(changed, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC))
    except (ValueError, OSError, LookupError):
        return None
    return name, Record(uid, int(sequence), moment, state, _STANDINGS[standing])


def _when(text: str, clock: ZoneInfo) -> datetime | date:
    if len(text) == 10:
        return _told(date.fromisoformat(text))
    moment = _told(datetime.fromisoformat(text))
    if moment.tzinfo is None:
        raise ValueError(text)
    # The clock on the wall is what was told; the offset only says which of two equal hours it was.
    first, second = moment.replace(tzinfo=clock), moment.replace(tzinfo=clock, fold=1)
    return second if first.utcoffset() != moment.utcoffset() == second.utcoffset() else first


def _over(day: date) -> date:
    # What repeats for ever is over on a day of its own, which no calendar is told.
    return day if day == NEVER else _told(day)


def _told(when: _Day) -> _Day:
    if not is_told(when.year):
        raise ValueError(when)
    return when


def ledger_text(ledger: Ledger) -> str:
    """Return the text of ``calendars.lock``: a line an event, sorted, so that two branches merge."""
    return _HEAD + f"host {ledger.host}\n" + "".join("\t".join(_parts(*pair)) + "\n" for pair in sorted(ledger.records.items()))


def _parts(name: str, record: Record) -> Iterator[str]:
    state = record.state
    yield from (
        name,
        record.uid,
        str(record.sequence),
        record.changed.replace(tzinfo=None).isoformat(timespec="seconds") + "Z",
        state.facts or "-",
        state.whole or "-",
    )
    yield from (state.starts.isoformat(), state.ends.isoformat(), state.zone, state.over.isoformat())
    yield ",".join(one.isoformat() for one in state.never) or "-"
    yield state.lang
    yield "gone" if record.is_gone else "told"
    yield " ".join(state.title.split())
