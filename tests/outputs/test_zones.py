"""The clocks of zones as rules: equal to zoneinfo at every hour asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from tests.cases import for_each

from handbill.outputs.zones import Observance, observances

#: One of each sort: plain rules, half an hour, a quarter, none, two offsets in one month, rules by date, changes that follow none.
ZONES = (
    "Europe/Paris",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Nuuk",
    "America/Santiago",
    "Asia/Jerusalem",
    "America/Asuncion",
    "Antarctica/Troll",
    "UTC",
)


def offset(found: tuple[Observance, ...], moment: datetime) -> timedelta:
    """Return the offset at an instant, as a program finds it that knows these observances alone."""
    begun = []
    for one in found:
        onsets = [one.onset, *one.also]
        if one.rule:
            onsets += rrulestr(one.rule, dtstart=one.onset).between(one.onset, moment.replace(tzinfo=None) + timedelta(days=2), inc=True)
        begun += [(onset - one.before, one.offset) for onset in onsets if onset - one.before <= moment.replace(tzinfo=None)]
    return max(begun)[1]


@for_each("zone", ZONES)
@for_each("year", [1995, 2026])
def test_every_change_until_the_horizon_is_that_of_the_zone(zone, year):
    """An hour wrong is a member who comes when the door is closed."""
    found, clock = observances(zone, year), ZoneInfo(zone)
    moments = [datetime(year + step // 4, 1 + step % 4 * 3, 15, 12, tzinfo=UTC) for step in range(0, (2060 - year) * 4, 3)]
    moments += [datetime(2026, month, day, 12, tzinfo=UTC) for month in range(1, 13) for day in range(1, 29, 3)]

    assert [] == [one for one in moments if one.astimezone(clock).utcoffset() != offset(found, one)]


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "America/Nuuk"])
def test_a_zone_turns_at_the_very_second(zone):
    """Not a day, nor an hour, before or after."""
    found, clock = observances(zone, 2026), ZoneInfo(zone)
    for one in found:
        for year in (2026, 2051):
            turn = rrulestr(one.rule, dtstart=one.onset).after(datetime(year, 1, 1)) - one.before
            for moment in (turn - timedelta(seconds=1), turn):
                aware = moment.replace(tzinfo=UTC)
                assert aware.astimezone(clock).utcoffset() == offset(found, aware)


def test_what_comes_every_year_is_told_in_two_rules():
    """A series without an end needs the clocks of every year to come, and a file should not grow for it."""
    assert [
        ("CET", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", datetime(2025, 10, 26, 3)),
        ("CEST", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", datetime(2026, 3, 29, 2)),
    ] == [(one.name, one.rule, one.onset) for one in observances("Europe/Paris", 2026)]


def test_what_follows_no_rule_is_told_one_by_one():
    """Morocco went by the moon until 2026."""
    found = observances("Africa/Casablanca", 2015)

    assert {""} == {one.rule for one in found}
    assert sum(1 + len(one.also) for one in found) > 20


def test_a_zone_begins_before_the_year_asked():
    """The first event of January needs the clocks of winter."""
    assert all(observances(zone, year)[0].onset < datetime(year, 1, 1) for zone in ZONES for year in (1950, 1999, 2026))


def test_summer_is_when_clocks_went_forward():
    """The database calls Ireland's winter the exception, and programs do not expect that."""
    assert {"IST": True, "GMT": False} == {one.name: one.is_summer for one in observances("Europe/Dublin", 2026)}
