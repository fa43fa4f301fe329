"""One thing proposed by two people in other words: the same page elsewhere, or nearly the same title on the same day (HB325)."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import fold, is_like
from handbill.hub.trackers import page_of
from handbill.hub.vocabulary import MONTHS, WEEKDAYS

#: How much of two titles is the same where the day is, and where both lead to a page that nothing else leads to.
_NEARLY, _SOMEWHAT = 0.85, 0.6

#: Who proposes a page again does so soon; later it is a reminder.
_SOON = timedelta(days=60)

#: A path that so many texts lead to is a page of the community's daily life, whatever stands behind it.
_DAILY = 50

#: A title is held against so many of those before it in order, from either end: a slip rarely changes both.
_BESIDE = 4

_LINK = re.compile(r'href="(https?://[^"]+)"')
_WORD = re.compile(r"\w+")


def check_proposed(hub: Hub) -> Iterator[Problem]:
    """Yield what probably was proposed twice, at the later of the two."""
    items = sorted((*hub.items, *hub.hidden), key=_order)
    told: set[str] = set()
    for one, other in _of_one_day(items, told):
        if one.source not in told:
            told.add(one.source)
            found = said("nearly the title of {other}, on the same day", other=other.source)
            yield at(one, "title", found, said("another title, or one of the two files only"), "HB325", Level.WARNING)
    for one, other, page in _of_one_page(items):
        if one.source not in told:
            told.add(one.source)
            found = said("a link to {page}, of which {other} told already", page=page, other=other.source)
            yield at(one, "title", found, said("something new, or one of the two files only"), "HB325", Level.NOTE)


def pages_of(item: Item) -> frozenset[str]:
    """Return the pages elsewhere that a text leads to, as :func:`~handbill.hub.trackers.page_of` names them; front pages do not count."""
    return _pages_of(_links_of(item))


def _pages_of(links: Iterable[str]) -> frozenset[str]:
    pages = {page_of(html.unescape(link)) for link in links}
    return frozenset(page for page in pages if "/" in page[2:] or "?" in page)


def _links_of(item: Item) -> frozenset[str]:
    text = item.body.html
    return frozenset(_LINK.findall(text)) if 'href="http' in text else frozenset()


def is_nearly(one: Item, other: Item) -> bool:
    """Say whether two items of one kind and language have nearly one title, and one day."""
    if (one.kind, one.lang) != (other.kind, other.lang) or one.group == other.group or not day_of(one):
        return False
    return day_of(one) == day_of(other) and _alike(one.title, other.title, _NEARLY)


def day_of(item: Item) -> str:
    """Return the day that an item is about: on which it takes place, opens, or else appears."""
    if item.occurrences:
        return item.occurrences[0].starts.isoformat()[:10]
    if item.deadline:
        return item.deadline.opens.isoformat()[:10]
    return item.published.isoformat()[:10] if item.published else ""


def _order(item: Item) -> tuple[str, str]:
    return (item.published.isoformat() if item.published else "9999", item.source)


def _of_one_day(items: Iterable[Item], told: Container[str]) -> Iterator[tuple[Item, Item]]:
    days: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        if day := day_of(item):
            days[item.kind, item.lang, getattr(item.facts, "letter", ""), day].append(item)
    for own in days.values():
        if len(own) > 1:
            yield from _neighbours(own, told)


def _neighbours(own: Sequence[Item], told: Container[str]) -> Iterator[tuple[Item, Item]]:
    """Yield pairs with nearly one title, the later one first; no title is held against all others, and none that was *told* meanwhile."""
    listed = [(*_taken_apart(item.title), number, item) for number, item in enumerate(own)]
    for turned in (1, -1):
        row = sorted(listed, key=lambda one: (one[0][::turned], one[4].source))
        for number, (folded, plain, unnumbered, place, item) in enumerate(row):
            for other_folded, other_plain, other_unnumbered, other_place, other in row[max(0, number - _BESIDE) : number]:
                # Nearly all pairs end here, with titles that differ by a number.
                if unnumbered == other_unnumbered or plain == other_plain:
                    continue
                later, earlier = (item, other) if place > other_place else (other, item)
                if later.source not in told and item.group != other.group and is_like(folded, other_folded, _NEARLY):
                    yield later, earlier


def _of_one_page(items: Iterable[Item]) -> Iterator[tuple[Item, Item, str]]:
    # Most links lead where no other does; only the few that share a path are looked at closely.
    paths: dict[str, list[Item]] = defaultdict(list)
    links: dict[str, frozenset[str]] = {}
    for item in items:
        if found := _links_of(item):
            links[item.source] = found
            for path in {_path(link) for link in found}:
                paths[path].append(item)
    near = {item.source: item for own in paths.values() if 2 <= len(own) <= _DAILY for item in own}
    leading: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(near.values(), key=_order):
        for page in _pages_of(links[item.source]):
            leading[page].append(item)
    for page, own in sorted(leading.items()):
        # What three texts lead to is a page of the community's daily life.
        if len(own) == 2 and _is_again(own[1], own[0]):
            yield own[1], own[0], f"https:{page}"


def _path(link: str) -> str:
    """Return what all addresses of one page have in common, and some of other pages, too."""
    return link.partition("?")[0].partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/").lower()


def _is_again(one: Item, other: Item) -> bool:
    if (one.kind, one.lang) != (other.kind, other.lang) or one.group == other.group or not (one.published and other.published):
        return False
    return one.published - other.published <= _SOON and _alike(one.title, other.title, _SOMEWHAT)


def _alike(one: str, other: str, least: float) -> bool:
    """Say whether two titles are alike and not the same; those that differ by a number or a month are a series."""
    one, plain, unnumbered = _taken_apart(one)
    other, other_plain, other_unnumbered = _taken_apart(other)
    return plain != other_plain and unnumbered != other_unnumbered and is_like(one, other, least)


@lru_cache(maxsize=4096)
def _taken_apart(title: str) -> tuple[str, list[str], list[str]]:
    """Return a title as it is compared, its words between spaces, and those that are no number, month or day."""
    folded = fold(title)
    words = [word for word in _WORD.findall(folded) if not word.isdigit() and word not in MONTHS and word not in WEEKDAYS]
    return folded, folded.split(), words
