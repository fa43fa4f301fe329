"""The hub → the page with the search box, which without script is an index of everything: kinds, years, subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from handbill.hub.address import slug_of
from handbill.hub.item import Item
from handbill.outputs.archives import year_links
from handbill.outputs.cards import next_of
from handbill.outputs.edition import Edition
from handbill.outputs.sheet import Sheet
from handbill.outputs.subjects import links
from handbill.outputs.subscriptions import HEADINGS
from handbill.outputs.views import Page, To

#: How many items of a kind and how many subjects the page names; a hub of five thousand has lists for the rest.
MOST_OF_A_KIND = 60
MOST_SUBJECTS = 80

#: The kinds that have a list of their own, by their plural, in the order in which one looks for them; the others follow.
_LISTS = ("events", "posts", "contests", "newsletters", "people", "places")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in the index; ``day`` is the ISO moment or day that it is looked for by, "" for what has none."""

    link: To
    day: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The items of one kind, the latest first or by title; ``more`` leads to the ``count`` of them where some are left out."""

    kind: str
    title: str
    count: int
    entries: tuple[Entry, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A box to search in, and what there is: by kind, by year, by subject, with how many of each."""

    page: Page
    shelves: tuple[Shelf, ...]
    years: tuple[tuple[To, int], ...]
    subjects: tuple[tuple[To, int], ...]


def search_page(edition: Edition) -> Sheet:
    """Return the page with the search box."""
    return Sheet(f"{edition.home}search/", partial(_view, edition), (), f"list:{edition.lang}:search")


def _view(edition: Edition) -> SearchPage:
    hub = edition.hub
    page = edition.head("search.html", edition.say("Search"), f"{edition.home}search/", "search/", is_indexed=False)
    written = Counter(str(item.published.year) for item in hub.dated(edition.lang) if item.kind != "issue" and item.published)
    years = tuple((link, written[link.title]) for link in year_links(edition) if written[link.title])
    counted = [(link, len(hub.tagged(slug_of(link.title), edition.lang))) for link in links(edition)]
    most = sorted(counted, key=lambda pair: -pair[1])[:MOST_SUBJECTS]
    return SearchPage(page, tuple(_shelves(edition)), years, tuple(pair for pair in counted if pair in most))


def _shelves(edition: Edition) -> Iterator[Shelf]:
    for kind in sorted(edition.hub.kinds.values(), key=lambda kind: _LISTS.index(kind.plural) if kind.plural in _LISTS else len(_LISTS)):
        items = edition.hub.of_kind(kind.name, edition.lang)
        if not items:
            continue
        placed = sorted(((_day(item, edition), slug_of(item.title), item.id, item) for item in items), key=lambda one: one[1:3])
        placed.sort(key=lambda one: one[0], reverse=True)
        entries = tuple(Entry(To(item.title, edition.local(item.address)), day) for day, _, _, item in placed[:MOST_OF_A_KIND])
        more = edition.local(edition.at(kind.plural)) if len(items) > len(entries) and kind.plural in _LISTS else ""
        yield Shelf(kind.name, edition.say(HEADINGS[kind.plural]), len(items), entries, more)


def _day(item: Item, edition: Edition) -> str:
    """Return the day by which someone looks for an item: when it takes place, closes or came out."""
    if when := next_of(item, edition.hub.as_of):
        return when.starts.isoformat()
    if item.deadline:
        return item.deadline.last.isoformat()
    return item.published.isoformat() if item.published and edition.hub.kinds[item.kind].is_dated else ""
