"""The components of one event in a calendar → the front matter and text of an event of the hub, and what is to be said of it.

Nothing is guessed about where it takes place or at which hour: an event of
which that is not known becomes a draft, with the reason in its file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from handbill.errors import Said, said
from handbill.hub.address import slug_of
from handbill.hub.written import Value
from handbill.importing.ics.left import left_out
from handbill.importing.ics.mask import Mask
from handbill.importing.ics.online import meeting_of
from handbill.importing.ics.parts import Part
from handbill.importing.ics.places import is_online, venue_of, without_addresses, without_online
from handbill.importing.ics.repeats import repeats_of
from handbill.importing.ics.texts import Texts
from handbill.importing.ics.when import Clock, end_of, written
from handbill.importing.report import Note
from handbill.importing.sources import Refusal
from handbill.telling import tell

_OFF = said("The calendar that this event comes from says that it is called off.")
_NO_PLACE = said("The calendar names no place: write it below “venue”, or “mode: online” instead. Then take away the line “draft: true”.")
_NOWHERE = said("Place to be announced")
_NO_HOUR = said("Look at the hours: the calendar names a time zone that nobody knows. Then take away the line “draft: true”.")
_NO_TITLE = said("Event")

#: When something changed of which nothing is known.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all events of an import have in common.

    ``places`` and ``tags`` are those that the hub knows: file names and
    spellings by their slugs; ``people`` are the file names of persons.
    ``venue`` is the place of events that name none, "" where there is none.
    """

    lang: str
    zone: str
    origin: str
    as_of: datetime
    organiser: str
    mask: Mask
    venue: str = ""
    is_organiser_given: bool = False
    places: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()


@dataclass(slots=True)
class Brought:
    """An event as it comes into the hub.

    ``number`` is the line of the calendar on which it begins.  ``slug`` and
    ``values["id"]`` are filled in where all events are known.
    """

    uid: str
    number: int
    sequence: int
    changed: datetime
    title: str
    starts: datetime | date
    ends: datetime | date
    zone: str
    values: dict[str, Value]
    body: str
    reasons: tuple[Said, ...] = ()
    changes: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        """Say whether an editor has to look at it before anybody sees it."""
        return bool(self.reasons)


def event_of(uid: str, part: Part, others: list[Part], clock: Clock, frame: Frame, is_off: bool) -> Brought:
    """Return the event of *part*; *others* are the components of its single dates, *is_off* says that all of it was cancelled.

    Raises:
        Refusal: without guessing, no event can be made of it.
    """
    texts = Texts(frame.mask, frame.origin)
    start = part.first("DTSTART")
    if start is None:
        raise Refusal("no DTSTART: nobody knows when it begins", part.number)
    is_repeated = any(part.first(name) for name in ("RRULE", "RDATE"))
    starts = clock.begin(start, is_repeated or bool(others))
    ends = end_of(part, starts, clock)
    is_off = is_off or part.word("STATUS").upper() == "CANCELLED"
    title, is_waiting = texts.title(part, is_off)
    if not title:
        title = tell(_NO_TITLE, frame.lang)
        texts.changes.append(Note("no title", title, part.number))
    notes: list[Note] = []
    where, meeting, reasons = _where(part, texts, frame, notes)
    repeats = repeats_of(part, others, starts, ends, clock, frame.as_of.date(), lambda one: _otherwise(one, part, texts))
    if repeats.starts != starts:
        ends = None if ends is None else repeats.starts + (ends - starts)
        starts = repeats.starts
    if clock.doubts:
        reasons = (*reasons, _NO_HOUR)
    changed = _moment(part, "LAST-MODIFIED", frame.as_of) or _moment(part, "DTSTAMP", frame.as_of)
    published = _moment(part, "CREATED", frame.as_of) or changed
    own = ZoneInfo(clock.zone)
    values: dict[str, Value] = {"title": title}
    if published is None:
        # Without version history, every text needs the day on which it came out.
        notes.append(Note("the calendar does not say since when it is known: since today", "", part.number))
    values["date"] = written(published.astimezone(own)) if published else frame.as_of.date().isoformat()
    if published and changed and changed > published:
        values["updated"] = written(changed.astimezone(own))
    if tags := texts.tags(part, frame.tags):
        values["tags"] = tags
    if reasons:
        values["draft"] = "true"
    values["starts"] = written(starts)
    if ends is not None:
        values["ends"] = written(ends)
    if clock.zone != frame.zone:
        values["timezone"] = clock.zone
    values |= where
    if meeting:
        values["join_url"] = meeting
    values["organisers"] = (_organiser(part, texts, frame),)
    if is_off:
        values["status"] = "postponed" if is_waiting else "cancelled"
        values["status_note"] = tell(_OFF, frame.lang)
        texts.changes.append(Note("it is called off, and nobody says why: a neutral sentence says so", "", part.number))
    elif part.word("STATUS").upper() == "TENTATIVE":
        values["status"] = "tentative"
    if recurrence := repeats.value():
        values["recurrence"] = recurrence
    body = texts.body(part, meeting)
    texts.changes += [Note("it is a draft until an editor has looked at it", str(one), part.number) for one in reasons]
    return Brought(
        uid,
        part.number,
        max(_sequence(one) for one in (part, *others)),
        max(
            (one for one in (changed, *(_moment(one, "LAST-MODIFIED", frame.as_of) for one in others)) if one),
            default=published or _LONG_AGO,
        ),
        title,
        starts,
        ends if ends is not None else starts + timedelta(hours=2 if isinstance(starts, datetime) else 0),
        clock.zone,
        values,
        body,
        reasons,
        [*clock.changes, *texts.changes],
        [*clock.notes, *notes, *(note for one in (part, *others) for note in left_out(one, frame.mask))],
    )


def _where(part: Part, texts: Texts, frame: Frame, notes: list[Note]) -> tuple[dict[str, Value], str, tuple[Said, ...]]:
    """Return mode and venue, the address at which members connect, and why an editor has to look at them."""
    line = part.first("LOCATION")
    written_there = line.text if line else ""
    meeting = meeting_of(part, written_there, texts.description(part)[0], notes)
    if meeting:
        notes.append(
            Note("members connect at an address that is public now; “join_after_registration: true” keeps it back", "", part.number)
        )
    location = without_addresses(written_there) if "://" in written_there else written_there
    location = without_online(location) if meeting else location
    location = texts.masked(location.strip(), line.number if line else 0)
    if is_online(location):
        location = ""
        if not meeting:
            notes.append(Note("it takes place online, and the calendar has no address for it", "", line.number if line else 0))
        return {"mode": "online"}, meeting, ()
    if "://" in written_there and not meeting and line:
        notes.append(Note("an address of the web in the place of a place was left out", "", line.number))
    if not location:
        if meeting:
            return {"mode": "online"}, meeting, ()
        if frame.venue:
            return {"venue": frame.places.get(frame.venue) or {"name": frame.venue}}, "", ()
        # A draft, too, has to say where; nobody sees it before an editor has written the place.
        return {"venue": {"name": tell(_NOWHERE, frame.lang)}}, "", (_NO_PLACE,)
    found: dict[str, Value] = {"mode": "hybrid"} if meeting else {}
    return found | {"venue": venue_of(location, part, frame.places, notes)}, meeting, ()


def _organiser(part: Part, texts: Texts, frame: Frame) -> str:
    """Return who organises: whoever was given, or a name in the calendar that is no address, or the community."""
    line = part.first("ORGANIZER")
    if line is None or frame.is_organiser_given:
        return frame.organiser
    name = " ".join(line.param("CN").split())
    is_name = 1 < len(name) <= 120 and "@" not in name and not frame.mask.of(name)[1] and not re.search(r"\d{6}|://", name)
    # A word in small letters would mean the file of a person.
    if is_name and (name in frame.people or name != slug_of(name)):
        texts.changes.append(Note("the mail address of the organiser was left out, and the name was kept", "", line.number))
        return name
    texts.changes.append(Note("the organiser was left out: only an address tells who it is", "", line.number))
    return frame.organiser


def _otherwise(one: Part, part: Part, texts: Texts) -> str:
    """Return what a single date says otherwise than the event: its title and its place."""
    found = []
    for name in ("SUMMARY", "LOCATION"):
        line = one.first(name)
        if line and one.word(name) and one.word(name) != part.word(name):
            found.append(texts.masked(one.word(name), line.number))
    for name in ("DESCRIPTION", "URL", "CATEGORIES", "CONFERENCE", "GEO"):
        if one.word(name) and one.word(name) != part.word(name):
            texts.changes.append(Note(f"what a single date says in {name} was left out", "", one.number))
    text = " · ".join(found)
    return text if len(text) <= 300 else text[:299].rsplit(" ", 1)[0] + "…"


def _moment(part: Part, name: str, as_of: datetime) -> datetime | None:
    """Return when the calendar says that something happened; nothing that is to come, and no placeholder of a program."""
    try:
        moment = datetime.strptime(part.word(name), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.year >= 1990 and moment <= as_of else None


def _sequence(part: Part) -> int:
    text = part.word("SEQUENCE")
    return min(int(text), 2**31 - 2) if re.fullmatch(r"\d{1,12}", text) else 0
