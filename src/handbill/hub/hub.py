"""The community as one frozen value: all items, indexed, with the questions that outputs ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeVar

from handbill.hub.address import slug_of
from handbill.hub.announced import MOMENTS, announced
from handbill.hub.facets import OFF, Occurrence, Picture, Place
from handbill.hub.frozen import Frozen
from handbill.hub.item import Item
from handbill.hub.kind import Kind
from handbill.hub.ledger import Ledger
from handbill.hub.period import next_midnight
from handbill.hub.timeline import Timeline

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tag:
    """A subject: its name as first written, and the part of its addresses."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture file and the address that serves ``pieces`` of it (all without any); sides in pixels, ``size`` in bytes."""

    source: str
    address: str
    digest: str
    width: int
    height: int
    is_moving: bool = False
    size: int = 0
    pieces: tuple[tuple[int, int] | bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """An address once published and the id of what answers it (decision 0006)."""

    address: str
    id: str


@dataclass(frozen=True)
class Hub:
    """All that the community publishes, as it stands at the moment ``as_of``.

    ``items`` are those which members may see at ``as_of``, by id; ``hidden``
    are drafts and items whose time has not come.  ``as_of`` carries ``zone``.
    ``host`` is what ids of feeds and events end in; it stays when the hub moves.
    ``ledger`` is what calendars have told so far; ``letters`` names those whose
    sending they tell, ``frozen`` those that were frozen, by the id of their text.
    ``awaited`` are the moments of updates; until then items are without them.
    """

    items: tuple[Item, ...]
    hidden: tuple[Item, ...]
    as_of: datetime
    zone: str
    lang: str
    languages: tuple[str, ...]
    kinds: Mapping[str, Kind]
    media: tuple[Media, ...] = ()
    promises: tuple[Promise, ...] = ()
    host: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    letters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    awaited: tuple[datetime, ...] = ()
    frozen: Mapping[str, Frozen] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def _newest(self) -> tuple[Item, ...]:
        # Sorted once for all that is told in this order: to sort thousands takes longer than to pick from them.
        return tuple(sorted(self.items, key=newest_first))

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Return the visible items by their id."""
        return MappingProxyType({item.id: item for item in self.items})

    @cached_property
    def by_address(self) -> Mapping[str, Item]:
        """Return the visible items by their address."""
        return MappingProxyType({item.address: item for item in self.items})

    @cached_property
    def promised(self) -> frozenset[str]:
        """Return the ids of all that was promised."""
        return frozenset(one.id for one in self.promises)

    @cached_property
    def pictures(self) -> Mapping[str, Media]:
        """Return the pictures by their address."""
        return MappingProxyType({one.address: one for one in self.media})

    def map_of(self, place: Place, lang: str) -> Picture | None:
        """Return the plan of a place: its own, or that of the latest item in that language at the same address."""
        return place.map or self._maps.get(_whereabouts(place, lang))

    @cached_property
    def _maps(self) -> Mapping[tuple[str, ...], Picture]:
        oldest_first = [item for item in reversed(self._newest) if item.place and item.place.map]
        return {_whereabouts(item.place, item.lang): item.place.map for item in oldest_first if item.place and item.place.map}

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Item, ...]]:
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in self._newest:
            groups[item.kind].append(item)
        return {kind: tuple(group) for kind, group in groups.items()}

    @cached_property
    def _translations(self) -> Mapping[str, tuple[Item, ...]]:
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            groups[item.group].append(item)
        order = {lang: n for n, lang in enumerate(self.languages)}
        return {group: tuple(sorted(items, key=lambda item: (order.get(item.lang, 99), item.id))) for group, items in groups.items()}

    def of_kind(self, kind: str, lang: str | None = None) -> tuple[Item, ...]:
        """Return the listed items of a kind, newest first, in one language or in all."""
        return self.once(("kind", kind, lang), lambda: tuple(self.listed(self._by_kind.get(kind, ()), lang)))

    def older(self, item: Item) -> Iterator[Item]:
        """Yield the listed items of the same kind and language that came before, the latest of them first."""
        listed = self.of_kind(item.kind, item.lang)
        places = self.once(("places", item.kind, item.lang), lambda: {one.id: place for place, one in enumerate(listed)})
        return islice(listed, places[item.id] + 1, None) if item.id in places else iter(())

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """Return the answer to a question about the whole hub, which never changes: worked out when it is asked for the first time."""
        if question not in self._answers:
            self._answers[question] = answer()
        found: T = self._answers[question]
        return found

    def listed(self, items: Iterable[Item], lang: str | None = None) -> Iterator[Item]:
        """Yield the items that lists show: without the unlisted, in one language or in all."""
        return (item for item in items if item.is_listed and lang in (None, item.lang))

    @cached_property
    def _dated(self) -> tuple[Item, ...]:
        return tuple(i for i in self._newest if i.published is not None and self.kinds[i.kind].is_dated)

    def dated(self, lang: str | None = None) -> tuple[Item, ...]:
        """Return all listed items that carry a date and belong in feeds, newest first."""
        return self.once(("dated", lang), lambda: tuple(self.listed(self._dated, lang)))

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self.listed(self.items))

    @property
    def calendar(self) -> tuple[tuple[Occurrence, Item], ...]:
        """Return every occurrence of every listed item, in order of time."""
        return self._timeline.pairs

    def upcoming(
        self, limit: int | None = None, lang: str | None = None, at: datetime | None = None, before: datetime | None = None
    ) -> tuple[tuple[Occurrence, Item], ...]:
        """Return what has not finished yet and begins *before*, soonest first; a repeated item once for each occurrence."""
        found = self._timeline.coming(at or self.as_of, before)
        return tuple(islice((pair for pair in found if lang in (None, pair[1].lang)), limit))

    def past(self, lang: str | None = None) -> tuple[tuple[Occurrence, Item], ...]:
        """Return what has finished, latest first."""
        found = [p for p in self.calendar if p[0].finishes <= self.as_of and lang in (None, p[1].lang)]
        return tuple(reversed(found))

    @cached_property
    def told(self) -> Ledger:
        """Return what calendars tell of each event now, with what they have told before."""
        return announced(self.ledger, self.host, self.items, self.hidden, self.as_of, self._closed_early, self.letters)

    @cached_property
    def _closed_early(self) -> frozenset[str]:
        return frozenset(item.id for item in self.items if item.deadline and self.state(item) in OFF)

    @cached_property
    def leaving(self) -> Mapping[str, datetime]:
        """Return from when on each event that was called off is in no calendar to subscribe to, by its id in the ledger."""
        off = {item.id for item in self.items if item.occurrences and all(one.is_off for one in item.occurrences)}
        off |= {name + moment for name in self._closed_early for moment in MOMENTS}
        return {name: record.state.leaves for name, record in self.told.records.items() if record.is_gone or name in off}

    @cached_property
    def _with_deadline(self) -> tuple[Item, ...]:
        found = [item for item in self.items if item.deadline]
        return tuple(sorted(found, key=lambda i: (-i.deadline.closes.timestamp(), i.id)))  # type: ignore[union-attr]

    def with_deadline(self, lang: str | None = None) -> tuple[Item, ...]:
        """Return listed items with a deadline, the one that closes last first."""
        return tuple(self.listed(self._with_deadline, lang))

    def open(self, lang: str | None = None, at: datetime | None = None) -> tuple[Item, ...]:
        """Return what members can take part in at that moment, the one that closes first first."""
        at = at or self.as_of
        found = [i for i in self.with_deadline(lang) if self.state(i, at) == "open"]
        return tuple(sorted(found, key=lambda i: (i.deadline.closes, i.id)))  # type: ignore[union-attr]

    def state(self, item: Item, at: datetime | None = None) -> str:
        """Return the word for how an item stands at that moment, as its kind says."""
        return self.kinds[item.kind].state(item, at or self.as_of)

    def translations(self, item: Item) -> tuple[Item, ...]:
        """Return the item and its translations, in the order of the hub's languages."""
        return self._translations[item.group]

    def best(self, item: Item) -> Item:
        """Return the one of an item's translations that stands for all: in the hub's own language if there is one."""
        return next(self.listed(self.translations(item)))

    @cached_property
    def tags(self) -> Mapping[str, Tag]:
        """Return every tag in use by its slug; the spelling of the oldest item is the name."""
        found: dict[str, Tag] = {}
        for item in reversed(self._newest):
            for name in item.tags:
                slug = slug_of(name)
                found.setdefault(slug, Tag(name, slug))
        return MappingProxyType(dict(sorted(found.items())))

    @cached_property
    def _tagged(self) -> Mapping[str, tuple[Item, ...]]:
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in self._newest:
            for slug in dict.fromkeys(slug_of(name) for name in item.tags):
                groups[slug].append(item)
        return {slug: tuple(group) for slug, group in groups.items()}

    def tagged(self, slug: str, lang: str | None = None) -> tuple[Item, ...]:
        """Return the listed items that carry the tag, newest first."""
        return self.once(("tag", slug, lang), lambda: tuple(self.listed(self._tagged.get(slug, ()), lang)))

    @cached_property
    def _contributions(self) -> Mapping[str, tuple[Item, ...]]:
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in self._newest:
            for person in dict.fromkeys(credit.person for credit in item.credits if credit.person):
                groups[person].append(item)
        return {person: tuple(group) for person, group in groups.items()}

    def contributions(self, person: str, lang: str | None = None) -> tuple[Item, ...]:
        """Return the listed items in which the person of that slug has a part, newest first."""
        return tuple(self.listed(self._contributions.get(person, ()), lang))

    def person(self, slug: str, lang: str | None = None) -> Item | None:
        """Return the person of that slug, in the language asked for where it exists."""
        return self._people.get((slug, lang or self.lang)) or self._people.get((slug, self.lang))

    @cached_property
    def _people(self) -> Mapping[tuple[str, str], Item]:
        return {(item.slug, item.lang): item for item in self.items if item.kind == "person"}

    def stays_until(self) -> datetime:
        """Return the next instant at which any output may differ although no file changes.

        That is the next thing to be published, to begin, to end, to open or to
        close, and at the latest the next midnight, because days are counted.
        """
        instants = [next_midnight(self.as_of, self.zone), *self.awaited]
        for item in (*self.items, *self.hidden):
            if item.published:
                instants.append(item.published)
            if item.deadline:
                instants += [item.deadline.opens, item.deadline.closes]
            for when in item.occurrences:
                instants += [when.begins, when.finishes]
            instants += getattr(item.facts, "instants", ())
        instants += self.leaving.values()
        horizon = self.as_of + timedelta(days=2)
        return min(moment for moment in instants if self.as_of < moment < horizon)


def _whereabouts(place: Place, lang: str) -> tuple[str, ...]:
    """Return what two places share that one plan serves; it is described in one language."""
    door = (place.street, place.postcode) if place.street else (place.name,)
    return (lang, *(slug_of(part) for part in (*door, place.city)))


def newest_first(item: Item) -> tuple[float, str]:
    """Return the sorting key of lists: the latest publication first, then by id."""
    return (-item.published.timestamp() if item.published else 0.0, item.id)
