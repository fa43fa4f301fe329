"""What a section is called, and the one word that a reader must know of an entry."""

from dataclasses import replace

import pytest
from tests.outputs.mail.letters import CARD, CONTEST, POST, card, french

from handbill.kinds.query import SORTS
from handbill.outputs.mail.standing import ACTS, HEADINGS, STANDINGS, act, heading_of, over_and_heading, standing


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


@pytest.mark.parametrize(("expected", "signup"), [("signup-full", "full"), ("signup-waitlist", "waitlist"), ("signup-closing", "closing")])
def test_that_no_place_is_left_is_known_before_anybody_plans_to_come(expected, signup):
    """The page says so too, with the same word."""
    assert expected == standing(card(signup=signup))
    assert "cancelled" == standing(card(signup=signup, status="cancelled"))


@pytest.mark.parametrize(
    ("expected", "one"),
    [
        ("Sign up", card(takes="open")),
        ("Join the waiting list", card(takes="waitlist")),
        ("All the details", card(takes="full")),
        ("All the details", card(takes="open", status="cancelled")),
        ("All the details", CARD),
        ("Enter the contest", CONTEST),
        ("All the details", replace(CONTEST, state="closed")),
        ("Read more", POST),
    ],
)
def test_a_button_promises_what_its_page_can_keep(expected, one):
    """Nobody can sign up for what is called off, nor enter what is closed."""
    assert expected == act(one)


@pytest.mark.parametrize(
    ("expected", "name", "title"),
    [
        (("", "À venir"), "events", ""),
        (("", "Ce samedi"), "events", "Ce samedi"),
        (("", "Avec le soutien de"), "sponsor", ""),
        (("Avec le soutien de", "Merci"), "sponsor", "Merci"),
    ],
)
def test_who_pays_for_words_is_named_as_such_whatever_the_heading_says(expected, name, title):
    """Under “Merci” alone, what somebody paid for would pass for the community's own words."""
    assert expected == over_and_heading(name, title, french())
    assert " · ".join(one for one in expected if one) == heading_of(name, title, french())


def test_every_section_has_a_heading_and_every_word_is_translated():
    """A section or state in English would stand out in a French letter."""
    words = french()

    assert set(HEADINGS) == set(SORTS)
    for text in (*HEADINGS.values(), *(word for word, _ in STANDINGS.values()), *ACTS.values()):
        # French has this one as well.
        assert words(text) != text or text == "Corrections", text
