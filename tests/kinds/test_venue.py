"""A venue as an editor writes it becomes a place as a visitor needs it."""

from handbill.hub.facets import Picture, Place
from handbill.kinds.venue import VENUE, place, told_of

FULL = {"name": "Salle", "street": "2 rue du Puits", "postcode": "33000", "city": "Bourg", "country": "France", "latitude": 44.8, "longitude": -0.5, "access": "Plain-pied"}


def test_a_venue_is_a_place_with_all_that_was_written_of_it():
    """One field forgotten here is a visitor before the wrong door."""
    assert Place(**FULL) == place({**FULL, "map": "plan.png", "map_alt": "Plan"})
    assert FULL == told_of(place({**FULL, "map": None, "map_alt": None}))


def test_without_a_name_there_is_no_place():
    """The message about the missing name says enough; a place without one would be on the page."""
    assert None is place(None) is place({"name": None, "city": "Bourg"}) is told_of(None)


def test_a_plan_is_no_plain_value():
    """Pages complete its address; written out here it would be that of no hub."""
    assert {one.name for one in VENUE} - {"map", "map_alt"} == set(told_of(Place("Salle", map=Picture("/p.png", "", 1, 1))))
