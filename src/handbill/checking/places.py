"""Places that are written out in events: one that the registry has, one spelled in two ways, one that stands at two points of the map."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import asin, cos, hypot, radians, sin, sqrt
from typing import NamedTuple

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.address import slug_of
from handbill.hub.facets import Place
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import is_slip, likeness

#: In shorter words another letter makes another word too often: “hall” and “ball” are two places.
_SHORTEST, _SHORTEST_EXCHANGED = 5, 7
#: How much alike the names of two places at one door must be to be one place.
_ALIKE = 0.85
#: With more names at one door than this it is a house of many rooms, where only a slip is a slip.
_MOST_ROOMS = 40
#: How far, in metres, two points may be from each other that one address has; a large park is as wide.
FAR = 500


def check_places(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each place of a coming event that is probably another one, known by another spelling or point.

    What is over is left as it was written: nobody goes there by it any more.
    """
    items = sorted((*hub.items, *hub.hidden), key=lambda item: item.source)
    inline = [item for item in items if item.place and item.occurrences and not item.place.key]
    coming = [item for item in inline if any(one.finishes > hub.as_of for one in item.occurrences)]
    known = _Known([item for item in items if item.kind == "place"])
    told = set()
    for item in coming:
        if entry := known.of(item):
            told.add(item.id)
            found = said("“{name}”, which {file} describes", name=_place(item).name, file=entry.source)
            wanted = said("“venue: {slug}”, or the town if it is another place of that name", slug=entry.slug)
            yield at(item, "venue.name", found, wanted, "HB322", Level.WARNING)
    yield from _spelled_twice([item for item in coming if item.id not in told], inline)
    yield from _apart(items, coming)


def _place(item: Item) -> Place:
    assert item.place is not None
    return item.place


class _Spelling(NamedTuple):
    """How a place is written, without what nobody hears; a thousand events share one."""

    slug: str
    street: str
    postcode: str
    city: str

    @property
    def doors(self) -> frozenset[str]:
        """Return what two places at one address share: street and postcode, or street and town; nothing where either is unknown."""
        return frozenset(f"{self.street}/{town}" for town in (self.postcode, self.city) if town and self.street)

    def may_be(self, other: _Spelling) -> bool:
        """Say whether no line of two places contradicts the other: every town has a town hall."""
        return all(not left or not right or left == right for left, right in zip(self[1:], other[1:], strict=True))

    def has_door_of(self, other: _Spelling) -> bool:
        """Say whether two places are at one address."""
        return bool(self.doors & other.doors) and self.may_be(other)

    def is_meant_for(self, other: _Spelling) -> bool:
        """Say whether two places are probably one whose name was misspelt."""
        return self.may_be(other) and _is_slip(self.slug, other.slug, is_same_door=self.has_door_of(other))


class _Spellings:
    """The spelling of each place, worked out once for all that are written alike."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], _Spelling] = {}

    def of(self, place: Place, name: str = "") -> _Spelling:
        """Return how a place is written, under its own name or another."""
        written = (name or place.name, place.street, place.postcode, place.city)
        if written not in self._made:
            self._made[written] = _Spelling(*(slug_of(part) for part in written))
        return self._made[written]


class _Known:
    """The places of the registry, by what they are called."""

    def __init__(self, entries: list[Item]) -> None:
        self._spellings = _Spellings()
        self._by_key: dict[str, list[tuple[_Spelling, Item]]] = defaultdict(list)
        self._answers: dict[tuple[_Spelling, str], Item | None] = {}
        for entry in entries:
            for name in {entry.title, entry.slug}:
                spelling = self._spellings.of(_place(entry), name)
                for key in (*_keys(spelling.slug), *spelling.doors):
                    self._by_key[key].append((spelling, entry))

    def of(self, item: Item) -> Item | None:
        """Return the place of the registry that an item writes out, in its own language first."""
        here = self._spellings.of(_place(item))
        if (here, item.lang) not in self._answers:
            self._answers[here, item.lang] = self._found(here, item.lang)
        return self._answers[here, item.lang]

    def _found(self, here: _Spelling, lang: str) -> Item | None:
        near = [pair for key in (*_keys(here.slug), *here.doors) for pair in self._by_key.get(key, ())]
        meant = [(there, one) for there, one in near if (here.may_be(there) and here.slug == there.slug) or here.is_meant_for(there)]
        best = min(meant, key=lambda pair: (pair[0].slug != here.slug, pair[1].lang != lang, pair[1].source), default=None)
        return best[1] if best else None


def _spelled_twice(coming: list[Item], inline: list[Item]) -> Iterator[Problem]:
    """Yield a warning for each place whose name is nearly that of one which more events name."""
    spellings = _Spellings()
    used: dict[str, dict[_Spelling, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in inline:
        used[item.lang][spellings.of(_place(item))].append(item)
    for lang in sorted(used):
        meant = _meant(used[lang])
        counts = Counter(one.slug for one, items in used[lang].items() for _ in items)
        for item in coming:
            here = spellings.of(_place(item))
            if item.lang == lang and here in meant:
                name, first = _place(item).name, used[lang][meant[here]][0]
                if counts[here.slug] == 1:
                    found = said("“{name}”, a place that no other event has", name=name)
                else:
                    found = said("“{name}”, which other events spell otherwise", name=name)
                wanted = said("“{name}”, as in {file}, perhaps", name=_place(first).name, file=first.source)
                yield at(item, "venue.name", found, wanted, "HB323", Level.WARNING)


def _meant(used: Mapping[_Spelling, list[Item]]) -> Mapping[_Spelling, _Spelling]:
    """Return for each spelling that is probably a slip the one that more events have."""
    counts = Counter(one.slug for one, items in used.items() for _ in items)
    by_key: dict[str, list[_Spelling]] = defaultdict(list)
    for one in sorted(used):
        for key in (*_keys(one.slug), *one.doors):
            by_key[key].append(one)
    found = {}
    for here in sorted(used):
        doors = [door for door in here.doors if len(by_key[door]) <= _MOST_ROOMS]
        near = {other for key in (*_keys(here.slug), *doors) for other in by_key[key] if other.slug != here.slug}
        more = [one for one in near if (counts[one.slug], here.slug) > (counts[here.slug], one.slug) and here.is_meant_for(one)]
        if more:
            found[here] = min(more, key=lambda one: (-counts[one.slug], one))
    return found


def _apart(items: list[Item], coming: list[Item]) -> Iterator[Problem]:
    """Yield a warning for each place of a coming event far from where others put the same address."""
    spellings = _Spellings()
    points: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for door in spellings.of(_place(item)).doors if item.place and _point(item.place) else ():
            points[door].append(item)
    right = {door: _most_trusted(found) for door, found in points.items()}
    for item in coming:
        here = _place(item)
        for there in (right[door] for door in sorted(spellings.of(here).doors) if door in right):
            if (
                _point(here)
                and spellings.of(here).has_door_of(spellings.of(_place(there)))
                and (metres := _metres(here, _place(there))) > FAR
            ):
                found = said("a point {metres} m from where {file} puts that address", metres=100 * round(metres / 100), file=there.source)
                wanted = said("the same point in both, or another street")
                yield at(item, "venue.latitude", found, wanted, "HB323", Level.WARNING)
                break


def _most_trusted(items: list[Item]) -> Item:
    """Return the one that says where a door is: the registry, else what most say, and of as many the first file."""
    counts = Counter(_point(_place(one)) for one in items)
    return min(items, key=lambda one: (not _place(one).key, -counts[_point(_place(one))], one.source))


def _point(place: Place) -> tuple[float, float] | None:
    return (place.latitude, place.longitude) if place.latitude is not None and place.longitude is not None else None


def _metres(one: Place, other: Place) -> float:
    """Return how far two places are from each other, on a ball as large as the Earth."""
    (north, east), (to_north, to_east) = (tuple(map(radians, _point(place) or (0.0, 0.0))) for place in (one, other))
    half = hypot(sin((to_north - north) / 2), sqrt(max(0.0, cos(north) * cos(to_north))) * sin((to_east - east) / 2))
    return 2 * 6_371_000 * asin(min(1.0, half))


def _is_slip(slug: str, other: str, *, is_same_door: bool) -> bool:
    """Say whether two names are probably one; “room 1” and “room 2”, “hall A” and “hall B” are not."""
    words, others = slug.split("-"), other.split("-")
    apart = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if re.findall(r"\d+", slug) != re.findall(r"\d+", other) or any(len(word) < 2 for pair in apart for word in pair):
        return False
    if is_same_door:
        return is_slip(slug, other) or (len(words) == len(others) and likeness(slug, other) >= _ALIKE)
    if not is_slip(slug, other):
        return False
    # One word more, or two that were written as one.
    longest = max((max(len(left), len(right)) for left, right in apart), default=0) if len(words) == len(others) else len(slug)
    return longest >= (_SHORTEST_EXCHANGED if len(slug) == len(other) else _SHORTEST)


def _keys(slug: str) -> set[str]:
    """Return what names that differ by one slip have in common: their numbers, and themselves without one of their letters."""
    numbers = "/".join(re.findall(r"\d+", slug))
    return {f"{numbers} {slug}", *(f"{numbers} {slug[:n]}{slug[n + 1 :]}" for n in range(len(slug)) if not slug[n].isdigit())}
