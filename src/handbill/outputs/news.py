"""When an item was last news: the day it appeared, or the day its date fell through or moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from handbill.hub.announced import MOMENTS
from handbill.hub.facets import ALARMS, OFF, Occurrence
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.contest_news import is_news


def changed_at(item: Item, hub: Hub) -> datetime:
    """Return when the item last changed; it is never earlier than its publication.

    Of what has dates, calendars tell each change, and remember when: an editor
    who calls an event off need not touch a line ``updated``.
    """
    assert item.published is not None
    known = max(item.updated or item.published, item.published)
    if not item.occurrences and item.deadline is None:
        return known
    records = (hub.told.records.get(item.id + moment) for moment in ("", *MOMENTS))
    told = max((one.changed for one in records if one and one.changed <= hub.as_of), default=known)
    return told.astimezone(known.tzinfo) if told > known else known


def changes(item: Item, at: datetime) -> tuple[Occurrence, ...]:
    """Return the dates to come at that moment that were called off or moved."""
    return tuple(when for when in item.occurrences if when.status in ALARMS and when.finishes > at)


def is_alarm(item: Item, hub: Hub) -> bool:
    """Say whether members who took notice of the item must take notice again.

    A tag mended in what fell through years ago is no news to anybody.
    """
    at = changed_at(item, hub)
    # The digest of a frozen list must be read before the draw, however long ago the contest was announced.
    if is_news(item, hub.as_of):
        return True
    return bool(changes(item, at)) or (item.deadline is not None and item.deadline.closes > at and hub.state(item, at) in OFF)


def alarms(hub: Hub) -> dict[str, datetime]:
    """Return when each item that members must hear of again changed, by its id."""
    dated = (item for item in hub.items if item.published and (item.occurrences or item.deadline))
    return {item.id: changed_at(item, hub) for item in dated if is_alarm(item, hub)}


def latest(items: Sequence[Item], again: Mapping[str, datetime], most: int) -> tuple[Item, ...]:
    """Return those of *items*, which stand newest first, that are the latest news, in the order of news.

    That is the order of publication but for what is in *again*.  An event
    announced long ago is no longer among the latest; called off, it is again, or
    those who follow the feed would not be told.
    """
    # One without a date is a problem that is told elsewhere; feeds are planned all the same.
    dated = [(again.get(item.id, item.published), item) for item in items if item.published]
    raised = [one for one in dated[most:] if one[1].id in again]
    return tuple(item for _, item in sorted((*dated[:most], *raised), key=lambda one: (-one[0].timestamp(), one[1].id))[:most])
