"""What calendars tell of everything that has a date, brought up to date: the items and the ledger as it was → the ledger as it is.

What is compared is written out in words of its own, so that another version of
this program touches no event that is the same (decision 0028).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from handbill.hub.facets import Occurrence
from handbill.hub.item import Item
from handbill.hub.ledger import Ledger, Record, State, advance, call_off
from handbill.hub.pattern import is_edited, pattern_of

#: What the ids of a deadline's two moments and of a letter's sending end in.
OPENS, CLOSES, SENT = "#opens", "#closes", "#sent"
DRAW, RESULTS = "#draw", "#results"

#: What calendars tell of something with a deadline, each an entry of its own.
MOMENTS = (OPENS, CLOSES, DRAW, RESULTS)

#: When something came about of which nothing is known.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

#: When a series without an end is over.
NEVER = date(9999, 1, 1)


def announced(
    ledger: Ledger,
    host: str,
    items: Iterable[Item],
    hidden: Iterable[Item],
    as_of: datetime,
    off: Iterable[str],
    letters: Mapping[str, str],
) -> Ledger:
    """Return the ledger with every event as it stands at *as_of*, and called off what is there no more.

    *off* are the ids of items whose deadline was called off.  *letters* maps
    the letters whose sending calendars tell to their names; such a one is told
    before its time has come, and only by name and number.
    """
    called_off = frozenset(off)
    waiting = [item for item in hidden if not item.is_draft]
    kept = {item.id for item in waiting}
    records: dict[str, Record] = {}
    taken = {record.uid for record in ledger.records.values()}
    shown = sorted((*((one, True) for one in items), *((one, False) for one in waiting)), key=lambda pair: pair[0].id)
    for item, is_shown in shown:
        if not item.is_listed:
            kept.add(item.id)
            continue
        for name, identity, state in _states(item, is_shown, item.id in called_off, letters):
            record = ledger.records.get(name)
            uid = record.uid if record else _free(f"{identity}@{host}", taken)
            taken.add(uid)
            records[name] = advance(record, state, _known(item, as_of), uid)
    for name, record in ledger.records.items():
        if name not in records:
            # What a later build has told is not gone for one that looks back, and what an import brought was told by others.
            is_kept = name.partition("#")[0] in kept or not record.state.facts
            records[name] = record if is_kept or record.changed > as_of or as_of >= record.state.leaves else call_off(record)
    return Ledger(host, MappingProxyType(dict(sorted(records.items()))))


def _known(item: Item, as_of: datetime) -> datetime:
    """Return the last change that is known of, never one to come."""
    return max((one.astimezone(UTC) for one in (item.updated, item.published) if one and one <= as_of), default=_LONG_AGO)


def _free(uid: str, taken: set[str]) -> str:
    """Return a UID that no other event has: two ids may differ only by what a UID does not keep."""
    name, at, host = uid.rpartition("@")
    number, found = 2, uid
    while found in taken:
        number, found = number + 1, f"{name}-{number}{at}{host}"
    return found


def _states(item: Item, is_shown: bool, is_off: bool, letters: Mapping[str, str]) -> Iterator[tuple[str, str, State]]:
    """Yield what an item has in calendars: its id there, what its UID begins with, and how it stands."""
    identity = item.id.replace(":", "-")
    if is_shown and item.occurrences:
        yield item.id, identity, _taking_place(item)
    if is_shown and item.deadline:
        for name, moment in _awaited(item):
            yield item.id + name, f"{identity}.{name[1:]}", _moment(item, item.title, moment, is_off, item.summary, item.address)
    letter = getattr(item.facts, "letter", "")
    if letter in letters and item.published:
        title = f"{letters[letter]} {item.facts.number}"
        told = (item.title, item.address) if is_shown else ()
        # The name of the file may say what the subject of a letter says, and this is read before it is sent.
        yield item.id + SENT, f"letter-{letter}-{item.facts.number}.{item.lang}", _moment(item, title, item.published, False, *told)


def _awaited(item: Item) -> Iterator[tuple[str, datetime | date]]:
    """Yield the moments of a deadline, and those after it that are known."""
    assert item.deadline is not None
    yield OPENS, opening(item)
    yield CLOSES, closing(item)
    for name, moment in ((DRAW, item.deadline.draw), (RESULTS, item.deadline.results)):
        if moment is not None:
            yield name, moment if moment.hour or moment.minute else moment.date()


def opening(item: Item) -> datetime | date:
    """Return when a deadline's time begins: a day where that is its midnight."""
    assert item.deadline is not None
    opens = item.deadline.opens
    return opens if opens.hour or opens.minute else opens.date()


def closing(item: Item) -> datetime | date:
    """Return when a deadline's time is over: the last day where that is its midnight."""
    assert item.deadline is not None
    closes = item.deadline.closes
    return closes if closes.hour or closes.minute else closes.date() - timedelta(days=1)


def _taking_place(item: Item) -> State:
    first, others = pattern_of(item)
    # A series without an end shows more of its nights with every year, those in which clocks change as well.
    edited = [one for one in others if is_edited(one, first)]
    place, online, series = item.place, item.online, item.series
    facts = [
        *_dates("at", first),
        *(line for one in edited for line in _dates(f"change {_clock(one.original) if one.original else ''}", one)),
        f"place {place.line if place else ''}",
        f"online {online.address if online else ''}",
    ]
    if series:
        facts += [
            f"rule {series.rule}",
            *(f"except {_clock(one)}" for one in series.excluded),
            *(f"also {_clock(one)}" for one in series.added),
        ]
    whole = [
        *facts,
        *_texts(item),
        f"summary {item.summary}",
        f"address {item.address}",
        *(f"tag {tag}" for tag in item.tags),
        f"picture {item.picture.path if item.picture else ''}",
        f"position {place.latitude if place else ''} {place.longitude if place else ''}",
        f"access {place.access if place else ''}",
        *(f"access {question} {answer}" for question, answer in (place.accessibility if place else ())),
        *(f"note {one.note}" for one in (first, *edited)),
        *(f"was {_clock(was)}" for one in (*item.occurrences[:1], *edited) for was in one.was),
    ]
    is_endless = series is not None and series.rule and not re.search("COUNT=|UNTIL=", series.rule)
    over = NEVER if is_endless else max(_day(one.ends) for one in item.occurrences) + timedelta(days=1)
    never = series.excluded if series else ()
    return State(item.title, item.lang, first.starts, first.ends, first.zone, over, _digest(facts), _digest(whole), never)


def _day(when: datetime | date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _dates(name: str, one: Occurrence) -> Iterator[str]:
    yield f"{name} from {_clock(one.starts)} to {_clock(one.ends)} in {one.zone}: {one.status}"


def _moment(item: Item, title: str, when: datetime | date, is_off: bool, *more: str) -> State:
    zone = getattr(item.deadline.opens if item.deadline else item.published, "tzinfo", None)
    assert isinstance(zone, ZoneInfo)
    facts = [f"at {_clock(when)} in {zone.key}: {'cancelled' if is_off else 'confirmed'}"]
    whole = [*facts, f"title {title}", f"lang {item.lang}", *more]
    over = _day(when) + timedelta(days=1)
    return State(title, item.lang, when, when, zone.key, over, _digest(facts), _digest(whole))


def _texts(item: Item) -> Iterator[str]:
    yield f"title {item.title}"
    yield f"lang {item.lang}"


def _clock(when: datetime | date) -> str:
    """Return a moment as the clock on the wall tells it; the second of two equal hours is marked."""
    if not isinstance(when, datetime):
        return when.isoformat()
    return when.replace(tzinfo=None, fold=0).isoformat(timespec="seconds") + "+" * when.fold


def _digest(lines: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
