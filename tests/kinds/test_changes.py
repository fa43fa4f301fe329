"""Single dates of a series that were moved, cancelled or put online."""

import pytest
from tests.hubs import moment
from tests.kinds.test_event import event, refused

SERIES = "{{rule: FREQ=WEEKLY;COUNT=5, except: [2026-05-02], changes: [{}]}}"


def changed(tmp_path, change, starts="2026-04-11 14:00"):
    """Return the second date of a weekly series after a change to it."""
    return event(tmp_path, starts=starts, recurrence=SERIES.format(f"{{on: 2026-04-18, {change}}}"))[0].occurrences[1]


@pytest.mark.parametrize("status", ["cancelled", "postponed", "moved_online", "tentative", "confirmed"])
def test_a_date_stands_as_it_became(tmp_path, status):
    """Of one evening as much can be said as of a whole event."""
    one = changed(tmp_path, f"status: {status}, note: Pluie")

    assert (status, "Pluie", moment("2026-04-18 14:00"), ()) == (one.status, one.note, one.starts, one.was)
    assert (status in {"cancelled", "postponed"}) is one.is_off


def test_a_new_day_alone_keeps_the_hour(tmp_path):
    """“The week after” does not change the hour."""
    one = changed(tmp_path, "status: rescheduled, starts: 2026-04-19")

    assert (moment("2026-04-19 14:00"), moment("2026-04-19 16:00"), moment("2026-04-18 14:00")) == (one.starts, one.ends, one.original)


def test_a_date_can_end_at_another_hour_alone(tmp_path):
    """The hall closes earlier once."""
    one = changed(tmp_path, "status: confirmed, ends: 2026-04-18 15:00")

    assert (moment("2026-04-18 15:00"), ()) == (one.ends, one.was)


def test_a_moved_night_ends_at_the_hour_on_the_wall(tmp_path):
    """Into a night in which the clocks skip that very hour."""
    one = changed(tmp_path, "status: rescheduled, starts: 2027-03-28 00:30")

    assert ("2027-03-28T00:30:00+01:00", "2027-03-28T03:30:00+02:00") == (one.starts.isoformat(), one.ends.isoformat())


@pytest.mark.parametrize(
    ("changes", "field", "found"),
    [
        ("{on: 2026-04-18, status: rescheduled, starts: 2026-04-18 14:00}", "[1].starts", "no other start"),
        ("{on: 2026-04-18, status: rescheduled, starts: 2026-04-18}", "[1].starts", "no other start"),
        ("{on: 2026-04-18, status: cancelled}, {on: 2026-04-18 14:00, status: confirmed}", "[2].on", "2026-04-18 14:00 for the second time"),
        ("{on: 2026-05-02, status: cancelled}", "[1].on", "2026-05-02, which except takes out of the series"),
        ("{on: 2026-04-19, status: cancelled}", "[1].on", "2026-04-19, which is no date of the series"),
        ("{on: 2026-04-18, status: confirmed, ends: 2026-04-18}", "[1].ends", "2026-04-18, a day without an hour"),
        ("{on: 2026-04-18, status: confirmed, ends: 2026-04-18 14:00}", "[1].ends", "2026-04-18 14:00, which is not after starts (2026-04-18 14:00)"),
        ("{on: 2026-04-18, status: rescheduled, starts: 2026-04-19 15:00, ends: 2026-04-18 16:00}", "[1].ends", "2026-04-18 16:00, which is not after starts (2026-04-19 15:00)"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(tmp_path, changes, field, found):
    """What it leaves as it was would look as if it had been told."""
    assert [(f"recurrence.changes{field}", found)] == [
        one[:2] for one in refused(tmp_path, starts="2026-04-11 14:00", recurrence=SERIES.format(changes))
    ]


def test_whole_days_are_moved_to_whole_days(tmp_path):
    """A series of days has no hours to begin with."""
    one = changed(tmp_path, "status: rescheduled, starts: 2026-04-19", "2026-04-11")
    assert ("2026-04-19", "2026-04-19") == (one.starts.isoformat(), one.ends.isoformat())

    ((_, found, wanted, *_),) = refused(
        tmp_path / "b", starts="2026-04-11", recurrence=SERIES.format("{on: 2026-04-18, status: rescheduled, starts: 2026-04-19 14:00}")
    )
    assert ("2026-04-19 14:00, a moment, while starts is a whole day", "2026-04-19 alone") == (found, wanted)
