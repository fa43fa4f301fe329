"""Repeated events that are right as they stand, but perhaps not as they were meant."""

import pytest
from tests.hubs import load_village, text, write
from tests.kinds.test_event import BASE

from handbill.hub.rule import refusal


def doubts(tmp_path, starts, recurrence):
    """Return what is doubted of a series: code, found and wanted."""
    loaded, _ = load_village(root=write(tmp_path, {"events/a.md": text(**{**BASE, "starts": starts, "recurrence": recurrence})}))
    return [(one.code, one.found, one.wanted) for one in loaded.problems]


@pytest.mark.parametrize(
    ("rule", "starts", "months", "better"),
    [
        ("FREQ=MONTHLY", "2026-01-31 14:00", "2026-02, 2026-04, 2026-06, 2026-09 …", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=5", "2026-01-31", "2026-02, 2026-04, 2026-06", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5"),
        ("FREQ=MONTHLY;UNTIL=20260430", "2026-01-30", "2026-02", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;UNTIL=20260430"),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "2026-01-29", "2026-02, 2027-02", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ("FREQ=MONTHLY;INTERVAL=3", "2026-08-31", "2026-11, 2027-02, 2027-11, 2028-02", "FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=3"),
        ("BYMONTH=1,2,3;FREQ=MONTHLY", "2026-01-31", "2027-02, 2026-02, 2028-02", "FREQ=MONTHLY;BYMONTH=1,2,3;BYMONTHDAY=-1"),
        ("FREQ=YEARLY", "2024-02-29", "2025-02, 2026-02, 2027-02", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ],
)  # fmt: skip
def test_months_without_such_a_day_are_named(tmp_path, rule, starts, months, better):
    """Whoever says “on the 31st of each month” has not counted seven times a year."""
    ((code, found, wanted),) = doubts(tmp_path, starts, f"{{rule: '{rule}'}}")

    day = starts[8:10]
    assert ("HB251", sorted(months.split(", "))) == (
        code,
        sorted(found.partition("skips ")[2].removesuffix(f": no day {day} there").split(", ")),
    )
    assert wanted.startswith(f"{better} if")
    # What is proposed is right, and gives the event's own start.
    assert [] == doubts(tmp_path / "mended", starts, f"{{rule: '{better}'}}")
    assert refusal(better) is None


@pytest.mark.parametrize(
    ("rule", "starts"),
    [
        ("FREQ=MONTHLY;BYMONTH=1,3,5,7,8,10,12", "2026-01-31"), ("FREQ=MONTHLY;COUNT=1", "2026-01-31"), ("FREQ=MONTHLY;UNTIL=20260227", "2026-01-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31"), ("FREQ=MONTHLY;BYDAY=5SA", "2026-01-31"), ("FREQ=MONTHLY", "2026-01-28"),
        ("FREQ=WEEKLY", "2026-01-31"), ("FREQ=YEARLY", "2026-01-31"), ("FREQ=MONTHLY;INTERVAL=12", "2026-01-31"), ("FREQ=MONTHLY;COUNT=2;INTERVAL=2", "2026-01-31"),
    ],
)  # fmt: skip
def test_a_rule_that_skips_nothing_is_not_doubted(tmp_path, rule, starts):
    """Who has thought of it is left in peace."""
    assert [] == doubts(tmp_path, starts, f"{{rule: '{rule}'}}")


def test_a_skipped_month_with_a_date_of_its_own_is_thought_of(tmp_path):
    """January, March, and the 28th of February."""
    assert [] == doubts(tmp_path, "2026-01-31", "{rule: FREQ=MONTHLY;COUNT=2, extra: [2026-02-28]}")


def test_an_hour_that_the_clocks_skip_is_told_with_a_way_out(tmp_path):
    """One night a year the series is an hour late, and nobody had said so."""
    ((code, found, wanted),) = doubts(tmp_path, "2026-03-22 02:30", "{rule: FREQ=WEEKLY;COUNT=3}")

    assert ("HB254", "an hour that the clocks skip on 2026-03-29; 2026-03-29 03:30 is taken") == (code, found)
    assert "2026-03-29 in except, or a change on 2026-03-29 with another start" == wanted
    for mended in ("except: [2026-03-29]", "changes: [{on: 2026-03-29, status: rescheduled, starts: 2026-03-29 04:00}]"):
        assert [] == doubts(tmp_path / mended[:6], "2026-03-22 02:30", f"{{rule: FREQ=WEEKLY;COUNT=3, {mended}}}")


def test_an_hour_that_comes_twice_is_told_with_a_way_out(tmp_path):
    """Who means the second one has a way to say so."""
    ((code, found, wanted),) = doubts(tmp_path, "2026-10-18 02:30", "{rule: FREQ=WEEKLY;COUNT=3}")

    assert ("HB254", "an hour that comes twice on 2026-10-25; the first one is taken") == (code, found)
    assert "nothing more if 2026-10-25 02:30+02:00 is right, or else a change on 2026-10-25 with starts: 2026-10-25 02:30+01:00" == wanted
    mended = "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-10-25, status: rescheduled, starts: 2026-10-25 02:30+01:00}]}"
    assert [] == doubts(tmp_path / "mended", "2026-10-18 02:30", mended)


@pytest.mark.parametrize("starts", ["2026-04-18 14:00", "2026-04-18 15:59", "2026-04-18 12:01"])
def test_a_date_moved_to_where_another_one_is_is_told(tmp_path, starts):
    """Two evenings at once in one hall: one of the two was meant to go elsewhere."""
    series = f"{{rule: FREQ=WEEKLY;COUNT=3, changes: [{{on: 2026-04-11, status: rescheduled, starts: {starts}}}]}}"

    assert [("HB252", f"{starts}, when another date of the series takes place (2026-04-18 14:00)")] == [
        one[:2] for one in doubts(tmp_path, "2026-04-11 14:00", series)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        "{on: 2026-04-11, status: rescheduled, starts: 2026-04-18 16:00}",
        "{on: 2026-04-11, status: rescheduled, starts: 2026-04-18 14:00}, {on: 2026-04-18, status: cancelled}",
        "{on: 2026-04-11, status: rescheduled, starts: 2026-04-18 14:00}, {on: 2026-04-18, status: rescheduled, starts: 2026-04-20 14:00}",
        "{on: 2026-04-11, status: cancelled}",
    ],
)
def test_dates_that_do_not_meet_are_not_doubted(tmp_path, changes):
    """Two that change places, or one after the other."""
    assert [] == doubts(tmp_path, "2026-04-11 14:00", f"{{rule: FREQ=WEEKLY;COUNT=3, changes: [{changes}]}}")
