"""What is asked, and what the hub proposes."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hubs import load_village, text, write

from handbill.authoring.answers import field_named
from handbill.authoring.asking import Known
from handbill.authoring.sheet import lines_of
from handbill.kinds import KINDS

KIND = {kind.name: kind for kind in KINDS}


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(load_village()[0].hub)


def test_a_question_says_what_a_field_does_and_shows_an_example(known):
    """In the language of the person."""
    question = known.question(KIND["event"], "starts", {}, "fr")

    assert question.does.startswith("le début, à l’heure locale")
    assert ("starts", "2026-05-01 14:00", "", ()) == (question.name, question.example, question.default, question.words)


def test_the_words_of_a_closed_list_are_explained(known):
    """`jury` or `quiz` is a decision, not a spelling."""
    assert ("draw", "par tirage au sort parmi toutes les participations") == known.question(KIND["contest"], "mechanism", {}, "fr").words[0]


def test_people_are_named_as_texts_call_them(known):
    """The file name, which is what an editor does not know by heart."""
    assert ("ada", "tom") == known.question(KIND["event"], "organisers", {}, "en").known


def test_places_are_known_from_earlier_events(known):
    """The same hall a hundred times, its postcode typed once."""
    question = known.question(KIND["event"], "venue", {}, "en")
    values = {"venue": {"name": "place du puits"}}
    known.complete(values)

    assert "Place du Puits" in question.known
    assert question.default in question.known
    assert {"name": "Place du Puits", "street": "1 place du Puits", "postcode": "00000"}.items() <= dict(values["venue"]).items()


def test_a_venue_with_keys_of_its_own_is_left_alone(known):
    """Somebody meant another room of it."""
    values = {"venue": {"name": "Place du Puits", "access": "Par derrière"}}
    known.complete(values)

    assert {"venue": {"name": "Place du Puits", "access": "Par derrière"}} == values


def test_the_next_number_of_a_letter_is_proposed(known):
    """Numbers are used once."""
    assert known.question(KIND["issue"], "number", {}, "en").default == str(known.next_number("main")) != "1"
    assert 1 == known.next_number("other")
    assert date.min == known.last_of("other") < known.last_of("main")


def test_the_organiser_of_the_last_contest_is_proposed(known):
    """It is the same association every time."""
    assert known.question(KIND["contest"], "organiser", {}, "en").default


def test_a_group_is_asked_for_by_its_first_key(known):
    """“{name: …}” is no answer that anybody would type."""
    assert "A set of wood chisels" == known.question(KIND["contest"], "prizes", {}, "en").example
    assert "Quay workshop" == known.question(KIND["event"], "venue", {}, "en").example


# Places that have a file


@pytest.fixture(scope="module")
def registered(tmp_path_factory) -> Known:
    event = {"organisers": "[X]", "starts": "2026-05-01 10:00"}
    files = {
        "content/places/quai.md": text(title="Atelier du quai", street="2 rue du Puits"),
        "content/places/cour.md": text(title="La cour", part_of="quai"),
        "events/a.md": text(**event, venue="quai"),
        "events/b.md": text(**event, venue="{name: Mairie, city: Bourg, accessibility: {hearing_loop: yes}}"),
        "events/c.md": text(**event, venue="{name: Mairie, city: Bourg, accessibility: {hearing_loop: yes}}"),
    }
    return Known(load_village(root=write(tmp_path_factory.mktemp("places"), files))[0].hub)


def test_places_with_a_file_are_proposed_by_its_name_and_the_most_usual_place_first(registered):
    """Also a place where nothing has taken place yet: its file is what somebody just wrote."""
    question = registered.question(KIND["event"], "venue", {}, "en")

    assert ("Mairie", "quai", "cour") == question.known
    assert "Mairie" == question.default
    assert ("cour", "quai") == registered.question(KIND["place"], "part_of", {}, "en").known


@pytest.mark.parametrize("typed", ["quai", "Quai", "Atelier du quai", "atelier du QUAI"])
def test_a_place_with_a_file_is_named_and_never_written_out_again(registered, typed):
    """However the editor calls it, the event gets one line."""
    values = {"venue": {"name": typed}}
    registered.complete(values)

    assert {"venue": {"place": "quai"}} == values
    assert ["venue: quai"] == lines_of("venue", values["venue"], field_named(KIND["event"].all_fields, "venue").type)


def test_a_place_without_a_file_is_written_out_with_its_answers(registered):
    """The loop that somebody has asked about last year is there this year."""
    values = {"venue": {"name": "mairie"}}
    registered.complete(values)

    assert {"venue": {"name": "Mairie", "city": "Bourg", "accessibility": {"hearing_loop": "yes"}}} == values
