"""Which contests have something to tell: entries that are open, lists that are frozen, results since the last letter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item

#: Steps of a contest that end it for its members; and those of which its entry in feeds tells anew.
OUT = ("published", "cancelled", "void")
NEWS = ("frozen", *OUT)


def contests_of(hub: Hub, start: datetime, at: datetime) -> tuple[Item, ...]:
    """Return the contests of a letter sent *at*, whose news begin at *start*.

    First those that one can enter, the one that closes first first; then those
    whose list is frozen and not drawn yet, so that its digest is in every
    inbox before; then those that came out or were called off since *start*.
    """
    found = [one for one in hub.with_deadline() if getattr(one.facts, "record", None)]
    frozen = [one for one in reversed(found) if hub.state(one, at) == "frozen"]
    ends = {one.id: last.at for one in found if (last := one.facts.record.last_of(OUT, at)) and start <= last.at}
    over = sorted((one for one in found if one.id in ends), key=lambda one: (ends[one.id], one.id))
    return (*hub.open(at=at), *frozen, *over)


def is_news(item: Item, at: datetime) -> bool:
    """Say whether a contest took a step until *at* of which members must hear however long ago it was announced."""
    record = getattr(item.facts, "record", None)
    return record is not None and record.last_of(NEWS, at) is not None
