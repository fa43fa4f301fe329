"""The places that events name → the places of the registry, completed by what they are a part of."""

from __future__ import annotations

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
_TAKEN = ("street", "postcode", "city", "country", "access", "transport", "contact", "acceslibre", "map")


class Venues:
    """Every place that has a file, by file name and by name."""

    def __init__(self, items: Iterable[Item], maps: Mapping[str, Picture | None], lang: str) -> None:
        """Take all items, the plan that each file of a place names, by source path, and the hub's own language."""
        self._items = [item for item in items if item.kind == "place"]
        self._maps, self._lang = maps, lang
        self._by_slug = {(item.slug, item.lang): item for item in self._items}
        self._by_name = {typed(item.title).casefold(): item.slug for item in self._items}

    def of_place(self, item: Item, draft: Draft, problems: list[Problem]) -> Place | None:
        """Return a registered place, with what it takes from those that it is a part of."""
        seen, place, part_of = {item.slug}, self._own(item), item.facts.part_of
        while part_of and place:
            slug = self._slug(part_of)
            above = self._in(slug, item.lang)
            if above is None or slug in seen:
                if above is None:
                    found, wanted = said("“{name}”, which is no file of content/places", name=part_of), self._wanted(part_of)
                else:
                    found = said("“{name}”, which is a part of this place itself", name=part_of)
                    wanted = said("the place that it lies in, or the line taken out")
                line, column, width = draft.places.get("part_of", (1, 1, 0))
                # A fault further up is told in the file that has it.
                if part_of == item.facts.part_of or slug == item.slug:
                    problems.append(Problem(item.source, line, column, "part_of", found, wanted, "HB321", width=width))
                break
            seen.add(slug)
            place = _completed(place, self._own(above))
            part_of = above.facts.part_of
        return place

    def of_event(
        self, item: Item, draft: Draft, plan: Picture | None, finished: Mapping[str, Place | None], problems: list[Problem]
    ) -> Place | None:
        """Return where an item takes place: what it says itself, and else what the registry knows.

        *finished* are the registered places by source path; *plan* is the one
        that the item names itself.
        """
        own = replace(item.place, map=plan) if item.place and plan else item.place
        written = (draft.values.get("venue") or {}).get("place")
        if own is None or not written:
            return own
        entry = self._in(self._slug(written), item.lang)
        if entry is None:
            field = "venue.place" if "venue.place" in draft.places else "venue"
            line, column, width = draft.places.get(field, (1, 1, 0))
            found = said("“{name}”, which is no file of content/places", name=written)
            problems.append(Problem(draft.source, line, column, field, found, self._wanted(written), "HB321", width=width))
            return own
        place = finished.get(entry.source) or self._own(entry)
        name = (draft.values["venue"] or {}).get("name") or (place.name if place else written)
        return replace(_completed(own, place), name=name, key=entry.slug)

    def _own(self, item: Item) -> Place | None:
        """Return a registered place as its own file has it."""
        return replace(item.place, map=self._maps.get(item.source), key=item.slug) if item.place else None

    def _slug(self, written: str) -> str:
        """Return the slug that is meant by a file name or a name."""
        return self._by_name.get(typed(written).casefold(), written)

    def _in(self, slug: str, lang: str) -> Item | None:
        """Return the place of that slug in a language, else in the hub's own, else in any."""
        near = (self._by_slug.get((slug, one)) for one in (lang, self._lang))
        return next((one for one in (*near, *(item for item in self._items if item.slug == slug)) if one), None)

    def _wanted(self, written: str) -> Said:
        near = self._names.near(slug_of(written))
        slug = near if any(item.slug == near for item in self._items) else ""
        if slug:
            return said("“{near}”, perhaps", near=slug)
        known = ", ".join(sorted({item.slug for item in self._items})[:5])
        once = said("“venue:” alone and below it, two spaces to the right, “name: {name}”", name=written)
        return said("one of {known}, or for a place that is used once {lines}", known=known, lines=once) if known else once

    @cached_property
    def _names(self) -> Names:
        return Names(sorted({item.slug for item in self._items}))


def _completed(own: Place, above: Place | None) -> Place:
    """Return a place with what another one says where it says nothing itself."""
    if above is None:
        return own
    taken = {name: getattr(own, name) or getattr(above, name) for name in _TAKEN}
    if own.latitude is None or own.longitude is None:
        taken |= {"latitude": above.latitude, "longitude": above.longitude}
    return replace(own, accessibility=answers({**dict(above.accessibility), **dict(own.accessibility)}), **taken)
