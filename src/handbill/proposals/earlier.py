"""A proposal and the hub → what was there before and may be the same."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.proposed import day_of, is_nearly, pages_of
from handbill.errors import said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import fold
from handbill.proposals.outcome import Earlier

#: So many are named; whoever proposes reads no list.
MOST = 5


def earlier(item: Item, hub: Hub) -> tuple[Earlier, ...]:
    """Return what may be the same as a new item, the surest first."""
    return tuple(_found(item, hub))[:MOST]


def _found(item: Item, hub: Hub) -> Iterator[Earlier]:
    others = sorted((one for one in (*hub.items, *hub.hidden) if one.id != item.id and one.kind == item.kind), key=_newest, reverse=True)
    told: set[str] = set()
    for one in others:
        is_same = fold(one.title) == fold(item.title) and day_of(one) == day_of(item)
        if is_same or is_nearly(item, one):
            told.add(one.source)
            yield Earlier(one.title, one.source, said("nearly the same title on the same day"))
    pages = pages_of(item)
    for one in others if pages else ():
        if one.source not in told and (shared := pages & pages_of(one)):
            yield Earlier(one.title, one.source, said("it leads to {page}, too", page=f"https:{min(shared)}"))


def _newest(item: Item) -> tuple[str, str]:
    return (item.published.isoformat() if item.published else "", item.source)
