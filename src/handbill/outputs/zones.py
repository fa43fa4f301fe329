"""An IANA zone → the rules by which its clocks change, as a calendar file tells them (RFC 5545, 3.6.5).

A file must serve programs that know no zone by name, and series that never
end.  So what a zone does every year is told as a rule, and only what it did,
or will do, in some years alone is told change by change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

#: Zones are asked up to here.  The years before it hold every weekday of every date, so a rule that fits them fits for ever.
HORIZON = 2108
_CYCLE = 28
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Observance:
    """A time of the year with one offset: from when on, by the clock that held until then, and how that comes again.

    ``rule`` is an RRULE; ``also`` are changes that follow none.
    """

    name: str
    is_summer: bool
    before: timedelta
    offset: timedelta
    onset: datetime
    rule: str = ""
    also: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of a zone's clocks; ``onset`` is by the clock that held until then."""

    onset: datetime
    before: timedelta
    offset: timedelta
    name: str

    @property
    def manner(self) -> tuple[object, ...]:
        return self.before, self.offset, self.name

    @property
    def in_year(self) -> tuple[object, ...]:
        return *self.manner, self.onset.month, self.onset.weekday(), self.onset.time()


@lru_cache(maxsize=256)
def observances(zone: str, year: int) -> tuple[Observance, ...]:
    """Return how the clocks of a zone change from the beginning of that *year* on, for ever."""
    clock = ZoneInfo(zone)
    changes = _changes(zone)
    begin = datetime(year, 1, 1) - timedelta(days=1)
    earlier = [one for one in changes if one.onset <= begin][-1:] or [_at_first(clock, changes)]
    ruled, single = _ruled([*earlier, *(one for one in changes if one.onset > begin)])
    groups: dict[tuple[object, ...], list[_Change]] = defaultdict(list)
    for one in single:
        groups[one.manner].append(one)
    plain = [_observance(group[0], also=tuple(one.onset for one in group[1:])) for group in groups.values()]
    return tuple(sorted((*plain, *ruled), key=lambda one: (one.onset, one.offset)))


def _at_first(clock: ZoneInfo, changes: Sequence[_Change]) -> _Change:
    """Return what held before any change that is known."""
    begin = datetime(1900, 1, 1, tzinfo=clock)
    offset = changes[0].before if changes else _offset(begin)
    return _Change(datetime(1900, 1, 1), offset, offset, begin.tzname() or "")


def _observance(one: _Change, rule: str = "", also: tuple[datetime, ...] = ()) -> Observance:
    # Some zones call their winter the exception (Dublin, Casablanca); programs expect clocks to go forward for it.
    return Observance(one.name, one.offset > one.before, one.before, one.offset, one.onset, rule, also)


def _ruled(changes: Sequence[_Change]) -> tuple[list[Observance], list[_Change]]:
    """Return the rules of what comes again every year until the horizon, and the changes that follow none."""
    last_year = HORIZON - 1
    groups: dict[tuple[object, ...], list[_Change]] = defaultdict(list)
    for one in changes:
        groups[one.in_year].append(one)
    ruled: list[Observance] = []
    single: list[_Change] = []
    for group in groups.values():
        by_year = {one.onset.year: one for one in group}
        begin = last_year
        while begin - 1 in by_year:
            begin -= 1
        days = [by_year[year].onset for year in range(begin, HORIZON)] if last_year in by_year else []
        rule = _rule(days)
        if rule:
            ruled.append(_observance(by_year[begin], rule))
        single += [one for one in group if not rule or one.onset.year < begin]
    return ruled, sorted(single, key=lambda one: one.onset)


def _rule(onsets: Sequence[datetime]) -> str:
    """Return the yearly rule of these onsets, one for each year; "" where they follow none that is certain."""
    if len(onsets) < _CYCLE:
        return ""
    days = [one.day for one in onsets]
    first = onsets[0]
    start = f"FREQ=YEARLY;BYMONTH={first.month};"
    weekday = _DAYS[first.weekday()]
    length = (datetime(2001 + first.month // 12, first.month % 12 + 1, 1) - datetime(2001, first.month, 1)).days
    if min(days) == length - 6 and max(days) == length and first.month != 2:
        return f"{start}BYDAY=-1{weekday}"
    if max(days) - min(days) != 6:
        return ""
    if min(days) % 7 == 1:
        return f"{start}BYDAY={min(days) // 7 + 1}{weekday}"
    return f"{start}BYMONTHDAY={','.join(str(day) for day in range(min(days), max(days) + 1))};BYDAY={weekday}"


@lru_cache(maxsize=64)
def _changes(zone: str) -> tuple[_Change, ...]:
    """Return every change of the offset of a zone from 1900 until the horizon."""
    clock = ZoneInfo(zone)
    return tuple(_found(clock))


def _found(clock: ZoneInfo) -> Iterator[_Change]:
    day = timedelta(days=1)
    here, end = datetime(1900, 1, 1, tzinfo=UTC), datetime(HORIZON, 1, 1, tzinfo=UTC)
    offset = _offset(here.astimezone(clock))
    while here < end:
        there = here + day
        if _offset(there.astimezone(clock)) != offset:
            moment = _turn(clock, here, there, offset)
            local = moment.astimezone(clock)
            yield _Change(moment.replace(tzinfo=None) + offset, offset, _offset(local), local.tzname() or "")
            offset = _offset(local)
            here = moment
        else:
            here = there


def _turn(clock: ZoneInfo, before: datetime, after: datetime, offset: timedelta) -> datetime:
    """Return the first second after *before* at which the offset is another one."""
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(middle.astimezone(clock)) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)
