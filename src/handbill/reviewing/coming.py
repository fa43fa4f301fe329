"""The items of a state that members see, or will see without anybody doing another thing."""

from __future__ import annotations

from handbill.hub.hub import Hub
from handbill.hub.item import Item


def seen_or_awaited(hub: Hub) -> tuple[Item, ...]:
    """Return what is published and what will be when its time comes, in the order of their files; never a draft.

    Whoever approves an item for next week approves it today.
    """
    return tuple(sorted((*hub.items, *awaited(hub)), key=lambda item: item.source))


def awaited(hub: Hub) -> tuple[Item, ...]:
    """Return what is finished, and waits for its moment."""
    return tuple(item for item in hub.hidden if not item.is_draft)
