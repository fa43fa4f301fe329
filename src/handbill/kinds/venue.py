"""Where something takes place: what an editor writes of it, and the place that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbill.errors import said
from handbill.hub.facets import Place
from handbill.hub.fields import Degrees, Field, Text

VENUE = (
    Field("name", Text(120, use="name"), "the name of the place", required=True, example=said("Quay workshop")),
    Field("street", Text(120), "street and number, for maps and calendars", default="", example="14 rue des Établis"),
    Field("postcode", Text(20), "the postcode, for maps and calendars", default="", example="33800"),
    Field("city", Text(80), "the town", default="", example="Bordeaux"),
    Field("country", Text(60), "the country, for members from elsewhere", default="", example="France"),
    Field("latitude", Degrees(90), "degrees north of the equator; with the longitude, maps find the door", example="44.8501"),
    Field("longitude", Degrees(180), "degrees east of Greenwich; west is negative", example="-0.5702"),
    Field(
        "access",
        Text(300),
        "how to get in, for everyone: steps, doors, toilets, loops for the hard of hearing",
        default="",
        example=said("Step-free, hearing loop"),
    ),
    Field(
        "map",
        Text(300, use="key"),
        "a plan of the place, as a picture of the hub; its path from this file; other events at the same address show it too",
        example="../../content/pictures/plan-atelier.png",
    ),
    Field(
        "map_alt",
        Text(300, may_be_empty=True),
        'how to find the door, for those who do not see the plan; "" if the address says it all',
        example=said("From the tram stop, the second street on the left"),
    ),
)

#: What becomes something else once pictures are known.
_DRAWN = frozenset({"map", "map_alt"})


def place(venue: Mapping[str, Any] | None) -> Place | None:
    """Return the place that a venue describes, without its plan, which is known only with the pictures."""
    if not venue or not venue.get("name"):
        return None
    return Place(**{key: value for key, value in venue.items() if key not in _DRAWN})


def told_of(place: Place | None) -> dict[str, Any] | None:
    """Return a place as plain values, without its plan."""
    return {one.name: getattr(place, one.name) for one in VENUE if one.name not in _DRAWN} if place else None
