"""Dates of last year, moved to this one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbill.authoring.shifting import Shift, day_of, in_month, next_month, next_years, on_day

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-05-09", "2027-05-08"),  # the second Saturday
        ("2026-01-01", "2027-01-07"),  # the first Thursday
        ("2026-02-28", "2027-02-27"),  # the fourth Saturday, which is the last
        ("2026-05-30", "2027-05-29"),  # the fifth Saturday
        ("2027-05-29", "2028-05-27"),  # no fifth Saturday: the last one
    ],
)
def test_the_weekday_and_its_rank_stay(old, new):
    """“The second Saturday of May” is what people know."""
    assert date.fromisoformat(new) == next(next_years(date.fromisoformat(old), date.fromisoformat(old)))


@given(DAYS, st.integers(1990, 2100), st.integers(1, 12))
def test_a_weekday_of_a_rank_is_found_in_every_month(day, year, month):
    """No month lacks a last Friday."""
    found = in_month(day, year, month)

    assert (day.weekday(), year, month) == (found.weekday(), found.year, found.month)
    assert ((found.day - 1) // 7) in ((day.day - 1) // 7, (day.day - 1) // 7 - 1)


def test_a_copy_is_still_to_come():
    """A fair of 2023, copied in 2026 after its day, is one of 2027."""
    assert date(2027, 5, 8) == next(next_years(date(2023, 5, 13), date(2026, 11, 21)))
    assert date(2026, 12, 12) == next(next_years(date(2023, 12, 9), date(2026, 11, 21)))
    assert [date(2027, 5, 8), date(2027, 5, 9)] == list(islice(next_years(date(2026, 5, 9), date(2026, 11, 1)), 2))


def test_the_29th_of_february_has_a_copy():
    """Every fourth year somebody copies from it."""
    assert date(2029, 2, 28) == list(next_years(date(2028, 2, 29), date(2028, 3, 1)))[1]


def test_a_letter_goes_to_the_next_month():
    """The first Thursday, over the turn of the year too."""
    assert date(2027, 1, 7) == next_month(date(2026, 12, 3), date(2026, 12, 3))
    assert date(2026, 12, 3) == next_month(date(2026, 5, 7), date(2026, 11, 21))


@given(DAYS, DAYS, DAYS)
def test_everything_keeps_its_distance(old, new, other):
    """Registration that closed a week before still does."""
    shift = Shift.between(old.isoformat(), new.isoformat())
    moved = day_of(shift.date(other.isoformat())) if abs((new - old).days) < 30000 and 1950 < (other + (new - old)).year < 2200 else None

    assert moved is None or moved - other == new - old


def test_the_clock_moves_with_the_event_and_nothing_else():
    """Opening an hour later does not open the registration an hour later."""
    shift = Shift.between("2026-05-09 14:00", "2027-05-08 15:30")

    assert Shift(364, timedelta(hours=1, minutes=30)) == shift
    assert "2027-05-08 19:30" == shift.date("2026-05-09 18:00", with_clock=True)
    assert "2027-03-31 09:00" == shift.date("2026-04-01 09:00")
    assert "2027-05-08T19:30:10" == shift.date("2026-05-09T18:00:10", with_clock=True)
    assert "2027-05-07" == shift.date("2026-05-08", with_clock=True)


def test_an_end_after_midnight_stays_after_midnight():
    """The ball ends the next day."""
    assert "2027-05-09 02:00" == Shift.between("2026-05-09 20:00", "2027-05-08 20:00").date("2026-05-10 02:00", with_clock=True)


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;UNTIL=20260630", "FREQ=WEEKLY;UNTIL=20260630T180000Z;BYDAY=TU", "FREQ=WEEKLY;COUNT=3"])
def test_the_end_of_a_series_moves_along(rule):
    """Otherwise the copy would be over before it begins."""
    assert rule.replace("20260630", "20270629") == Shift(364).rule(rule)


def test_what_is_no_date_stays_as_it_is():
    """The check will say what is wrong with it."""
    assert "demain" == Shift(364).date("demain")
    assert day_of("2026-02-30") is None
    assert day_of("demain") is None


def test_a_day_takes_the_time_of_the_model():
    """`--starts 2027-05-08` for an event at two o'clock."""
    assert "2027-05-08 14:00" == on_day("2026-05-09 14:00", date(2027, 5, 8))
    assert "2027-05-08" == on_day("2026-05-09", date(2027, 5, 8))


def test_an_offset_does_not_move_along():
    """In May it is +02:00, in January it would be wrong."""
    assert "2027-01-07 18:00" == Shift(-115).date("2027-05-02 18:00+02:00")
    assert "2027-05-02 18:00+02:00" == Shift(0).date("2027-05-02 18:00+02:00")
    assert Shift(364) == Shift.between("2026-05-09 14:00+02:00", "2027-05-08 14:00")
    assert "2027-05-08 14:00" == on_day("2026-05-09 14:00Z", date(2027, 5, 8))
