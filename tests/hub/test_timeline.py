"""Each letter and each page asks what lies ahead of a moment of its own; the answer must be whole, and cheap."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from tests.hubs import moment

from handbill.hub.facets import Occurrence
from handbill.hub.item import Body, Item
from handbill.hub.timeline import RUN, Timeline

#: Clocks of Paris are put back in that night; those of Apia left a whole day out when they changed sides.
NIGHTS = (datetime(2026, 10, 25, tzinfo=UTC), datetime(2011, 12, 30, tzinfo=UTC))
ZONES = ("Europe/Paris", "UTC", "America/New_York", "Pacific/Apia")


def item(name, *occurrences):
    return Item(name, "event", f"events/{name}.md", name, "fr", f"/events/{name}/", name, "", Body(), occurrences=occurrences)


def timed(starts, ends, zone="Europe/Paris"):
    return Occurrence(moment(starts, zone), moment(ends, zone), zone)


def any_occurrence(chance, night):
    """Return an hour, a few days or some weeks, most of them near the night, a few of them years away."""
    zone = chance.choice(ZONES)
    begins = (night + timedelta(minutes=15 * chance.randint(-400, 400), days=chance.choice((0, 0, 0, -900, -30, 30)))).astimezone(
        ZoneInfo(zone)
    )
    if chance.random() < 0.2:
        return Occurrence(begins.date(), begins.date() + timedelta(days=chance.choice((0, 0, 2, 40))), zone)
    lasting = chance.choice((timedelta(), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=2), timedelta(weeks=5)))
    return Occurrence(begins, (begins.astimezone(UTC) + lasting).astimezone(ZoneInfo(zone)), zone)


@pytest.mark.parametrize("night", NIGHTS, ids=lambda one: str(one.date()))
@pytest.mark.parametrize("seed", range(3))
def test_what_is_passed_over_would_not_have_been_found(seed, night):
    """A date that is left out is told to nobody, and nobody comes."""
    chance = Random(seed)
    timeline = Timeline([item(f"e{number:03}", any_occurrence(chance, night), any_occurrence(chance, night)) for number in range(200)])

    for _ in range(60):
        at = (night + timedelta(minutes=15 * chance.randint(-450, 450))).astimezone(ZoneInfo(chance.choice(ZONES)))
        before = chance.choice((None, at, at + timedelta(hours=1), at + timedelta(days=20)))
        plain = [one for one in timeline.pairs if one[0].finishes > at and (before is None or one[0].begins < before)]
        assert plain == list(timeline.coming(at, before))


def test_all_stand_in_order_of_time():
    """The soonest first, whatever the zone; of two that begin together, the shorter one."""
    chance = Random(7)
    items = [item(f"e{number:03}", *(any_occurrence(chance, NIGHTS[0]) for _ in range(3))) for number in range(100)]
    every = [(when, one) for one in items for when in one.occurrences]

    def order(pair):
        return pair[0].begins.astimezone(UTC), pair[0].finishes.astimezone(UTC), pair[1].id

    assert [order(one) for one in sorted(every, key=order)] == [order(one) for one in Timeline(items).pairs]


def test_an_hour_that_clocks_show_twice_has_an_order():
    """By what the clocks show, the third would come before the first and after the second."""
    first = item("z", timed("2026-10-25 02:30", "2026-10-25 02:40"))
    second = item("y", timed("2026-10-25 00:45", "2026-10-25 01:00", "UTC"))
    again = moment("2026-10-25 02:15").replace(fold=1)
    third = item("x", Occurrence(again, again + timedelta(hours=3), "Europe/Paris"))

    for items in ((first, second, third), (third, second, first), (second, third, first)):
        assert ["z", "y", "x"] == [one.id for _, one in Timeline(items).pairs]


def test_moments_of_one_zone_are_compared_as_everywhere_else():
    """A page that says “on now” of what its list leaves out would contradict itself, if only for an hour of the year."""
    early, late = moment("2026-10-25 02:45"), moment("2026-10-25 02:15").replace(fold=1)
    ending = item("ending", Occurrence(moment("2026-10-25 01:00"), early, "Europe/Paris"))
    beginning = item("beginning", Occurrence(late, moment("2026-10-25 04:00"), "Europe/Paris"))

    assert late < early
    assert early.astimezone(UTC) < late.astimezone(UTC)
    assert ["ending"] == [one.id for _, one in Timeline([ending]).coming(late)]
    assert ["beginning"] == [one.id for _, one in Timeline([beginning]).coming(moment("2026-10-24 12:00"), early)]


def test_little_is_looked_at_whatever_has_been_and_however_long_something_lasts(monkeypatch):
    """Ten years of a hub are asked for each of its letters; an exhibition of all these years must not change that."""
    days = [date(2016, 1, 1) + timedelta(days=number) for number in range(3650)]
    daily = item("daily", *(Occurrence(day, day, "Europe/Paris") for day in days))
    timeline = Timeline([daily, item("lasting", Occurrence(days[0], days[-1], "Europe/Paris"))])
    looked_at = []

    def finishes(when, was=Occurrence.finishes.fget):
        looked_at.append(when)
        return was(when)

    monkeypatch.setattr(Occurrence, "finishes", property(finishes))

    found = list(timeline.coming(moment("2022-05-03 18:00"), moment("2022-06-17 18:00")))
    assert ["lasting", *["daily"] * 46] == [one.id for _, one in found]
    # Its own run, those that hold what is found, and one at either end.
    assert len(looked_at) <= RUN + len(found) + 2 * RUN
