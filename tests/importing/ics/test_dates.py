"""Dates of rules that a hub does not know are right, and come in a time that no rule can stretch."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr

from handbill.importing.ics.dates import MOST_YEARS, days_of

THROUGH = date(2031, 12, 31)


def by_library(rule: str, first: date) -> list[date]:
    """Return the same by python-dateutil, which is another reading of the standard."""
    last = datetime.combine(THROUGH, datetime.min.time())
    return [
        one.date()
        for one in rrulestr(rule, dtstart=datetime.combine(first, datetime.min.time())).between(datetime(1900, 1, 1), last, inc=True)
    ]


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", date(2026, 5, 11)),
        ("FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=MO,SU", date(2026, 1, 4)),
        ("FREQ=YEARLY;BYYEARDAY=1,100,-1", date(2026, 1, 1)),
        ("FREQ=YEARLY;BYDAY=20MO,-1FR", date(2026, 5, 18)),
        ("FREQ=YEARLY;BYMONTH=5,6;BYDAY=2TU,-1SU", date(2026, 5, 12)),
        ("FREQ=YEARLY;BYMONTHDAY=13", date(2026, 1, 13)),
        ("FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", date(2026, 2, 13)),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=TU;INTERVAL=4", date(2026, 11, 3)),
        ("FREQ=YEARLY;BYSETPOS=-1;BYMONTH=3;BYDAY=MO,TU,WE,TH,FR", date(2026, 3, 31)),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;INTERVAL=2;WKST=SU", date(2026, 5, 17)),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYMONTHDAY=1,2,3,-1;BYSETPOS=1,-1", date(2026, 6, 1)),
        ("FREQ=DAILY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=-1,29;COUNT=3", date(2026, 2, 28)),
        ("FREQ=YEARLY", date(2024, 2, 29)),
        ("FREQ=MONTHLY", date(2026, 1, 31)),
    ],
)
def test_the_dates_are_those_of_another_reading_of_the_standard(rule, first):
    """Members plan by them."""
    assert by_library(rule, first) == list(days_of(rule, first, THROUGH))
    assert days_of(rule, first, THROUGH)


def made_up(chance: random.Random) -> tuple[str, date]:
    """Return some rule, sensible or not, and a start."""
    freq = chance.choice(["YEARLY", "YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
    parts = {"FREQ": freq, "INTERVAL": str(chance.choice([1, 1, 2, 3]))}

    def some(values: list[int]) -> str:
        return ",".join(str(one) for one in sorted(chance.sample(values, chance.randint(1, 3))))

    days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    if chance.random() < 0.5:
        ranked = (
            [f"{rank}{day}" for rank in (1, 2, 4, -1) for day in days] if freq in ("YEARLY", "MONTHLY") and chance.random() < 0.5 else days
        )
        parts["BYDAY"] = ",".join(chance.sample(ranked, chance.randint(1, 3)))
    if chance.random() < 0.4:
        parts["BYMONTH"] = some(list(range(1, 13)))
    if freq != "WEEKLY" and chance.random() < 0.4:
        parts["BYMONTHDAY"] = some([*range(1, 32), -1, -2])
    elif freq == "YEARLY" and chance.random() < 0.4:
        parts["BYYEARDAY"] = some([*range(1, 367), -1, -366])
    if freq != "WEEKLY" and chance.random() < 0.3 and {"BYDAY", "BYMONTHDAY"} & parts.keys():
        parts["BYSETPOS"] = some([1, 2, -1, -2])
    if chance.random() < 0.3:
        parts["COUNT"] = str(chance.randint(1, 20))
    return ";".join(f"{name}={value}" for name, value in parts.items()), date(2024, 1, 1) + timedelta(days=chance.randrange(900))


@pytest.mark.long
def test_three_hundred_rules_made_at_random_give_the_same_dates():
    """What nobody thought of is what a stranger's calendar has."""
    chance = random.Random(31)
    differing, compared = [], 0
    while compared < 300:
        rule, first = made_up(chance)
        # Ranks together with days of the month are read in two ways, and so are told apart.
        if "BYMONTHDAY" in rule and any(sign.isdigit() for sign in rule.partition("BYDAY=")[2].partition(";")[0]):
            continue
        found = list(days_of(rule, first, THROUGH))
        # For a rule without dates the library would look to the year 9999.
        compared += bool(found)
        if found and by_library(rule, first) != found:
            differing.append((rule, first))

    assert [] == differing


def test_a_week_of_the_year_is_told_by_its_number_and_else_by_the_start():
    """The library takes all seven days where none is named, and no Friday of a week that ends in January."""
    assert (date(2026, 5, 11), date(2027, 5, 17)) == days_of("FREQ=YEARLY;BYWEEKNO=20", date(2026, 5, 11), date(2027, 12, 31))
    assert (date(2027, 1, 1),) == days_of("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", date(2026, 5, 11), date(2031, 12, 31))


def test_places_in_a_week_are_counted_from_its_beginning():
    """Also in the first week, which begins before the event does."""
    assert (date(2026, 5, 13), date(2026, 5, 20)) == days_of("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2", date(2026, 5, 13), date(2026, 5, 24))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30,31", "FREQ=MONTHLY;BYSETPOS=99;BYDAY=MO", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "", "=",
        "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;INTERVAL=99999999999999", "FREQ=YEARLY;BYMONTHDAY=x", "FREQ=YEARLY;BYDAY=99MO", "FREQ=YEARLY;BYDAY=MOO",
        "FREQ=YEARLY;BYEASTER=0", "FREQ=YEARLY;BYWEEKNO=0", "FREQ=YEARLY;BYMONTHDAY=²", "FREQ=WEEKLY;WKST=XX", "FREQ=DAILY;COUNT=" + "9" * 5000,
    ],
)  # fmt: skip
def test_a_rule_without_dates_or_sense_gives_none(rule):
    """Each of them would keep another program busy until the year 9999, or stop it."""
    assert () == days_of(rule, date(2026, 5, 12), THROUGH)


def test_a_rule_from_long_ago_is_not_written_out():
    """A hundred years of dates are nobody's programme."""
    assert () == days_of("FREQ=YEARLY;BYYEARDAY=1", date(THROUGH.year - MOST_YEARS - 1, 1, 1), THROUGH)
    assert days_of("FREQ=YEARLY;BYYEARDAY=1", date(THROUGH.year - MOST_YEARS, 1, 1), THROUGH)
