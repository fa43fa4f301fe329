"""The places that events name → the places of the registry, completed by what they are a part of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from handbill.errors import Problem, Said, said
from handbill.hub.address import slug_of
from handbill.hub.facets import Picture, Place
from handbill.hub.gaps import typed
from handbill.hub.item import Item
from handbill.hub.likeness import Names
from handbill.kinds.venue import answers
from handbill.reading.draft import Draft

#: What a place takes from the one that it is a part of, and an event from the registry, where it does not say otherwise.
_TAKEN = ("street", "postcode", "city", "country", "access", "transport", "contact", "acceslibre")
#: What of it is a text in some language.
_TEXTS = ("access", "transport", "contact")


class Venues:
    """Every place that has a file, by file name and by name."""

    def __init__(self, items: Iterable[Item], maps: Mapping[str, Picture | None], lang: str) -> None:
        """Take all items, the plan that each file of a place names, by source path, and the hub's own language."""
        self._items = [item for item in items if item.kind == "place"]
        self._maps, self._lang = maps, lang
        # By title at last: the name of a file is what messages ask for, and no title takes it from another place.
        named: dict[str, Item] = {}
        for item in sorted(self._items, key=lambda one: (one.lang != lang, one.source)):
            for name in (item.slug, posixpath.basename(item.source).split(".")[0]):
                named.setdefault(name, item)
        for item in self._items:
            named.setdefault(_folded(item.title), item)
        self._named = named
        self._by_group = {(item.group, item.lang): item for item in self._items}
        self._by_id = {item.id: item for item in self._items}

    def of_place(self, item: Item, draft: Draft, problems: list[Problem]) -> Place | None:
        """Return a registered place, with what it takes from its original and from those that it is a part of."""
        place, above, seen, one = self._own(item), list[tuple[str, str]](), {item.group}, item
        while place is not None:
            place = self._translated(place, one, item.lang)
            part_of = self._part_of(one)
            if not part_of:
                break
            upper = self._entry(part_of, item.lang)
            if upper is None or upper.group in seen:
                # A fault further up is told in the file that has it.
                if item.facts.part_of and (one is item or (upper is not None and upper.group == item.group)):
                    problems.append(self._nowhere(item, draft, upper))
                break
            seen.add(upper.group)
            above.append((upper.slug, upper.title))
            place = _completed(place, self._own(upper), item.lang, upper.lang)
            one = upper
        return replace(place, above=tuple(above)) if place is not None else None

    def of_event(
        self, item: Item, draft: Draft, plan: Picture | None, finished: Mapping[str, Place | None], problems: list[Problem]
    ) -> Place | None:
        """Return where an item takes place: what it says itself, and else what the registry knows.

        *finished* are the registered places by source path; *plan* is the one
        that the item names itself.
        """
        own = replace(item.place, map=plan) if item.place and plan else item.place
        venue = draft.values.get("venue") or {}
        written = venue.get("place")
        if own is None or not written:
            return own
        entry = self._entry(written, item.lang)
        if entry is None:
            field = "venue.place" if "venue.place" in draft.places else "venue"
            line, column, width = draft.places.get(field, (1, 1, 0))
            found = said("“{name}”, which is no file of content/places", name=written)
            problems.append(Problem(draft.source, line, column, field, found, self._wanted(written), "HB321", width=width))
            return own
        place = finished.get(entry.source)
        if place is None:
            return own
        whole = _completed(own, place, item.lang, entry.lang)
        if not venue.get("name"):
            tongues = (("name", entry.lang), *whole.tongues) if entry.lang != item.lang else whole.tongues
            whole = replace(whole, name=place.name, tongues=tongues)
        return replace(whole, key=entry.slug, above=place.above)

    def _own(self, item: Item) -> Place | None:
        """Return a registered place as its own file has it."""
        return replace(item.place, map=self._maps.get(item.source), key=item.slug) if item.place else None

    def _translated(self, place: Place, item: Item, lang: str) -> Place:
        """Return the place with what the file that *item* translates says, where it says nothing itself."""
        original = self._original(item)
        return _completed(place, self._own(original), lang, original.lang) if original else place

    def _part_of(self, item: Item) -> str:
        original = self._original(item)
        return str(item.facts.part_of or (original.facts.part_of if original else ""))

    def _original(self, item: Item) -> Item | None:
        return self._by_id.get(item.original) if item.original else None

    def _entry(self, written: str, lang: str) -> Item | None:
        """Return the place that is meant by a file name or a name: in a language, else in the hub's own, else as it was named."""
        named = self._named.get(written) or self._named.get(slug_of(written)) or self._named.get(_folded(written))
        if named is None:
            return None
        return self._by_group.get((named.group, lang)) or self._by_group.get((named.group, self._lang)) or named

    def _nowhere(self, item: Item, draft: Draft, upper: Item | None) -> Problem:
        """Return that a place is a part of nothing that there is, or of itself."""
        part_of = item.facts.part_of
        if upper is None:
            found, wanted = said("“{name}”, which is no file of content/places", name=part_of), self._wanted(part_of, item)
        else:
            is_own = self._entry(part_of, item.lang) is item
            found = said("this place itself") if is_own else said("“{name}”, which is a part of this place itself", name=part_of)
            wanted = said("the place that it lies in, or the line taken out")
        line, column, width = draft.places.get("part_of", (1, 1, 0))
        return Problem(item.source, line, column, "part_of", found, wanted, "HB321", width=width)

    def _wanted(self, written: str, part: Item | None = None) -> Said:
        """Return what to write in place of a name that no place has; *part* is the place that should be a part of it."""
        others = sorted({item.slug for item in self._items if part is None or item.group != part.group})
        near = self._names.near(slug_of(written))
        if near in others:
            return said("“{near}”, perhaps", near=near)
        known = ", ".join(others[:5])
        if part is not None:
            return said("one of {known}", known=known) if known else said("the place that it lies in, or the line taken out")
        once = said("“venue:” alone and below it, two spaces to the right, “name: {name}”", name=written)
        return said("one of {known}, or for a place that is used once {lines}", known=known, lines=once) if known else once

    @cached_property
    def _names(self) -> Names:
        return Names(sorted({item.slug for item in self._items}))


def _folded(name: str) -> str:
    return typed(name).casefold()


def _completed(own: Place, above: Place | None, lang: str, other: str) -> Place:
    """Return a place of an item in *lang* with what another one, in the language *other*, says where it says nothing itself."""
    if above is None:
        return own
    taken = {name: getattr(own, name) or getattr(above, name) for name in _TAKEN}
    tongues, foreign = dict(own.tongues), dict(above.tongues)
    for name in _TEXTS:
        if not getattr(own, name) and getattr(above, name) and (tongue := foreign.get(name, other)) != lang:
            tongues[name] = tongue
    if not own.street or slug_of(own.street) == slug_of(above.street):
        taken["map"] = own.map or above.map
        # Coordinates of another door would lead there.
        if own.latitude is None or own.longitude is None:
            taken |= {"latitude": above.latitude, "longitude": above.longitude}
    known = answers({**dict(above.accessibility), **dict(own.accessibility)})
    return replace(own, accessibility=known, tongues=tuple(sorted(tongues.items())), **taken)
