"""A place of the registry is read as an event's own venue is, and says what it belongs to."""

from __future__ import annotations

from tests.hubs import text

from handbill.kinds.event import EVENT
from handbill.kinds.place import PLACE
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft

TERMS = Terms("github", "Europe/Paris", ("fr",), 65536)


def read(source, kind=PLACE, **front):
    draft, problems = read_draft(source, text(**front).encode(), kind, TERMS)
    return draft.parts, [str(one) for one in problems]


def test_a_place_says_in_its_file_what_an_event_says_of_its_venue():
    """Somebody moves the lines of a venue into a file of its own, and nothing is lost on the way."""
    lines = {
        "street": "2 rue du Puits",
        "city": "Bourg",
        "latitude": "44.8",
        "longitude": "-0.5",
        "accessibility": "{hearing_loop: partial}",
    }
    inline = ", ".join(f"{name}: {value}" for name, value in lines.items())
    event, _ = read("events/x.md", EVENT, starts="2026-05-01 10:00", organisers="[X]", venue=f"{{name: Salle, {inline}}}")
    registered, problems = read("content/places/salle.md", title="Salle", **lines)

    assert [] == problems
    assert event["place"] == registered["place"]


def test_a_place_has_no_date_and_asks_for_none():
    """It is no news: feeds and archives leave it alone."""
    assert not PLACE.is_dated
    assert [] == read("content/places/salle.md", title="Salle", date="2026-01-01")[1]


def test_a_part_names_what_it_is_a_part_of():
    """The corner keeps the street of the house in one file."""
    assert "quai" == read("content/places/coin.md", title="Coin", part_of="quai")[0]["facts"].part_of


def test_an_answer_in_french_is_told_the_word_that_is_meant():
    """Four words of a form are quickly confused, most of all in one's own language."""
    _, problems = read("content/places/salle.md", title="Salle", accessibility="{step_free_entrance: oui, hearing_loop: inconnu}")

    assert 2 == len(problems)
    assert "“yes”" in problems[0]
    assert "“unknown”" in problems[1]


def test_yes_and_no_are_words_without_quotation_marks():
    """YAML 1.1 took them for true and false, and some editors still believe it."""
    place = read("content/places/salle.md", title="Salle", accessibility="{step_free_entrance: no, adapted_toilet: yes}")[0]["place"]

    assert (("step_free_entrance", "no"), ("adapted_toilet", "yes")) == place.accessibility
