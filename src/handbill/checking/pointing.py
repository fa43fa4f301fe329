"""A problem of an item at the place of one of its fields, or of the settings at the place of one of their keys."""

from __future__ import annotations

from collections.abc import Mapping

from handbill.errors import Level, Problem, Said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import HUB
from handbill.settings import Settings, written_at


def at(item: Item, field: str, found: Said, wanted: Said | str, code: str, level: Level = Level.ERROR, named: str | None = None) -> Problem:
    """Return a problem where *field* is written, or of the whole file where it is not.

    *named* is what the message calls it, if not by the field's name: a part of
    it, or "" for a link, whose place is kept under its address.
    """
    line, column, width = item.places.get(field, (0, 0, 0))
    return Problem(item.source, line, column, field if named is None else named, found, wanted, code, level, width)


def by_address(hub: Hub) -> Mapping[str, Item]:
    """Return the items by their address, those too that wait for their date or are drafts."""
    return hub.once("by address, with what waits", lambda: {**hub.by_address, **{one.address: one for one in hub.hidden}})


def in_settings(
    settings: Settings, keys: tuple[str, ...], found: Said, wanted: Said | str, code: str, level: Level = Level.ERROR, named: str = ""
) -> Problem:
    """Return a problem where a key or a table of hub.toml is written, or the nearest place around it; without *keys* of the whole file.

    *named* is what the message calls it, if not by its keys.
    """
    line = column = width = 0
    if keys:
        node = written_at(settings.root, *keys)
        line, column, width = node.line, node.column, getattr(node, "width", 0)
    return Problem(HUB, line, column, named or ".".join(keys), found, wanted, code, level, width)
