"""Where a reader goes on from an item: its neighbours, the parts of its series, and what resembles it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from handbill.hub.address import slug_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.cards import Cards, next_of
from handbill.outputs.views import Card, To
from handbill.settings import Settings

RELATED = 3

#: A subject, or a word of titles, on more items than this says little, and costs the square of them.
COMMON = 40
RARE = 6

#: A shorter word of a title is mostly grammar.
LETTERS = 6


class Onward:
    """The ways on from the items of one language."""

    def __init__(self, hub: Hub, settings: Settings, lang: str, cards: Cards) -> None:
        self._hub, self._settings, self._lang, self._cards = hub, settings, lang, cards

    def neighbours(self, item: Item) -> tuple[To | None, To | None]:
        """Return what comes before and after in time: parts of the series, else items of the same kind.

        What takes place is ordered by when it does, the rest by when it was published.
        """
        before, after = self._beside(item)
        return self._to(before), self._to(after)

    def series(self, item: Item) -> dict[str, Any] | None:
        """Return the name of the item's series, the number of this part, and all parts in order; ``None`` where it stands alone."""
        parts = self._parts.get(_series_of(item), ())
        if len(parts) < 2:
            return None
        return {"name": getattr(parts[0].facts, "series", ""), "number": parts.index(item) + 1, "parts": tuple(map(self._to, parts))}

    def related(self, item: Item) -> tuple[Card, ...]:
        """Return what shares subjects and words of the title with it, rare ones first; nothing that is called off or a neighbour."""
        if not self._hub.kinds[item.kind].is_dated:
            return ()
        scores: dict[str, int] = defaultdict(int)
        for slug in dict.fromkeys(slug_of(tag) for tag in item.tags):
            others = self._hub.tagged(slug, item.lang)
            for other in others[:COMMON]:
                scores[other.id] += 3 if len(others) <= RARE else 2
        for word in self._words_of(item.title):
            others = self._titled.get(word, ())
            if len(others) <= RARE:
                for other in others:
                    scores[other.id] += 3
        shown = {one.id for one in (*self._beside(item), *self._parts.get(_series_of(item), ())) if one}
        found = [self._hub.by_id[one] for one in scores if one not in shown]
        best = sorted(
            (one for one in found if one.group != item.group and self._is_shown(one)),
            key=lambda one: (-scores[one.id] - self._is_timely(one), -(one.published.timestamp() if one.published else 0), one.id),
        )
        return tuple(self._cards.card(one) for one in best[:RELATED])

    def _to(self, item: Item | None) -> To | None:
        return To(item.title, self._settings.local(item.address)) if item else None

    def _is_shown(self, item: Item) -> bool:
        return self._hub.kinds[item.kind].is_dated and item.kind != "issue" and self._hub.state(item) not in ("cancelled", "postponed")

    def _is_timely(self, item: Item) -> bool:
        return self._hub.state(item) in ("open", "upcoming", "ongoing")

    def _beside(self, item: Item) -> tuple[Item | None, Item | None]:
        if not self._hub.kinds[item.kind].is_dated:
            return None, None
        parts = self._parts.get(_series_of(item), ())
        row, place = (parts, parts.index(item)) if len(parts) > 1 else (self._row(item.kind), self._places[item.kind][item.id])
        return row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None

    def _row(self, kind: str) -> tuple[Item, ...]:
        return self._rows[kind]

    @cached_property
    def _rows(self) -> Mapping[str, tuple[Item, ...]]:
        """Return the items of each kind in order of time, the earliest first."""
        rows: dict[str, tuple[Item, ...]] = {}
        for kind in self._hub.kinds:
            listed = self._hub.of_kind(kind, self._lang)[::-1]
            times = {item.id: next_of(item, self._hub.as_of) for item in listed}
            if all(times.values()):
                listed = tuple(sorted(listed, key=lambda item: (times[item.id].begins, item.id)))  # type: ignore[union-attr]
            rows[kind] = listed
        return rows

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, int]]:
        return {kind: {item.id: place for place, item in enumerate(row)} for kind, row in self._rows.items()}

    @cached_property
    def _parts(self) -> Mapping[str, tuple[Item, ...]]:
        """Return the parts of each series in the order in which they were published."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in reversed(self._hub.dated(self._lang)):
            if _series_of(item):
                found[_series_of(item)].append(item)
        return {slug: tuple(parts) for slug, parts in found.items()}

    @cached_property
    def _titled(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self._hub.dated(self._lang):
            for word in self._words_of(item.title):
                found[word].append(item)
        return {word: tuple(items) for word, items in found.items()}

    def _words_of(self, title: str) -> set[str]:
        """Return the telling words of a title, without endings of the plural, and without the hub's own name."""
        own = set(slug_of(self._settings.name).split("-"))
        return {word.rstrip("sx") for word in slug_of(title).split("-") if len(word) >= LETTERS and word not in own}


def contributions(person: Item, hub: Hub, cards: Cards) -> list[dict[str, Any]]:
    """Return what a person has a part in: dates to come, soonest first, then texts, contests and dates that were, newest first."""
    found: dict[str, list[Item]] = {"coming": [], "post": [], "contest": [], "more": [], "past": []}
    times: dict[str, datetime] = {}
    for item in hub.contributions(person.slug, person.lang):
        if when := next_of(item, hub.as_of):
            found["coming" if when.finishes > hub.as_of else "past"].append(item)
            times[item.id] = when.begins
        else:
            found[item.kind if item.kind in found else "more"].append(item)
    found["coming"].sort(key=lambda item: (times[item.id], item.id))
    found["past"].sort(key=lambda item: (times[item.id], item.id), reverse=True)
    return [{"name": name, "cards": tuple(cards.card(item) for item in items)} for name, items in found.items() if items]


def _series_of(item: Item) -> str:
    return slug_of(getattr(item.facts, "series", ""))
