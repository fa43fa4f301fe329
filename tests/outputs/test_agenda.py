"""The agenda: which days, in which month, and what was."""

from __future__ import annotations

import pytest
from tests.hubs import moment, text, write
from tests.outputs.records import EVENT, pages, titles

from handbill.outputs.cards import Cards
from handbill.outputs.lists import lists


def test_the_agenda_lists_what_comes_by_month_and_what_was():
    """A series once in each month, what is over under the past, the moved date where it moved to; a month with a table is there also empty."""
    view = pages()["/events/"]

    assert [
        ("2026-03-01", ["Concert"]),
        ("2026-04-01", ["Fête du puits", "Corvée de bois"]),
        ("2026-05-01", []),
        ("2026-06-01", ["Corvée de bois"]),
        ("2026-07-01", ["Corvée de bois"]),
        ("2026-08-01", ["Corvée de bois"]),
    ] == titles(view.upcoming)
    assert "2026-04-18T10:00:00+02:00" == view.upcoming[1].cards[1].when.starts
    assert [("", ["Corvée de bois"])] == titles(view.past)
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
    """The feast that ends at one in the night is on the next day too, and the moved date also where it was, struck out."""
    assert {
        "2026-03-14": ["Corvée de bois"],
        "2026-03-28": ["Concert"],
        "2026-04-11": ["Fête du puits", "Corvée de bois"],
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


def test_the_dates_of_a_series_share_a_row_within_a_month(tmp_path):
    """A weekly meeting was the same four lines four times."""
    root = write(tmp_path, {"events/a.md": text(starts="2026-04-07 19:00", recurrence="{rule: FREQ=WEEKLY;COUNT=6}", **EVENT)})
    april, may = (group.cards for group in pages(root)["/events/"].upcoming if group.cards)

    assert [("2026-04-07", ["2026-04-14", "2026-04-21", "2026-04-28"])] == [
        (c.when.starts[:10], [one.starts[:10] for one in c.also]) for c in april
    ]
    assert [("2026-05-05", ["2026-05-12"])] == [(c.when.starts[:10], [one.starts[:10] for one in c.also]) for c in may]


def test_a_date_of_a_series_that_needs_a_word_has_a_row_of_its_own(tmp_path):
    """“Also on the 14th” would hide that the 14th is cancelled."""
    rule = "{rule: FREQ=WEEKLY;COUNT=4, changes: [{on: 2026-04-07 19:00, status: cancelled}, {on: 2026-04-21 19:00, status: cancelled}]}"
    root = write(tmp_path, {"events/a.md": text(starts="2026-04-07 19:00", recurrence=rule, **EVENT)})
    (april,) = (group.cards for group in pages(root)["/events/"].upcoming if group.cards)

    shown = [(card.when.starts[8:10], card.when.status, [one.starts[8:10] for one in card.also]) for card in april]
    assert [("07", "cancelled", []), ("14", "confirmed", ["28"]), ("21", "cancelled", [])] == shown


def test_what_goes_on_stands_in_the_present_month(tmp_path):
    """An exhibition that opened in January would otherwise make January the first month of the agenda."""
    view = pages(write(tmp_path, {"events/a.md": text(title="Expo", starts="2026-01-10", ends="2026-05-10", **EVENT)}))["/events/"]

    assert [("2026-03-01", ["Expo"]), ("2026-04-01", []), ("2026-05-01", [])] == titles(view.upcoming)


def test_each_year_that_has_seen_something_has_a_page(tmp_path):
    """The list of what was would grow for ever; and whoever looks for last year's fair looks for last year."""
    files = {
        "events/old.md": text(title="Ancienne", starts="2024-06-01 10:00", **EVENT),
        "events/done.md": text(title="Passée", starts="2026-01-10 10:00", **EVENT),
        "events/next.md": text(title="Prochaine", starts="2026-09-01 10:00", **EVENT),
        "events/later.md": text(title="Lointaine", starts="2027-09-01 10:00", **EVENT),
    }
    found = pages(write(tmp_path, files))

    assert ["/events/2026/", "/events/2024/"] == [one for one in found if one.startswith("/events/2")]
    assert [("2026-01-01", ["Passée"]), ("2026-09-01", ["Prochaine"])] == titles(found["/events/2026/"].groups)
    assert [("2026", "/events/2026/"), ("2024", "/events/2024/")] == [(one.title, one.address) for one in found["/events/"].years]


def test_a_year_of_dates_that_was_promised_keeps_its_page(tmp_path):
    """The only event of that year was taken back; the link to the year stays."""
    root = write(tmp_path, {})
    (root / "addresses.lock").write_text("/events/2019/ events:fr:2019\n", encoding="utf-8")

    assert () == pages(root)["/events/2019/"].groups


def test_the_agenda_leads_to_the_places_and_subjects_of_what_comes(tmp_path):
    """Not to those where everything is over."""
    files = {
        "events/a.md": text(starts="2026-04-10 10:00", tags="[Vélo]", **EVENT),
        "events/b.md": text(starts="2026-01-10 10:00", tags="[Bois]", organisers="[X]", venue="{name: Grange}"),
    }
    view = pages(write(tmp_path, files))["/events/"]

    assert [("Salle", "/places/salle/")] == [(one.title, one.address) for one in view.places]
    assert [("Vélo", "/tags/velo/")] == [(one.title, one.address) for one in view.tags]


def test_what_comes_in_another_language_alone_is_told_too(tmp_path):
    """An English reader in Bordeaux wants to know what is on, whatever language the text is in."""
    event = {**EVENT, "starts": "2026-04-11 14:00", "ends": "2026-04-11 18:00"}
    files = {
        "events/a.md": text(title="Ici seulement", **event),
        "events/b.md": text(title="Partout", **event),
        "events/b.en.md": text(title="Everywhere", **event),
        "events/c.md": text(title="Annulé", status="cancelled", status_note="Pluie", **event),
        "events/d.md": text(title="Passé", **EVENT, starts="2026-03-01 14:00", ends="2026-03-01 18:00"),
    }
    root = write(tmp_path, files)

    assert [("In French only", ["Ici seulement"])] == titles(pages(root, lang="en")["/en/events/"].others)
    assert () == pages(root)["/events/"].others


def test_a_series_in_another_language_is_told_once(tmp_path):
    """The page of the series has its other dates."""
    event = {**EVENT, "starts": "2026-04-11 14:00", "ends": "2026-04-11 18:00", "recurrence": "{rule: FREQ=WEEKLY;COUNT=8}"}
    root = write(tmp_path, {"events/a.md": text(title="Samedi", **event)})

    assert [("In French only", ["Samedi"])] == titles(pages(root, lang="en")["/en/events/"].others)


def test_a_daily_series_does_not_push_a_fair_off_the_agenda(tmp_path):
    """Two hundred mornings of market, and the fair in December was nowhere; the market of twelve years is there tomorrow."""
    files = {
        "events/marche.md": text(**{**EVENT, "title": "Marché", "starts": "2014-03-18 08:00", "recurrence": "{rule: FREQ=DAILY}"}),
        "events/foire.md": text(**{**EVENT, "title": "Foire", "starts": "2026-12-12 14:00", "recurrence": "{rule: FREQ=YEARLY}"}),
    }
    months = dict(titles(pages(write(tmp_path, files))["/events/"].upcoming))

    assert (["Marché"], ["Foire"]) == (months["2026-03-01"], months["2026-12-01"])
    assert "2027-12-01" not in months
