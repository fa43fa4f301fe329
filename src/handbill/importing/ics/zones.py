"""The name that a calendar gives a time zone, and its description there → the zone of the IANA database.

Knows icalendar for one thing: its table of the names that Windows gives to
zones (CLDR, windowsZones).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from handbill.hub.zone import is_zone
from handbill.importing.ics.parts import Part

#: The times of a year at which offsets are compared: every tenth day, so that a week's difference between two rules shows.
_SAMPLES = tuple(range(0, 365, 10))
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
#: The only rules by which clocks change.
_YEARLY = re.compile(
    r"FREQ=YEARLY(?:;(?:BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[\d,+-]{1,40}|INTERVAL=1|WKST=[A-Z]{2}|UNTIL=\d{8}(?:T\d{6}Z?)?))*"
)
_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})


class Zones:
    """The zones of one calendar: those that it describes, by the names that it gives them."""

    def __init__(self, described: Mapping[str, Part], own: str) -> None:
        """*own* is the hub's zone, which is tried first where only offsets are known."""
        self._described = described
        self._own = own
        self._known: dict[tuple[str, int], tuple[str, str]] = {}

    def zone_of(self, name: str, year: int) -> tuple[str, str]:
        """Return the zone that a name stands for in that year, and how it was found: "" where the name is the zone's own.

        The zone is "" where nothing tells it.
        """
        if (name, year) not in self._known:
            self._known[name, year] = self._find(name, year)
        return self._known[name, year]

    def _find(self, name: str, year: int) -> tuple[str, str]:
        if is_zone(name):
            return name, ""
        part = self._described.get(name)
        place = part.word("X-LIC-LOCATION") if part else ""
        for candidate in (*_endings(name), place):
            if candidate and is_zone(candidate):
                return candidate, "by the end of its name"
        if found := _of_windows().get(re.sub(r"\s+", " ", name.strip()).lower()):
            return found, "by its name in Windows"
        if name.lower() in ("utc", "gmt", "z", "tzone://microsoft/utc"):
            return "UTC", "by its name"
        offsets = _offsets(part, year) if part else ()
        if not offsets:
            return "", ""
        ranked = dict.fromkeys((self._own, *_COMMON, *_of_windows().values(), *_FIXED))
        return next(((zone, "by its offsets") for zone in ranked if _offsets_of(zone, year) == offsets), ("", ""))


#: Among zones of equal offsets, those in which most people live are meant.
_COMMON = (
    "Europe/Paris", "Europe/London", "Europe/Berlin", "Europe/Athens", "America/New_York", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Halifax", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
_FIXED = tuple(f"Etc/GMT{hours:+d}" for hours in range(-14, 13) if hours)


def _endings(name: str) -> tuple[str, ...]:
    """Return what may be a zone at the end of a longer name, such as /freeassociation.sourceforge.net/Europe/Paris."""
    parts = name.strip().strip('"').strip("/").split("/")
    return tuple("/".join(parts[number:]) for number in range(1, len(parts) - 1))[-4:]


@cache
def _of_windows() -> Mapping[str, str]:
    """Return the zones by the names of Windows, in small letters."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return MappingProxyType({name.lower(): zone for name, zone in sorted(WINDOWS_TO_OLSON.items()) if is_zone(zone)})


@cache
def _offsets_of(zone: str, year: int) -> tuple[timedelta | None, ...]:
    clock, begin = ZoneInfo(zone), datetime(year, 1, 1, 12, tzinfo=UTC)
    return tuple((begin + timedelta(days=days)).astimezone(clock).utcoffset() for days in _SAMPLES)


def _offsets(part: Part, year: int) -> tuple[timedelta, ...]:
    """Return the offsets that a calendar describes for a year; nothing where it does not make sense."""
    changes: list[tuple[datetime, timedelta]] = []
    for one in part.parts[:100]:
        before, after = _delta(one.word("TZOFFSETFROM")), _delta(one.word("TZOFFSETTO"))
        if one.name not in _OBSERVANCES or before is None or after is None:
            continue
        changes += [(start - before, after) for start in _onsets(one, year)]
    changes.sort(key=lambda pair: pair[0])
    if not changes:
        return ()
    found = []
    for days in _SAMPLES:
        moment = datetime(year, 1, 1, 12) + timedelta(days=days)
        # Before the first change of all that are described, the offset is that of the last one of the year before.
        found.append(next((after for start, after in reversed(changes) if start <= moment), changes[-1][1]))
    return tuple(found)


def _onsets(part: Part, year: int) -> list[datetime]:
    """Return from when on an observance holds, as far as it matters to that year."""
    from handbill.kinds.recurrence import starts_of

    first = _naive(part.word("DTSTART"))
    if first is None:
        return []
    rule = part.word("RRULE").upper()
    if not _YEARLY.fullmatch(rule):
        return [first]
    until = re.search(r"UNTIL=(\d{4})", rule)
    rule = re.sub(r";(UNTIL|INTERVAL|WKST)=[^;]*", "", rule)
    # Windows begins its rules in 1601; only the last two years count.
    begin = first.replace(year=max(first.year, year - 1)) if (first.month, first.day) != (2, 29) else first
    try:
        starts = starts_of(rule, begin.replace(month=1, day=1), date(year, 12, 31))
    except ValueError:
        return [first]
    last = int(until[1]) if until else year
    return [one for one in starts if isinstance(one, datetime) and one.year <= last] or [first]


def _delta(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    found = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -found if match[1] == "-" else found


def _naive(text: str) -> datetime | None:
    try:
        return datetime.strptime(text[:15], "%Y%m%dT%H%M%S")
    except ValueError:
        return None
