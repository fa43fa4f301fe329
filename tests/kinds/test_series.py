"""Repeated events: hours, exceptions and changed dates."""

import pytest
from tests.hubs import moment
from tests.kinds.test_event import event, refused


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
