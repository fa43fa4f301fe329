"""One page of each sort at each width, in light, dark and forced colours; one of these nine looks where somebody waits."""

from __future__ import annotations

from itertools import groupby

import pytest
from tests.browser.driving import FEW_LOOKS, LOOKS, Look
from tests.browser.looking import nothing
from tests.browser.sites import HANDBOOK
from tests.browser.sweep import Faced

#: Less than anyone sees; what browsers call good ends at 0.1.
STILL = 0.001


def faults(all_faced: list[Faced], what: str) -> list[str]:
    """Return what was noted under a name, each with its page."""
    return [f"{one}: {fault}" for one in all_faced for fault in getattr(one, what)]


@pytest.fixture(
    scope="module",
    params=[pytest.param(one, marks=pytest.mark.more if one in FEW_LOOKS else pytest.mark.long, id=str(one)) for one in LOOKS],
)
def in_look(request, all_faced) -> list[Faced]:
    """Give one look after another."""
    return [one for one in all_faced if one.look == request.param]


@pytest.mark.more
def test_every_sort_of_page_is_looked_at_in_every_look(all_faced, is_long):
    """One sort left out would be one that may break."""
    sorts = {look: {one.leaf.template for one in group} for look, group in groupby(all_faced, lambda one: one.look)}

    assert set(LOOKS if is_long else FEW_LOOKS) == sorts.keys()
    assert all({HANDBOOK, "home.html", "agenda.html", "event.html", "contest.html", "post.html", "search.html"} <= one for one in sorts.values())


def test_axe_finds_nothing(in_look):
    nothing(faults(in_look, "axe"))


@pytest.mark.long
def test_no_text_keeps_its_colours_from_a_reader_who_forces_others(all_faced):
    """Some can read only yellow on black, or black on yellow."""
    forced = [one for one in all_faced if one.look.scheme == "forced"]

    assert forced
    nothing(faults(forced, "unforced"))


def test_no_text_is_cut_off(in_look):
    nothing(faults(in_look, "clipped"))


def test_wider_spacing_loses_nothing(in_look):
    """People with dyslexia set lines, words and letters wider; the text must stay whole (WCAG 1.4.12)."""
    nothing(faults(in_look, "spaced"))


def test_nothing_moves_under_the_eyes_of_the_reader(in_look):
    """Pictures come late here, as over a slow line."""
    moved = [f"{one}: {sum(shift[0] for shift in one.shifts):.4f} {one.shifts[:3]}" for one in in_look if sum(shift[0] for shift in one.shifts) > STILL]

    nothing(moved)


@pytest.mark.parametrize(
    "scheme", [pytest.param("dark", marks=pytest.mark.more), *(pytest.param(one, marks=pytest.mark.long) for one in ("light", "forced"))]
)
def test_a_thumb_hits_every_main_control(all_faced, scheme):
    """On a telephone in a bus, 44 pixels are a button and 24 are a gamble; links within a text are left to the text."""
    phones = [one for one in all_faced if one.look == Look(360, scheme)]

    assert phones
    nothing(faults(phones, "small"))
