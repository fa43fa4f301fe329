"""What a service holds is told apart from what was approved, part by part."""

from __future__ import annotations

import pytest

from handbill.sending.comparing import Edited, OtherLetter, Several, compare, held_by
from handbill.sending.contract import Draft, Version

APPROVED = Version("12", "fr", "a" * 64, "Objet", "https://essai.example/", "<p>", "p", b"")
WANTED = {"subject": "En mai", "html": "x" * 500 + "é" * 500, "list": "3"}


class Shelf:
    """A service that holds what it is given."""

    name = label = "essai"

    def __init__(self, *held):
        self.held = held

    def find(self, version):
        return self.held


def draft(number="1", campaign=APPROVED.campaign, state="draft", **content):
    return Draft(number, campaign, state, {**WANTED, **content})


def test_one_draft_of_these_bytes_is_the_one():
    """That is how it is nearly always."""
    assert held_by(Shelf(), APPROVED) is None
    assert draft() == held_by(Shelf(draft()), APPROVED)


def test_two_of_these_bytes_are_named():
    """A person has to look at both, and finds them by their numbers."""
    with pytest.raises(Several, match=r"\(1\).*\(2\)"):
        held_by(Shelf(draft(), draft("2")), APPROVED)


@pytest.mark.parametrize(
    ("state", "word"), [("draft", "delete it there"), ("scheduled", "leaves once"), ("sent", "leaves once"), ("stopped", "leaves once")]
)
def test_other_bytes_are_refused_whatever_became_of_them(state, word):
    """A draft can be deleted, a letter that left cannot be called back."""
    with pytest.raises(OtherLetter, match=word):
        held_by(Shelf(draft(), draft("2", "handbill-12-bbbbbbbbbbbb", state)), APPROVED)


def test_equal_is_equal():
    """What a service adds for itself does not matter."""
    compare(APPROVED, Shelf(), WANTED, draft(views="3"))


def test_every_part_that_differs_is_told_and_long_ones_in_short():
    """Whoever changed it, or did not, must recognise it."""
    with pytest.raises(Edited) as told:
        compare(APPROVED, Shelf(), WANTED, draft(subject="En juin", html="x" * 500 + "è" * 400))

    assert "the subject is “En juin” instead of “En mai”" in str(told.value)
    assert "the HTML differs from sign 501 on, with 900 signs instead of 1000" in str(told.value)
    assert "the list" not in str(told.value)
    assert len(str(told.value)) < 400


def test_a_part_that_is_not_given_back_differs():
    """Silence is no proof."""
    with pytest.raises(Edited, match="the list is “” instead of “3”"):
        compare(APPROVED, Shelf(), WANTED, Draft("1", APPROVED.campaign, "draft", {"subject": "En mai", "html": WANTED["html"]}))


@pytest.mark.parametrize(("state", "word"), [("draft", "Delete that draft"), ("scheduled", "stop it there"), ("sent", "stop it there")])
def test_what_to_do_depends_on_where_it_is(state, word):
    """Deleting what is on its way does not call it back."""
    with pytest.raises(Edited, match=word):
        compare(APPROVED, Shelf(), WANTED, draft(state=state, subject="x"))
