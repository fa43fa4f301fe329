"""The next letter is dated as its readers expect it, and the editor is told why."""

from datetime import date, timedelta

import pytest

from handbill.composing.rhythm import LAST, Rhythm, rhythm_of


def days(*written):
    return [date.fromisoformat(one) for one in written]


FIRST_THURSDAYS = days("2026-06-04", "2026-07-02", "2026-08-06", "2026-09-03", "2026-10-01", "2026-11-05")
SECOND_MONDAYS = [date(2026, 10, 5) + timedelta(weeks=2 * n) for n in range(5)]

CASES = {
    "the first Thursday of the month": (FIRST_THURSDAYS, Rhythm("weekday", 1, 3, 1), "2026-12-03"),
    "every second Monday": (SECOND_MONDAYS, Rhythm("weeks", 2, 0), "2026-12-14"),
    "every Friday": (days("2026-10-02", "2026-10-09", "2026-10-16"), Rhythm("weeks", 1, 4), "2026-10-23"),
    "the fifth of the month": (days("2026-01-05", "2026-02-05", "2026-03-05"), Rhythm("day", 1, day=5), "2026-04-05"),
    "the last Friday": (days("2026-01-30", "2026-02-27", "2026-03-27", "2026-05-29"), Rhythm("weekday", 1, 4, LAST), "2026-06-26"),
    "every third month": (days("2026-01-06", "2026-04-07", "2026-07-07"), Rhythm("weekday", 3, 1, 1), "2026-10-06"),
    "monthly but for August": (days("2026-05-07", "2026-06-04", "2026-07-02", "2026-09-03"), Rhythm("weekday", 1, 3, 1), "2026-10-01"),
    "one letter a week late": (
        days("2026-06-04", "2026-07-02", "2026-08-06", "2026-09-10", "2026-10-01"),
        Rhythm("weekday", 1, 3, 1),
        "2026-11-05",
    ),
    "a single letter": (days("2026-03-12"), Rhythm("weekday", 1, 3, 2), "2026-04-09"),
    "no rhythm at all": (days("2026-01-06", "2026-01-29", "2026-03-18", "2026-03-23"), Rhythm("gap", 21), "2026-04-13"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rhythm_is_known_from_the_last_letters(name):
    """A letter that comes on another day is missed by those who wait for it."""
    sent, rhythm, expected = CASES[name]

    assert rhythm == rhythm_of(sent)
    assert date.fromisoformat(expected) == rhythm_of(sent).after(sent[-1], sent[-1])


def test_a_letter_after_a_long_pause_is_dated_in_the_future():
    """A date that is past would send it at once."""
    assert date(2027, 2, 4) == rhythm_of(FIRST_THURSDAYS).after(FIRST_THURSDAYS[-1], date(2027, 1, 20))


def test_a_late_letter_does_not_move_the_rhythm():
    """Sent on a Tuesday for once, the next one comes on Monday."""
    late = [*SECOND_MONDAYS[:-1], SECOND_MONDAYS[-1] + timedelta(days=1)]

    assert Rhythm("weeks", 2, 0) == rhythm_of(late)
    assert date(2026, 12, 14) == rhythm_of(late).after(late[-1], late[-1])


def test_a_day_that_a_month_does_not_have_is_its_last():
    """The thirty-first of February would be refused."""
    rhythm = rhythm_of(days("2025-10-31", "2025-12-31", "2026-01-31"))

    assert date(2026, 2, 28) == rhythm.after(date(2026, 1, 31), date(2026, 1, 31))


@pytest.mark.parametrize("name", CASES)
def test_the_order_in_which_days_are_given_says_nothing(name):
    """Files come in the order of their names."""
    sent, rhythm, _ = CASES[name]

    assert rhythm == rhythm_of(list(reversed(sent)))
