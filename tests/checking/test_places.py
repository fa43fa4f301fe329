"""A place that was written twice in two ways is noticed, and two places never are taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.places import check_places
from handbill.telling import line_of

ROOT = Path(__file__).resolve().parents[2]
QUAI = text(title="Atelier du quai", street="2 rue du Puits", postcode='"33000"', city="Bourg", latitude="44.8000", longitude="-0.5000")


def event(venue, starts="2026-05-01 10:00", **front):
    return text(starts=starts, organisers="[X]", venue=f"{{{venue}}}", **front)


def doubts(root, files, as_of="2026-03-20 12:00"):
    hub = load_village(as_of, write(root, files))[0].hub
    return [(one.path.removeprefix("events/"), one.code, line_of(one, "en")) for one in check_places(hub)]


@pytest.mark.parametrize(
    "venue",
    [
        "name: Atelier du quai",
        "name: atelier du Quai, city: Bourg",
        "name: Atelier du quay, street: 2 rue du Puits, city: Bourg",
        "name: Ateliers du quai",
        "name: Quai",
        "name: Atelier de quai, street: 2 rue du Puits, postcode: '33000'",
    ],
)
def test_a_place_of_the_registry_that_is_written_out_is_told_with_the_line_to_write(venue, tmp_path):
    """The day the ramp is built, that event is the one that does not know."""
    found = doubts(tmp_path, {"content/places/quai.md": QUAI, "events/a.md": event(venue)})

    assert [("a.md", "HB322")] == [one[:2] for one in found]
    assert "content/places/quai.md" in found[0][2]
    assert "“venue: quai”" in found[0][2]


@pytest.mark.parametrize(
    "venue",
    [
        "name: Atelier du quai, city: Rouen",
        "name: Atelier du quai, street: 9 rue Neuve, city: Bourg",
        "name: 'Atelier du quai, coin bois', street: 2 rue du Puits, city: Bourg",
        "name: Cour de l'atelier du quai, street: 2 rue du Puits, city: Bourg",
        "name: Café d'en face, street: 2 rue du Puits, city: Bourg",
        "place: quai, room: coin bois",
    ],
)
def test_a_room_a_courtyard_and_a_place_of_that_name_elsewhere_are_no_mistake(venue, tmp_path):
    """Who is told of ten mistakes that are none reads no eleventh."""
    assert [] == doubts(tmp_path, {"content/places/quai.md": QUAI, "events/a.md": event(venue)})


def test_what_is_over_is_left_as_it_was(tmp_path):
    """Nobody tidies the year 2019."""
    files = {"content/places/quai.md": QUAI, "events/a.md": event("name: Atelier du quai", "2019-05-01 10:00")}

    assert [] == doubts(tmp_path, files)


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("name: Place du Puits", "name: Place du Puit"),
        ("name: Maison des associations", "name: Maison des asociations, city: Bourg"),
        ("name: Salle Jean-Moulin", "name: Salle Jean Moulins"),
        ("name: L'atelier du quai, street: 2 rue du Puits, city: Bourg", "name: L'atelier de quai, street: 2 rue du Puits, city: Bourg"),
    ],
)
def test_two_spellings_of_one_place_are_noticed_at_the_rarer_one(usual, other, tmp_path):
    """Each spelling has a page and a calendar of its own, and whoever follows the one misses the other."""
    files = {"events/a.md": event(usual), "events/b.md": event(usual), "events/c.md": event(other)}
    found = doubts(tmp_path, files)

    assert [("c.md", "HB323")] == [one[:2] for one in found]
    assert "events/a.md" in found[0][2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("name: Salle 1", "name: Salle 2"),
        ("name: Hall A, street: 1 rue, city: Bourg", "name: Hall B, street: 1 rue, city: Bourg"),
        ("name: Salle 12, street: 1 rue, city: Bourg", "name: Salle 2, street: 1 rue, city: Bourg"),
        ("name: La cour", "name: Le four"),
        ("name: Mairie, city: Bourg", "name: Mairies, city: Rouen"),
        ("name: Salle du conseil, street: 1 rue, city: Bourg", "name: Mairie, street: 1 rue, city: Bourg"),
        ("name: Salle nord, street: 1 rue, city: Bourg", "name: Salle sud, street: 1 rue, city: Bourg"),
        ("name: Grange", "name: grange"),
    ],
)
def test_two_places_with_names_that_are_alike_are_two(one, other, tmp_path):
    """Rooms are numbered, and every town has a town hall."""
    assert [] == doubts(tmp_path, {"events/a.md": event(one), "events/b.md": event(other)})


def test_one_address_is_at_one_point(tmp_path):
    """A figure was left out, and the map shows a field in Spain."""
    files = {
        "content/places/quai.md": QUAI,
        "events/a.md": event("name: Café, street: 2 rue du Puits, postcode: '33000', latitude: 44.8012, longitude: -0.5008"),
        "events/b.md": event("name: Café, street: 2 rue du Puits, postcode: '33000', latitude: 44.08, longitude: -0.5"),
    }
    found = doubts(tmp_path, files)

    assert [("b.md", "HB323")] == [one[:2] for one in found]
    assert "80100 m" in found[0][2]


@pytest.mark.parametrize(
    ("folder", "as_of"),
    [("", "2026-11-21 12:00"), ("tests/sites/village", "2026-03-20 12:00"), ("tests/browser/states", "2026-05-15 12:00")],
)
def test_the_hubs_that_we_know_hold_no_such_doubt(folder, as_of):
    """They have rooms, courtyards and places abroad."""
    assert [] == list(check_places(load_village(as_of, ROOT / folder)[0].hub))
