"""Items → the entries by which calendar programs know them, in words of the item's own language.

Knows no file format: :mod:`handbill.outputs.calendars` writes the entries down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from handbill.hub.announced import CLOSES, DRAW, OPENS, RESULTS, SENT
from handbill.hub.facets import OFF, Occurrence
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.ledger import Record
from handbill.hub.pattern import pattern_of
from handbill.outputs.access import access_line
from handbill.outputs.planned import digest
from handbill.outputs.words import Words
from handbill.settings import Settings

#: What programs are told of a standing (RFC 5545, 3.8.1.11); whatever is not here takes place.
STATUS = {"tentative": "TENTATIVE", "cancelled": "CANCELLED", "postponed": "CANCELLED", "void": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT.

    ``ends`` is ``None`` for a moment without length, and the last day itself
    for whole days.  ``rule``, ``excluded`` and ``added`` make a series;
    ``original`` names one date of it that is otherwise.
    """

    uid: str
    sequence: int
    changed: datetime
    title: str
    text: str
    address: str
    starts: datetime | date
    ends: datetime | date | None
    status: str = "CONFIRMED"
    place: str = ""
    position: tuple[float, float] | None = None
    joining: str = ""
    picture: str = ""
    tags: tuple[str, ...] = ()
    is_free: bool = False
    rule: str = ""
    excluded: tuple[datetime | date, ...] = ()
    added: tuple[datetime | date, ...] = ()
    original: datetime | date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """All entries of one UID; equal ``key``, equal entries."""

    key: str
    entries: tuple[Entry, ...]


#: What is said of each moment of something with a deadline.
_AWAITED = {OPENS: "Entries open: {title}", CLOSES: "Entries close: {title}", DRAW: "Draw: {title}", RESULTS: "Results: {title}"}


class Entries:
    """Makes the entries of one hub; *say* gives the words of a language."""

    def __init__(self, hub: Hub, settings: Settings, say: Callable[[str], Words]) -> None:
        self._hub, self._settings, self._say = hub, settings, say
        self._made: dict[str, Event] = {}

    def taking_place(self, item: Item) -> Event:
        """Return an item that takes place, with every date of it that is otherwise than its rule says."""
        return self._once(item.id, lambda record: self._dates(item, record))

    def deadline(self, item: Item) -> tuple[Event, ...]:
        """Return the two moments between which members can take part in something, and those after it that are known."""
        told = self._hub.told.records
        return tuple(
            self._once(item.id + name, partial(self._moment, item, words=words))
            for name, words in _AWAITED.items()
            if item.id + name in told and not told[item.id + name].is_gone
        )

    def letter(self, item: Item) -> Event:
        """Return the sending of a letter; before it is sent, neither its subject nor its address is told."""
        return self._once(item.id + SENT, lambda record: self._sending(item, record))

    def gone(self, name: str) -> Event:
        """Return what is told of an event whose item vanished."""
        return self._once(name, self._calling_off)

    def _once(self, name: str, entries: Callable[[Record], Iterator[Entry]]) -> Event:
        if name not in self._made:
            made = tuple(entries(self._hub.told.records[name]))
            self._made[name] = Event(digest(made), made)
        return self._made[name]

    def _dates(self, item: Item, record: Record) -> Iterator[Entry]:
        first, others = pattern_of(item)
        series = item.series
        main = self._date(item, record, first)
        if series:
            # What is off or otherwise may be so on one date; what the rule is told with holds for all others.
            main = replace(main, rule=series.rule, excluded=series.excluded, added=series.added)
        yield main
        for one in others:
            yield replace(self._date(item, record, one), original=one.original)

    def _date(self, item: Item, record: Record, when: Occurrence) -> Entry:
        place = item.place if when.status != "moved_online" else None
        say = self._say(item.lang)
        return Entry(
            uid=record.uid,
            sequence=record.sequence,
            changed=record.changed,
            title=_mark(when.status, say) + item.title,
            text=_paragraphs(
                *_changes(item, when, say),
                item.summary,
                access_line(place, say) if place and not when.is_off else "",
                _connecting(item, when, say),
            ),
            address=self._settings.absolute(item.address),
            starts=when.starts,
            ends=when.ends,
            status=STATUS.get(when.status, "CONFIRMED"),
            place=place.line if place else "",
            position=(place.latitude, place.longitude) if place and place.latitude is not None and place.longitude is not None else None,
            joining=_joining(item, when),
            picture=self._settings.absolute(item.picture.path) if item.picture else "",
            tags=item.tags,
            is_free=when.all_day,
        )

    def _moment(self, item: Item, record: Record, words: str) -> Iterator[Entry]:
        say, state = self._say(item.lang), record.state
        status = standing if (standing := self._hub.state(item)) in OFF else ""
        yield Entry(
            uid=record.uid,
            sequence=record.sequence,
            changed=record.changed,
            title=_mark(status, say) + say(words, title=item.title),
            text=item.summary,
            address=self._settings.absolute(item.address),
            starts=state.starts,
            ends=None if isinstance(state.ends, datetime) else state.ends,
            status=STATUS.get(status, "CONFIRMED"),
            picture=self._settings.absolute(item.picture.path) if item.picture else "",
            tags=item.tags,
            is_free=True,
        )

    def _sending(self, item: Item, record: Record) -> Iterator[Entry]:
        say, settings = self._say(item.lang), self._settings
        name = self._hub.letters[item.facts.letter]
        is_sent = item.id in self._hub.by_id
        yield Entry(
            uid=record.uid,
            sequence=record.sequence,
            changed=record.changed,
            title=f"{name}, {say('no. {number}', number=item.facts.number)}",
            text=item.title if is_sent else "",
            address=settings.absolute(item.address if is_sent else f"{settings.home(item.lang)}{settings.words['newsletters']}/"),
            starts=record.state.starts,
            ends=None,
            is_free=True,
        )

    def _calling_off(self, record: Record) -> Iterator[Entry]:
        state = record.state
        say = self._say(state.lang)
        ends = None if isinstance(state.starts, datetime) and state.starts == state.ends else state.ends
        yield Entry(
            uid=record.uid,
            sequence=record.sequence,
            changed=record.changed,
            title=_mark("cancelled", say) + state.title,
            text=say("This date has been taken off the agenda."),
            address=self._settings.absolute(f"{self._settings.home(state.lang)}{self._settings.words['events']}/"),
            starts=state.starts,
            ends=ends,
            status="CANCELLED",
            is_free=not isinstance(state.starts, datetime),
        )


_MARKS: Mapping[str, str] = {"cancelled": "Cancelled", "postponed": "Postponed", "void": "Declared void"}


def _mark(status: str, say: Words) -> str:
    return say(_MARKS[status]) + say(": ") if status in _MARKS else ""


def _changes(item: Item, when: Occurrence, say: Words) -> Iterator[str]:
    """Yield what members should know of a date that is not as it was announced, the old date with it."""
    yield when.note
    if when.was:
        yield say("Announced before for:") + " " + ", ".join(say.moment(one.isoformat()) for one in when.was)
    if when.status == "moved_online":
        yield say("Online now, no longer at: {place}", place=item.place.line) if item.place else say("Moved online")
    if when.status == "postponed":
        yield say("There is no new date yet.")


def _connects(item: Item, when: Occurrence) -> bool:
    """Say whether members connect on that date; where others moved online, it is on those alone."""
    if item.online is None or when.is_off:
        return False
    return when.status == "moved_online" or item.place is None or not any(one.status == "moved_online" for one in item.occurrences)


def _joining(item: Item, when: Occurrence) -> str:
    """Return where members connect on that date."""
    return item.online.address if item.online and _connects(item, when) else ""


def _connecting(item: Item, when: Occurrence, say: Words) -> str:
    """Return how members connect: the address, or who gets it where this calendar must not tell it."""
    if address := _joining(item, when):
        return f"{say('Online')}{say(': ')}{address}"
    if item.online is None or not item.online.is_withheld or not _connects(item, when):
        return ""
    if getattr(item.facts, "registration", None):
        return say("Those who sign up get the address to connect.")
    return say("The organisers tell the address to connect.")


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
