"""Events: dates, series, changes, standing."""

import pytest

from tests.hubs import load_village, moment, text, write

BASE = {"organisers": "[Une personne]", "venue": "{name: Salle}"}


def event(tmp_path, as_of="2026-03-20 12:00", **front):
    """Return the one event of a small hub, and the hub."""
    loaded, _ = load_village(as_of, write(tmp_path, {"events/a.md": text(**{**BASE, **front})}))
    assert not loaded.problems, loaded.problems
    return loaded.hub.items[0], loaded.hub


def test_an_event_without_an_end_lasts_two_hours(tmp_path):
    """Calendars need an end; two hours is what people expect of an evening."""
    item, _ = event(tmp_path, starts="2026-04-11 14:00")

    assert moment("2026-04-11 16:00") == item.occurrences[0].ends


def test_times_are_read_in_the_events_own_zone(tmp_path):
    """Six in Lisbon is seven in Bordeaux."""
    item, _ = event(tmp_path, starts="2026-04-11 18:00", timezone="Europe/Lisbon")

    assert moment("2026-04-11 19:00") == item.occurrences[0].starts


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
    ("as_of", "front", "state"),
    [
        ("2026-04-11 13:59", {}, "upcoming"),
        ("2026-04-11 14:00", {}, "ongoing"),
        ("2026-04-11 16:00", {}, "past"),
        ("2026-04-11 13:59", {"status": "cancelled", "status_note": "x"}, "cancelled"),
        ("2026-04-12 00:00", {"status": "cancelled", "status_note": "x"}, "cancelled"),
        ("2026-04-11 13:59", {"status": "postponed", "status_note": "x"}, "postponed"),
        ("2026-04-11 14:30", {"recurrence": "{rule: FREQ=WEEKLY;COUNT=2}"}, "ongoing"),
        ("2026-04-12 00:00", {"recurrence": "{rule: FREQ=WEEKLY;COUNT=2}"}, "upcoming"),
        ("2026-04-19 00:00", {"recurrence": "{rule: FREQ=WEEKLY;COUNT=2}"}, "past"),
    ],
)
def test_how_an_event_stands_follows_from_dates_and_status(tmp_path, as_of, front, state):
    """Members see at once whether they should come."""
    item, hub = event(tmp_path, as_of, starts="2026-04-11 14:00", **front)

    assert state == hub.state(item)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2026-03-31 23:59", "not_yet"), ("2026-04-01 00:00", "open"), ("2026-04-10 17:59", "open"), ("2026-04-10 18:00", "closed")],
)
def test_registration_opens_and_closes_by_itself(tmp_path, as_of, state):
    """No editor should have to get up for it."""
    item, hub = event(tmp_path, as_of, starts="2026-04-11 14:00", registration="{opens: 2026-04-01 00:00, closes: 2026-04-10 18:00}")

    assert state == hub.kinds["event"].view(item, hub)["registration"]["state"]


def test_a_full_event_says_so_until_registration_closes(tmp_path):
    """Full is worth knowing; after the closing it is too late anyway."""
    item, hub = event(tmp_path, starts="2026-04-11 14:00", registration="{full: true}")

    assert "full" == hub.kinds["event"].view(item, hub)["registration"]["state"]
