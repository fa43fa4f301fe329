"""What of a review must be looked at with care → the part of the page for it, the gravest first."""

import re
from dataclasses import replace

from tests.reviewing.pages import EMPTY, FULL, HOSTILE

from handbill.reviewing.care import Care, Thing, care
from handbill.reviewing.page_care import care_part
from handbill.reviewing.page_frame import Frame

FRAME = Frame("en")


def test_each_reason_stands_there_with_what_it_is_about():
    """A count without names sends the reviewer to search for them."""
    shown = str(care_part(care(FULL, "en"), FULL, FRAME))

    for name in (".github/workflows/ci.yml", "/posts/vieux/", "bit.ly", "Ada", "content/well.png", "https://elsewhere.example"):
        assert name in shown


def test_what_can_do_harm_is_marked_otherwise_than_what_waits_for_an_eye():
    """A workflow that hands out rights is no new picture of a well."""
    shown = str(care_part((Care("workflow", "1 file", (Thing("a"),)), Care("pictures", "1 picture", (Thing("b"),))), EMPTY, FRAME))

    assert ["stop", "wait"] == re.findall(r'<div class="(stop|wait)"', shown)


def test_what_members_do_not_see_is_told_apart():
    """Whoever looks for a draft below would think that it was forgotten."""
    assert "a draft: members do not see it" in str(care_part((), FULL, FRAME))


def test_a_proposal_that_only_says_something_has_no_such_part():
    """An empty warning teaches to pass over the next one."""
    assert care_part((), EMPTY, FRAME) is None


def test_names_from_a_proposal_are_text():
    """The name of a picture is written by whoever proposes it."""
    things = (Thing(HOSTILE, HOSTILE, (HOSTILE,), is_word=True), Thing(HOSTILE))
    shown = str(care_part((Care("people", HOSTILE, things),), replace(EMPTY), FRAME))

    assert "<script" not in shown
    assert "<img" not in shown
