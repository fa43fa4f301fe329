"""What stands on a social card."""

from __future__ import annotations

import pytest
from tests.hubs import settled_village

from handbill.outputs.bill.bill import COLOURS, HEIGHT, WIDTH, Bill, Leaf, Mark
from handbill.outputs.planned import digest
from handbill.outputs.tokens import read_tokens
from handbill.settings import read_settings

CARD = Bill("Rendez-vous", "Fête du puits", ("Samedi 11 avril 2026",), "Le village", "village.example", Leaf("avr.", "11", "sam."))


def test_a_card_has_the_shape_that_networks_show_whole():
    """A picture of another shape is cropped, and its first letters with it."""
    assert (1200, 630) == (WIDTH, HEIGHT)


def test_the_colours_of_a_card_are_colours_of_the_site():
    """A community that changes its colours in one place wants its cards to follow."""
    tokens, _ = read_tokens(read_settings(settled_village()))

    assert set(COLOURS) <= tokens["light"].keys()


@pytest.mark.parametrize(
    "other",
    [
        Bill("Rendez-vous", "Fête du puits", ("Samedi 11 avril 2026",), "Le village", "village.example", Leaf("avr.", "11", "sam.", "off")),
        Bill("Rendez-vous", "Fête du puits", ("Samedi 11 avril 2026",), "Le village", "village.example"),
        Bill("Rendez-vous", "Fête du puits", ("Samedi 11 avril 2026",), "Le village", "village.example", CARD.leaf, Mark("Annulé", "stop")),
        Bill("Rendez-vous", "Fête du puits", ("Samedi 11 avril 2026",), "Le village", "village.example", CARD.leaf, None, True),
    ],
)
def test_whatever_differs_on_a_card_makes_another_card(other: Bill):
    """A card that stays as it was shows a date that no longer holds."""
    assert digest(CARD) != digest(other)
