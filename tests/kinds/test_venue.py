"""A venue as an editor writes it becomes a place as a visitor needs it."""

from handbill.hub.facets import Picture, Place
from handbill.kinds.venue import QUESTIONS, VENUE, place, told_of

FULL = {
    "name": "Salle",
    "street": "2 rue du Puits",
    "postcode": "33000",
    "city": "Bourg",
    "country": "France",
    "latitude": 44.8,
    "longitude": -0.5,
    "access": "Plain-pied",
}


def test_a_venue_is_a_place_with_all_that_was_written_of_it():
    """One field forgotten here is a visitor before the wrong door."""
    assert Place(**FULL) == place({**FULL, "map": "plan.png", "map_alt": "Plan"})
    assert FULL == {key: value for key, value in told_of(place({**FULL, "map": None, "map_alt": None})).items() if key in FULL}


def test_every_question_of_access_has_an_answer_also_unknown():
    """A wheelchair user who reads nothing about steps cannot tell a flat entrance from one that nobody looked at."""
    told = told_of(place({"name": "Salle", "accessibility": {"step_free_entrance": "yes", "hearing_loop": "unknown"}}))

    assert {**dict.fromkeys(QUESTIONS, "unknown"), "step_free_entrance": "yes"} == told["accessibility"]


def test_a_place_of_the_registry_stands_under_the_name_that_was_written_until_the_registry_is_read():
    """Each file is read alone first; what is left without an answer then still says what was meant."""
    assert ("quai", "coin bois") == (place({"place": "quai", "room": "coin bois"}).name, place({"place": "quai", "room": "coin bois"}).room)


def test_without_a_name_there_is_no_place():
    """The message about the missing name says enough; a place without one would be on the page."""
    assert None is place(None) is place({"name": None, "city": "Bourg"}) is told_of(None)


def test_a_plan_is_no_plain_value():
    """Pages complete its address; written out here it would be that of no hub."""
    assert {one.name for one in VENUE} - {"map", "map_alt", "place"} | {"spot", "tongues"} == set(
        told_of(Place("Salle", map=Picture("/p.png", "", 1, 1)))
    )
