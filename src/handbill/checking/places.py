"""Places that are written out in events: one that the registry has, one spelled in two ways, one that stands at two points of the map."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import asin, cos, hypot, radians, sin, sqrt

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
#: How far, in metres, two points may be from each other that one address has; a large park is as wide.
FAR = 500


def check_places(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each place of a coming event that is probably another one, known by another spelling or point.

    What is over is left as it was written: nobody goes there by it any more.
    """
    items = sorted((*hub.items, *hub.hidden), key=lambda item: item.source)
    inline = [item for item in items if item.place and item.occurrences and not item.place.key]
    coming = [item for item in inline if any(one.finishes > hub.as_of for one in item.occurrences)]
    known = _Known(item for item in items if item.kind == "place")
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


class _Known:
    """The places of the registry, by what they are called."""

    def __init__(self, entries: Iterable[Item]) -> None:
        self._by_key: dict[str, list[Item]] = defaultdict(list)
        for entry in entries:
            for slug in {slug_of(entry.title), entry.slug}:
                for key in (*_keys(slug), *_doors(_place(entry))):
                    self._by_key[key].append(entry)

    def of(self, item: Item) -> Item | None:
        """Return the place of the registry that an item writes out, in its own language first."""
        here, slug = _place(item), slug_of(_place(item).name)
        near = {entry.id: entry for key in (*_keys(slug), *_doors(here)) for entry in self._by_key.get(key, ())}.values()
        found = [entry for entry in near if entry.place and _may_be_one(here, entry.place) and _is_named(slug, entry, here)]
        return min(found, key=lambda one: (slug not in (slug_of(one.title), one.slug), one.lang != item.lang, one.source), default=None)


def _is_named(slug: str, entry: Item, here: Place) -> bool:
    there = _place(entry)
    return any(slug == name or _is_slip(slug, name, is_same_door=_has_one_door(here, there)) for name in (slug_of(entry.title), entry.slug))


def _spelled_twice(coming: list[Item], inline: list[Item]) -> Iterator[Problem]:
    """Yield a warning for each place whose name is nearly that of one which more events name."""
    used: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in inline:
        used[item.lang][slug_of(_place(item).name)].append(item)
    keys = {lang: _index(names) for lang, names in used.items()}
    for item in coming:
        here, names = _place(item), used[item.lang]
        slug = slug_of(here.name)
        near = {other for key in (*_keys(slug), *_doors(here)) for other in keys[item.lang].get(key, ()) if other != slug}
        more = [
            other
            for other in near
            if (len(names[other]), slug) > (len(names[slug]), other)
            and any(
                _may_be_one(here, _place(one)) and _is_slip(slug, other, is_same_door=_has_one_door(here, _place(one)))
                for one in names[other]
            )
        ]
        if more:
            meant = min(more, key=lambda other: (-len(names[other]), other))
            found = said("“{name}”, a place that no other event has", name=here.name) if len(names[slug]) == 1 else said(
                "“{name}”, which other events spell otherwise", name=here.name
            )  # fmt: skip
            first = names[meant][0]
            wanted = said("“{name}”, as in {file}, perhaps", name=_place(first).name, file=first.source)
            yield at(item, "venue.name", found, wanted, "HB323", Level.WARNING)


def _index(names: Mapping[str, list[Item]]) -> Mapping[str, list[str]]:
    """Return the names by what one slip leaves of them, and by their door."""
    found: dict[str, list[str]] = defaultdict(list)
    for slug, items in sorted(names.items()):
        for key in {*_keys(slug), *(door for item in items for door in _doors(_place(item)))}:
            found[key].append(slug)
    return found


def _apart(items: list[Item], coming: list[Item]) -> Iterator[Problem]:
    """Yield a warning for each place of a coming event far from where others put the same address."""
    points: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for door in _doors(_place(item)) if item.place and _point(item.place) else ():
            points[door].append(item)
    right = {door: _most_trusted(found) for door, found in points.items()}
    for item in coming:
        here = _place(item)
        for there in (right[door] for door in sorted(_doors(here)) if door in right):
            if _point(here) and _has_one_door(here, _place(there)) and (metres := _metres(here, _place(there))) > FAR:
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


def _doors(place: Place) -> set[str]:
    """Return what two places at one address share: street and postcode, or street and town; nothing where either is unknown."""
    return {f"{slug_of(place.street)}/{slug_of(town)}" for town in (place.postcode, place.city) if town and place.street}


def _has_one_door(one: Place, other: Place) -> bool:
    return bool(_doors(one) & _doors(other)) and _may_be_one(one, other)


def _may_be_one(one: Place, other: Place) -> bool:
    """Say whether no line of two places contradicts the other: every town has a town hall."""
    pairs = ((slug_of(getattr(one, name)), slug_of(getattr(other, name))) for name in ("street", "postcode", "city"))
    return all(not left or not right or left == right for left, right in pairs)


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
    """Return what names that differ by one slip have in common: themselves without one of their letters."""
    return {slug, *(slug[:n] + slug[n + 1 :] for n in range(len(slug)))}
