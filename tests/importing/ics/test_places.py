"""Where something takes place, split up only where that is certain."""

import pytest

from handbill.importing.ics.parts import Part
from handbill.importing.ics.places import is_online, venue_of, without_addresses, without_online


def venue(location: str, *lines: str, known=None):
    notes = []
    part = Part("VEVENT", 1, [(number, text) for number, text in enumerate((f"LOCATION:{location}", *lines), 2)])
    return venue_of(location, part, known or {}, notes), [note.what for note in notes]


@pytest.mark.parametrize(
    ("location", "wanted"),
    [
        ("Jardin, 14 Rue des Établis, 33800 Bordeaux, France", {"name": "Jardin", "street": "14 Rue des Établis", "postcode": "33800", "city": "Bordeaux", "country": "France"}),
        ("Jardin botanique\nEsplanade Linné\n33100 Bordeaux\nFrance", {"name": "Jardin botanique", "street": "Esplanade Linné", "postcode": "33100", "city": "Bordeaux", "country": "France"}),
        ("Salle A, Maison de quartier, 3 bis place du Marché, 33300 Bordeaux", {"name": "Salle A, Maison de quartier", "street": "3 bis place du Marché", "postcode": "33300", "city": "Bordeaux"}),
        ("Médiathèque, 33000 Bordeaux", {"name": "Médiathèque", "postcode": "33000", "city": "Bordeaux"}),
        ("Salle des fêtes", {"name": "Salle des fêtes"}),
        ("14 rue des Établis, 33800 Bordeaux", {"name": "14 rue des Établis, 33800 Bordeaux"}),
        ("Library (20 W 53rd St, New York, NY 10019, USA)", {"name": "Library (20 W 53rd St, New York, NY 10019, USA)"}),
        ("Chez Paul, au fond de la cour, 33000 Bordeaux", {"name": "Chez Paul, au fond de la cour, 33000 Bordeaux"}),
        ("A, 1 rue B, 33000 Bordeaux, France, Terre", {"name": "A, 1 rue B, 33000 Bordeaux, France, Terre"}),
    ],
)  # fmt: skip
def test_an_address_is_split_only_where_a_french_postcode_stands_behind_a_street(location, wanted):
    """A street in the field of the town sends a map to another country; an address in one line sends it to the door."""
    assert (wanted, []) == venue(location)


def test_a_place_that_the_hub_knows_is_named_by_its_file():
    """One entry of the registry tells how to get in; twenty copies of it would not."""
    found, told = venue("Atelier Garonne, 14 rue des Établis, 33800 Bordeaux", known={"atelier-garonne": "atelier"})

    assert "atelier" == found
    assert ["the place is one that the hub knows"] == told


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("GEO:44.8378;-0.5792", {"latitude": "44.8378", "longitude": "-0.5792"}),
        ("GEO:44,837;0", {}),
        ("GEO:999;999", {}),
        ("GEO:0;0", {}),
        ("GEO:here", {}),
        ('X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Jardin":geo:44.842800,-0.559600', {"latitude": "44.8428", "longitude": "-0.5596"}),
    ],
)
def test_a_position_is_kept_where_it_lies_on_this_earth(line, wanted):
    """Many programs write 0, 0 for “unknown”, which is a place in the sea."""
    found, told = venue("Quai", line)

    assert {"name": "Quai"} | wanted == found
    assert bool(told) != bool(wanted)


def test_a_name_that_is_too_long_is_cut_and_told():
    """A whole description in the field of the place happens."""
    found, told = venue("mot " * 200)

    assert len(found["name"]) <= 120
    assert ["the name of the place was cut"] == told


@pytest.mark.parametrize(
    "word", ["En ligne", "online", "Microsoft Teams Meeting", "Réunion Microsoft Teams", "Zoom", "(Visio)", "à distance"]
)
def test_words_for_no_place_are_known(word):
    """“Zoom” is on no map."""
    assert is_online(word)
    assert not is_online(f"Salle {word}")


def test_a_place_loses_what_says_that_one_can_connect_too():
    """Outlook appends its meeting to the room."""
    assert "Salle des fêtes" == without_online("Salle des fêtes; Réunion Microsoft Teams")
    assert "Salle, 2e étage" == without_online("Salle, 2e étage")
    assert "Salle" == without_addresses("Salle (https://x.example/y").strip("(")
