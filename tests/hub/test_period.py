"""Days lie in the hub's zone, also across clock changes."""

from datetime import date

from tests.hubs import moment

from handbill.hub.period import days_until, midnight, next_midnight


def test_days_are_counted_by_midnights_and_not_by_hours():
    """At 23:00 something at 01:00 is tomorrow."""
    assert 1 == days_until(moment("2026-05-02 01:00"), moment("2026-05-01 23:00"), "Europe/Paris")
    assert 0 == days_until(moment("2026-05-01 23:59"), moment("2026-05-01 00:00"), "Europe/Paris")
    assert -1 == days_until(moment("2026-04-30 12:00"), moment("2026-05-01 00:00"), "Europe/Paris")


def test_the_next_midnight_is_the_zones_own():
    """In the night of the clock change a day has 23 or 25 hours."""
    assert moment("2026-03-30 00:00") == next_midnight(moment("2026-03-29 01:30"), "Europe/Paris")
    assert 23 * 3600 == midnight(date(2026, 3, 30), "Europe/Paris").timestamp() - midnight(date(2026, 3, 29), "Europe/Paris").timestamp()
