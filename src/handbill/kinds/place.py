"""A place that the community uses more than once: written down once, named by every event that takes place there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.fields import Desk, Field, Table, Text
from handbill.hub.kind import Kind, no_state
from handbill.kinds.venue import WHERE, place, told_of

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """``part_of`` is the slug of the place that this one belongs to, as it was written; "" for a place of its own."""

    part_of: str


def make(values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return the place as it was written; what it takes from the one that it is a part of comes with the other files."""
    where = {one.name: values[one.name] for one in WHERE}
    return {"place": place({"name": values["title"], **where}), "facts": PlaceFacts(values["part_of"])}


def view(item: Item, _hub: Hub) -> dict[str, Any]:
    """Return the place as plain values, as an event's facts have it."""
    return {"venue": told_of(item.place)}


PLACE = Kind(
    name="place",
    plural="places",
    folder="content/places",
    fields=(
        Field("title", Text(120, use="name"), "the name of the place", required=True, example=said("Quay workshop")),
        Field(
            "part_of",
            Text(120, use="key"),
            "the place that it belongs to, by the name of its file: what is not said here is taken from there",
            default="",
            example=said("quay"),
        ),
        *WHERE,
    ),
    make=make,
    state=no_state,
    view=view,
    is_dated=False,
)
