"""The hub → its places: the list of all, and a page for each with its address and what takes place there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cached_property, partial

from handbill.hub.facets import Occurrence, Place
from handbill.hub.hub import newest_first
from handbill.hub.item import Item
from handbill.outputs.agenda import coming_by_month, first_of_each
from handbill.outputs.edition import Edition
from handbill.outputs.list_views import PlacePage, PlacesPage
from handbill.outputs.maps import on_map
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import promised
from handbill.outputs.views import To
from handbill.settings import Settings

#: How much of what was a page lists; the years have the rest.
MOST_PAST = 24


def place_address(slug: str, lang: str, settings: Settings) -> str:
    """Return the address of a place's page; "" for a place whose name, without a Latin letter, makes none."""
    return f"{settings.home(lang)}{settings.words['places']}/{slug}/" if slug else ""


def places(edition: Edition) -> Iterator[Sheet]:
    """Yield the list of places and the page of each, also of one where nothing takes place any more but that was promised."""
    room = _Places(edition)
    yield Sheet(edition.at("places"), room.all, (), f"list:{edition.lang}:places")
    for slug in sorted({*room.known, *promised(edition.hub, "place", edition.lang)}):
        yield Sheet(f"{edition.at('places')}{slug}/", partial(room.page, slug), (), f"place:{edition.lang}:{slug}")


class _Places:
    """The places of one language, looked through once for all their pages."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    @cached_property
    def known(self) -> Mapping[str, Place]:
        """Return the places by slug, each as the event published last describes it."""
        hub = self._edition.hub
        held = [item for item in hub.listed(hub.items, self._edition.lang) if item.place and item.occurrences]
        found: dict[str, Place] = {}
        for item in sorted(held, key=newest_first):
            if item.place and item.place.slug:
                found.setdefault(item.place.slug, item.place)
        return dict(sorted(found.items()))

    @cached_property
    def _times(self) -> Mapping[str, list[tuple[Occurrence, Item]]]:
        """Return what takes place in each, in order of time."""
        found: dict[str, list[tuple[Occurrence, Item]]] = defaultdict(list)
        for when, item in self._edition.hub.calendar:
            if item.place and item.lang == self._edition.lang:
                found[item.place.slug].append((when, item))
        return found

    def _coming(self, slug: str) -> list[tuple[Occurrence, Item]]:
        return [pair for pair in self._times.get(slug, ()) if pair[0].finishes > self._edition.hub.as_of]

    def all(self) -> PlacesPage:
        """Return the list of all places."""
        edition = self._edition
        page = edition.head("places.html", edition.say("Places"), edition.at("places"), edition.settings.words["places"] + "/")
        rows = []
        for slug, place in self.known.items():
            to = To(place.name, edition.local(f"{edition.at('places')}{slug}/"))
            where = place.line.removeprefix(place.name).removeprefix(", ")
            rows.append((to, where, sum(not when.is_off for when, _ in self._coming(slug))))
        return PlacesPage(page, tuple(rows))

    def page(self, slug: str) -> PlacePage:
        """Return the page of one place."""
        edition = self._edition
        place = self.known.get(slug) or Place(slug)
        past = [pair for pair in self._times.get(slug, ()) if pair[0].finishes <= edition.hub.as_of]
        return PlacePage(
            page=edition.head("place.html", place.name, f"{edition.at('places')}{slug}/", None),
            venue=asdict(place) | {"map": edition.cards.image(edition.hub.map_of(place, edition.lang)), "on_map": on_map(place)},
            upcoming=coming_by_month(edition, self._coming(slug)),
            past=edition.times(first_of_each(reversed(past), MOST_PAST)),
            calendar=edition.local(f"{edition.home}calendars/places/{slug}.ics") if slug in self.known else "",
        )
