"""Recurrence rules inside the subset give the dates of the standard, those outside are refused."""

from datetime import date

import pytest
from tests.hubs import moment

from handbill.kinds.recurrence import MOST, refusal, starts_of


@pytest.mark.parametrize(
    ("rule", "first", "days"),
    [
        # The examples of RFC 5545, 3.8.5.3, that lie in the subset; dates as printed there.
        ("FREQ=DAILY;COUNT=10", "1997-09-02", ["09-02", "09-03", "09-04", "09-05", "09-06", "09-07", "09-08", "09-09", "09-10", "09-11"]),
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", ["09-02", "09-12", "09-22", "10-02", "10-12"]),
        (
            "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
            "1997-09-02",
            ["09-02", "09-04", "09-09", "09-11", "09-16", "09-18", "09-23", "09-25", "09-30", "10-02"],
        ),
        (
            "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
            "1997-09-05",
            ["09-05", "10-03", "11-07", "12-05", "01-02", "02-06", "03-06", "04-03", "05-01", "06-05"],
        ),
        ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", ["09-22", "10-20", "11-17", "12-22", "01-19", "02-16"]),
        (
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
            "1997-09-02",
            ["09-02", "09-15", "10-02", "10-15", "11-02", "11-15", "12-02", "12-15", "01-02", "01-15"],
        ),
        ("FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10", ["06-10", "07-10", "06-10", "07-10"]),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", ["09-04", "10-07", "11-06"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", ["08-05", "08-10", "08-19", "08-24"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", ["08-05", "08-17", "08-19", "08-31"]),
    ],
)
def test_a_rule_gives_the_dates_of_the_standard(rule, first, days):
    """A member's phone expands the same rule and must come to the same days."""
    assert refusal(rule) is None

    found, is_whole = starts_of(rule, date.fromisoformat(first))
    assert days == [f"{one:%m-%d}" for one in found]
    assert is_whole


@pytest.mark.parametrize(
    "rule",
    [
        "", "FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=WEEKLY;BYHOUR=9", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20260501", "FREQ=WEEKLY;BYDAY=2SA", "FREQ=WEEKLY;BYSETPOS=1", "FREQ=YEARLY;BYMONTHDAY=1",
        "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=9999", "FREQ=DAILY;X-A=1", "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY\nDTSTART:19970902", "DTSTART=19970902;FREQ=DAILY",
    ],
)  # fmt: skip
def test_a_rule_outside_the_subset_is_refused_with_the_reason(rule):
    """What calendar programs understand differently must not reach them."""
    assert refusal(rule)


def test_until_counts_the_whole_last_day():
    """`UNTIL=20260425` includes the evening of the 25th."""
    found, _ = starts_of("FREQ=WEEKLY;UNTIL=20260425", moment("2026-04-11 19:00"))

    assert ["04-11", "04-18", "04-25"] == [f"{one:%m-%d}" for one in found]


def test_until_in_utc_is_compared_as_an_instant():
    """17:00 UTC is 19:00 in Paris in April: that date is the last."""
    found, _ = starts_of("FREQ=WEEKLY;UNTIL=20260425T170000Z", moment("2026-04-11 19:00"))

    assert 3 == len(found)
    assert 2 == len(starts_of("FREQ=WEEKLY;UNTIL=20260425T165959Z", moment("2026-04-11 19:00"))[0])


def test_a_rule_without_an_end_stops_somewhere_and_says_so():
    """A build must not run for ever."""
    found, is_whole = starts_of("FREQ=DAILY", date(2026, 1, 1))

    assert (MOST, False) == (len(found), is_whole)
