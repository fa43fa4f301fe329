"""The one word that a reader must know of an entry."""

import pytest
from tests.outputs.mail.letters import CARD, CONTEST, POST, card, french

from handbill.kinds.issue import SECTIONS
from handbill.outputs.mail.standing import HEADINGS, STANDINGS, standing


@pytest.mark.parametrize(
    ("expected", "one"),
    [
        ("", CARD),
        ("", CONTEST),
        ("", POST),
        ("cancelled", card(status="cancelled", state="upcoming")),
        ("cancelled", card(state="cancelled", status="confirmed")),
        ("cancelled", card(state="cancelled", status="moved_online")),
        ("postponed", card(status="postponed", is_on=True, state="ongoing")),
        ("rescheduled", card(status="rescheduled")),
        ("moved_online", card(status="moved_online", state="ongoing")),
        ("tentative", card(status="tentative")),
        ("ongoing", card(state="ongoing")),
    ],
)
def test_what_forbids_to_travel_comes_before_all_else(expected, one):
    """Nobody shall stand before a closed door because the letter said "On now"."""
    assert expected == standing(one)


def test_every_section_has_a_heading_and_every_word_is_translated():
    """A section or state in English would stand out in a French letter."""
    words = french()

    assert set(HEADINGS) == set(SECTIONS)
    for text in (*HEADINGS.values(), *(word for word, _ in STANDINGS.values())):
        assert words(text) != text, text
