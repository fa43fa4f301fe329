"""What an event and a place take from the registry of places, and what is said where it has no such place."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.telling import line_of

QUAI = {
    "title": "Atelier du quai",
    "street": "2 rue du Puits",
    "postcode": '"33000"',
    "city": "Bourg",
    "access": "Rampe",
    "latitude": "44.8",
    "longitude": "-0.5",
}


def event(venue, **front):
    return text(starts="2026-05-01 10:00", organisers="[X]", venue=venue, **front)


def read(root, files, **changes):
    loaded, _ = load_village(root=write(root, {"content/places/quai.md": text(**QUAI), **files}), **changes)
    places = {item.source: item.place for item in (*loaded.hub.items, *loaded.hub.hidden)}
    return places, [line_of(one, "en") for one in loaded.problems if one.code == "HB321"]


@pytest.mark.parametrize("venue", ["quai", "{place: quai}", "Atelier du quai", "atelier du Quai", "Quai", "{place: quai, city: Bourg}"])
def test_an_event_names_a_place_and_has_all_that_is_known_of_it(venue, tmp_path):
    """The ramp was built: one file says so, and forty pages."""
    places, told = read(tmp_path, {"events/a.md": event(venue)})
    place = places["events/a.md"]

    assert [] == told
    assert ("Atelier du quai", "quai", "2 rue du Puits", "33000", "Bourg", "Rampe", 44.8, -0.5) == (
        place.name, place.slug, place.street, place.postcode, place.city, place.access, place.latitude, place.longitude,
    )  # fmt: skip


def test_what_the_event_says_itself_is_right(tmp_path):
    """On that one evening one goes in by the courtyard."""
    place = read(tmp_path, {"events/a.md": event("{place: quai, room: coin bois, access: Par la cour}")})[0]["events/a.md"]

    assert ("Par la cour", "Atelier du quai, coin bois", "quai") == (place.access, place.spot, place.slug)


def test_another_street_has_other_coordinates(tmp_path):
    """The pin of the old door would send everyone there."""
    place = read(tmp_path, {"events/a.md": event("{place: quai, street: 9 rue Neuve}")})[0]["events/a.md"]

    assert (None, None) == (place.latitude, place.longitude)


def test_a_part_takes_what_it_does_not_say_from_the_whole(tmp_path):
    """The street stands once; the corner adds its two steps, answer by answer."""
    files = {
        "content/places/quai.md": text(**QUAI, accessibility="{step_free_entrance: yes, hearing_loop: yes}"),
        "content/places/coin.md": text(title="Coin bois", part_of="quai", accessibility="{step_free_entrance: no}"),
        "content/places/etabli.md": text(title="Établi 3", part_of="coin"),
        "events/a.md": event("etabli"),
    }
    place = read(tmp_path, files)[0]["events/a.md"]

    assert "Établi 3, Coin bois, Atelier du quai, 2 rue du Puits, 33000 Bourg" == place.line
    assert (("step_free_entrance", "no"), ("hearing_loop", "yes")) == place.accessibility
    assert ("etabli", "coin", "quai") == place.slugs


def test_a_name_that_tells_what_it_is_a_part_of_is_not_told_twice(tmp_path):
    """“Courtyard of the workshop, the workshop” reads like a mistake."""
    files = {"content/places/cour.md": text(title="Cour de l'atelier du quai", part_of="quai"), "events/a.md": event("cour")}

    assert "Cour de l’atelier du quai" == read(tmp_path, files)[0]["events/a.md"].spot


def test_a_place_is_told_in_the_language_of_the_event(tmp_path):
    """A translation says what it says, and takes the street and the answers from its original."""
    files = {
        "content/places/quai.md": text(**QUAI, accessibility="{hearing_loop: yes}", transport="Tram C"),
        "content/places/quai.en.md": text(title="Quay workshop", access="Ramp"),
        "events/a.en.md": event("quai"),
    }
    place = read(tmp_path, files)[0]["events/a.en.md"]

    assert ("Quay workshop", "Ramp", "2 rue du Puits") == (place.name, place.access, place.street)
    assert (("hearing_loop", "yes"),) == place.accessibility
    assert (("transport", "fr"),) == place.tongues


def test_a_place_that_is_not_translated_says_in_which_language_it_is(tmp_path):
    """A program that reads aloud needs to know that the name is French."""
    place = read(tmp_path, {"events/a.en.md": event("quai")})[0]["events/a.en.md"]

    assert {"name": "fr", "access": "fr"} == dict(place.tongues)


def test_a_translation_with_an_address_of_its_own_is_named_by_either_file(tmp_path):
    """Events in English are often copies of French ones."""
    files = {
        "content/places/quai.en.md": text(title="Quay workshop", slug="quay"),
        "events/a.en.md": event("quai"),
        "events/b.en.md": event("quay"),
        "events/c.md": event("quay"),
    }
    places = read(tmp_path, files)[0]

    assert ["quay", "quay", "quai"] == [places[f"events/{name}"].slug for name in ("a.en.md", "b.en.md", "c.md")]


@pytest.mark.parametrize(
    ("venue", "told"),
    [
        ("quay", "events/a.md:6:8: venue: found “quay”, which is no file of content/places, wanted “quai”, perhaps"),
        (
            "Salle des fêtes",
            "events/a.md:6:8: venue: found “Salle des fêtes”, which is no file of content/places, wanted one of quai, or for a place that"
            " is used once “venue:” alone and below it, two spaces to the right, “name: Salle des fêtes”",
        ),
    ],
)
def test_a_place_that_is_not_there_is_told_with_what_to_write(venue, told, tmp_path):
    """A slip of one letter, or a hall that needs no file: two different lines."""
    assert [told] == [one.replace(" [HB321]", "") for one in read(tmp_path, {"events/a.md": event(venue)})[1]]


def test_a_place_lies_in_no_circle(tmp_path):
    """Two files that each belong to the other would be asked for their street for ever."""
    files = {
        "content/places/a.md": text(title="A", part_of="b"),
        "content/places/b.md": text(title="B", part_of="a"),
        "content/places/c.md": text(title="C", part_of="a"),
        "content/places/d.md": text(title="D", part_of="d"),
        "content/places/e.md": text(title="E", part_of="nulle-part"),
    }
    told = read(tmp_path, files)[1]

    assert ["a.md", "b.md", "d.md", "e.md"] == [line.split(":")[0].removeprefix("content/places/") for line in told]
    assert all("which is a part of this place itself" in line for line in told[:2])
    assert "found this place itself" in told[2]
    assert "which is no file of content/places" in told[3]
