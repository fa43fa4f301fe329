"""Everything that takes place → iCalendar files.  Knows icalendar; does not know which kinds there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from handbill.hub.address import output_path
from handbill.hub.facets import Occurrence, Series
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.planned import Artifact, Planned, digest
from handbill.outputs.subscriptions import calendars
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.settings import Settings

name = "calendars"

STATUS = {"tentative": "TENTATIVE", "cancelled": "CANCELLED", "postponed": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a calendar program keeps it; ``changed`` is an instant in UTC."""

    uid: str
    title: str
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
    for lang in settings.languages:
        say = words_for(lang, theme.locale)
        titles = {"cancelled": say("Cancelled"), "postponed": say("Postponed")}
        entries: dict[str, Entry] = {}
        for item in hub.listed(hub.items, lang):
            if item.occurrences:
                entries[item.id] = _entry(item, settings, titles, say(": "))
                address = f"{item.address}event.ics"
                single = Calendar("", settings.absolute(address), settings.zone, (entries[item.id],))
                yield Planned(output_path(address), digest(single), (item.source,), single, f"calendar:{item.id}")
        for one in calendars(hub, settings, lang, say):
            address = one.address("calendars", "ics", settings)
            whole = Calendar(one.title, settings.absolute(address), settings.zone, tuple(entries[item.id] for item in one.items))
            yield Planned(output_path(address), digest(whole), (), whole, one.promise("calendars", "ics"))


def _entry(item: Item, settings: Settings, titles: dict[str, str], colon: str) -> Entry:
    host = urlsplit(settings.base_url).hostname
    # A moved date keeps its place in the series by the start first announced.
    first = item.occurrences[0]
    exceptions: tuple[Occurrence, ...] = ()
    if item.series:
        exceptions = tuple(o for o in item.occurrences if o.original is not None and (o.starts != o.original or o.status != first.status and o.status != "confirmed"))
        if first.original is not None and first in exceptions:
            length = first.ends - first.starts  # type: ignore[operator]
            first = Occurrence(first.original, first.original + length, first.zone)
    changed = item.updated or item.published
    title = f"{titles[first.status]}{colon}{item.title}" if first.status in titles else item.title
    return Entry(
        uid=f"{item.id.replace(':', '-')}@{host}",
        title=title,
        text=item.summary,
        address=settings.absolute(item.address),
        place=item.place.line if item.place and first.status != "moved_online" else "",
        latitude=item.place.latitude if item.place else None,
        longitude=item.place.longitude if item.place else None,
        tags=item.tags,
        changed=changed.astimezone(timezone.utc) if changed else datetime(1970, 1, 1, tzinfo=timezone.utc),
        first=first,
        series=item.series,
        exceptions=exceptions,
    )


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
    days = [day for entry in calendar.entries for one in (entry.first, *entry.exceptions) for day in (one.begins.date(), one.finishes.date())]
    if days:
        last = max(days) + timedelta(days=3 * 366 if any(entry.series for entry in calendar.entries) else 1)
        file.add_missing_timezones(first_date=min(days) - timedelta(days=1), last_date=last)
    return file.to_ical(sorted=True)  # type: ignore[no-any-return]


def _event(entry: Entry, when: Occurrence, series: Series | None):  # type: ignore[no-untyped-def]
    import icalendar

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("summary", entry.title)
    text = f"{when.note}\n\n{entry.text}" if when.note else entry.text
    event.add("description", f"{text}\n\n{entry.address}")
    event.add("url", entry.address)
    event.add("dtstart", when.starts)
    # The end of an all-day event is the day after the last one (RFC 5545, 3.6.1).
    event.add("dtend", when.ends if isinstance(when.ends, datetime) else when.ends + timedelta(days=1))
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


def _rule(rule: str, when: Occurrence) -> str:
    """Return the rule with UNTIL in the form that its start requires (RFC 5545, 3.3.10)."""
    parts = []
    for part in rule.split(";"):
        key, _, value = part.partition("=")
        if key == "UNTIL" and isinstance(when.starts, datetime) and len(value) == 8:
            last = datetime.combine(date.fromisoformat(f"{value[:4]}-{value[4:6]}-{value[6:]}"), datetime.max.time().replace(microsecond=0), when.starts.tzinfo)
            value = last.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        parts.append(f"{key}={value}")
    return ";".join(parts)
