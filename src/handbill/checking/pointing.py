"""A problem of an item at the place of one of its fields."""

from __future__ import annotations

from handbill.errors import Level, Problem, Said
from handbill.hub.item import Item


def at(item: Item, field: str, found: Said, wanted: Said | str, code: str, level: Level = Level.ERROR, named: str | None = None) -> Problem:
    """Return a problem where *field* is written, or of the whole file where it is not.

    *named* is what the message calls it, if not by the field's name: a part of
    it, or "" for a link, whose place is kept under its address.
    """
    line, column, width = item.places.get(field, (0, 0, 0))
    return Problem(item.source, line, column, field if named is None else named, found, wanted, code, level, width)
