"""What ISO days and moments say by themselves."""

from __future__ import annotations

from datetime import date

import pytest

from handbill.outputs.iso import clock_of, closes_with_the_day, closing_day, day_of, is_day, last_day
from handbill.outputs.views import When


def when(starts: str, ends: str) -> When:
    return When(starts, ends, is_day(starts), "", "confirmed", "", (), False, False, False)


def test_a_day_is_no_moment():
    assert is_day("2026-05-01")
    assert not is_day("2026-05-01T00:00:00+02:00")


def test_day_and_clock_are_those_of_the_place():
    """An evening in New York is the next day in Bordeaux, and nobody there cares."""
    evening = "2026-05-01T22:30:00-04:00"

    assert day_of(evening) == date(2026, 5, 1)
    assert clock_of(evening) == "22:30"
    assert clock_of("2026-05-01") == ""


@pytest.mark.parametrize(
    ("closes", "day"),
    [
        ("2026-05-01", "2026-05-01"),
        ("2026-05-01T23:59:00+02:00", "2026-05-01"),
        ("2026-05-02T00:00:00+02:00", "2026-05-01"),
        ("2026-03-01T00:00:00+01:00", "2026-02-28"),
    ],
)
def test_the_end_of_a_day_belongs_to_that_day(closes, day):
    assert closing_day(closes) == day
    assert closes_with_the_day(closes)


def test_noon_closes_in_the_middle_of_its_day():
    assert closing_day("2026-05-01T12:00:00+02:00") == "2026-05-01"
    assert not closes_with_the_day("2026-05-01T12:00:00+02:00")


@pytest.mark.parametrize(
    ("starts", "ends", "last"),
    [
        ("2026-12-05T22:00:00+01:00", "2026-12-06T02:00:00+01:00", date(2026, 12, 5)),
        ("2026-12-05T22:00:00+01:00", "2026-12-06T22:00:00+01:00", date(2026, 12, 6)),
        ("2026-12-05T09:00:00+01:00", "2026-12-07T01:00:00+01:00", date(2026, 12, 7)),
        ("2026-12-05", "2026-12-06", date(2026, 12, 6)),
    ],
)
def test_a_night_ends_on_the_day_it_began(starts, ends, last):
    assert last_day(when(starts, ends)) == last
