"""What a frozen letter says of what it told."""

from dataclasses import replace

import pytest
from tests.frozen import letter, occurrence

from handbill.hub.frozen import Chosen, Told, is_same, name_of, parts_of


def telling(*dates):
    return letter(chosen=(Chosen(0, {"show": "events"}, (Told("event:a", "A", "/a/", dates),)),))


APRIL = occurrence()
MAY = occurrence("2026-05-09 14:00", "2026-05-09 18:00")


def test_a_date_is_known_again_wherever_it_has_moved_to():
    """Members noted the first date; the letter must know that it is this one."""
    moved = replace(MAY, was=(APRIL.starts,), status="rescheduled")
    of_series = replace(MAY, original=APRIL.starts, status="rescheduled")

    for one in (APRIL, moved, of_series):
        assert APRIL == telling(APRIL).told_of("event:a", one)
    assert None is telling(APRIL).told_of("event:a", MAY)
    assert None is telling(APRIL).told_of("event:b", APRIL)


def test_of_a_series_each_date_is_its_own():
    """A workshop of April moved to the day of the one in May is not the one in May."""
    april, may = replace(APRIL, original=APRIL.starts), replace(MAY, original=MAY.starts)
    moved = replace(MAY, original=APRIL.starts, was=(APRIL.starts,))

    assert april == telling(may, april).told_of("event:a", moved)
    assert may == telling(april, may).told_of("event:a", may)


def test_what_was_said_beside_a_date_was_told_as_well():
    """“And on two more Saturdays” announces these."""
    assert MAY == telling(APRIL, MAY).told_of("event:a", MAY)


@pytest.mark.parametrize(
    ("expected", "other"),
    [
        (True, replace(APRIL, note="Il pleut.")),
        (True, replace(APRIL, ends=MAY.ends)),
        (False, MAY),
        (False, replace(APRIL, status="cancelled")),
    ],
)
def test_the_same_is_what_members_plan_by(expected, other):
    """A better note is no news; another day is."""
    assert expected == is_same(APRIL, other)


def test_a_bundle_is_named_as_people_call_the_letter():
    """`newsletter freeze 12` is typed from memory."""
    assert ["12", "12.en", "agenda-3", "agenda-3.en"] == [
        name_of("main", 12, "fr", "fr"), name_of("main", 12, "en", "fr"), name_of("agenda", 3, "fr", "fr"), name_of("agenda", 3, "en", "fr"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "wanted"),
    [
        (("main", 12, ""), "12"),
        (("main", 12, ""), " 012 "),
        (("main", 12, ""), "main-12"),
        (("agenda", 3, "en"), "agenda-3.en"),
        (("main", 12, "pt-BR"), "newsletters/archive/12.pt-BR/"),
        (("main", 12, ""), "newsletters\\archive\\12"),
        (None, "newsletters/2026-03.md"),
        (None, "agenda"),
        (None, "12."),
        (None, ""),
    ],
)
def test_a_letter_is_known_by_whatever_people_type_for_it(expected, wanted):
    """They copy a folder from one place and a number from another; each command must take them for the same letter."""
    assert expected == parts_of(wanted)
