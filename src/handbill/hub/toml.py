"""TOML text → keys and values as they were written, each at its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from handbill.errors import said
from handbill.hub.clean import FORBIDDEN, named
from handbill.hub.nodes import Desk, Listing, Node, Scalar, Spot, Table
from handbill.hub.toml_places import Path, Places, Span, places_of

#: Far above what anybody writes; the time that a fault takes to find grows with it.
MOST_BYTES = 64 * 1024


def read_toml(text: str, desk: Desk) -> tuple[Table | None, bool]:
    """Return the keys and values, and whether that is all of them.

    Lines that are no TOML are put down, every one, and the rest is read
    without them; ``None``: nothing could be read.
    """
    if len(text) > MOST_BYTES:
        desk.refuse(None, "", said("a file of {n} KB", n=len(text) // 1024), said("at most {n} KB", n=MOST_BYTES // 1024), "HB106")
        return None, False
    places = places_of(text)
    for span, fault in places.faults:
        desk.refuse(_scalar("", span), "", fault.found, fault.wanted, fault.code)
    try:
        return _node(tomllib.loads(places.rest), (), Span(1, 1, 0), places, desk), not places.faults  # type: ignore[return-value]
    except ValueError as error:
        line, column = _place_in(error)
        desk.refuse(
            Spot(line, column),
            "",
            said("a key or table that contradicts what stands above it"),
            said("each table and each key once, and no key below a plain value"),
            "HB101",
        )
    return None, False


def _place_in(error: ValueError) -> tuple[int, int]:
    """Return the place that tomllib names at the end of its words; newer ones keep it as a number, too."""
    match = re.search(r"line (\d+), column (\d+)", str(error))
    return (int(match[1]), int(match[2])) if match else (1, 1)


def _node(value: Any, path: Path, span: Span, places: Places, desk: Desk) -> Node:
    """Return a value as a node; where it is not written itself, it stands where its key does."""
    if isinstance(value, Mapping):
        pairs = []
        for key, inner in value.items():
            below = (*path, key)
            at = places.keys[below]
            if match := FORBIDDEN.search(key):
                _tell_unseen(match[0], at, path, desk)
                key = FORBIDDEN.sub("", key)
            pairs.append((_scalar(key, at), _node(inner, below, places.values.get(below, at), places, desk)))
        return Table(tuple(pairs), span.line, span.column)
    if isinstance(value, list):
        items = []
        for number, inner in enumerate(value):
            below = (*path, number)
            at = places.values.get(below) or places.keys.get(below, span)
            items.append(_node(inner, below, at, places, desk))
        return Listing(tuple(items), span.line, span.column)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if match := FORBIDDEN.search(text):
        _tell_unseen(match[0], span, path, desk)
        text = FORBIDDEN.sub("", text)
    # An empty text says no more than a key that is left out.
    return Scalar(text, not text, span.line, span.column, span.width)


def _tell_unseen(sign: str, span: Span, path: Path, desk: Desk) -> None:
    found = said("the control character {name}, which nobody sees", name=named(sign))
    desk.refuse(_scalar("", span), ".".join(map(str, path)), found, said("visible text"), "HB103")


def _scalar(text: str, span: Span) -> Scalar:
    return Scalar(text, True, span.line, span.column, span.width)
