"""Days lie in the hub's zone, also across clock changes."""

from datetime import date, timedelta

import pytest
from tests.hubs import moment

from handbill.hub.facets import Occurrence
from handbill.hub.period import days_until, lasting, midnight, next_midnight, shown_by_clocks


def test_days_are_counted_by_midnights_and_not_by_hours():
    """At 23:00 something at 01:00 is tomorrow."""
    assert 1 == days_until(moment("2026-05-02 01:00"), moment("2026-05-01 23:00"), "Europe/Paris")
    assert 0 == days_until(moment("2026-05-01 23:59"), moment("2026-05-01 00:00"), "Europe/Paris")
    assert -1 == days_until(moment("2026-04-30 12:00"), moment("2026-05-01 00:00"), "Europe/Paris")


def test_the_next_midnight_is_the_zones_own():
    """In the night of the clock change a day has 23 or 25 hours."""
    assert moment("2026-03-30 00:00") == next_midnight(moment("2026-03-29 01:30"), "Europe/Paris")
    assert 23 * 3600 == midnight(date(2026, 3, 30), "Europe/Paris").timestamp() - midnight(date(2026, 3, 29), "Europe/Paris").timestamp()


@pytest.mark.parametrize(
    ("zone", "written", "shown"),
    [
        ("Europe/Paris", "2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
        ("Europe/Paris", "2026-03-29 01:30", "2026-03-29T01:30:00+01:00"),
        ("Europe/Paris", "2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04T02:45:00+11:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31T12:00:00+14:00"),
    ],
)
def test_an_hour_that_clocks_skip_is_shown_as_the_one_after_it(zone, written, shown):
    """No page may tell an hour at which nobody can look at a clock."""
    assert shown == shown_by_clocks(moment(written, zone)).isoformat()


def test_the_second_of_two_equal_hours_stays_the_second():
    """Turning it around must not lose which one was meant."""
    second = moment("2026-10-25 02:30").replace(fold=1)

    assert ("2026-10-25T02:30:00+01:00", 1) == (shown_by_clocks(second).isoformat(), shown_by_clocks(second).fold)


@pytest.mark.parametrize(
    ("starts", "ends", "hours"), [("2026-03-28 22:00", "2026-03-29 06:00", 7), ("2026-10-24 22:00", "2026-10-25 06:00", 9)]
)
def test_a_night_lasts_as_long_as_it_lasts(starts, ends, hours):
    """Eight hours by the clock on the wall."""
    assert timedelta(hours=hours) == lasting(Occurrence(moment(starts), moment(ends), "Europe/Paris"))
    assert timedelta(hours=23) == lasting(Occurrence(date(2026, 3, 29), date(2026, 3, 29), "Europe/Paris"))
