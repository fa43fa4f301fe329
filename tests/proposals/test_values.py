"""Answers as values of fields."""

import pytest
from tests.proposals.filled import sound

from handbill.proposals.body import read_body
from handbill.proposals.values import filled_by


def filled(name: str = "event", **answers: str):
    """Return what a form fills."""
    ticks = answers.pop("ticks", None)
    return filled_by(read_body(sound(name, "fr", ticks.split() if ticks is not None else None, **answers)), "Europe/Paris")


def test_answers_become_values_as_if_they_were_typed_for_an_editor():
    """What reads files reads them, too; there is no second way in."""
    found = filled(venue__city="Bordeaux", tags="danse, bois", mode="hybrid")

    expected = {
        "title": "Bal des copeaux", "starts": "2026-05-02 20:00", "mode": "hybrid", "organisers": ("Jean Roux",),
        "venue": {"name": "Salle des fêtes", "city": "Bordeaux"}, "tags": ("danse", "bois"),
    }  # fmt: skip
    assert (expected, "Venez danser.", []) == (found.values, found.text, found.lacking)


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        ({"title": ""}, "Ce que c’est"),
        ({"starts": "demain"}, "Quand cela commence"),
        ({"mode": "nulle part"}, "Comment on participe"),
        ({"tags": "a," * 20}, "Sujets"),
        ({"text": "![x](y)"}, "Le texte"),
        ({"ticks": "public"}, "Avant d’envoyer"),
    ],
)
def test_what_is_missing_is_told_by_its_question(answers, label):
    """People know what they were asked, and no field."""
    assert [label] == [one.label for one in filled(**answers).lacking]


def test_what_is_disclosed_becomes_a_group():
    """The boxes and the line below them are one field."""
    found = filled(ticks="public private own_project part paid", disclosure__paid_by="Quincaillerie")

    expected = {"own_project": "true", "paid": "true", "paid_by": "Quincaillerie", "machine_written": "part"}
    assert expected == found.values["disclosure"]


def test_online_there_is_no_place_and_on_the_spot_nothing_to_say():
    """A place that nobody can go to would be a wrong entry in calendars."""
    online = filled(mode="online", join_url="https://visio.example/bal")

    assert "venue" not in online.values
    assert "mode" not in filled(mode="onsite").values
