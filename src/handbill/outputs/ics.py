"""Entries of calendars → the bytes of an iCalendar file.  Knows icalendar; does not know items or the hub.

Nothing that a text holds can end a line of the file, whatever let it pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import quote

from handbill.engine import engine_digest
from handbill.hub.pattern import is_uncertain
from handbill.outputs.calendar_entries import Entry, Event
from handbill.outputs.css_colours import named
from handbill.outputs.planned import digest
from handbill.outputs.zones import observances


@dataclass(frozen=True, slots=True)
class Calendar:
    """A file of events; ``title`` is "" for a single event to take over."""

    title: str
    address: str
    zone: str
    colour: str
    events: tuple[Event, ...]

    @property
    def key(self) -> str:
        """Return the digest of all that decides the bytes, with the program that writes them and its libraries."""
        return digest((engine_digest(), self.title, self.address, self.zone, self.colour, [one.key for one in self.events]))


_END = b"END:VCALENDAR\r\n"


def ics(calendar: Calendar, written: dict[str, bytes]) -> bytes:
    """Return the file of a calendar; *written* keeps what has been written of each event, by its key."""
    import icalendar

    head = icalendar.Calendar()
    head.add("version", "2.0")
    head.add("prodid", "-//Handbill//Hub//EN")
    head.add("method", "PUBLISH")
    if calendar.title:
        head.add("name", _line(calendar.title))
        head.add("x-wr-calname", _line(calendar.title))
        head.add("x-wr-timezone", calendar.zone)
        head.add("source", _uri(calendar.address), parameters={"VALUE": "URI"})
        # A name is all that the standard allows (RFC 7986, 5.9); one widespread program takes the colour itself.
        head.add("color", named(calendar.colour))
        head.add("x-apple-calendar-color", calendar.colour)
        # Both hints: RFC 7986 for the standard, the other for programs older than it.
        head.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
        head.add("x-published-ttl", "PT12H")
    beginning = head.to_ical(sorted=True).removesuffix(_END)
    since: dict[str, int] = {}
    for event in calendar.events:
        if event.key not in written:
            written[event.key] = b"".join(_event(entry).to_ical(sorted=True) for entry in event.entries)
        for entry in event.entries:
            for when in _local_times(entry):
                zone = str(when.tzinfo)
                since[zone] = min(when.year, since.get(zone, when.year))
    zones = b"".join(_zone(zone, year) for zone, year in sorted(since.items()))
    events = b"".join(written[event.key] for event in calendar.events)
    return b"".join((beginning, zones, events, _END))


def _event(entry: Entry):  # type: ignore[no-untyped-def]
    import icalendar

    event = icalendar.Event()
    event.add("uid", _line(entry.uid))
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.sequence)
    event.add("summary", _line(entry.title))
    event.add("description", _text(f"{entry.text}\n\n{entry.address}".lstrip("\n")))
    event.add("url", _uri(entry.address))
    event.add("dtstart", _told(entry.starts, entry))
    if entry.ends is not None:
        # The end of an all-day event is the day after the last one (RFC 5545, 3.6.1).
        event.add("dtend", _told(entry.ends, entry) if isinstance(entry.ends, datetime) else entry.ends + timedelta(days=1))
    event.add("status", entry.status)
    if entry.place:
        event.add("location", _line(entry.place))
    if entry.position:
        event.add("geo", entry.position)
    if entry.joining:
        event.add("conference", icalendar.vUri(_uri(entry.joining)), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    if entry.picture:
        event.add("image", icalendar.vUri(_uri(entry.picture)), parameters={"VALUE": "URI", "DISPLAY": "GRAPHIC"} | _form(entry.picture))
    tags = [_line(tag) for tag in entry.tags]
    # One widespread reader takes the comma after a backslash for a part of the tag, however it is written.
    for together in ([tag for tag in tags if not tag.endswith("\\")], *([tag] for tag in tags if tag.endswith("\\"))):
        if together:
            event.add("categories", together)
    if entry.is_free:
        event.add("transp", "TRANSPARENT")
    if entry.rule:
        event.add("rrule", icalendar.vRecur.from_ical(_rule(entry.rule, entry.starts)))
    for date_ in entry.excluded:
        event.add("exdate", _local(date_))
    for date_ in entry.added:
        event.add("rdate", _local(date_))
    if entry.original is not None:
        event.add("recurrence-id", _local(entry.original))
    return event


def _form(picture: str) -> dict[str, str]:
    """Return what sort of picture it is, where its name tells."""
    ending = picture.rpartition(".")[2].lower()
    return {"FMTTYPE": f"image/{_FORMS.get(ending, ending)}"} if ending in {*_FORMS, "png", "gif", "jpeg", "webp", "avif"} else {}


_FORMS = {"jpg": "jpeg", "svg": "svg+xml"}


# Moments


def _told(when: datetime | date, entry: Entry) -> datetime | date:
    """Return a moment as every program understands it.

    A local hour that comes twice means the first one, and one that never comes
    counts from the offset before (RFC 5545, 3.3.5), but not in every program:
    both are told in UTC, if no rule hangs on the clock.
    """
    if isinstance(when, datetime) and is_uncertain(when) and not (entry.rule or entry.added):
        return when.astimezone(UTC)
    return _local(when)


def _local(when: datetime | date) -> datetime | date:
    """Return a date of a series, by the same clock as its rule."""
    return when.astimezone(UTC) if isinstance(when, datetime) and str(when.tzinfo) in _UTC else when


#: The names that the zone without a VTIMEZONE has.
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})


def _local_times(entry: Entry) -> Iterator[datetime]:
    """Yield the moments of an entry that are told by the clock of a zone."""
    given = [_told(entry.starts, entry), *([_told(entry.ends, entry)] if entry.ends is not None else [])]
    given += [_local(one) for one in (*entry.excluded, *entry.added, *((entry.original,) if entry.original is not None else ()))]
    return (one for one in given if isinstance(one, datetime) and one.tzinfo is not UTC)


@lru_cache(maxsize=512)
def _zone(zone: str, year: int) -> bytes:
    """Return how the clocks of a zone change from that year on."""
    import icalendar

    whole = icalendar.Timezone()
    whole.add("tzid", zone)
    for one in observances(zone, year):
        part = icalendar.TimezoneDaylight() if one.is_summer else icalendar.TimezoneStandard()
        part.add("tzoffsetfrom", one.before)
        part.add("tzoffsetto", one.offset)
        part.add("tzname", one.name)
        part.add("dtstart", one.onset)
        if one.rule:
            part.add("rrule", icalendar.vRecur.from_ical(one.rule))
        # One widespread reader takes only the first of several dates on a line, and beside such dates does not count the start.
        for onset in (one.onset, *one.also) if one.also else ():
            part.add("rdate", onset)
        whole.add_component(part)
    return bytes(whole.to_ical(sorted=True))


def _rule(rule: str, starts: datetime | date) -> str:
    """Return the rule with UNTIL in the form that its start requires (RFC 5545, 3.3.10)."""
    parts = []
    for part in rule.split(";"):
        key, _, value = part.partition("=")
        if key == "UNTIL" and isinstance(starts, datetime) and len(value) == 8:
            day = date.fromisoformat(f"{value[:4]}-{value[4:6]}-{value[6:]}")
            value = f"{datetime.combine(day, _LAST_SECOND, starts.tzinfo).astimezone(UTC):%Y%m%dT%H%M%SZ}"
        parts.append(f"{key}={value}")
    return ";".join(parts)


_LAST_SECOND = time(23, 59, 59)


# Texts

#: What no text of a calendar may hold (RFC 5545, 3.3.11), and what ends a line elsewhere.  Reading lets none of it pass.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")


def _text(text: str) -> str:
    """Return a text of which no character can end a line of the file or be none."""
    return _CONTROLS.sub("\ufffd", _BREAKS.sub("\n", text))


def _line(text: str) -> str:
    """Return a text of one line."""
    return _text(text).replace("\n", " ")


def _uri(address: str) -> str:
    """Return an address of which no character can end a line of the file: what no address may hold is percent-encoded."""
    return quote(_HALVES.sub("\ufffd", address), safe="%/:?#[]@!$&'()*+,;=~-._")
