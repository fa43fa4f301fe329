"""Where a reader goes on from an item: its neighbours, the parts of its series, and what resembles it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any

from handbill.hub.address import slug_of
from handbill.hub.facets import OFF
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
        self._subjects: dict[str, tuple[str, ...]] = {}
        self._like: dict[str, tuple[Item, ...]] = {}
        self._own = frozenset(slug_of(settings.name).split("-"))

    def with_title(self, item: Item, cards: Cards) -> Onward:
        """Return the ways on from *item*, of which nothing but words, summary and title changed, with the *cards* as they are now."""
        now = copy(self)
        now._cards = cards
        now._like = {name: found for name, found in self._like.items() if name != item.id}
        if self._hub.kinds[item.kind].is_dated:
            own = (item.id,) if item.id in self._ranks else ()
            # To count what shares its words is enough; what shared those of its old title is led to no more.
            others = {word: [one for one in self._titled.get(word, ()) if one != item.id] for word in self._words_of(item.title)}
            now._titled = self._titled | {word: (*found, *own) for word, found in others.items()}
        return now

    def neighbours(self, item: Item) -> tuple[To | None, To | None]:
        """Return what comes before and after in time: parts of the series, else items of the same kind or letter.

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

    def shown(self, item: Item) -> tuple[tuple[Item | None, ...], ...]:
        """Return all items to which the page of this one leads on: neighbours, parts of its series, what resembles it."""
        return self._beside(item), self._parts.get(_series_of(item), ()), self._resembling(item)

    def related(self, item: Item) -> tuple[Card, ...]:
        """Return what shares subjects and words of the title with it, rare ones first; nothing that is called off or a neighbour."""
        return tuple(self._cards.card(one) for one in self._resembling(item))

    def _resembling(self, item: Item) -> tuple[Item, ...]:
        if item.id not in self._like:
            self._like[item.id] = tuple(self._most_alike(item))
        return self._like[item.id]

    def _most_alike(self, item: Item) -> Iterator[Item]:
        if not self._hub.kinds[item.kind].is_dated:
            return iter(())
        # A counter counts in C: a name that stands there twice costs less than a sum in Python.
        scores = Counter(chain.from_iterable(found * points for points, found in self._alike(item)))
        for other in (item, *self._hub.translations(item), *self._beside(item), *self._parts.get(_series_of(item), ())):
            if other is not None:
                scores.pop(other.id, None)
        ranks = self._ranks
        # What is timely has one point more, so nothing below this bar can be among the best: of hundreds, a few are left to compare.
        bar = min(sorted(scores.values(), reverse=True)[:RELATED], default=0) - 1
        best = sorted((-points - ranks[one][0], ranks[one][1], one) for one, points in scores.items() if points >= bar)[:RELATED]
        return (self._hub.by_id[one] for _, _, one in best)

    def _alike(self, item: Item) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield what has a subject or a word of the title in common, with the points that this gives."""
        for slug in dict.fromkeys(slug_of(tag) for tag in item.tags):
            found = self._tagged(slug)
            yield 3 if len(found) <= RARE else 2, found
        for word in self._words_of(item.title):
            found = self._titled.get(word, ())
            if len(found) <= RARE:
                yield 3, found

    def _tagged(self, slug: str) -> tuple[str, ...]:
        if slug not in self._subjects:
            newest = self._hub.tagged(slug, self._lang)[:COMMON]
            self._subjects[slug] = tuple(one.id for one in newest if one.id in self._ranks)
        return self._subjects[slug]

    @cached_property
    def _ranks(self) -> Mapping[str, tuple[bool, int]]:
        """Return of all that may be shown whether it is timely, and its place among all, the newest first."""
        states = {item.id: self._hub.state(item) for item in self._hub.dated(self._lang)}
        return {
            item.id: (states[item.id] in ("open", "upcoming", "ongoing"), place)
            for place, item in enumerate(self._hub.dated(self._lang))
            if item.kind != "issue" and states[item.id] not in OFF
        }

    def _to(self, item: Item | None) -> To | None:
        return To(item.title, self._settings.local(item.address)) if item else None

    def _beside(self, item: Item) -> tuple[Item | None, Item | None]:
        if not self._hub.kinds[item.kind].is_dated:
            return None, None
        parts = self._parts.get(_series_of(item), ())
        row, place = (parts, parts.index(item)) if len(parts) > 1 else (self._rows[_row_of(item)], self._places[item.id])
        return row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], tuple[Item, ...]]:
        """Return the items of each kind, letters apart, in order of time, the earliest first."""
        rows: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for kind in self._hub.kinds:
            listed = self._hub.of_kind(kind, self._lang)[::-1]
            times = {item.id: next_of(item, self._hub.as_of) for item in listed}
            if all(times.values()):
                listed = tuple(sorted(listed, key=lambda item: (times[item.id].begins, item.id)))  # type: ignore[union-attr]
            for item in listed:
                rows[_row_of(item)].append(item)
        return {name: tuple(row) for name, row in rows.items()}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {item.id: place for row in self._rows.values() for place, item in enumerate(row)}

    @cached_property
    def _parts(self) -> Mapping[str, tuple[Item, ...]]:
        """Return the parts of each series in the order in which they were published."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in reversed(self._hub.dated(self._lang)):
            if _series_of(item):
                found[_series_of(item)].append(item)
        return {slug: tuple(parts) for slug, parts in found.items()}

    @cached_property
    def _titled(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for item in self._hub.dated(self._lang):
            if item.id in self._ranks:
                for word in self._words_of(item.title):
                    found[word].append(item.id)
        return {word: tuple(some) for word, some in found.items()}

    def _words_of(self, title: str) -> set[str]:
        """Return the telling words of a title, without endings of the plural, and without the hub's own name."""
        return {word.rstrip("sx") for word in slug_of(title).split("-") if len(word) >= LETTERS and word not in self._own}


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


def _row_of(item: Item) -> tuple[str, str]:
    """Return what an item stands in a row with: who reads one letter may not get the other."""
    return item.kind, getattr(item.facts, "letter", "")


def _series_of(item: Item) -> str:
    return slug_of(getattr(item.facts, "series", ""))
