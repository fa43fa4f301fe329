"""What all dates of a series share, and which are told by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.hub.facets import Occurrence
from handbill.hub.pattern import at_start, is_edited, is_uncertain, pattern_of

BASE = {"organisers": "[Une personne]", "venue": "{name: Salle}"}


def pattern(folder, **front):
    item = load_village(root=write(folder, {"events/a.md": text(**{**BASE, **front})}))[0].hub.items[0]
    first, others = pattern_of(item)
    return f"{first.starts:%m-%d %H:%M} {first.status}", [f"{one.original:%m-%d} {one.status}" for one in others]


def test_a_single_event_is_its_own_pattern(tmp_path):
    """Nothing hangs on it."""
    assert ("04-04 09:00 confirmed", []) == pattern(tmp_path, starts="2026-04-04 09:00")


@pytest.mark.parametrize(
    ("changes", "status", "others"),
    [
        ("", "confirmed", []),
        ("{on: 2026-04-04, status: cancelled, note: x}", "confirmed", ["04-04 cancelled"]),
        (
            ", ".join(f"{{on: 2026-04-{day}, status: cancelled, note: x}}" for day in ("04", "11", "18")),
            "confirmed",
            ["04-04 cancelled", "04-11 cancelled", "04-18 cancelled"],
        ),
    ],
)
def test_a_series_that_takes_place_at_all_is_not_told_as_cancelled(tmp_path, changes, status, others):
    """Programs take a cancelled whole for the end of every date, also of the one that is on."""
    found = pattern(tmp_path, starts="2026-04-04 09:00", recurrence=f"{{rule: FREQ=WEEKLY;COUNT=4, changes: [{changes}]}}")

    assert (f"04-04 09:00 {status}", others) == found


@pytest.mark.parametrize(
    ("status", "others", "changes"),
    [
        ("moved_online", ["04-04 confirmed"], [f"{{on: 2026-04-{day}, status: moved_online, note: x}}" for day in ("11", "18")]),
        ("confirmed", ["04-04 tentative"], ["{on: 2026-04-04, status: tentative}", "{on: 2026-04-18, status: confirmed}"]),
        (
            "confirmed",
            ["04-04 tentative", "04-18 cancelled"],
            ["{on: 2026-04-04, status: tentative}", "{on: 2026-04-18, status: cancelled, note: x}"],
        ),
        (
            "confirmed",
            ["04-04 cancelled", "04-11 cancelled", "04-18 rescheduled"],
            [
                *(f"{{on: 2026-04-{day}, status: cancelled, note: x}}" for day in ("04", "11")),
                "{on: 2026-04-18, status: rescheduled, starts: 2026-04-19 09:00, note: x}",
            ],
        ),
    ],
    ids=[
        "as most are",
        "as two of three are",
        "as announced where as many are otherwise",
        "as announced where the only one on is elsewhere",
    ],
)
def test_a_rule_is_told_with_what_holds_for_most_of_its_dates_that_take_place(tmp_path, status, others, changes):
    """Each date told by itself is one more entry that some program overlooks, and one of those that are off must not be the rule."""
    online = {"join_url": "https://visio.example/a", "mode": "hybrid"}
    recurrence = f"{{rule: FREQ=WEEKLY;COUNT=3, changes: [{', '.join(changes)}]}}"

    assert (f"04-04 09:00 {status}", others) == pattern(tmp_path, starts="2026-04-04 09:00", recurrence=recurrence, **online)


def test_a_series_called_off_as_a_whole_is_told_as_a_whole(tmp_path):
    """One word instead of forty."""
    found = pattern(tmp_path, starts="2026-04-04 09:00", status="cancelled", status_note="x", recurrence="{rule: FREQ=WEEKLY;COUNT=4}")

    assert ("04-04 09:00 cancelled", []) == found


def test_of_a_series_moved_as_a_whole_the_first_date_says_from_where_by_itself(tmp_path):
    """Said with the rule, every date would have been announced for that one day."""
    moved = {"status": "rescheduled", "status_note": "x", "previous_starts": "[2026-04-03 09:00]"}
    front = {**BASE, **moved, "starts": "2026-04-04 09:00", "recurrence": "{rule: FREQ=WEEKLY;COUNT=4}"}
    first, others = pattern_of(load_village(root=write(tmp_path, {"events/a.md": text(**front)}))[0].hub.items[0])

    assert ("rescheduled", ()) == (first.status, first.was)
    assert [(moment("2026-04-04 09:00"), (moment("2026-04-03 09:00"),))] == [(one.starts, one.was) for one in others]


def test_the_first_date_of_the_rule_is_the_first_also_where_it_never_takes_place(tmp_path):
    """The rule counts from it."""
    found = pattern(tmp_path, starts="2026-04-04 09:00", recurrence="{rule: FREQ=WEEKLY;COUNT=4, except: [2026-04-04]}")

    assert ("04-04 09:00 confirmed", []) == found


def test_a_series_of_which_every_date_was_moved_is_told_as_it_was_planned(tmp_path):
    """“New date” is said of each of them, never of the rule that none of them follows."""
    moved = ", ".join(f"{{on: 2026-04-{day}, status: rescheduled, starts: 2026-04-{day} 11:00, note: x}}" for day in ("04", "11"))
    found = pattern(tmp_path, starts="2026-04-04 09:00", recurrence=f"{{rule: FREQ=WEEKLY;COUNT=2, changes: [{moved}]}}")

    assert ("04-04 09:00 confirmed", ["04-04 rescheduled", "04-11 rescheduled"]) == found


def test_a_night_in_which_clocks_change_is_told_by_itself(tmp_path):
    """Some programs add the hours of the clock, others those that pass: one of them would be an hour wrong."""
    found = pattern(tmp_path, starts="2026-03-27 22:00", ends="2026-03-28 06:00", recurrence="{rule: FREQ=DAILY;COUNT=4}")

    assert ("03-27 22:00 confirmed", ["03-28 confirmed"]) == found


def test_an_hour_that_comes_twice_is_told_by_itself(tmp_path):
    """One widespread reader takes the second, the standard the first."""
    found = pattern(tmp_path, starts="2026-10-23 02:10", ends="2026-10-23 02:40", recurrence="{rule: FREQ=DAILY;COUNT=4}")

    assert ("10-23 02:10 confirmed", ["10-25 confirmed"]) == found


def test_an_hour_that_is_skipped_is_told_by_itself(tmp_path):
    """Programs disagree about what a rule means there: the hour after, the hour before, or nothing at all."""
    found = pattern(tmp_path, starts="2026-03-27 02:10", ends="2026-03-27 02:40", recurrence="{rule: FREQ=DAILY;COUNT=4}")

    assert ("03-27 02:10 confirmed", ["03-29 confirmed"]) == found


def test_an_end_that_comes_twice_is_told_by_itself(tmp_path):
    """The night market would close an hour late in some calendars."""
    found = pattern(tmp_path, starts="2026-10-23 01:30", ends="2026-10-23 02:30", recurrence="{rule: FREQ=DAILY;COUNT=4}")

    assert ("10-23 01:30 confirmed", ["10-25 confirmed"]) == found


def test_a_series_of_nothing_but_an_hour_that_comes_twice_is_told_by_its_date(tmp_path):
    """In the night in which clocks go back: its dates are alike, and none is certain."""
    found = pattern(tmp_path, starts="2026-10-25 02:30", ends="2026-10-25 03:30", recurrence="{rule: FREQ=WEEKLY;COUNT=1}")

    assert ("10-25 02:30 confirmed", ["10-25 confirmed"]) == found


def test_whole_days_are_alike_also_when_a_day_has_twenty_three_hours(tmp_path):
    """A day is a day."""
    assert ("03-27 00:00 confirmed", []) == pattern(tmp_path, starts="2026-03-27", recurrence="{rule: FREQ=DAILY;COUNT=4}")


def test_only_hours_that_come_twice_or_never_are_uncertain(tmp_path):
    """Every other local time means one instant."""
    given = ("2026-03-29 01:59", "2026-03-29 02:30", "2026-03-29 03:00", "2026-10-25 01:59", "2026-10-25 02:30", "2026-10-25 03:00")
    assert [False, True, False, False, True, False] == [is_uncertain(moment(one)) for one in given]
    assert not is_uncertain(moment("2026-03-29 02:30").date())


def a_date(starts, ends, **more):
    return Occurrence(moment(starts), moment(ends), "Europe/Paris", **more)


@pytest.mark.parametrize(
    ("first", "on", "expected"),
    [
        (("2026-03-21 22:00", "2026-03-22 06:00"), "2026-03-28 22:00", "28 22:00 +0100 – 29 06:00 +0200"),
        (("2026-03-22 02:30", "2026-03-22 04:30"), "2026-03-29 02:30", "29 03:30 +0200 – 29 04:30 +0200"),
        (("2026-03-22 01:30", "2026-03-22 02:30"), "2026-03-29 01:30", "29 01:30 +0100 – 29 03:30 +0200"),
        (("2026-10-24 02:30", "2026-10-24 02:45"), "2026-10-25 02:30", "25 02:30 +0200 – 25 02:45 +0200"),
        (("2026-10-18 02:10", "2026-10-18 03:10"), "2026-10-25 02:10", "25 02:10 +0200 – 25 03:10 +0100"),
        (("2026-10-25 02:50", "2026-10-25 02:20"), "2026-11-01 02:50", "01 02:50 +0100 – 01 03:20 +0100"),
    ],
    ids=[
        "over a shorter night",
        "at an hour that is skipped",
        "until one",
        "at an hour that comes twice",
        "until after it",
        "from a night with one",
    ],
)
def test_another_date_has_the_same_hours_on_the_wall(first, on, expected):
    """Members come when the clock says so; only an hour that does not exist is the one after it."""
    starts, ends = (moment(one) for one in first)
    single = Occurrence(starts, ends.replace(fold=1) if ends < starts else ends, "Europe/Paris")
    found = at_start(single, moment(on))

    assert expected == f"{found.starts:%d %H:%M %z} – {found.ends:%d %H:%M %z}"
    assert moment(on) == found.original


def test_the_first_date_of_a_series_is_itself():
    """What was said of it, such as its old date, stays with it."""
    single = a_date("2026-04-04 09:00", "2026-04-04 10:00", was=(moment("2026-04-03 09:00"),))
    found = at_start(single, single.starts)

    assert (single.was, single.starts) == (found.was, found.original)


def test_what_was_said_of_the_first_date_alone_is_not_said_of_another():
    """The old date of the first one is no old date of the next."""
    single = a_date("2026-04-04 09:00", "2026-04-04 10:00", was=(moment("2026-04-03 09:00"),))

    assert () == at_start(single, moment("2026-04-11 09:00")).was


def test_whole_days_follow_their_start():
    """A camp of three days is one every time."""
    single = Occurrence(moment("2026-03-27 00:00").date(), moment("2026-03-29 00:00").date(), "Europe/Paris")
    found = at_start(single, moment("2026-04-03 00:00").date())

    assert ("2026-04-03", "2026-04-05") == (found.starts.isoformat(), found.ends.isoformat())


@pytest.mark.parametrize(
    ("expected", "recurrence"),
    [
        ([], "rule: FREQ=WEEKLY;COUNT=3"),
        (["03-28"], "rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-03-28, status: cancelled, note: x}]"),
        (["04-04"], "rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-04-04, status: tentative}]"),
        (["03-28"], "rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-03-28, status: rescheduled, starts: 2026-03-28 23:00, note: x}]"),
        (["04-04"], "rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-04-04, status: confirmed, ends: 2026-04-05 07:00}]"),
        (["04-04"], "rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-04-04, status: confirmed, note: Avec un thé.}]"),
    ],
    ids=["as its rule says", "called off", "not certain", "later", "longer", "with a word"],
)
def test_only_what_a_person_changed_is_edited(tmp_path, expected, recurrence):
    """In the night of 28 March the clocks change, by themselves."""
    front = {"starts": "2026-03-21 22:00", "ends": "2026-03-22 06:00", "recurrence": f"{{{recurrence}}}"}
    item = load_village(root=write(tmp_path, {"events/a.md": text(**BASE, **front)}))[0].hub.items[0]
    first, others = pattern_of(item)

    assert expected == [f"{one.original:%m-%d}" for one in others if is_edited(one, first)]
    assert "03-28" in [f"{one.original:%m-%d}" for one in others]


def test_a_date_of_no_rule_is_as_somebody_made_it():
    """It has no announced start from which it could differ."""
    assert is_edited(a_date("2026-04-04 09:00", "2026-04-04 10:00"), a_date("2026-04-04 09:00", "2026-04-04 10:00"))


def test_a_date_that_was_announced_for_another_is_as_somebody_made_it():
    """A series that was moved as a whole tells it of its first date alone."""
    first = a_date("2026-04-04 09:00", "2026-04-04 10:00", original=moment("2026-04-04 09:00"))

    assert [False, True] == [is_edited(replace(first, was=was), first) for was in ((), (moment("2026-04-03 09:00"),))]


@pytest.mark.parametrize("change", [{"starts": moment("2026-04-04 09:30")}, {"ends": moment("2026-04-04 10:30")}], ids=["start", "end"])
def test_another_start_or_end_is_as_somebody_made_it(change):
    """Also where every date of the series stands alike, because all of it was moved before."""
    first = a_date("2026-04-04 09:00", "2026-04-04 10:00", status="rescheduled", original=moment("2026-04-04 09:00"))

    assert is_edited(replace(first, **change), first)
