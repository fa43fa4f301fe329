"""A member finds the door, and nobody learns of it who was not asked."""

from __future__ import annotations

import pytest

from handbill.hub.facets import Place
from handbill.outputs.maps import on_map


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (Place("Quai", latitude=44.8501, longitude=-0.5702), "https://www.openstreetmap.org/?mlat=44.8501&mlon=-0.5702#map=17/44.8501/-0.5702"),
        (Place("Greenwich", latitude=51.0, longitude=0.00001), "https://www.openstreetmap.org/?mlat=51&mlon=0.00001#map=17/51/0.00001"),
        (Place("Équateur", latitude=0.0, longitude=10.5), "https://www.openstreetmap.org/?mlat=0&mlon=10.5#map=17/0/10.5"),
    ],
)
def test_coordinates_lead_to_the_door(place, address):
    """West of Greenwich is the other side of the world without its sign, and zero is a place."""
    assert address == on_map(place)


def test_without_coordinates_the_address_is_looked_for():
    """Most editors know a street and no degrees."""
    place = Place("Salle", street="14 rue des Établis", postcode="33800", city="Bordeaux", country="France", latitude=44.85)

    assert "https://www.openstreetmap.org/search?query=14%20rue%20des%20%C3%89tablis%2C%2033800%20Bordeaux%2C%20France" == on_map(place)


@pytest.mark.parametrize("place", [Place("Salle des fêtes"), Place("Salle", city="Bordeaux"), Place("Salle", street="14 rue & co")])
def test_a_name_alone_is_not_looked_for(place):
    """There is a hall of that name in every town; the wrong one is worse than none."""
    assert "" == on_map(place)
