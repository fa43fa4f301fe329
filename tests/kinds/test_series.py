"""Repeated events: hours, exceptions and changed dates."""

from datetime import UTC

import pytest
from tests.hubs import load_village, moment, text, write
from tests.kinds.test_event import BASE, event, refused


def test_a_series_keeps_its_hour_across_the_clock_change(tmp_path):
    """Nine o'clock stays nine o'clock when summer time begins."""
    item, _ = event(tmp_path, starts="2026-03-21 09:00", recurrence="{rule: FREQ=WEEKLY;COUNT=3}")

    assert ["09:00 +0100", "09:00 +0100", "09:00 +0200"] == [f"{one.starts:%H:%M %z}" for one in item.occurrences]


def test_a_moved_date_of_a_series_keeps_its_first_start_in_sight(tmp_path):
    """Subscribers' calendars find the date to move by the start first announced."""
    item, _ = event(
        tmp_path, starts="2026-04-04 09:00",
        recurrence="{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-04-11, status: rescheduled, starts: 2026-04-12 10:00, note: Pluie}]}",
    )  # fmt: skip

    moved = item.occurrences[1]
    assert (moment("2026-04-12 10:00"), moment("2026-04-12 12:00")) == (moved.starts, moved.ends)
    assert (moment("2026-04-11 09:00"), (moment("2026-04-11 09:00"),), "Pluie") == (moved.original, moved.was, moved.note)


def test_an_excluded_date_still_counts(tmp_path):
    """Four dates less one are three (RFC 5545, 3.8.5.1)."""
    item, _ = event(tmp_path, starts="2026-04-04 09:00", recurrence="{rule: FREQ=WEEKLY;COUNT=4, except: [2026-04-18]}")

    assert ["04-04", "04-11", "04-25"] == [f"{one.starts:%m-%d}" for one in item.occurrences]


@pytest.mark.parametrize(
    ("recurrence", "field", "found", "wanted"),
    [
        ("{rule: tous les samedis}", "recurrence.rule", "“tous les samedis”, which is no rule, but words", "a rule such as FREQ=WEEKLY;BYDAY=SA"),
        ("{rule: FREQ=HOURLY}", "recurrence.rule", "“FREQ=HOURLY”, which repeats within the day (HOURLY)", "a rule such as FREQ=MONTHLY;BYDAY=2SA"),
        ("{rule: FREQ=WEEKLY;BYDAY=MO}", "recurrence.rule", "“FREQ=WEEKLY;BYDAY=MO”, which does not give the event's own start", "FREQ=WEEKLY;BYDAY=SA, or 2026-04-13 14:00 as starts"),
        ("{rule: FREQ=MONTHLY;BYDAY=1SA}", "recurrence.rule", "“FREQ=MONTHLY;BYDAY=1SA”, which does not give the event's own start", "FREQ=MONTHLY;BYDAY=2SA, or 2026-05-02 14:00 as starts"),
        ("{rule: FREQ=WEEKLY;COUNT=5, except: [2026-04-12]}", "recurrence.except", "2026-04-12, which the rule does not give", "a date of the rule, such as 2026-04-11 14:00, 2026-04-18 14:00"),
        ("{rule: FREQ=WEEKLY;COUNT=5, changes: [{on: 2026-04-19, status: cancelled}]}", "recurrence.changes[1].on", "2026-04-19, which is no date of the series", "a date of the rule, such as 2026-04-18 14:00, 2026-04-25 14:00"),
        ("{rule: FREQ=WEEKLY;COUNT=5, changes: [{on: 2026-04-18, status: rescheduled}]}", "recurrence.changes[1].starts", "no other start", "the new start, because this date is rescheduled"),
    ],
)  # fmt: skip
def test_a_rule_or_date_that_does_not_fit_is_offered_one_that_does(tmp_path, recurrence, field, found, wanted):
    """Nobody writes RFC 5545 by heart, or counts Saturdays without a slip."""
    assert [(field, found, wanted)] == [one[:3] for one in refused(tmp_path, starts="2026-04-11 14:00", recurrence=recurrence)]


def test_the_date_that_does_not_fit_is_pointed_at(tmp_path):
    """The third of five exceptions is the one to mend, not the list."""
    problems = refused(tmp_path, starts="2026-04-11 14:00", recurrence="{rule: FREQ=WEEKLY;COUNT=5, except: [2026-04-18, 2026-04-26]}")

    assert [(7, 62)] == [one[3:] for one in problems]


# How far a series is followed


def test_a_weekly_series_of_twelve_years_shows_next_week(tmp_path):
    """It was followed for 520 dates: after ten years the regulars had no next evening any more."""
    item, hub = event(tmp_path, "2026-03-20 12:00", starts="2014-03-18 19:00", recurrence="{rule: FREQ=WEEKLY}")

    coming = [when for when, _ in hub.upcoming()]
    assert (moment("2026-03-24 19:00"), moment("2014-03-18 19:00")) == (coming[0].starts, item.occurrences[0].starts)
    assert moment("2028-03-20 12:00") < coming[-1].begins < moment("2029-01-01 00:00")


@pytest.mark.parametrize(("as_of", "last"), [("2026-12-31 23:59", "2028-12-26"), ("2027-01-01 00:00", "2029-12-25")])
def test_a_series_without_an_end_moves_along_with_the_years(tmp_path, as_of, last):
    """Also where the file has not been touched, and is kept as it was read."""
    item, _ = event(tmp_path, as_of, starts="2026-01-06 19:00", recurrence="{rule: FREQ=WEEKLY}")

    assert last == f"{item.occurrences[-1].starts:%Y-%m-%d}"


def test_what_is_kept_of_a_series_is_not_taken_for_another_year(tmp_path):
    """A cache of December would end the series in January."""
    from handbill.reading.cache import Cache
    from handbill.reading.load import load
    from handbill.settings import read_settings

    root = write(tmp_path, {"events/a.md": text(**{**BASE, "starts": "2026-01-06 19:00", "recurrence": "{rule: FREQ=WEEKLY}"})})
    settings, last = read_settings(root), []
    for as_of in ("2026-12-31 23:59", "2027-01-01 00:00", "2027-06-01 00:00"):
        cache = Cache(tmp_path / "kept", "terms")
        loaded = load(settings, moment(as_of), cache)
        cache.save()
        last.append((loaded.hub.items[0].occurrences[-1].starts.year, loaded.read))

    assert [(2028, 1), (2029, 1), (2029, 0)] == last


def test_a_date_far_ahead_may_be_named(tmp_path):
    """An exception in five years was “no date of the rule” before."""
    item, _ = event(tmp_path, starts="2026-04-11 14:00", recurrence="{rule: FREQ=WEEKLY, except: [2031-04-12]}")

    assert "2031-04-12" not in {f"{one.starts:%Y-%m-%d}" for one in item.occurrences}
    assert (moment("2031-04-12 14:00"),) == item.series.excluded


def test_a_series_of_more_dates_than_anyone_has_is_refused(tmp_path):
    """A mistyped century must not fill the memory of the machine."""
    ((field, found, *_),) = refused(tmp_path, starts="1026-04-11 14:00", recurrence="{rule: FREQ=DAILY}")

    assert ("recurrence.rule", "“FREQ=DAILY”, which gives more than 10000 dates up to 2028") == (field, found)


def test_a_rule_that_is_over_before_it_begins_is_refused(tmp_path):
    """Copied from last year with its end."""
    ((_, found, *_),) = refused(tmp_path, starts="2026-04-11 14:00", recurrence="{rule: FREQ=WEEKLY;UNTIL=20250630}")

    assert "“FREQ=WEEKLY;UNTIL=20250630”, which ends before the event starts (2026-04-11 14:00)" == found


# Dates on top


def test_dates_outside_the_rule_are_dates_of_the_series(tmp_path):
    """Every second Saturday, and once more before Christmas."""
    item, _ = event(
        tmp_path, starts="2026-04-11 14:00", ends="2026-04-11 17:00",
        recurrence="{rule: FREQ=MONTHLY;BYDAY=2SA;COUNT=3, extra: [2026-12-19 10:00, 2026-04-25]}",
    )  # fmt: skip

    assert ["04-11 14 17", "04-25 14 17", "05-09 14 17", "06-13 14 17", "12-19 10 13"] == [
        f"{one.starts:%m-%d %H} {one.ends:%H}" for one in item.occurrences
    ]
    assert (moment("2026-04-25 14:00"), moment("2026-12-19 10:00")) == item.series.added
    assert all(one.original == one.starts for one in item.occurrences)


def test_dates_need_no_rule(tmp_path):
    """Four evenings that follow no rule are one event all the same."""
    item, _ = event(tmp_path, starts="2026-04-11 14:00", recurrence="{extra: [2026-05-03, 2026-06-20]}")

    assert (["04-11", "05-03", "06-20"], "") == ([f"{one.starts:%m-%d}" for one in item.occurrences], item.series.rule)


def test_a_date_on_top_may_change_like_any_other(tmp_path):
    """It was announced, so it cannot just vanish."""
    item, _ = event(
        tmp_path, starts="2026-04-11",
        recurrence="{rule: FREQ=WEEKLY;COUNT=2, extra: [2026-05-03], changes: [{on: 2026-05-03, status: cancelled}]}",
    )  # fmt: skip

    assert ["confirmed", "confirmed", "cancelled"] == [one.status for one in item.occurrences]


@pytest.mark.parametrize(
    ("recurrence", "field", "found"),
    [
        ("{rule: FREQ=WEEKLY;COUNT=5, extra: [2026-04-18]}", "recurrence.extra", "2026-04-18, a date of the rule"),
        ("{rule: FREQ=WEEKLY;COUNT=5, extra: [2026-04-19, 2026-04-19 14:00]}", "recurrence.extra", "2026-04-19 14:00 for the second time"),
        ("{rule: FREQ=WEEKLY;COUNT=5, extra: [2026-04-04]}", "recurrence.extra", "2026-04-04, before the event starts"),
        ("{rule: FREQ=WEEKLY;COUNT=5, except: [2026-04-18, 2026-04-18]}", "recurrence.except", "2026-04-18 for the second time"),
        ("{rule: FREQ=WEEKLY;COUNT=5, except: [2026-04-19], extra: [2026-04-19]}", "recurrence.except", "2026-04-19, which is in extra, too"),
        ("{rule: FREQ=WEEKLY;COUNT=2, except: [2026-04-11, 2026-04-18]}", "recurrence.except", "every date of the series"),
        ("{except: [2026-04-18]}", "recurrence.rule", "nothing"),
    ],
)  # fmt: skip
def test_dates_that_contradict_the_series_are_refused(tmp_path, recurrence, field, found):
    """Two lines that say different things of one day cannot both be right."""
    assert [(field, found)] == [one[:2] for one in refused(tmp_path, starts="2026-04-11 14:00", recurrence=recurrence)]


def test_whole_days_take_whole_days_on_top(tmp_path):
    """A day without hours has none here either."""
    ((_, found, wanted, *_),) = refused(tmp_path, starts="2026-04-11", recurrence="{extra: [2026-04-19 14:00]}")

    assert ("2026-04-19 14:00, a moment", "2026-04-19 alone, because starts has no hour") == (found, wanted)


# Hours in the nights of a clock change


def instants(item):
    return [f"{one.begins.astimezone(UTC):%m-%d %H:%M} {one.finishes.astimezone(UTC):%H:%M}" for one in item.occurrences]


def test_a_night_ends_at_the_hour_on_the_wall(tmp_path):
    """“From 22 to 6” is what was announced; it lasts seven hours in March and nine in October."""
    item, _ = event(tmp_path, starts="2026-03-21 22:00", ends="2026-03-22 06:00", recurrence="{rule: FREQ=WEEKLY;COUNT=3}")

    assert ["03-21 21:00 05:00", "03-28 21:00 04:00", "04-04 20:00 04:00"] == instants(item)
    assert ["22:00 06:00"] * 3 == [f"{one.starts:%H:%M} {one.ends:%H:%M}" for one in item.occurrences]


def test_an_hour_that_the_clocks_skip_is_the_one_after_it(tmp_path):
    """Calendars look for the date by the hour of the rule, and members by the one on the wall."""
    loaded, _ = load_village(
        root=write(tmp_path, {"events/a.md": text(**{**BASE, "starts": "2026-03-28 02:30", "recurrence": "{rule: FREQ=DAILY;COUNT=3}"})})
    )
    item = loaded.hub.items[0]

    assert ["03-28 01:30 03:30", "03-29 01:30 02:30", "03-30 00:30 02:30"] == instants(item)
    assert ("03:30+02:00", "02:30") == (item.occurrences[1].starts.isoformat()[11:16] + "+02:00", f"{item.occurrences[1].original:%H:%M}")
    assert ["HB254"] == [one.code for one in loaded.problems]


def test_such_a_date_can_be_named_by_its_day_and_by_either_hour(tmp_path):
    """The hour of the rule cannot be written, because no clock shows it."""
    for on in ("2026-03-29", "2026-03-29 03:30"):
        item, _ = event(
            tmp_path / on.replace(":", ""), starts="2026-03-28 02:30", recurrence=f"{{rule: FREQ=DAILY;COUNT=3, except: [{on}]}}"
        )
        assert 2 == len(item.occurrences)


def test_a_series_cannot_begin_in_the_second_of_two_equal_hours(tmp_path):
    """In a calendar file the local time of a series always means the first one; members would come an hour early."""
    ((field, found, wanted, *_),) = refused(tmp_path, starts="2026-10-25 02:30+01:00", recurrence="{rule: FREQ=WEEKLY;COUNT=3}")

    assert ("starts", "2026-10-25 02:30+01:00, the second of two equal hours, which calendars cannot tell of a series") == (field, found)
    assert "2026-10-25 02:30+02:00, and a change that moves this date to 2026-10-25 02:30+01:00" == wanted
    item, _ = event(
        tmp_path / "mended", starts="2026-10-25 02:30+02:00",
        recurrence="{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-10-25, status: rescheduled, starts: 2026-10-25 02:30+01:00}]}",
    )  # fmt: skip
    assert ["10-25 01:30 03:30", "11-01 01:30 03:30", "11-08 01:30 03:30"] == instants(item)


def test_the_first_date_ends_when_it_was_written_to(tmp_path):
    """Two hours of one name lie within it; of the other dates only the clock on the wall is known."""
    item, _ = event(tmp_path, starts="2026-10-25 02:30+02:00", ends="2026-10-25 02:15+01:00", recurrence="{rule: FREQ=WEEKLY;COUNT=2}")

    assert ["10-25 00:30 01:15", "11-01 01:30 02:15"] == instants(item)
