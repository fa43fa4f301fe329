"""What an event says of signing up, connecting and who came is doubted where it cannot be, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hubs import VILLAGE, load_village, text, write

from handbill.checking.events import check_events

BASE = {"organisers": "[Les amis]", "venue": "{name: Salle}", "starts": "2026-05-01 14:00", "ends": "2026-05-01 18:00"}
ONLINE = {"mode": "online", "venue": "", "starts": "2026-03-22 00:00", "ends": "2026-03-22 02:00"}
ROOT = Path(__file__).resolve().parents[2]


def doubts(folder, as_of="2026-03-20 12:00", **front):
    """Return code and field of each doubt about the one event of a hub."""
    given = {key: value for key, value in {**BASE, **front}.items() if value}
    loaded, _ = load_village(as_of, write(folder, {"events/a.md": text(**given)}))
    return [(one.code, one.field) for one in check_events(loaded.hub)]


@pytest.mark.parametrize(
    "front",
    [
        {"registration": "{opens: 2026-04-01 09:00, closes: 2026-05-01 14:00}"},
        {"registration": "{closes: 2026-05-01 18:00}"},
        {"registration": "{opens: 2026-05-01 13:59}"},
        {"registration": "{waitlist: true}", "capacity": "20"},
        {"registration": "{full: true}", "capacity": "20"},
        {"registration": "{full: true, taken: 20}", "capacity": "20"},
        {"registration": "{taken: 20}", "capacity": "20"},
        {"registration": "{taken: 20}"},
        {"registration": "{closes: 2026-05-14 18:00}", "recurrence": "{rule: FREQ=WEEKLY;COUNT=3}"},
        {"registration": "{closes: 2026-05-30 18:00}", "status": "cancelled", "status_note": "Il pleut."},
    ],
)
def test_signing_up_as_people_really_write_it_is_not_doubted(tmp_path, front):
    """A waiting list is announced before it is needed, and the door is open until the end."""
    assert [] == doubts(tmp_path, **front)


def test_the_last_date_of_a_series_is_its_end(tmp_path):
    """One signs up for any of them."""
    rule = {"recurrence": "{rule: FREQ=WEEKLY;COUNT=3}"}

    assert [] == doubts(tmp_path / "before", registration="{opens: 2026-05-14 18:00}", **rule)
    assert [("HB245", "registration.opens")] == doubts(tmp_path / "after", registration="{opens: 2026-05-15 14:00}", **rule)


def test_what_is_over_is_not_doubted_for_its_signing_up(tmp_path):
    """It misleads nobody any more, and old files should not have to be touched."""
    front = {"registration": "{closes: 2026-06-30 18:00, taken: 30}", "capacity": "20"}

    assert [] == doubts(tmp_path / "over", "2026-05-01 18:00", **front)
    assert ["HB244", "HB245"] == [code for code, _ in doubts(tmp_path / "on", "2026-05-01 17:59", **front)]


@pytest.mark.parametrize(
    "totals",
    [
        "{registered: 24, attended: 31, walk_ins: 9, first_timers: 12}",
        "{registered: 24, attended: 33, walk_ins: 9}",
        "{registered: 5, attended: 31}",
        "{registered: 24, walk_ins: 40}",
        "{attended: 0, first_timers: 0}",
        "{attended: 3, first_timers: 3, walk_ins: 3}",
    ],
)
def test_totals_that_can_be_are_not_doubted(tmp_path, totals):
    """What nobody counted contradicts nothing."""
    assert [] == doubts(tmp_path, "2026-05-02 12:00", attendance=totals)


def test_totals_are_early_until_the_first_date_is_over(tmp_path):
    """Of a series, some dates are over while others come."""
    front = {"attendance": "{attended: 31}", "recurrence": "{rule: FREQ=WEEKLY;COUNT=3}"}

    assert [("HB242", "attendance")] == doubts(tmp_path / "before", "2026-05-01 17:59", **front)
    assert [] == doubts(tmp_path / "after", "2026-05-01 18:00", **front)


@pytest.mark.parametrize(
    ("as_of", "found"),
    [("2026-03-19 23:59", []), ("2026-03-20 00:00", [("HB246", "join_url")]), ("2026-03-22 02:00", [])],
)
def test_an_address_to_connect_is_missed_two_days_before(tmp_path, as_of, found):
    """Earlier, many have none yet; later, nobody can come any more."""
    assert found == doubts(tmp_path, as_of, **ONLINE)


@pytest.mark.parametrize(
    "front",
    [
        {"join_url": "https://visio.example/x"},
        {"join_after_registration": "true"},
        {"status": "cancelled", "status_note": "Panne."},
        {"mode": "onsite", "venue": "{name: Salle}"},
    ],
)
def test_an_address_is_missed_by_nobody_where_there_is_one_or_nothing_to_join(tmp_path, front):
    assert [] == doubts(tmp_path, **{**ONLINE, **front})


@pytest.mark.parametrize(
    ("root", "as_of"), [(VILLAGE, "2026-03-20 12:00"), (ROOT, "2026-11-21 12:00"), (ROOT / "tests/browser/states", "2026-05-15 12:00")]
)
def test_no_event_of_a_hub_that_is_in_order_is_doubted(root, as_of):
    """A message must be right (decision 0018)."""
    loaded, _ = load_village(as_of, root)

    assert [] == [str(one) for one in check_events(loaded.hub)]
