"""Where something takes place: what an editor writes of it, and the place that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbill.errors import said
from handbill.hub.facets import Place
from handbill.hub.fields import Choice, Degrees, Field, Group, Link, Text

#: What visitors ask of a place, after the French national list of accessible places (acceslibre), and how it is said.
QUESTIONS = {
    "step_free_entrance": said("one gets in without a step"),
    "step_free_inside": said("one gets around without a step"),
    "adapted_toilet": said("there are toilets for wheelchairs"),
    "adapted_parking": said("there is a parking space for disabled people"),
    "hearing_loop": said("there is a hearing loop"),
    "sign_language": said("somebody speaks sign language"),
    "captions": said("what is said is captioned"),
    "quiet_room": said("there is a quiet place to withdraw to"),
    "assistance_dog": said("assistance dogs are welcome"),
    "staff_trained": said("who receives people is trained to receive disabled people"),
}
#: The answers; what nobody answered is unknown, and pages say so.
ANSWERS = ("yes", "partial", "no", "unknown")
_MEANING = (said("it is so"), said("in part; say how in access"), said("it is not so"), said("nobody has looked yet"))

_ACCESSIBILITY = tuple(
    Field(name, Choice(ANSWERS, _MEANING), does, default="unknown", example="partial" if name == "step_free_inside" else "yes")
    for name, does in QUESTIONS.items()
)
WHERE = (
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
    Field("accessibility", Group(_ACCESSIBILITY), "what visitors with a disability ask; what is not answered is shown as unknown"),
    Field("transport", Text(200), "the nearest stop, and how far it is", default="", example=said("Tram C, stop Quay, 200 m step-free")),
    Field(
        "contact",
        Text(200),
        "whom to ask about access, without a person's address",
        default="",
        example=said("Ask at the desk of the workshop."),
    ),
    Field(
        "acceslibre",
        Link(),
        "the page of the place on acceslibre.beta.gouv.fr, where it has one",
        default="",
        example="https://acceslibre.beta.gouv.fr/app/33-bordeaux/a/association/erp/atelier/",
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
VENUE = (
    Field("name", Text(120, use="name"), "the name of a place that is used once", example=said("Quay workshop")),
    Field(
        "place",
        Text(120, use="key"),
        "the place, by the name of its file in content/places; “venue: quay” alone says the same",
        example=said("quay"),
    ),
    Field("room", Text(80), "where in the place", default="", example=said("wood corner")),
    *WHERE,
)

#: What becomes something else once pictures are known, or on the way.
_OTHERWISE = frozenset({"map", "map_alt", "place", "name", "accessibility"})


def place(venue: Mapping[str, Any] | None) -> Place | None:
    """Return the place that a venue describes, without its plan and what the registry knows, which come with the other files."""
    if not venue or not (venue.get("name") or venue.get("place")):
        return None
    return Place(
        name=venue.get("name") or venue["place"],
        accessibility=answers(venue.get("accessibility")),
        **{key: value for key, value in venue.items() if key not in _OTHERWISE},
    )


def answers(given: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Return what is known of a place's accessibility, in the order of the questions."""
    return tuple((name, given[name]) for name in QUESTIONS if given and given.get(name, "unknown") != "unknown")


def told_of(place: Place | None) -> dict[str, Any] | None:
    """Return a place as plain values, without its plan; ``accessibility`` answers every question, also with unknown."""
    if place is None:
        return None
    known = dict(place.accessibility)
    plain = {one.name: getattr(place, one.name) for one in VENUE if one.name not in _OTHERWISE}
    return plain | {
        "name": place.name,
        "spot": place.spot,
        "accessibility": {name: known.get(name, "unknown") for name in QUESTIONS},
        "tongues": dict(place.tongues),
    }
