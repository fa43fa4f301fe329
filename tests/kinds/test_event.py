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
