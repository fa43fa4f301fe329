"""How one gets into a place, on one line."""

from __future__ import annotations

from pathlib import Path

from handbill.hub.facets import Place
from handbill.kinds.venue import QUESTIONS
from handbill.outputs.access import LABELS, access_line
from handbill.outputs.words import words_for

THEME = Path(__file__).resolve().parents[2] / "theme"


def test_a_line_says_what_is_known_in_the_reader_s_language():
    """The phone shows it at the door, where no page is open."""
    place = Place(
        "Quai", access="Par la cour.", accessibility=(("step_free_entrance", "yes"), ("adapted_toilet", "no"), ("quiet_room", "partial"))
    )

    assert (
        "Accessibilité\u00a0: Par la cour. Entrée de plain-pied\u00a0: oui · Toilettes adaptées\u00a0: non · Endroit calme\u00a0: en partie"
        == access_line(place, words_for("fr", (THEME / "locale" / "fr.po",)))
    )


def test_of_a_place_of_which_nothing_is_known_nothing_is_said():
    """“Access:” with nothing behind it helps nobody."""
    assert "" == access_line(Place("Quai"), str)


def test_every_question_has_the_same_name_on_pages_and_in_lines():
    """Two names for one thing are two things to whoever compares them."""
    template = (THEME / "templates" / "parts" / "access.html").read_text(encoding="utf-8")

    assert list(QUESTIONS) == list(LABELS)
    assert [] == [name for name, label in LABELS.items() if f'name == "{name}" %}}{{{{ words("{label}") }}}}' not in template]
