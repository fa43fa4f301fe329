"""A letter that is not sent yet, and the hub → what the letter would find if it were sent from the texts of today.

Nothing is read again: a hub knows what waits.
"""

from __future__ import annotations

from dataclasses import replace

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.choosing import asked
from handbill.kinds.query import Query


def as_sent(letter: Item, hub: Hub) -> Hub:
    """Return the hub as it will stand when a letter is sent that waits: with it, and with all that is published until then."""
    if letter.published is None or letter in hub.items:
        return hub
    at = max(letter.published, hub.as_of)
    ready = [one for one in hub.hidden if one is letter or (not one.is_draft and one.published is not None and one.published <= at)]
    items = tuple(sorted((*hub.items, *ready), key=lambda one: one.id))
    return replace(hub, items=items, hidden=tuple(one for one in hub.hidden if one not in ready), as_of=at)


def empty_queries(letter: Item, hub: Hub) -> tuple[Query, ...]:
    """Return what a letter asks for in its text and would not find; *hub* is that of the moment when it is sent."""
    return tuple(one.query for one in asked(letter, hub) if one.query.place is not None and not one.is_shown)
