"""What is asked, and what the hub proposes."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hubs import load_village

from handbill.authoring.asking import Known
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
