"""Files of calendars → what in them is one event each, and what is none, with the reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handbill.importing.ics.parts import Part, parts_of
from handbill.importing.ics.when import Clock
from handbill.importing.ics.zones import Zones
from handbill.importing.report import Note
from handbill.importing.sources import files_in

#: Larger files are refused: a hundred thousand events are far smaller.
LARGEST = 128 * 1024 * 1024

#: The endings of calendars; files of others are told and left alone.
ENDINGS = frozenset({".ics", ".ical", ".icalendar", ".ifb"})

#: What else may lie in a calendar.
_NO_EVENTS = {
    "VTODO": "a task, and a hub has none",
    "VJOURNAL": "a journal entry, and a hub has none",
    "VFREEBUSY": "times at which somebody is busy: nobody's business in a hub",
    "VALARM": "a reminder outside of any event",
}
_ANSWERS = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar within a file: its zones, the zone of what names none, and whether all of it calls events off."""

    zones: Zones
    default: str
    is_cancelling: bool

    def clock(self) -> Clock:
        """Return what reads the moments of one of its events."""
        return Clock(self.zones, self.default)


@dataclass(slots=True)
class Group:
    """One event: its own component (``None`` where only single dates of it are there), and those of its single dates."""

    uid: str
    source: str
    calendar: Calendar
    part: Part | None = None
    others: list[Part] = field(default_factory=list)
    is_nameless: bool = False


@dataclass(slots=True)
class Gathered:
    """Everything found: events by their UID, what is refused by its place, and what was odd in a file."""

    groups: dict[str, Group] = field(default_factory=dict)
    refused: list[tuple[str, Note]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def calendars_in(source: Path) -> tuple[list[tuple[str, Path]], list[tuple[str, Note]]]:
    """Return the files of calendars below a folder (or the one file), each with its name, and those that are none."""
    if not source.is_dir():
        return [(source.name, source)], []
    found, refused = [], []
    for one in files_in(source):
        ending = Path(one.path).suffix.lower()
        if ending in ENDINGS and (one.sort == "other" and "neither" in one.refusal):
            found.append((one.path, source / one.path))
        elif ending == ".zip":
            refused.append((one.path, Note("a packed file: unpack it, and import the calendars in it")))
        else:
            refused.append((one.path, Note(one.refusal if "neither" not in one.refusal and one.refusal else "no calendar (.ics)")))
    return found, refused


def gather(files: Iterable[tuple[str, Path]], zone: str) -> Gathered:
    """Return what the files hold; *zone* is the hub's own."""
    gathered = Gathered()
    for name, file in files:
        if file.stat().st_size > LARGEST:
            gathered.refused.append((name, Note(f"a file of more than {LARGEST // 1024 // 1024} MB")))
            continue
        top, notes = parts_of(file.read_bytes())
        gathered.notes += _counted(name, notes)
        if not top:
            gathered.refused.append((name, Note("no calendar: there is no line “BEGIN:VCALENDAR” in it", "", 1)))
        for part in top:
            if part.name == "VCALENDAR":
                _calendar(name, part, gathered, zone)
            else:
                # Some programs copy single events without the calendar around them.
                _calendar(name, Part("VCALENDAR", part.number, parts=[part]), gathered, zone)
    return gathered


def _counted(name: str, notes: list[Note]) -> Iterator[Note]:
    """Yield each sort of oddity once, with its first place and how often it came."""
    by_what: dict[str, list[Note]] = {}
    for note in notes:
        by_what.setdefault(note.what, []).append(note)
    for what, own in by_what.items():
        place = f"{name}:{own[0].line}" if own[0].line else name
        more = f", and {len(own) - 1} more" if len(own) > 1 else ""
        yield Note(what, f"{place}{more}{f' ({own[0].detail})' if own[0].detail else ''}")


def _calendar(name: str, whole: Part, gathered: Gathered, zone: str) -> None:
    described = {part.word("TZID"): part for part in whole.parts if part.name == "VTIMEZONE"}
    zones = Zones(described, zone)
    own = whole.word("X-WR-TIMEZONE")
    default = zones.zone_of(own, 2020)[0] if own else ""
    # A program that serves the whole world says UTC, and nobody lives there.
    default = "" if default == "UTC" or default.startswith("Etc/") else default
    method = whole.word("METHOD").upper()
    calendar = Calendar(zones, default or zone, method == "CANCEL")
    for part in whole.parts:
        if part.name == "VTIMEZONE":
            continue
        place = f"{name}:{part.number}"
        if why := _refusal(part, method):
            gathered.refused.append((place, Note(why, "", part.number)))
        else:
            _event(name, part, calendar, gathered)


def _refusal(part: Part, method: str) -> str:
    """Return why a component is no event of the hub, "" if it is one."""
    if part.name != "VEVENT":
        return _NO_EVENTS.get(part.name, f"{part.name[:40] or 'something'}, which is no event")
    if part.is_cut:
        return "the file ends before this event does"
    secrecy = part.word("CLASS").upper()
    if secrecy in ("PRIVATE", "CONFIDENTIAL"):
        return f"it is marked {secrecy}"
    if method in _ANSWERS:
        return f"an answer to an invitation (METHOD:{method})"
    return ""


def _event(name: str, part: Part, calendar: Calendar, gathered: Gathered) -> None:
    """Put a component to the others of its event; of two states of the same the newer one counts."""
    line = part.first("UID")
    uid = re.sub(r"\s+", " ", line.text).strip()[:500] if line else ""
    # Some programs made it of the address of whoever wrote the event down; the ledger of a hub is public.
    people = {one.value.lower().removeprefix("mailto:") for one in part.all("ORGANIZER", "ATTENDEE")} if "@" in uid else set()
    is_nameless = not uid or any(len(one) > 5 and one in uid.lower() for one in people if "@" in one)
    if is_nameless:
        uid = _made_up(part)
    is_single = part.first("RECURRENCE-ID") is not None
    group = gathered.groups.get(uid)
    if group is None:
        group = gathered.groups[uid] = Group(uid, name, calendar, is_nameless=is_nameless)
    if is_single:
        _single(name, part, group, gathered)
    elif group.part is None:
        group.part, group.source, group.calendar = part, name, calendar
    else:
        older = part
        if _age(part) >= _age(group.part):
            older, group.part = group.part, part
            older_name, group.source, group.calendar = group.source, name, calendar
        else:
            older_name = name
        gathered.refused.append((f"{older_name}:{older.number}", Note("an older state of an event that is there twice", "", older.number)))


def _single(name: str, part: Part, group: Group, gathered: Gathered) -> None:
    line = part.first("RECURRENCE-ID")
    assert line is not None
    for number, other in enumerate(group.others):
        same = other.first("RECURRENCE-ID")
        if same and same.value == line.value:
            older = part if _age(part) < _age(other) else other
            group.others[number] = other if older is part else part
            gathered.refused.append((f"{name}:{older.number}", Note("an older state of a date that is there twice", "", older.number)))
            return
    group.others.append(part)


def _age(part: Part) -> tuple[int, str, str]:
    sequence = part.word("SEQUENCE")
    return (int(sequence[:12]) if sequence[:12].isdecimal() else 0, part.word("LAST-MODIFIED"), part.word("DTSTAMP"))


def _made_up(part: Part) -> str:
    """Return a UID for an event without one: the same each time, made of when and what it is."""
    facts = [f"{name} {line.value}" for name in ("DTSTART", "RECURRENCE-ID", "SUMMARY", "LOCATION") if (line := part.first(name))]
    return "imported-" + hashlib.blake2b("\n".join(facts).encode(), digest_size=12).hexdigest()
