"""What a letter's page shows: what was chosen when it was frozen, or else what its queries choose now; and what is written down of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handbill.hub.frozen import Chosen, Told
from handbill.hub.item import Body, Item
from handbill.kinds import choosing
from handbill.kinds.choosing import Entry, Section
from handbill.kinds.query import AHEAD, Query

if TYPE_CHECKING:
    from handbill.hub.facets import Occurrence
    from handbill.hub.hub import Hub

#: Under this name stands what a letter told of by a link in its own text.
LINKED = "linked"


def sections(item: Item, hub: Hub) -> tuple[Section, ...]:
    """Return what a letter's page shows: as it was frozen, or else as its queries choose now."""
    frozen = hub.frozen.get(item.id)
    if frozen is None:
        return choosing.sections(item, hub)
    return tuple(_section(one, item, hub) for one in frozen.chosen if one.show != LINKED)


def chosen(item: Item, hub: Hub) -> tuple[Chosen, ...]:
    """Return what a letter tells, to be written down: its sections in order, then the events to which its own text leads."""
    asked = choosing.asked(item, hub)
    found = [
        Chosen(number, _written(one.query, item), tuple(_told(entry) for entry in one.entries))
        for number, one in enumerate(asked)
        if one.is_shown
    ]
    linked = tuple(_linked(item, hub))
    return (*found, Chosen(len(asked), {"show": LINKED}, linked)) if linked else tuple(found)


def _written(query: Query, item: Item) -> dict[str, Any]:
    """Return a query in plain values; pins and exclusions by the addresses that they name."""
    links = item.body.links
    return {
        "show": query.show,
        "title": query.title,
        "layout": query.layout,
        "limit": query.limit,
        "ahead": query.ahead,
        "since": query.since.isoformat() if query.since else None,
        "tags": list(query.tags),
        "place": query.venue,
        "pin": [links[number] for number in query.pins],
        "except": [links[number] for number in query.excluded],
        "sponsor": query.sponsor.name if query.sponsor else None,
    }


def _told(entry: Entry) -> Told:
    dates = (entry.when, *entry.also) if entry.when else entry.also
    return Told(entry.item.id, entry.item.title, entry.item.address, dates, entry.note)


def _linked(item: Item, hub: Hub) -> Iterator[Told]:
    """Yield the events to which the text leads, each with its next date and those in the weeks of which a letter tells."""
    at = item.published
    assert at is not None
    excluded = {number for one in item.facts.queries for number in one.excluded}
    addresses = {link.partition("#")[0] for number, link in enumerate(item.body.links) if number not in excluded}
    for other in hub.items:
        if other.address in addresses and other.occurrences:
            coming = sorted((one for one in other.occurrences if one.finishes > at), key=lambda one: one.begins)
            soon = tuple(one for one in coming[1:] if one.begins < at + timedelta(days=AHEAD))
            yield Told(other.id, other.title, other.address, (*coming[:1], *soon))


def _section(frozen: Chosen, letter: Item, hub: Hub) -> Section:
    """Return a section as it was frozen; its query is the one that stands in the text, which nobody may edit."""
    queries = letter.facts.queries
    if 0 <= frozen.number < len(queries) and queries[frozen.number].show == frozen.show:
        query = queries[frozen.number]
    else:
        query = Query(frozen.show, str(frozen.query.get("title", "")), str(frozen.query.get("layout", "cards")))
    return Section(query, tuple(_entry(one, hub) for one in frozen.entries))


def _entry(told: Told, hub: Hub) -> Entry:
    """Return an entry with its item as it is today, at the dates of which was told; what is gone stays by its name."""
    item = hub.by_id.get(told.id)
    if item is None:
        item = Item(told.id, "page", "", "", hub.lang, "", told.title, "", Body(), is_listed=False, occurrences=told.dates)
    dates = tuple(_today(one, item) for one in told.dates)
    return Entry(item, dates[0] if dates else None, dates[1:], told.note)


def _today(told: Occurrence, item: Item) -> Occurrence:
    """Return the date of an item that was told as it stands now, or as it was told where the item has it no more."""
    for when in item.occurrences:
        if (when.original or when.starts) == (told.original or told.starts):
            return when
    return next((when for when in item.occurrences if told.starts in (when.starts, *when.was)), told)
