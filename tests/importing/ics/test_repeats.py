"""Repeated events keep every date that members were told."""

from datetime import date
from pathlib import Path

import pytest
from tests.hubs import load_village, write

from handbill.importing.ics.parts import parts_of
from handbill.importing.ics.repeats import repeats_of
from handbill.importing.ics.sheet import _lines
from handbill.importing.ics.when import Clock, end_of
from handbill.importing.ics.zones import Zones

HEAD = "DTSTART;TZID=Europe/Paris:20260512T190000\nDTEND;TZID=Europe/Paris:20260512T210000\nSUMMARY:Chorale\n"


def brought(lines: str, *others: str, head: str = HEAD):
    """Return the front matter of a repeated event, and what was said of it."""
    text = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in (head + lines, *others))
    part, *rest = parts_of(text.encode())[0]
    clock = Clock(Zones({}, "Europe/Paris"), "Europe/Paris")
    starts = clock.begin(part.first("DTSTART"), True)
    found = repeats_of(part, rest, starts, end_of(part, starts, clock), clock, date(2026, 6, 1), lambda one: one.word("COMMENT"))
    value = found.value()
    return list(_lines("recurrence", value)) if value else [], [note.what for note in clock.changes], found.starts


def dates(tmp_path: Path, lines: list[str], starts: str = "2026-05-12 19:00") -> list[str]:
    """Return what a hub makes of it: each date, with its status where that is not confirmed."""
    front = f"---\ntitle: T\ndate: 2026-01-01\nstarts: {starts}\nmode: online\norganisers: [Une personne]\n" + "\n".join(lines) + "\n---\n"
    loaded, _ = load_village(root=write(tmp_path, {"events/a.md": front}))
    assert [] == [str(one) for one in loaded.problems if one.level.name == "ERROR"]
    return [
        f"{one.starts:%m-%d %H:%M}" + (f" {one.status}" if one.status != "confirmed" else "") for one in loaded.hub.items[0].occurrences
    ]


def test_a_rule_keeps_its_exceptions_and_the_dates_on_top(tmp_path):
    """Holidays are in every calendar of a choir."""
    lines, told, _ = brought("RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20260519T170000Z\nRDATE;TZID=Europe/Paris:20260515T183000,20260526T190000")

    assert ["05-12 19:00", "05-15 18:30", "05-26 19:00", "06-02 19:00"] == dates(tmp_path, lines)
    assert [] == told


def test_single_dates_that_were_moved_or_called_off_stay_known_by_their_first_date(tmp_path):
    """A member's program finds them by it."""
    lines, told, _ = brought(
        "RRULE:FREQ=WEEKLY;COUNT=5",
        "RECURRENCE-ID:20260519T170000Z\nDTSTART;TZID=Europe/Paris:20260520T190000\nDTEND;TZID=Europe/Paris:20260520T210000",
        "RECURRENCE-ID;TZID=Europe/Paris:20260526T190000\nDTSTART;TZID=Europe/Paris:20260526T190000\nSTATUS:CANCELLED",
        "RECURRENCE-ID;TZID=Europe/Paris:20260602T190000\nDTSTART;TZID=Europe/Paris:20260602T190000\nDTEND;TZID=Europe/Paris:20260602T230000",
        "RECURRENCE-ID;TZID=Europe/Paris:20260609T190000\nDTSTART;TZID=Europe/Paris:20260609T190000\nDTEND;TZID=Europe/Paris:20260609T210000\nCOMMENT:Concert",
    )

    assert ["05-12 19:00", "05-20 19:00 rescheduled", "05-26 19:00 cancelled", "06-02 19:00", "06-09 19:00"] == dates(tmp_path, lines)
    assert "      ends: 2026-06-02 23:00" in lines
    assert "      note: Concert" in lines
    assert ["what one date says otherwise became a note"] == told


def test_dates_without_a_rule_are_dates_on_top(tmp_path):
    """A tour of five villages has no rule."""
    lines, _, _ = brought("RDATE;VALUE=PERIOD;TZID=Europe/Paris:20260601T190000/PT2H,20260615T190000/PT2H")

    assert ["05-12 19:00", "06-01 19:00", "06-15 19:00"] == dates(tmp_path, lines)


def test_a_rule_that_a_hub_does_not_know_is_written_out_as_dates(tmp_path):
    """Better two years of right dates than a rule that programs read in different ways."""
    lines, told, _ = brought("RRULE:FREQ=YEARLY;BYYEARDAY=132,140\nEXDATE;TZID=Europe/Paris:20260520T190000")

    assert ["05-12 19:00", "05-12 19:00", "05-20 19:00", "05-11 19:00", "05-19 19:00"] == dates(tmp_path, lines)
    assert ["a rule that a hub does not know was written out as dates"] == told


def test_two_rules_at_once_are_written_out(tmp_path):
    """Some programs repeat on Tuesdays and on the first of the month with two rules."""
    lines, told, _ = brought("RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=MONTHLY;COUNT=2")

    assert ["05-12 19:00", "05-19 19:00", "06-12 19:00"] == dates(tmp_path, lines)
    assert 1 == len(told)


def test_whole_days_repeat_as_whole_days(tmp_path):
    """Some programs except a moment of a day."""
    head = "DTSTART;VALUE=DATE:20260512\nDTEND;VALUE=DATE:20260514\n"
    lines, _, _ = brought("RRULE:FREQ=WEEKLY;UNTIL=20260601T000000Z\nEXDATE:20260519T000000", head=head)

    assert ["05-12 00:00", "05-26 00:00"] == dates(tmp_path, lines, "2026-05-12")


def test_a_first_date_that_the_rule_does_not_give_moves_to_one_that_it_gives():
    """A Saturday of a rule of Mondays is one date, and the rule has no end."""
    lines, told, starts = brought("RRULE:FREQ=WEEKLY;BYDAY=MO")

    assert ["recurrence:", "  rule: FREQ=WEEKLY;BYDAY=MO"] == lines
    assert ["the rule does not give the first date, which was left out"] == told
    assert "2026-05-18 19:00" == f"{starts:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("lines", "others", "told"),
    [
        ("RRULE:FREQ=SECONDLY;COUNT=999999999", (), "a rule that a hub does not know was left out"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260101", (), "a rule that ends before the event starts was left out"),
        ("RDATE:20260101T190000Z", (), "a date before the first one was left out"),
        ("RDATE:x", (), "a date that is none was left out"),
        ("EXRULE:FREQ=WEEKLY", (), "a rule of exceptions, which calendars gave up in 2009, was left out"),
        ("RRULE:FREQ=WEEKLY", ("RECURRENCE-ID:20260513T000000Z",), "a changed date that is none of the event's was left out"),
        ("RRULE:FREQ=WEEKLY", ("RECURRENCE-ID:x",), "a changed date was left out"),
        ("RRULE:FREQ=WEEKLY", ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260519T170000Z",), "a change of all later dates was taken for one of a single date"),
        ("RRULE:FREQ=WEEKLY", ("RECURRENCE-ID:20260519T170000Z\nDTSTART;VALUE=DATE:20260519",), "a date was left as it was: its change makes whole days of hours, or hours of days"),
        ("RRULE:FREQ=DAILY;UNTIL=20301231\n" + "EXDATE:" + ",".join(f"2027{m:02}{d:02}T170000Z" for m in range(5, 10) for d in range(1, 31)), (), ""),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_told(lines, others, told):
    """An import that keeps silent about a date has lost it."""
    assert told in [*brought(lines, *others)[1], ""]


def test_an_old_series_keeps_the_exceptions_of_today(tmp_path):
    """A weekly evening since 2012 has had more dates than any list."""
    head = HEAD.replace("20260512", "20120508")
    lines, told, _ = brought("RRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Paris:20260519T190000", head=head)

    assert ["recurrence:", "  rule: FREQ=WEEKLY", "  except: [2026-05-19 19:00]"] == lines
    assert [] == told
