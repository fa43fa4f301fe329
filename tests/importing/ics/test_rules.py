"""Rules of other calendars, as a hub reads them, with the same dates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handbill.importing.ics.rules import dates_of, is_over, refused, tidied
from handbill.importing.ics.when import Clock
from handbill.importing.ics.zones import Zones
from handbill.kinds.recurrence import starts_of

PARIS = ZoneInfo("Europe/Paris")
EVENING = datetime(2026, 5, 12, 19, 0, tzinfo=PARIS)


def tidy(rule: str, starts=EVENING) -> str:
    return tidied(rule, starts, Clock(Zones({}, "Europe/Paris"), "Europe/Paris"), 1)


@pytest.mark.parametrize(
    ("written", "starts", "wanted"),
    [
        ("freq=weekly;byday=tu", EVENING, "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY; BYDAY=TU;INTERVAL=1;", EVENING, "FREQ=WEEKLY;BYDAY=TU"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU,TU", EVENING, "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;BYHOUR=19;BYMINUTE=0;BYSECOND=0", EVENING, "FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYDAY=+2TU;X-YEAR=3", EVENING, "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=MONTHLY;BYMONTHDAY=+012", EVENING, "FREQ=MONTHLY;BYMONTHDAY=12"),
        ("FREQ=WEEKLY;UNTIL=20260630T190000", EVENING, "FREQ=WEEKLY;UNTIL=20260630T170000Z"),
        ("FREQ=WEEKLY;UNTIL=20260630T190000Z", date(2026, 5, 12), "FREQ=WEEKLY;UNTIL=20260630"),
        ("FREQ=WEEKLY;COUNT=999999999", EVENING, "FREQ=WEEKLY"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2TU", EVENING, "FREQ=MONTHLY;INTERVAL=12;BYDAY=2TU"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYDAY=2TU;COUNT=3", EVENING, "FREQ=MONTHLY;INTERVAL=24;BYDAY=2TU;COUNT=3"),
        ("FREQ=YEARLY;BYMONTH=6;BYDAY=2TU", EVENING, "FREQ=YEARLY;BYMONTH=6;BYDAY=2TU"),
    ],
)
def test_a_rule_is_written_as_a_hub_has_it(written, starts, wanted):
    """What means the same must not be refused for its spelling."""
    assert wanted == tidy(written, starts)


@pytest.mark.parametrize("years", [1, 2, 3])
def test_a_yearly_rule_written_as_a_monthly_one_gives_the_same_dates(years):
    """Mother's Day is the last Sunday of May, and a hub counts Sundays within months only."""
    first = datetime(2026, 5, 31, 10, tzinfo=PARIS)
    rule = f"FREQ=YEARLY;INTERVAL={years};BYMONTH=5;BYDAY=-1SU"

    assert refused(rule, first) is not None
    assert refused(tidy(rule, first), first) is None
    assert starts_of(rule, first, date(2080, 1, 1)) == starts_of(tidy(rule, first), first, date(2080, 1, 1))


def test_a_rule_outside_the_subset_is_written_out_as_dates():
    """Nothing that members were told may be lost."""
    found = dates_of("FREQ=YEARLY;BYYEARDAY=132", EVENING, date(2028, 12, 31))

    assert [date(2026, 5, 12), date(2027, 5, 12), date(2028, 5, 11)] == [one.date() for one in found]
    assert {(19, EVENING.tzinfo)} == {(one.hour, one.tzinfo) for one in found}


def test_counts_and_ends_of_such_rules_hold():
    """A course of three evenings has three."""
    far = date(2030, 12, 31)

    assert 3 == len(dates_of("FREQ=WEEKLY;BYSETPOS=1;BYDAY=TU;COUNT=3", EVENING, far))
    assert date(2026, 5, 26) == dates_of("FREQ=WEEKLY;BYSETPOS=1;BYDAY=TU;UNTIL=20260602T165959Z", EVENING, far)[-1].date()
    assert date(2026, 6, 2) == dates_of("FREQ=WEEKLY;BYSETPOS=1;BYDAY=TU;UNTIL=20260602T170000Z", EVENING, far)[-1].date()


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=999999999", "FREQ=MINUTELY", "FREQ=HOURLY;INTERVAL=1", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=WEEKLY;BYMONTHDAY=3", "GARBAGE", "", "=", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;INTERVAL=99999999999999", "FREQ=YEARLY;BYEASTER=x", "FREQ=WEEKLY;UNTIL=99999999", "FREQ=DAILY;COUNT=0",
        "FREQ=MONTHLY;BYSETPOS=9999;BYDAY=MO", "FREQ=YEARLY;UNTIL=00010101", "FREQ=DAILY;BYDAY=" + "9" * 1000 + "MO",
    ],
)  # fmt: skip
def test_no_rule_makes_the_import_run_for_ever_or_fail(rule):
    """COUNT=999999999 of seconds is one line in a file of a stranger."""
    assert () == dates_of(rule, EVENING, date(2028, 12, 31))
    tidy(rule)


def test_a_rule_that_was_over_before_it_began_is_known():
    """A calendar that was split leaves such rules behind."""
    assert is_over("FREQ=WEEKLY;UNTIL=20260511", EVENING)
    assert not is_over("FREQ=WEEKLY;UNTIL=20260512", EVENING)
    assert not is_over("FREQ=WEEKLY", EVENING)
