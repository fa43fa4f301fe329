"""Everything that takes place → iCalendar files.  Knows icalendar; does not know which kinds there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from handbill.hub.address import output_path
from handbill.hub.facets import Occurrence, Series
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.outputs.subscriptions import calendars
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.settings import Settings

name = "calendars"

STATUS = {"tentative": "TENTATIVE", "cancelled": "CANCELLED", "postponed": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a calendar program keeps it.

    ``marks`` are the words before the title, by status; ``changed`` is an
    instant in UTC; ``last`` is the day on which all of it is over.  Each of
    ``exceptions`` differs from what the rule of ``series`` makes of ``first``.
    """

    uid: str
    title: str
    marks: Mapping[str, str]
    text: str
    address: str
    place: str
    latitude: float | None
    longitude: float | None
    tags: tuple[str, ...]
    changed: datetime
    first: Occurrence
    series: Series | None
    exceptions: tuple[Occurrence, ...]
    last: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """A file of events; ``title`` is "" for a single event to take over."""

    title: str
    address: str
    zone: str
    entries: tuple[Entry, ...]


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield one file for each item that takes place, and every calendar to subscribe to."""
    theme = Theme(settings.root)
    former = _former(hub)
    for lang in settings.languages:
        say = words_for(lang, theme.locale(lang))
        marks = {"cancelled": say("Cancelled") + say(": "), "postponed": say("Postponed") + say(": ")}
        entries: dict[str, Entry] = {}
        for item in hub.listed(hub.items, lang):
            if item.occurrences:
                entries[item.id] = _entry(item, settings, marks)
                address = f"{item.address}event.ics"
                single = Calendar("", settings.absolute(address), settings.zone, (entries[item.id],))
                for where in (address, *former.get(item.id, ())):
                    yield settled(output_path(where), digest(single), (item.source,), single, f"calendar:{item.id}")
        for one in calendars(hub, settings, lang, say):
            address = one.address("calendars", "ics", settings)
            whole = Calendar(one.title, settings.absolute(address), settings.zone, tuple(entries[item.id] for item in one.items))
            yield settled(output_path(address), digest(whole), (), whole, one.promise("calendars", "ics"))


def _former(hub: Hub) -> Mapping[str, list[str]]:
    """Return the addresses that single events' files had before, by the event's id.

    A program cannot follow a page that says where a file went, so the file
    stays there too, unless another event has taken the place.
    """
    now = {f"{item.address}event.ics" for item in hub.listed(hub.items) if item.occurrences}
    found: dict[str, list[str]] = {}
    for promise in hub.promises:
        if promise.id.startswith("calendar:") and promise.address not in now:
            found.setdefault(promise.id.removeprefix("calendar:"), []).append(promise.address)
    return found


def _entry(item: Item, settings: Settings, marks: Mapping[str, str]) -> Entry:
    first = _first(item)
    changed = item.updated or item.published
    return Entry(
        uid=f"{item.id.replace(':', '-')}@{urlsplit(settings.base_url).hostname}",
        title=item.title,
        marks=marks,
        text=item.summary,
        address=settings.absolute(item.address),
        place=item.place.line if item.place else "",
        latitude=item.place.latitude if item.place else None,
        longitude=item.place.longitude if item.place else None,
        tags=item.tags,
        changed=changed.astimezone(UTC) if changed else datetime(1970, 1, 1, tzinfo=UTC),
        first=first,
        series=item.series,
        exceptions=tuple(one for one in item.occurrences if one.original is not None and one != _shifted(one.original, first)),
        last=max(one.finishes.date() for one in item.occurrences),
    )


def _first(item: Item) -> Occurrence:
    """Return the date that a rule begins with, even one that never takes place, as most of the dates are.

    Which of them is the pattern is free, because every date that differs from
    it is written down by itself.
    """
    if item.series is None:
        return item.occurrences[0]
    begin = min((*(one.original for one in item.occurrences), *item.series.excluded))  # type: ignore[type-var]
    kept = [one for one in item.occurrences if one.starts == one.original] or [replace(item.occurrences[0], status="confirmed", note="")]
    alike = Counter((one.status, one.note, one.ends - one.starts) for one in kept)  # type: ignore[operator]
    most = max(kept, key=lambda one: (alike[one.status, one.note, one.ends - one.starts], one.status == "confirmed"))  # type: ignore[operator]
    return _shifted(begin, replace(most, was=()))  # type: ignore[arg-type]


def _shifted(starts: datetime | date, pattern: Occurrence) -> Occurrence:
    """Return the pattern as the rule makes it of another date."""
    return replace(pattern, starts=starts, ends=starts + (pattern.ends - pattern.starts), original=starts)  # type: ignore[operator]


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Write each calendar."""
    for one in planned:
        yield Artifact(one.path, _ics(one.work))


def _ics(calendar: Calendar) -> bytes:
    import icalendar

    file = icalendar.Calendar()
    file.add("version", "2.0")
    file.add("prodid", "-//Handbill//Hub//EN")
    file.add("method", "PUBLISH")
    if calendar.title:
        file.add("name", calendar.title)
        file.add("x-wr-calname", calendar.title)
        file.add("x-wr-timezone", calendar.zone)
        file.add("source", calendar.address, parameters={"VALUE": "URI"})
        # Both hints: RFC 7986 for the standard, the other for programs older than it.
        file.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
        file.add("x-published-ttl", "PT12H")
    for entry in calendar.entries:
        file.add_component(_event(entry, entry.first, entry.series))
        for exception in entry.exceptions:
            file.add_component(_event(entry, exception, None))
    # Without bounds the library writes every clock change from 1970 to 2038.
    if calendar.entries:
        since = min(one.begins.date() for entry in calendar.entries for one in (entry.first, *entry.exceptions))
        until = max(entry.last for entry in calendar.entries)
        file.add_missing_timezones(first_date=since - timedelta(days=1), last_date=until + timedelta(days=1))
    return file.to_ical(sorted=True)  # type: ignore[no-any-return]


def _event(entry: Entry, when: Occurrence, series: Series | None):  # type: ignore[no-untyped-def]
    import icalendar

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    # Programs that met an event before take the higher number for the newer state (RFC 5545, 3.8.7.4).
    event.add("sequence", int(entry.changed.timestamp() // 60))
    event.add("summary", entry.marks.get(when.status, "") + entry.title)
    text = f"{when.note}\n\n{entry.text}" if when.note else entry.text
    event.add("description", f"{text}\n\n{entry.address}")
    event.add("url", entry.address)
    event.add("dtstart", _clock(when.starts))
    # The end of an all-day event is the day after the last one (RFC 5545, 3.6.1).
    event.add("dtend", _clock(when.ends) if isinstance(when.ends, datetime) else when.ends + timedelta(days=1))
    event.add("status", STATUS.get(when.status, "CONFIRMED"))
    if entry.place and when.status != "moved_online":
        event.add("location", entry.place)
        if entry.latitude is not None and entry.longitude is not None:
            event.add("geo", (entry.latitude, entry.longitude))
    if entry.tags:
        event.add("categories", list(entry.tags))
    if when.all_day:
        event.add("transp", "TRANSPARENT")
    if series:
        event.add("rrule", icalendar.vRecur.from_ical(_rule(series.rule, when)))
        for excluded in series.excluded:
            event.add("exdate", excluded)
    elif when.original is not None:
        event.add("recurrence-id", when.original)
    return event


def _clock(when: datetime | date) -> datetime | date:
    """Return a moment as a calendar can tell it: a local hour that comes twice means the first one (RFC 5545, 3.3.5)."""
    if isinstance(when, datetime) and when.fold and when.utcoffset() != when.replace(fold=0).utcoffset():
        return when.astimezone(UTC)
    return when


def _rule(rule: str, when: Occurrence) -> str:
    """Return the rule with UNTIL in the form that its start requires (RFC 5545, 3.3.10)."""
    parts = []
    for part in rule.split(";"):
        key, _, value = part.partition("=")
        if key == "UNTIL" and isinstance(when.starts, datetime) and len(value) == 8:
            last = datetime.combine(
                date.fromisoformat(f"{value[:4]}-{value[4:6]}-{value[6:]}"), datetime.max.time().replace(microsecond=0), when.starts.tzinfo
            )
            value = last.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        parts.append(f"{key}={value}")
    return ";".join(parts)
