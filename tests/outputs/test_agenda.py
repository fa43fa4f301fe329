"""The agenda: which days, in which month, and what was."""

from __future__ import annotations

import pytest
from tests.hubs import moment, text, write
from tests.outputs.records import EVENT, pages, titles

from handbill.outputs.cards import Cards
from handbill.outputs.lists import lists


def test_the_agenda_lists_what_comes_by_month_and_what_was():
    """A series once in each month, what is over under the past, the moved date where it moved to."""
    view = pages()["/events/"]

    assert [
        ("2026-03-01", ["Concert"]),
        ("2026-04-01", ["Fête du puits", "Corvée de bois"]),
        ("2026-06-01", ["Corvée de bois"]),
        ("2026-07-01", ["Corvée de bois"]),
        ("2026-08-01", ["Corvée de bois"]),
    ] == titles(view.upcoming)
    assert "2026-04-18T10:00:00+02:00" == view.upcoming[1].cards[1].when.starts
    assert [("2026-03-01", ["Corvée de bois"])] == titles(view.past)
    assert "2026-03-20" == view.today


def test_a_month_is_a_grid_of_whole_weeks():
    """Seven days in each row, Monday first, every day of the month once."""
    months = pages()["/events/"].months

    assert ["2026-03-01", "2026-04-01", "2026-05-01"] == [one.month for one in months]
    for month in months:
        days = [day for week in month.weeks for day, _ in week]
        assert {7} == {len(week) for week in month.weeks}
        assert sorted(set(days)) == days
        inside = [day for day in days if day[:7] == month.month[:7]]
        assert {"2026-03-01": 31, "2026-04-01": 30, "2026-05-01": 31}[month.month] == len(inside)
    assert ("2026-02-23", "2026-04-05") == (months[0].weeks[0][0][0], months[0].weeks[-1][-1][0])


def found_in(months):
    return {day: [card.title for card in cards] for month in months for week in month.weeks for day, cards in week if cards}


def test_a_day_shows_what_touches_it():
    """The feast that ends at one in the night is on the next day too, and the moved date is where it is now."""
    assert {
        "2026-03-14": ["Corvée de bois"],
        "2026-03-28": ["Concert"],
        "2026-04-11": ["Fête du puits"],
        "2026-04-12": ["Fête du puits"],
        "2026-04-18": ["Corvée de bois"],
    } == found_in(pages()["/events/"].months)


@pytest.mark.parametrize(
    ("front", "days"),
    [
        ({"starts": "2026-04-10", "ends": "2026-04-12"}, ["2026-04-10", "2026-04-11", "2026-04-12"]),
        ({"starts": "2026-04-10 20:00", "ends": "2026-04-11 00:00"}, ["2026-04-10"]),
        ({"starts": "2026-03-29 00:00", "ends": "2026-03-30 00:00"}, ["2026-03-29"]),
        ({"starts": "2026-04-10 08:00", "ends": "2026-04-10 10:00", "timezone": "Asia/Tokyo"}, ["2026-04-10"]),
        ({"starts": "2026-04-10 22:00", "ends": "2026-04-10 23:00", "timezone": "America/New_York"}, ["2026-04-11"]),
        ({"starts": "2026-04-30 10:00", "ends": "2026-05-01 10:00"}, ["2026-04-30", "2026-05-01"]),
    ],
)
def test_the_days_of_an_event_are_those_of_the_hub_s_zone(tmp_path, front, days):
    """Midnight is not the next day, a day of twenty-three hours is a day, and the evening in New York is the morning after."""
    root = write(tmp_path, {"events/a.md": text(**EVENT, **front)})

    assert days == list(found_in(pages(root)["/events/"].months))


@pytest.mark.parametrize(
    ("as_of", "months"),
    [("2026-12-31 23:59", ["2026-12-01", "2027-01-01", "2027-02-01"]), ("2026-11-01 00:00", ["2026-11-01", "2026-12-01", "2027-01-01"])],
)
def test_the_months_go_over_the_end_of_the_year(as_of, months):
    """December is followed by January."""
    assert months == [one.month for one in pages(as_of=as_of)["/events/"].months]


def test_today_is_that_of_the_hub(tmp_path):
    """A server in another zone must not mark yesterday."""
    from handbill.reading.load import load
    from handbill.settings import read_settings

    settings = read_settings(write(tmp_path, {}))
    hub = load(settings, moment("2026-03-31 20:00", "America/New_York"), None).hub

    agenda = next(one.view for one in lists(hub, settings, "fr", Cards(hub, settings, "fr"), str) if one.address == "/events/")
    assert ("2026-04-01", "2026-04-01") == (agenda.today, agenda.months[0].month)
