"""Which rules are inside the subset, and the reason for each that is not."""

from datetime import date

import pytest
from tests.cases import for_each

from handbill.hub.rule import falls_on, next_start, numbers, parts_of, refusal, weekdays

#: Behind each rule: why it is refused.
REFUSED = """
every week | is no rule, but words
FREQ=WEEKLY; BYDAY=SA | has a space in it
FREQ=WEEKLY ;BYDAY=SA | has a space in it
RRULE:FREQ=WEEKLY | begins with RRULE:, which belongs to calendar files alone
rrule:freq=weekly | begins with rrule:, which belongs to calendar files alone
freq=weekly | is not in capitals throughout
FREQ=weekly | is not in capitals throughout
FREQ=WEEKLY; | has a semicolon too many
;FREQ=WEEKLY | has a semicolon too many
FREQ=WEEKLY;;BYDAY=SA | has a semicolon too many
BYDAY=SA | needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY
FREQ=FORTNIGHTLY | needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY
FREQ= | needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY
FREQ=HOURLY;INTERVAL=3 | repeats within the day (HOURLY)
FREQ=MINUTELY | repeats within the day (MINUTELY)
FREQ=SECONDLY | repeats within the day (SECONDLY)
FREQ=YEARLY;BYWEEKNO=20 | counts the weeks or the days of the year (BYWEEKNO), which calendar programs do in different ways
FREQ=YEARLY;BYYEARDAY=100 | counts the weeks or the days of the year (BYYEARDAY), which calendar programs do in different ways
FREQ=WEEKLY;BYHOUR=9 | gives a clock time (BYHOUR), which is that of starts
FREQ=WEEKLY;BYMINUTE=30 | gives a clock time (BYMINUTE), which is that of starts
FREQ=WEEKLY;BYSECOND=0 | gives a clock time (BYSECOND), which is that of starts
DTSTART=19970902;FREQ=DAILY | holds DTSTART, which has a field of its own here
FREQ=DAILY;EXDATE=19970902 | holds EXDATE, which has a field of its own here
FREQ=DAILY;X-A=1 | has the part “X-A=1”, which is not among BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, COUNT, FREQ, INTERVAL, UNTIL, WKST
FREQ=DAILY;SATURDAY | has the part “SATURDAY”, which is not among BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, COUNT, FREQ, INTERVAL, UNTIL, WKST
FREQ=DAILY;FREQ=WEEKLY | names FREQ twice
FREQ=WEEKLY;BYDAY=SA;BYDAY=SU | names BYDAY twice
FREQ=WEEKLY;BYDAY=SA,SA | gives BYDAY the same value twice
FREQ=MONTHLY;BYDAY=2SA,+2SA | gives BYDAY the same value twice
FREQ=MONTHLY;BYMONTHDAY=2,2 | gives BYMONTHDAY the same value twice
FREQ=DAILY;INTERVAL=0 | gives INTERVAL the value “0”
FREQ=DAILY;INTERVAL=1000 | gives INTERVAL the value “1000”
FREQ=DAILY;INTERVAL=-1 | gives INTERVAL the value “-1”
FREQ=DAILY;COUNT=0 | gives COUNT the value “0”
FREQ=DAILY;COUNT=9999 | gives COUNT the value “9999”
FREQ=MONTHLY;BYDAY=XX | gives BYDAY the value “XX”
FREQ=MONTHLY;BYDAY=0SA | gives BYDAY the value “0SA”
FREQ=MONTHLY;BYDAY=6SA | gives BYDAY the value “6SA”
FREQ=MONTHLY;BYDAY=SA2 | gives BYDAY the value “SA2”
FREQ=WEEKLY;BYDAY= | gives BYDAY the value “”
FREQ=MONTHLY;BYMONTHDAY=0 | gives BYMONTHDAY the value “0”
FREQ=MONTHLY;BYMONTHDAY=32 | gives BYMONTHDAY the value “32”
FREQ=YEARLY;BYMONTH=13 | gives BYMONTH the value “13”
FREQ=MONTHLY;BYDAY=SA;BYSETPOS=6 | gives BYSETPOS the value “6”
FREQ=WEEKLY;WKST=XX | gives WKST the value “XX”
FREQ=DAILY;UNTIL=TOMORROW | gives UNTIL the value “TOMORROW”
FREQ=DAILY;UNTIL=2026-05-01 | gives UNTIL the value “2026-05-01”
FREQ=DAILY;UNTIL=20260501T190000 | ends at a local time (20260501T190000), which not all calendar programs read alike
FREQ=DAILY;UNTIL=20260231 | ends on a day that is not in the calendar (20260231)
FREQ=DAILY;UNTIL=20260501T250000Z | ends on a day that is not in the calendar (20260501T250000Z)
FREQ=WEEKLY;COUNT=3;UNTIL=20260501 | has both COUNT and UNTIL
FREQ=WEEKLY;BYDAY=SA;BYSETPOS=1 | has BYSETPOS without FREQ=MONTHLY
FREQ=YEARLY;BYMONTH=9;BYDAY=SA;BYSETPOS=1 | has BYSETPOS without FREQ=MONTHLY
FREQ=MONTHLY;BYSETPOS=1 | has BYSETPOS without the days to choose from (BYDAY or BYMONTHDAY)
FREQ=WEEKLY;BYDAY=2SA | counts days of the month (such as 2SA) without FREQ=MONTHLY
FREQ=YEARLY;BYMONTH=9;BYDAY=2SA | counts days of the month (such as 2SA) without FREQ=MONTHLY
FREQ=DAILY;BYDAY=-1SU | counts days of the month (such as 2SA) without FREQ=MONTHLY
FREQ=MONTHLY;BYDAY=MO,2TU | counts some days of the month and not others (MO,2TU)
FREQ=WEEKLY;BYMONTHDAY=13 | has BYMONTHDAY in a weekly rule
FREQ=YEARLY;BYMONTHDAY=1 | has BYMONTHDAY without BYMONTH in a yearly rule
FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR | has BYMONTHDAY without BYMONTH in a yearly rule
"""


@for_each("line", REFUSED.strip().splitlines())
def test_a_rule_outside_the_subset_is_refused_with_the_reason(line):
    """What calendar programs understand differently must not reach them, and the editor wants to know why."""
    rule, _, reason = line.rpartition(" | ")

    assert reason == refusal(rule)


@pytest.mark.parametrize("rule", ["FREQ=DAILY\nDTSTART:19970902", "FREQ=DAILY;COUNT=١", "FREQ=WEEKLY;BYDAY=ＳＡ", ""])
def test_a_rule_with_strange_signs_is_refused(rule):
    """A line end would begin another property in the calendar file."""
    assert refusal(rule)


def test_a_series_of_whole_days_ends_on_a_day():
    """UNTIL is of the sort of DTSTART (RFC 5545, 3.3.10): programs drop the series or its last day otherwise."""
    assert "ends at a clock time (20260501T180000Z), while the event has whole days" == refusal("FREQ=DAILY;UNTIL=20260501T180000Z", True)
    assert refusal("FREQ=DAILY;UNTIL=20260501", True) is None
    assert refusal("FREQ=DAILY;UNTIL=20260501T180000Z") is None


@pytest.mark.parametrize(
    ("rule", "day", "is_given"),
    [
        ("FREQ=DAILY", "2026-04-11", True),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "2026-04-11", True),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-04-11", False),
        ("FREQ=MONTHLY;BYDAY=2SA", "2026-04-11", True),
        ("FREQ=MONTHLY;BYDAY=-3SA", "2026-04-11", True),
        ("FREQ=MONTHLY;BYDAY=1SA", "2026-04-11", False),
        ("FREQ=MONTHLY;BYMONTHDAY=-20", "2026-04-11", True),
        ("FREQ=MONTHLY;BYMONTHDAY=31,-1", "2026-04-30", True),
        ("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", True),
        ("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=2", "1997-09-04", False),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-02-28", True),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-03-28", False),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=5", "2026-03-01", False),
        ("FREQ=YEARLY;BYMONTH=5", "2026-04-11", False),
    ],
)
def test_a_start_is_a_date_of_its_rule_or_not(rule, day, is_given):
    """DTSTART that the rule does not give is undefined (RFC 5545, 3.8.5.3)."""
    assert is_given is falls_on(rule, date.fromisoformat(day))


def test_a_start_that_would_fit_is_found():
    """An editor is offered a day, and no search for ever."""
    assert date(2026, 4, 13) == next_start("FREQ=WEEKLY;BYDAY=MO", date(2026, 4, 11))
    assert date(2028, 2, 29) == next_start("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2026, 4, 11))
    assert next_start("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", date(2026, 4, 11)) is None
    assert next_start("FREQ=MONTHLY;BYMONTHDAY=31", date(9999, 12, 31)) is None


def test_the_parts_of_a_rule_are_read():
    """The rule in words and the checks ask for them."""
    parts = parts_of("FREQ=MONTHLY;BYDAY=2SA,-1MO;BYSETPOS=-2")

    assert ((2, 5), (-1, 0)) == weekdays(parts["BYDAY"])
    assert ((-2,), ()) == (numbers(parts["BYSETPOS"]), numbers(""))
