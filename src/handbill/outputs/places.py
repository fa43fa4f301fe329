"""The hub → its places: the list of all, and a page for each with what is known of it and what takes place there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from handbill.hub.facets import Occurrence, Place
from handbill.hub.hub import newest_first
from handbill.hub.item import Item
from handbill.kinds.venue import told_of
from handbill.outputs.agenda import coming_by_month, first_of_each
from handbill.outputs.bodies import placed
from handbill.outputs.edition import Edition
from handbill.outputs.list_views import PlacePage, PlaceRow, PlacesPage
from handbill.outputs.maps import on_map
from handbill.outputs.place_names import moved_places, place_address
from handbill.outputs.sheet import Sheet, moved
from handbill.outputs.social import card_of
from handbill.outputs.subscriptions import promised
from handbill.outputs.translated import alternates, untranslated
from handbill.outputs.views import Card, Page, To

#: How much of what was a page lists; the years have the rest.
MOST_PAST = 24


def places(edition: Edition) -> Iterator[Sheet]:
    """Yield the list of places and the page of each, also of one where nothing takes place any more but that was promised.

    The page of a place of the registry is promised to its item, as that of any
    item; what its name was before leads there.
    """
    room = _Places(edition)
    yield Sheet(edition.at("places"), room.all, (), f"list:{edition.lang}:places")
    for item in edition.hub.of_kind("place", edition.lang):
        yield Sheet(item.address, partial(room.page, item.slug), (item.source,), item.id)
    away = moved_places(edition.hub, edition.settings, edition.lang)
    answered = _answered_by_items(edition)
    for slug in sorted({*room.known, *promised(edition.hub, "place", edition.lang)} - room.registered.keys()):
        address = f"{edition.at('places')}{slug}/"
        if address in answered or (slug not in room.known and address in edition.settings.gone):
            continue
        if slug in away and slug not in room.known:
            yield moved(address, away[slug], edition.settings)
        else:
            yield Sheet(address, partial(room.page, slug), (), f"place:{edition.lang}:{slug}")


def _answered_by_items(edition: Edition) -> set[str]:
    """Return the addresses from which an item leads to its own: a place by an alias, any because it was there before."""
    hub = edition.hub
    found = {alias.rstrip("/") + "/" for item in hub.items if item.is_listed and item.kind == "place" for alias in item.aliases}
    for one in hub.promises:
        item = hub.by_id.get(one.id)
        if item is not None and item.is_listed and item.address != one.address:
            found.add(one.address)
    return found


class _Places:
    """The places of one language, looked through once for all their pages."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    @cached_property
    def registered(self) -> Mapping[str, Item]:
        """Return the places that have a file in this language, by slug."""
        return {item.slug: item for item in reversed(self._edition.hub.of_kind("place", self._edition.lang))}

    @cached_property
    def _elsewhere(self) -> Mapping[str, Item]:
        """Return the places that have a file in another language, by slug; the hub's own language first."""
        order = {lang: n for n, lang in enumerate(self._edition.hub.languages)}
        found: dict[str, Item] = {}
        for item in sorted(self._edition.hub.of_kind("place"), key=lambda one: (order.get(one.lang, 99), one.id)):
            found.setdefault(item.slug, item)
        return found

    @cached_property
    def known(self) -> Mapping[str, Place]:
        """Return the places by slug: those of the registry, and the others as the event published last describes them."""
        hub = self._edition.hub
        found = {slug: item.place for slug, item in self.registered.items() if item.place}
        held = [item for item in hub.listed(hub.items, self._edition.lang) if item.place and item.occurrences]
        for item in sorted(held, key=newest_first):
            if item.place and item.place.slug:
                entry = self._elsewhere.get(item.place.key)
                # An event may have been in one of its rooms, and have had its own word on access.
                whole = _abroad(entry, entry.place, item.lang) if entry and entry.place else replace(item.place, room="")
                found.setdefault(whole.slug, whole)
        return dict(sorted(found.items(), key=lambda pair: (*reversed(pair[1].slugs), "")))

    @cached_property
    def _times(self) -> Mapping[str, list[tuple[Occurrence, Item]]]:
        """Return what takes place in each and in its parts, in order of time."""
        found: dict[str, list[tuple[Occurrence, Item]]] = defaultdict(list)
        for when, item in self._edition.hub.calendar:
            if item.place and item.lang == self._edition.lang:
                for slug in item.place.slugs:
                    found[slug].append((when, item))
        return found

    def _coming(self, slug: str) -> list[tuple[Occurrence, Item]]:
        return [pair for pair in self._times.get(slug, ()) if pair[0].finishes > self._edition.hub.as_of]

    def all(self) -> PlacesPage:
        """Return the list of all places, each part below what it is a part of."""
        edition = self._edition
        page = edition.head("places.html", edition.say("Places"), edition.at("places"), edition.settings.words["places"] + "/")
        return PlacesPage(page, tuple(self._row(slug, place) for slug, place in self.known.items()))

    def _row(self, slug: str, place: Place) -> PlaceRow:
        coming = sum(not when.is_off for when, _ in self._coming(slug))
        return PlaceRow(self._to(slug, place.name), place.address, coming, told_of(place) or {})

    def _to(self, slug: str, name: str) -> To:
        return To(name, self._edition.local(place_address(slug, self._edition.lang, self._edition.settings)) if slug in self.known else "")

    def page(self, slug: str) -> PlacePage:
        """Return the page of one place."""
        edition = self._edition
        place = self.known.get(slug) or Place(slug)
        item = self.registered.get(slug) or (self._elsewhere.get(slug) if place.key else None)
        past = [pair for pair in self._times.get(slug, ()) if pair[0].finishes <= edition.hub.as_of]
        return PlacePage(
            page=self._head(slug, place, item),
            venue=self._venue(place),
            upcoming=tuple(replace(one, cards=self._here(one.cards, place)) for one in coming_by_month(edition, self._coming(slug))),
            past=self._here(edition.times(first_of_each(reversed(past), MOST_PAST)), place),
            calendar=edition.local(f"{edition.home}calendars/places/{slug}.ics") if self._times.get(slug) else "",
            above=tuple(self._to(*one) for one in place.above),
            parts=tuple(self._row(one, part) for one, part in self.known.items() if part.above and part.above[0][0] == slug),
            **(self._file(item) if item else {}),
        )

    def _head(self, slug: str, place: Place, item: Item | None) -> Page:
        """Return the head of a page, which a place that has a file in this language shares as any item does."""
        edition = self._edition
        page = edition.head("place.html", place.name, f"{edition.at('places')}{slug}/", None)
        if item is None or item.lang != edition.lang:
            return page
        others = {one.title: one for one in (*page.alternates, *alternates(item, edition.hub, edition.settings))}
        there = tuple(others[lang] for lang in edition.settings.languages if lang in others)
        return replace(
            page, alternates=there, untranslated=untranslated(item.lang, there, edition.settings),
            description=item.summary or page.description,
            picture=card_of(item.address, item.title, edition.settings) or edition.cards.image(item.picture) or page.picture,
        )  # fmt: skip

    def _venue(self, place: Place) -> dict[str, Any]:
        edition = self._edition
        plan = edition.cards.image(edition.hub.map_of(place, edition.lang))
        return (told_of(place) or {}) | {"map": plan, "on_map": on_map(place)}

    def _file(self, item: Item) -> dict[str, Any]:
        """Return what the file of a place says besides its facts, and where it is corrected."""
        edition, repository = self._edition, self._edition.settings.repository
        body = item.body.with_links(edition.local)
        return {
            "card": edition.cards.card(item),
            "body": placed(body, edition.hub, edition.settings, edition.say, is_first=item.picture is None),
            "edit": repository.edit(item.source),
            "history": repository.history(item.source),
        }

    def _here(self, cards: tuple[Card, ...], place: Place) -> tuple[Card, ...]:
        """Return cards that say of where they are only what the page of the place does not."""
        return tuple(replace(card, place=_within(card.place, place)) for card in cards)


def _abroad(item: Item, place: Place, lang: str) -> Place:
    """Return a place as the file of another language has it, with its texts marked for readers of this one."""
    foreign = dict(place.tongues)
    names = (name for name in ("name", "access", "transport", "contact") if getattr(place, name))
    marked = ((name, foreign.get(name, item.lang)) for name in names)
    return replace(place, tongues=tuple((name, tongue) for name, tongue in marked if tongue != lang))


def _within(brief: str, place: Place) -> str:
    """Return what a card says of a part or a room, "" where it is the whole place."""
    rest = brief.removesuffix(f", {place.city}" if place.city else "")
    for _, name in reversed(place.above):
        rest = rest.removesuffix(f", {name}")
    return "" if rest == place.name else rest.removeprefix(f"{place.name}, ").removesuffix(f", {place.name}")
