"""The dates of a calendar → days and moments as a hub tells them, with what had to be decided on the way.

A moment keeps the instant that the calendar told; a day stays a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from handbill.hub.when import told
from handbill.importing.ics.lines import Line
from handbill.importing.ics.parts import Part
from handbill.importing.ics.zones import Zones
from handbill.importing.report import Note
from handbill.importing.sources import Refusal

#: The years in which something of a community takes place.
YEARS = range(1900, 2200)

_WHEN = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?(Z)?)?", re.ASCII)
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?", re.ASCII)


@dataclass(slots=True)
class Clock:
    """How the moments of one event are read: in which zone they are told, and what was decided about it.

    ``zone`` is that of the whole event; ``default`` is told where it names none.
    ``doubts`` are the reasons why an hour may be wrong.
    """

    zones: Zones
    default: str
    zone: str = ""
    notes: list[Note] = field(default_factory=list)
    changes: list[Note] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def begin(self, line: Line, is_repeated: bool) -> datetime | date:
        """Return the start of an event, whose zone becomes that of all its moments.

        Raises:
            Refusal: it is no date, or none of our time.
        """
        raw = _read(line)
        if not isinstance(raw, datetime):
            self.zone = self.default
            return raw
        self.zone = self._zone_of(line, raw, is_repeated)
        return self._told(raw, line)

    def moment(self, line: Line, value: str | None = None) -> datetime | date:
        """Return another moment of the same event, told in the event's zone.

        Raises:
            Refusal: it is no date, or none of our time.
        """
        raw = _read(line, value)
        return self._told(raw, line) if isinstance(raw, datetime) else raw

    def _told(self, raw: datetime, line: Line) -> datetime:
        clock = ZoneInfo(self.zone)
        if raw.tzinfo is UTC:
            return raw.astimezone(clock)
        zone = ZoneInfo(self._named(line, raw.year) or self.zone)
        moment = raw.replace(tzinfo=zone)
        # What lies in the gap of a spring night has the offset before it (RFC 5545, 3.3.5).
        shown = moment.astimezone(UTC).astimezone(zone)
        if shown.replace(tzinfo=None) != raw:
            what = "an hour that the clocks skip that night became the one that they show"
            self.changes.append(Note(what, f"{told(raw)} → {told(shown)}", line.number))
        return shown.astimezone(clock)

    def _zone_of(self, line: Line, raw: datetime, is_repeated: bool) -> str:
        if raw.tzinfo is UTC:
            # What repeats in UTC moves by an hour in local time, twice a year: only UTC tells it.
            if is_repeated:
                self.notes.append(Note("it repeats in UTC, so its local hour changes with the clocks", "", line.number))
            return "UTC" if is_repeated else self.default
        return self._named(line, raw.year) or self.default

    def _named(self, line: Line, year: int) -> str:
        """Return the zone that a line names; "" where it names none, or none that can be found."""
        name = line.param("TZID")
        if not name:
            self._once(self.notes, Note("times without a zone were taken for local ones", self.default, line.number))
            return ""
        zone, how = self.zones.zone_of(name, year)
        if not zone:
            self._once(self.changes, Note("the time zone is not known, and the hub's was taken", name[:80], line.number))
            self.doubts = list(dict.fromkeys([*self.doubts, name[:80]]))
        elif how:
            sort = self.changes if how == "by its offsets" else self.notes
            self._once(sort, Note(f"the time zone was found {how}", f"{name[:80]} → {zone}", line.number))
        return zone

    @staticmethod
    def _once(notes: list[Note], note: Note) -> None:
        if all((one.what, one.detail) != (note.what, note.detail) for one in notes):
            notes.append(note)


def _read(line: Line, value: str | None = None) -> datetime | date:
    """Return a value as it is written: a day, a moment in UTC, or a moment without a zone."""
    text = (line.value if value is None else value).strip()
    match = _WHEN.fullmatch(text)
    if match is None:
        raise Refusal(f"{line.name}: found “{text[:40]}”, wanted a date such as 20260501T140000", line.number)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if day.year not in YEARS:
            raise Refusal(f"{line.name}: found the year {day.year}, wanted one from {YEARS[0]} to {YEARS[-1]}", line.number)
        if match[4] is None or line.param("VALUE").upper() == "DATE":
            return day
        # A leap second is the last one of its minute; 24:00 is the end of the day.
        hours, seconds = int(match[4]), min(int(match[6] or 0), 59)
        if hours == 24 and int(match[5]) == 0:
            return datetime(day.year, day.month, day.day) + timedelta(days=1)
        return datetime(day.year, day.month, day.day, hours, int(match[5]), seconds, tzinfo=UTC if match[7] else None)
    except ValueError:
        raise Refusal(f"{line.name}: found “{text[:40]}”, which is no date of the calendar", line.number) from None


def duration(line: Line) -> timedelta | None:
    """Return how long something lasts, ``None`` where that is not understood or less than nothing."""
    match = _DURATION.fullmatch(line.value.strip().upper())
    if match is None or match[1] == "-" or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in match.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def end_of(part: Part, starts: datetime | date, clock: Clock) -> datetime | date | None:
    """Return the end of a component that starts so, as a hub has it: the last day itself, ``None`` for the hub's usual length.

    Raises:
        Refusal: it lies beyond our time.
    """
    line = part.first("DTEND")
    if line is None:
        return _by_length(part.first("DURATION"), starts, clock)
    try:
        ends = clock.moment(line)
    except Refusal as refusal:
        clock.changes.append(Note("the end was left out", refusal.why, line.number))
        return None
    if isinstance(ends, datetime) is not isinstance(starts, datetime):
        clock.changes.append(Note("the end was left out: one of start and end is a day, the other a moment", line.value[:40], line.number))
        return None
    if not isinstance(ends, datetime):
        # The end of a day in a calendar is the day after the last one (RFC 5545, 3.6.1); some programs name the same day.
        ends = ends - timedelta(days=1) if ends != starts else ends
    if _before(ends, starts):
        clock.changes.append(Note("the end lies before the start and was left out", line.value[:40], line.number))
        return None
    return _longer(ends, starts, line, clock)


def _by_length(line: Line | None, starts: datetime | date, clock: Clock) -> datetime | date | None:
    length = duration(line) if line else None
    if line is None:
        if isinstance(starts, datetime):
            clock.notes.append(Note("no end: a hub takes two hours"))
        return None
    if length is None:
        clock.changes.append(Note("the duration is not understood and was left out", line.value[:40], line.number))
        return None
    try:
        if isinstance(starts, datetime):
            # Days count by the clock on the wall, hours by the time that passes.
            days = starts.replace(tzinfo=None) + timedelta(days=length.days)
            ends = days.replace(tzinfo=starts.tzinfo).astimezone(UTC) + (length - timedelta(days=length.days))
            _check(ends, line)
            return _longer(ends.astimezone(starts.tzinfo), starts, line, clock)
        last = starts + length - timedelta(days=1)
        _check(last, line)
        return max(starts, last)
    except OverflowError:
        raise Refusal(f"DURATION: found {line.value[:40]}, which ends beyond all calendars", line.number) from None


def _longer(ends: datetime | date, starts: datetime | date, line: Line, clock: Clock) -> datetime | date | None:
    if isinstance(ends, datetime) and ends == starts:
        clock.notes.append(Note("it ends as it starts: a hub takes two hours", "", line.number))
        return None
    return ends


def _check(when: date, line: Line) -> None:
    if when.year not in YEARS:
        raise Refusal(f"{line.name}: found an end in the year {when.year}", line.number)


def _before(ends: datetime | date, starts: datetime | date) -> bool:
    if isinstance(ends, datetime) and isinstance(starts, datetime):
        return ends.astimezone(UTC) < starts.astimezone(UTC)
    return ends < starts


def written(when: datetime | date) -> str:
    """Return a day or moment as front matter has it, with its offset where that hour comes twice."""
    if isinstance(when, datetime) and when.utcoffset() != when.replace(fold=1 - when.fold).utcoffset():
        return told(when) + when.isoformat()[19:25]
    return told(when)
