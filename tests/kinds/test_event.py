"""Events: dates, series, changes, standing."""

from datetime import UTC

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.errors import Level

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


def refused(tmp_path, **front):
    """Return what is wrong with the one event of a small hub: field, found, wanted, line and column."""
    loaded, _ = load_village(root=write(tmp_path, {"events/a.md": text(**{**BASE, **front})}))
    return [(one.field, one.found, one.wanted, one.line, one.column) for one in loaded.problems if one.level is Level.ERROR]


@pytest.mark.parametrize(
    ("starts", "ends", "found", "wanted"),
    [
        ("2026-05-01 20:00", "2026-05-01 02:00", "2026-05-01 02:00, which is not after starts (2026-05-01 20:00)", "2026-05-02 02:00, if it ends the day after"),
        ("2026-05-01 14:00", "2025-05-01 18:00", "2025-05-01 18:00, which is not after starts (2026-05-01 14:00)", "2026-05-01 18:00, in the year of starts"),
        ("2026-05-01", "2025-05-03", "2025-05-03, which is not after starts (2026-05-01)", "2026-05-03, in the year of starts"),
        ("2026-05-01", "2024-02-29", "2024-02-29, which is not after starts (2026-05-01)", "an end after the start, or no line “ends” at all"),
        ("2026-05-01 14:00", "2026-05-01 14:00", "2026-05-01 14:00, which is not after starts (2026-05-01 14:00)", "an end after the start, or no line “ends” at all"),
        ("2026-05-01 14:00", "2026-05-02", "2026-05-02, a day without an hour", "the hour, too, such as 2026-05-02 16:00, because starts has one (2026-05-01 14:00)"),
        ("2026-05-01", "2026-05-01 18:00", "2026-05-01 18:00, a moment, while starts is a whole day", "2026-05-01 alone, or an hour in starts, too (2026-05-01)"),
    ],
)  # fmt: skip
def test_an_end_that_cannot_be_is_offered_the_one_that_was_meant(tmp_path, starts, ends, found, wanted):
    """A concert ends at two in the morning, and the day after is what nobody thinks of."""
    assert [("ends", found, wanted, 7, 7)] == refused(tmp_path, starts=starts, ends=ends)


def test_an_hour_that_comes_twice_may_lie_between_start_and_end(tmp_path):
    """The clocks show half past two twice; the second one is later all the same."""
    item, _ = event(tmp_path, starts="2026-10-25 02:30+02:00", ends="2026-10-25 02:30+01:00")

    assert 3600 == (item.occurrences[0].ends.astimezone(UTC) - item.occurrences[0].starts.astimezone(UTC)).total_seconds()


def test_what_a_changed_event_lacks_is_asked_for_where_its_status_stands(tmp_path):
    """Members ask why, and when it was to be."""
    problems = refused(tmp_path, starts="2026-05-01 14:00", status="rescheduled")

    assert ["previous_starts", "status_note"] == [one[0] for one in problems]
    assert {(7, 9)} == {one[3:] for one in problems}
    assert "a line “status_note: …” with a sentence for members, because status is rescheduled" == problems[1][2]


def test_a_missing_place_is_shown_by_example(tmp_path):
    """An event without a place is the first thing members write about."""
    ((field, _, wanted, _, _),) = refused(tmp_path, starts="2026-05-01 14:00", venue="")

    assert "venue" == field
    assert "a line “venue:” and below it, two spaces to the right, “name: " in wanted
    assert "or “mode: online”" in wanted


@pytest.mark.parametrize(
    ("registration", "state", "left"),
    [
        ("{taken: 7}", "open", 1),
        ("{taken: 8}", "full", 0),
        ("{taken: 9}", "full", 0),
        ("{taken: 8, waitlist: true}", "waitlist", 0),
        ("{taken: 0}", "open", 8),
        ("{full: true}", "full", 0),
        ("{url: 'https://x.example/'}", "open", None),
    ],
)
def test_places_are_counted_where_somebody_says_how_many_are_taken(tmp_path, registration, state, left):
    """Nobody should have to write “full” as well."""
    item, hub = event(tmp_path, starts="2026-04-11 14:00", capacity="8", registration=registration)
    signup = hub.kinds["event"].view(item, hub)["registration"]

    assert (state, left) == (signup["state"], signup["left"])


def test_an_address_for_those_who_sign_up_is_known_to_nothing_in_the_hub(tmp_path):
    """What the hub does not hold can leak from no output; the editor is told that the file holds it all the same."""
    front = {
        **BASE,
        "starts": "2026-04-11 14:00",
        "mode": "online",
        "join_url": "https://visio.example/le-secret",
        "join_after_registration": "true",
    }
    loaded, _ = load_village(root=write(tmp_path, {"events/a.md": text(**front)}))

    assert [("HB241", "join_url")] == [(one.code, one.field) for one in loaded.problems]
    assert "le-secret" not in repr(loaded.hub)
    assert "is_withheld=True" in repr(loaded.hub.items[0])
