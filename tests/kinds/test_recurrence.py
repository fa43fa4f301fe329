"""Recurrence rules inside the subset give the dates of the standard, and those of a count by hand."""

import random
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from tests.cases import for_each
from tests.hubs import moment

from handbill.hub.rule import DAYS, falls_on, refusal
from handbill.kinds.recurrence import MOST, starts_of

#: Every example of RFC 5545, 3.8.5.3: the rule, the first day, and the days it tells; those without an end end with "…".
#: All begin at 9 o'clock in New York.
EXAMPLES = """
FREQ=DAILY;COUNT=10 | 1997-09-02 | 1997-09: 2-11
FREQ=DAILY;UNTIL=19971224T000000Z | 1997-09-02 | 1997-09: 2-30, 1997-10: 1-31, 1997-11: 1-30, 1997-12: 1-23
FREQ=DAILY;INTERVAL=2 | 1997-09-02 | 1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, 1997-10: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, 1997-11: 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29, 1997-12: 1 3 …
FREQ=DAILY;INTERVAL=10;COUNT=5 | 1997-09-02 | 1997-09: 2 12 22, 1997-10: 2 12
FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA | 1998-01-01 | 1998-01: 1-31, 1999-01: 1-31, 2000-01: 1-31
FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1 | 1998-01-01 | 1998-01: 1-31, 1999-01: 1-31, 2000-01: 1-31
FREQ=WEEKLY;COUNT=10 | 1997-09-02 | 1997-09: 2 9 16 23 30, 1997-10: 7 14 21 28, 1997-11: 4
FREQ=WEEKLY;UNTIL=19971224T000000Z | 1997-09-02 | 1997-09: 2 9 16 23 30, 1997-10: 7 14 21 28, 1997-11: 4 11 18 25, 1997-12: 2 9 16 23
FREQ=WEEKLY;INTERVAL=2;WKST=SU | 1997-09-02 | 1997-09: 2 16 30, 1997-10: 14 28, 1997-11: 11 25, 1997-12: 9 23, 1998-01: 6 20, 1998-02: 3 17 …
FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH | 1997-09-02 | 1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2
FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH | 1997-09-02 | 1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2
FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR | 1997-09-01 | 1997-09: 1 3 5 15 17 19 29, 1997-10: 1 3 13 15 17 27 29 31, 1997-11: 10 12 14 24 26 28, 1997-12: 8 10 12 22
FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH | 1997-09-02 | 1997-09: 2 4 16 18 30, 1997-10: 2 14 16
FREQ=MONTHLY;COUNT=10;BYDAY=1FR | 1997-09-05 | 1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5, 1998-01: 2, 1998-02: 6, 1998-03: 6, 1998-04: 3, 1998-05: 1, 1998-06: 5
FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR | 1997-09-05 | 1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5
FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU | 1997-09-07 | 1997-09: 7 28, 1997-11: 2 30, 1998-01: 4 25, 1998-03: 1 29, 1998-05: 3 31
FREQ=MONTHLY;COUNT=6;BYDAY=-2MO | 1997-09-22 | 1997-09: 22, 1997-10: 20, 1997-11: 17, 1997-12: 22, 1998-01: 19, 1998-02: 16
FREQ=MONTHLY;BYMONTHDAY=-3 | 1997-09-28 | 1997-09: 28, 1997-10: 29, 1997-11: 28, 1997-12: 29, 1998-01: 29, 1998-02: 26 …
FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15 | 1997-09-02 | 1997-09: 2 15, 1997-10: 2 15, 1997-11: 2 15, 1997-12: 2 15, 1998-01: 2 15
FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1 | 1997-09-30 | 1997-09: 30, 1997-10: 1 31, 1997-11: 1 30, 1997-12: 1 31, 1998-01: 1 31, 1998-02: 1
FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15 | 1997-09-10 | 1997-09: 10-15, 1999-03: 10-13
FREQ=MONTHLY;INTERVAL=2;BYDAY=TU | 1997-09-02 | 1997-09: 2 9 16 23 30, 1997-11: 4 11 18 25, 1998-01: 6 13 20 27, 1998-03: 3 10 17 24 31 …
FREQ=YEARLY;COUNT=10;BYMONTH=6,7 | 1997-06-10 | 1997-06: 10, 1997-07: 10, 1998-06: 10, 1998-07: 10, 1999-06: 10, 1999-07: 10, 2000-06: 10, 2000-07: 10, 2001-06: 10, 2001-07: 10
FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3 | 1997-03-10 | 1997-03: 10, 1999-01: 10, 1999-02: 10, 1999-03: 10, 2001-01: 10, 2001-02: 10, 2001-03: 10, 2003-01: 10, 2003-02: 10, 2003-03: 10
FREQ=YEARLY;BYMONTH=3;BYDAY=TH | 1997-03-13 | 1997-03: 13 20 27, 1998-03: 5 12 19 26, 1999-03: 4 11 18 25 …
FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8 | 1997-06-05 | 1997-06: 5 12 19 26, 1997-07: 3 10 17 24 31, 1997-08: 7 14 21 28, 1998-06: 4 11 18 25, 1998-07: 2 9 16 23 30, 1998-08: 6 13 20 27, 1999-06: 3 10 17 24, 1999-07: 1 8 15 22 29, 1999-08: 5 12 19 26 …
FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | 1997-09-13 | 1997-09: 13, 1997-10: 11, 1997-11: 8, 1997-12: 13, 1998-01: 10, 1998-02: 7, 1998-03: 7, 1998-04: 11, 1998-05: 9, 1998-06: 13 …
FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11-05 | 1996-11: 5, 2000-11: 7, 2004-11: 2 …
FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997-09-04 | 1997-09: 4, 1997-10: 7, 1997-11: 6
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997-09-29 | 1997-09: 29, 1997-10: 30, 1997-11: 27, 1997-12: 30, 1998-01: 29, 1998-02: 26, 1998-03: 30 …
FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO | 1997-08-05 | 1997-08: 5 10 19 24
FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 1997-08-05 | 1997-08: 5 17 19 31
FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5 | 2007-01-15 | 2007-01: 15 30, 2007-02: 15, 2007-03: 15 30
FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 | 1998-02-13 | 1998-02: 13, 1998-03: 13, 1998-11: 13, 1999-08: 13, 2000-10: 13 …
"""

#: The examples outside the subset, with the reason.
OUTSIDE = """
FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 | 1997-01-01 | counts the weeks or the days of the year (BYYEARDAY), which calendar programs do in different ways
FREQ=YEARLY;BYDAY=20MO | 1997-05-19 | gives BYDAY the value “20MO”
FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1997-05-12 | counts the weeks or the days of the year (BYWEEKNO), which calendar programs do in different ways
FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z | 1997-09-02 | repeats within the day (HOURLY)
FREQ=MINUTELY;INTERVAL=15;COUNT=6 | 1997-09-02 | repeats within the day (MINUTELY)
FREQ=MINUTELY;INTERVAL=90;COUNT=4 | 1997-09-02 | repeats within the day (MINUTELY)
FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40 | 1997-09-02 | gives a clock time (BYHOUR), which is that of starts
FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16 | 1997-09-02 | repeats within the day (MINUTELY)
"""

NEW_YORK = ZoneInfo("America/New_York")


def days_told(text):
    """Return the days of a list such as ``1997-09: 2-4 9, 1997-10: 1``."""
    found = []
    for month in text.removesuffix("…").split(","):
        name, _, days = month.partition(":")
        for part in days.split():
            first, _, last = part.partition("-")
            found += [f"{name.strip()}-{day:02}" for day in range(int(first), int(last or first) + 1)]
    return found


@for_each("line", EXAMPLES.strip().splitlines())
def test_a_rule_gives_the_dates_of_the_standard(line):
    """A member's phone expands the same rule and must come to the same days, at nine by the clock on the wall."""
    rule, first, told = line.split(" | ")
    days = days_told(told)
    assert refusal(rule) is None
    assert falls_on(rule, date.fromisoformat(first))

    # What has an end is followed beyond it, so that a date too many would be seen.
    through = date.fromisoformat(days[-1]) if told.endswith("…") else date(2009, 12, 31)
    found = starts_of(rule, datetime.fromisoformat(f"{first} 09:00").replace(tzinfo=NEW_YORK), through)
    assert days == [one.date().isoformat() for one in found]
    assert [datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=NEW_YORK).astimezone(UTC) for day in days] == [
        one.astimezone(UTC) for one in found
    ]


@pytest.mark.parametrize("line", OUTSIDE.strip().splitlines())
def test_an_example_outside_the_subset_is_refused_with_its_reason(line):
    """Of these, calendar programs make different dates, or more than one a day."""
    rule, _, reason = line.split(" | ")

    assert reason == refusal(rule)


def test_an_example_that_does_not_give_its_own_start_is_no_start():
    """The standard excludes the 2nd of September from the Fridays the 13th; others would show it."""
    assert not falls_on("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", date(1997, 9, 2))


def test_every_example_of_the_standard_is_there():
    """Thirty-eight are printed, four of them with two rules; the Fridays the 13th are given here from the first one on."""
    assert 42 == len(EXAMPLES.strip().splitlines()) + len(OUTSIDE.strip().splitlines())


# Our own vectors, in Paris


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=-1TH;COUNT=12", "2026-01-29 19:00",
         "01-29 18, 02-26 18, 03-26 18, 04-30 17, 05-28 17, 06-25 17, 07-30 17, 08-27 17, 09-24 17, 10-29 18, 11-26 18, 12-31 18"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=4", "2026-03-17 18:30", "03-17 17, 03-24 17, 03-31 16, 04-07 16"),
        ("FREQ=MONTHLY;COUNT=5", "2026-01-31 12:00", "01-31 11, 03-31 10, 05-31 10, 07-31 10, 08-31 10"),
    ],
)  # fmt: skip
def test_a_series_keeps_its_local_hour_in_utc(rule, first, expected):
    """Seven in the evening is 18:00 UTC in winter and 17:00 in summer."""
    found = starts_of(rule, moment(first), date(2027, 12, 31))

    assert expected == ", ".join(f"{one.astimezone(UTC):%m-%d %H}" for one in found)


def test_two_cities_are_an_hour_nearer_between_their_clock_changes():
    """An 18:00 meeting in Paris and one in New York are six hours apart, but five on three Tuesdays of March 2026."""
    paris = starts_of("FREQ=WEEKLY;COUNT=6", moment("2026-03-03 18:00"), date(2026, 12, 31))
    new_york = starts_of("FREQ=WEEKLY;COUNT=6", moment("2026-03-03 18:00", "America/New_York"), date(2026, 12, 31))

    assert [6, 5, 5, 5, 6, 6] == [(b.astimezone(UTC) - a.astimezone(UTC)).seconds // 3600 for a, b in zip(paris, new_york, strict=True)]


def test_until_counts_the_whole_last_day():
    """`UNTIL=20260425` includes the evening of the 25th."""
    found = starts_of("FREQ=WEEKLY;UNTIL=20260425", moment("2026-04-11 19:00"), date(2028, 12, 31))

    assert ["04-11", "04-18", "04-25"] == [f"{one:%m-%d}" for one in found]


def test_until_in_utc_is_compared_as_an_instant():
    """17:00 UTC is 19:00 in Paris in April: that date is the last."""
    for end, count in (("170000Z", 3), ("165959Z", 2)):
        assert count == len(starts_of(f"FREQ=WEEKLY;UNTIL=20260425T{end}", moment("2026-04-11 19:00"), date(2028, 12, 31)))


def test_a_rule_is_followed_as_far_as_asked_and_no_further():
    """A build must not run for ever, also not where a rule has ten dates a month for a thousand years."""
    assert 365 == len(starts_of("FREQ=DAILY", date(2026, 1, 1), date(2026, 12, 31)))
    assert MOST + 1 == len(starts_of("FREQ=DAILY", date(1900, 1, 1), date(2900, 1, 1)))


# Against a count by hand


@cache
def days_of(year, month):
    return monthrange(year, month)[1]


def by_hand(rule, first, through):
    """Return the days of a rule by asking of each day whether every part of the rule allows it."""
    parts = dict(part.split("=") for part in rule.split(";"))
    step, freq = int(parts.get("INTERVAL", 1)), parts["FREQ"]
    months, places = ({int(n) for n in parts[name].split(",")} if name in parts else set() for name in ("BYMONTH", "BYSETPOS"))
    numbers, names = parts.get("BYMONTHDAY", ""), set(parts.get("BYDAY", "").replace("+", "").split(","))
    numbers = {int(n) for n in numbers.split(",") if n}
    begin_of_week = DAYS.index(parts.get("WKST", "MO"))
    monday = first - timedelta(days=(first.weekday() - begin_of_week) % 7)
    last = date.fromisoformat(parts["UNTIL"]) if "UNTIL" in parts else through

    period = {
        "DAILY": lambda day: (day - first).days, "WEEKLY": lambda day: (day - monday).days // 7,
        "MONTHLY": lambda day: (day.year - first.year) * 12 + day.month - first.month, "YEARLY": lambda day: day.year - first.year,
    }[freq]  # fmt: skip

    def is_due(day):
        return period(day) % step == 0 and (not months or day.month in months)

    def is_chosen(day):
        size = days_of(day.year, day.month)
        if numbers and not numbers & {day.day, day.day - 1 - size}:
            return False
        if "BYDAY" in parts:
            before, after, name = (day.day - 1) // 7, (size - day.day) // 7, DAYS[day.weekday()]
            if not names & {name, f"{before + 1}{name}", f"{-after - 1}{name}"}:
                return False
        if "BYDAY" in parts or "BYMONTHDAY" in parts:
            return True
        if freq == "WEEKLY":
            return day.weekday() == first.weekday()
        if freq == "MONTHLY":
            return day.day == first.day
        return freq == "DAILY" or (day.day == first.day and ("BYMONTH" in parts or day.month == first.month))

    def is_placed(day):
        if not places:
            return True
        size = days_of(day.year, day.month)
        month = [d for d in range(1, size + 1) if is_chosen(date(day.year, day.month, d))]
        return bool(places & {month.index(day.day) + 1, month.index(day.day) - len(month)})

    found = []
    day, last, most = first, min(last, through), int(parts.get("COUNT", 10**6))
    while day <= last and len(found) < most:
        if is_due(day) and is_chosen(day) and is_placed(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def some_rule(chance):
    """Return a rule of the subset, and a first day that it gives."""
    while True:
        freq = chance.choice(["DAILY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
        parts = [f"FREQ={freq}"]
        if chance.random() < 0.5:
            parts.append(f"INTERVAL={chance.choice([1, 2, 2, 3, 4, 5, 6, 12, 18])}")
        if chance.random() < 0.6:
            ranks = ["1", "2", "3", "4", "5", "-1", "-2", "-5", "+2"] if freq == "MONTHLY" and chance.random() < 0.6 else [""]
            parts.append(
                "BYDAY=" + ",".join(dict.fromkeys(chance.choice(ranks) + one for one in chance.sample(DAYS, chance.randint(1, 4))))
            )
        if freq != "WEEKLY" and chance.random() < 0.4:
            parts.append("BYMONTHDAY=" + ",".join(map(str, chance.sample([*range(1, 32), *range(-31, 0)], chance.randint(1, 9)))))
        if chance.random() < (0.7 if freq == "YEARLY" else 0.3):
            parts.append("BYMONTH=" + ",".join(map(str, chance.sample(range(1, 13), chance.randint(1, 5)))))
        if freq == "MONTHLY" and chance.random() < 0.4:
            parts.append("BYSETPOS=" + ",".join(map(str, chance.sample([1, 2, 3, 4, 5, -1, -2, -3, -5], chance.randint(1, 3)))))
        if chance.random() < 0.4:
            parts.append(f"WKST={chance.choice(DAYS)}")
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(3000))
        end = chance.random()
        if end < 0.3:
            parts.append(f"COUNT={chance.randint(1, 60)}")
        elif end < 0.6:
            parts.append(f"UNTIL={first + timedelta(days=chance.randrange(1200)):%Y%m%d}")
        chance.shuffle(parts)
        rule = ";".join(parts)
        if refusal(rule) is None:
            # Of ten days in a row, one is often a start; what never is one is no series.
            for day in (first + timedelta(days=n) for n in range(10)):
                if by_hand(rule, day, day):
                    return rule, day


@pytest.mark.long
def test_three_thousand_rules_give_the_days_of_a_count_by_hand():
    """Two ways that know nothing of each other must agree on every date, or a member stands before a closed door."""
    chance = random.Random(5545)
    disagreements = []
    for _ in range(3000):
        rule, first = some_rule(chance)
        through = first + timedelta(days=800)
        if list(starts_of(rule, first, through)) != by_hand(rule, first, through) or not falls_on(rule, first):
            disagreements.append((rule, first))

    assert [] == disagreements


def test_whether_a_day_is_a_start_is_said_as_it_is_counted_by_hand():
    """A start that is refused though it is right cannot be mended by anybody."""
    chance = random.Random(2445)
    for _ in range(200):
        rule, first = some_rule(chance)
        plain = ";".join(part for part in rule.split(";") if not part.startswith(("COUNT", "UNTIL", "INTERVAL")))
        for day in (first + timedelta(days=n) for n in range(0, 60, 5)):
            assert falls_on(plain, day) is (by_hand(plain, day, day) == [day]), (plain, day)
