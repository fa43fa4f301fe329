"""Repeated events: hours, exceptions and changed dates."""

from tests.hubs import moment
from tests.kinds.test_event import event


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
