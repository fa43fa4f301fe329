"""A letter and the hub → what each of its sections shows, as things stood when it was sent.

The moment is the letter's own date, never the build's, so a letter keeps
saying what it said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handbill.hub.address import slug_of
from handbill.hub.changed import changed_between, changes_of, is_changed, matters_from
from handbill.hub.facets import instant
from handbill.kinds.contest_news import contests_of
from handbill.kinds.news import news
from handbill.kinds.query import AHEAD, Query

if TYPE_CHECKING:
    from handbill.hub.facets import Occurrence
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item
    from handbill.kinds.query import Sponsor

#: The window in which a letter is taken to have told of an event, where its own text does not say.
_AHEAD = timedelta(days=AHEAD)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a section shows.

    ``when`` is the one of its dates that is the point, ``also`` are later ones
    of which the same is to be said; ``note`` is said instead of its summary.
    """

    item: Item
    when: Occurrence | None = None
    also: tuple[Occurrence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """An automatic part of a letter: what it was asked for, and what was found.  A sponsor's has no entries."""

    query: Query
    entries: tuple[Entry, ...]

    @property
    def is_shown(self) -> bool:
        """Say whether readers see it: what found nothing is left out of a letter."""
        return bool(self.entries) or self.query.sponsor is not None

    @property
    def name(self) -> str:
        """Return what sort of things it shows."""
        return self.query.show

    @property
    def sponsor(self) -> Sponsor | None:
        """Return who supports the letter, where the section says so."""
        return self.query.sponsor


def sections(item: Item, hub: Hub) -> tuple[Section, ...]:
    """Return what the letter's queries choose, those in its text first; those that find nothing are left out."""
    return tuple(one for one in asked(item, hub) if one.is_shown)


def asked(item: Item, hub: Hub) -> tuple[Section, ...]:
    """Return a section for each of the letter's queries, in their order, also where it finds nothing.

    What one section shows, no later one shows again; a section to which an
    editor pinned something comes before those that would choose it by themselves.
    A date that is off stands among the changes alone, if it stands there; one
    that has moved stands at its new place as well.  Dates are in the letter's
    language, or else in the best there is.
    """
    choice = _Choice(item, hub)
    return tuple(Section(query, choice.of(query)) for query in item.facts.queries)


@dataclass(slots=True)
class _Choice:
    """The choices of one letter, made one after the other."""

    letter: Item
    hub: Hub
    at: datetime = field(init=False)
    _changed: tuple[Entry, ...] = field(init=False, default=())
    _taken: set[tuple[str, object]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        assert self.letter.published is not None
        self.at = self.letter.published
        for query in self.letter.facts.queries:
            # Where it is pinned it stands, even if an earlier section would have chosen it.
            self._taken |= {(one.id, "pinned") for one in self._named(query.pins)}
        if any(query.show == "changes" for query in self.letter.facts.queries):
            self._changed = tuple(self._changes())
            dates = ((one.item.id, when) for one in self._changed for when in (one.when, *one.also))
            self._taken |= {(name, when.starts) for name, when in dates if when and when.is_off}

    def of(self, query: Query) -> tuple[Entry, ...]:
        """Return the entries of a query."""
        if query.show == "sponsor":
            return ()
        if query.show == "changes":
            # It is not cut short: whoever is not told comes in vain.
            return self._changed
        pinned = [self._pinned(one) for one in self._named(query.pins)]
        excluded = {one.id for one in self._named(query.excluded)}
        chosen = list(pinned)
        for entry in _CHOOSE[query.show](self, query):
            if len(chosen) >= query.limit:
                break
            if entry.item.id not in excluded and self._is_free(entry) and _has_tag(entry.item, query.tags):
                chosen.append(entry)
        self._taken |= {(one.item.id, one.when and one.when.starts) for one in chosen}
        return tuple(chosen)

    def _is_free(self, entry: Entry) -> bool:
        return (entry.item.id, "pinned") not in self._taken and (entry.item.id, entry.when and entry.when.starts) not in self._taken

    def _speaks(self, item: Item) -> bool:
        """Say whether readers are told of an item in this language: it was there, in theirs or in the best that there was."""
        if item.lang == self.letter.lang or len(self.hub.languages) == 1:
            return _known(item, self.at)
        there = [one for one in self.hub.listed(self.hub.translations(item)) if _known(one, self.at)]
        return item in there[:1] and all(one.lang != self.letter.lang for one in there)

    def _named(self, numbers: Iterable[int]) -> Iterator[Item]:
        for number in numbers:
            found = self.hub.by_address.get(self.letter.body.links[number].partition("#")[0])
            if found is not None and _known(found, self.at):
                yield found

    def _pinned(self, item: Item) -> Entry:
        coming = [when for when in item.occurrences if when.finishes > self.at]
        return Entry(item, min(coming, key=lambda when: when.begins) if coming else item.occurrences[-1] if item.occurrences else None)

    def _start(self, query: Query) -> datetime:
        since = query.since or self.letter.facts.since
        return instant(since, self.hub.zone) if since else previous(self.letter, self.hub)

    def _events(self, query: Query) -> Iterator[Entry]:
        """Yield what comes; a series of which all the rest is off stands there once, not at each of its dates."""
        over: set[str] = set()
        for when, other in self.hub.upcoming(at=self.at, before=self.at + timedelta(days=query.ahead)):
            if not self._speaks(other) or other.id in over or (query.venue and (not other.place or other.place.slug != query.venue)):
                continue
            rest = self._rest(other, when) if when.is_off else ()
            if rest:
                over.add(other.id)
            yield Entry(other, when, rest)

    def _rest(self, item: Item, when: Occurrence) -> tuple[Occurrence, ...]:
        """Return the other dates to come of an item of which one is off, if the same is to be said of all of them."""
        rest = tuple(one for one in item.occurrences if one.finishes > self.at and one is not when)
        return rest if all((one.status, one.note) == (when.status, when.note) for one in rest) else ()

    def _posts(self, query: Query) -> Iterator[Entry]:
        told = {one.item.id for one in self._recaps(query)} if any(one.show == "recaps" for one in self.letter.facts.queries) else set()
        for other in self._fresh(query):
            if not other.occurrences and not other.deadline and other.kind != self.letter.kind and other.id not in told:
                yield Entry(other)

    def _contests(self, query: Query) -> Iterator[Entry]:
        return (Entry(one) for one in contests_of(self.hub, self._start(query), self.at) if self._speaks(one))

    def _recaps(self, query: Query) -> Iterator[Entry]:
        reports = self.hub.once("reports", lambda: reported(self.hub))
        return (Entry(one) for one in self._fresh(query) if one.group in reports)

    def _people(self, query: Query) -> Iterator[Entry]:
        people = sorted({credit.person for one in self._fresh(query) for credit in one.credits if credit.person})
        cards = (self.hub.person(person, self.letter.lang) for person in people)
        return (Entry(one) for one in cards if one is not None and one.is_listed)

    def _corrections(self, query: Query) -> Iterator[Entry]:
        """Yield what was put right in earlier letters, the newest first."""
        start = self._start(query)
        told = [
            (one.date, Entry(other, note=one.text))
            for other in self.hub.older(self.letter)
            if other.facts.letter == self.letter.facts.letter
            for one in other.facts.corrections
            if start <= instant(one.date, self.hub.zone) + timedelta(days=1) and instant(one.date, self.hub.zone) <= self.at
        ]
        return (entry for _, entry in sorted(told, key=lambda one: (one[0], one[1].item.id), reverse=True))

    def _changes(self) -> list[Entry]:
        """Return what an earlier letter announced and was called off or moved since: what matters soonest first."""
        letter, at, zone = self.letter, self.at, self.hub.zone
        start = self._start(Query("changes"))
        earlier = [one for one in self.hub.older(letter) if one.facts.letter == letter.facts.letter]
        unwritten = _Unwritten([one for one in earlier if one.id not in self.hub.frozen], self.hub)
        found: list[Entry] = []
        for other in self.hub.once("changed dates", lambda: _changed(self.hub)):
            if self._speaks(other):
                is_new = changed_between(other, start, at)
                for when, rest in changes_of(other, at, zone):
                    is_guessed = is_new and unwritten.announced(other, when)
                    if dates := news(other, (when, *rest), earlier, self.hub, is_guessed):
                        found.append(Entry(other, dates[0], dates[1:]))

        def urgency(one: Entry) -> tuple[datetime, datetime, str]:
            assert one.when is not None
            return matters_from(one.when, at, zone), one.when.begins, one.item.id

        return sorted(found, key=urgency)

    def _fresh(self, query: Query) -> Iterator[Item]:
        """Yield what was published from the start of the letter's news until before it, newest first, without the letter itself."""
        start = self._start(query)
        for other in self.hub.dated(self.letter.lang):
            assert other.published is not None
            if other.published < start:
                return
            if other.published < self.at and other.group != self.letter.group:
                yield other


def reported(hub: Hub) -> dict[str, Item]:
    """Return the event that each report tells of, by what the report and its translations have in common."""
    told = {one.facts.recap: one for one in hub.items if getattr(one.facts, "recap", "")}
    return {one.group: told[one.address] for one in hub.items if one.address in told}


_CHOOSE: dict[str, Callable[[_Choice, Query], Iterator[Entry]]] = {
    "events": _Choice._events,
    "posts": _Choice._posts,
    "contests": _Choice._contests,
    "recaps": _Choice._recaps,
    "people": _Choice._people,
    "corrections": _Choice._corrections,
}


def _has_tag(item: Item, tags: tuple[str, ...]) -> bool:
    return not tags or not {slug_of(tag) for tag in tags}.isdisjoint(slug_of(tag) for tag in item.tags)


def _changed(hub: Hub) -> tuple[Item, ...]:
    """Return the listed items of which some date is not as it was announced."""
    return tuple(one for one in hub.listed(hub.items) if any(is_changed(when) for when in one.occurrences))


class _Unwritten:
    """What letters that were never frozen may have announced: among the dates to come, as they were then, or by a link in their text."""

    def __init__(self, letters: Iterable[Item], hub: Hub) -> None:
        #: By the address to which it leads, when the last of them was sent; and when each was sent that told of dates.
        self._linked: dict[str, datetime] = {}
        self._sent: list[datetime] = []
        for letter in sorted(letters, key=lambda one: (one.published, one.id)):
            assert letter.published is not None
            addresses, has_dates = hub.once(f"told by {letter.id}", lambda one=letter: _told_by(one))  # type: ignore[misc]
            self._linked |= dict.fromkeys(addresses, letter.published)
            if has_dates:
                self._sent.append(letter.published)

    def announced(self, item: Item, when: Occurrence) -> bool:
        """Say whether one of them told of a date."""
        linked = self._linked.get(item.address)
        if linked is not None and _known(item, linked):
            return True
        for start in (when.original or when.starts, when.starts, *when.was):
            moment = instant(start, when.zone)
            place = bisect_right(self._sent, moment)
            # The last letter before the date is the one that most likely knew of it.
            if place and moment < self._sent[place - 1] + _AHEAD and _known(item, self._sent[place - 1]):
                return True
        return False


def _told_by(letter: Item) -> tuple[frozenset[str], bool]:
    """Return where the text of a letter leads, and whether it tells of dates to come."""
    queries = letter.facts.queries
    excluded = {number for one in queries for number in one.excluded}
    links = (link.partition("#")[0] for number, link in enumerate(letter.body.links) if number not in excluded)
    return frozenset(links), any(one.show == "events" for one in queries)


def _known(item: Item, at: datetime) -> bool:
    return item.published is None or item.published <= at


def previous(item: Item, hub: Hub) -> datetime:
    """Return when the letter before was sent; for a first one, a month before its own date."""
    assert item.published is not None
    for other in hub.older(item):
        if other.facts.letter == item.facts.letter and other.published:
            return other.published
    return item.published - timedelta(days=31)
