"""A date that members have noted does not vanish without a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.excepted import check_excepted

EVENT = {"starts": "2026-04-04 14:00", "organisers": "[X]", "venue": "{name: Salle}"}


def hub_of(root: Path, rule: str, as_of: str = "2026-03-20 12:00", **front: str):  # type: ignore[no-untyped-def]
    loaded, _ = load_village(as_of, write(root, {"events/a.md": text(**{**EVENT, **front, "recurrence": rule})}))
    assert () == loaded.problems
    return loaded.hub


def found(tmp_path: Path, before: str, after: str, as_of: str = "2026-03-20 12:00", **front: str) -> list[str]:
    """Return what is told of a series that was told *before* so, and stands *after* so."""
    ledger = hub_of(tmp_path / "a", before).told
    return [str(one) for one in check_excepted(replace(hub_of(tmp_path / "b", after, as_of, **front), ledger=ledger))]


WEEKLY = "{rule: FREQ=WEEKLY;COUNT=8}"
WITHOUT = "{rule: FREQ=WEEKLY;COUNT=8, except: [2026-04-18]}"


def test_an_announced_date_left_out_is_told(tmp_path):
    """It would leave members' calendars in silence, and somebody stand before a closed door."""
    assert [
        "events/a.md:7:49: recurrence.except: found 2026-04-18 14:00, which calendars have told of already, wanted a line such as "
        "“changes: [{on: 2026-04-18 14:00, status: cancelled, note: …}]”, so that members learn why [HB406]"
    ] == found(tmp_path, WEEKLY, WITHOUT)


def test_a_date_left_out_from_the_beginning_is_fine(tmp_path):
    """Nobody noted it."""
    assert [] == found(tmp_path, WITHOUT, WITHOUT)
    assert [] == [str(one) for one in check_excepted(hub_of(tmp_path / "c", WITHOUT))]


def test_it_stays_told_after_the_next_build(tmp_path):
    """The build that writes the ledger must not take the date for one that was never announced."""
    before = hub_of(tmp_path / "a", WEEKLY).told
    after = replace(hub_of(tmp_path / "b", WITHOUT), ledger=before)

    assert 1 == len(list(check_excepted(replace(after, ledger=after.told))))


@pytest.mark.parametrize(
    ("after", "as_of", "front"),
    [
        (WITHOUT, "2026-04-19 12:00", {}),
        (WITHOUT, "2026-03-20 12:00", {"starts": "2026-04-11 14:00"}),
        ("{rule: FREQ=WEEKLY;COUNT=20, except: [2026-07-04]}", "2026-03-20 12:00", {}),
        ("{rule: FREQ=WEEKLY;COUNT=8, changes: [{on: 2026-04-18, status: cancelled, note: x}]}", "2026-03-20 12:00", {}),
    ],
    ids=["the date is past", "another series", "a date beyond those announced", "cancelled as it should be"],
)
def test_nothing_is_told_where_nobody_comes_in_vain(tmp_path, after, as_of, front):
    """A warning that is wrong teaches editors to read none."""
    assert [] == found(tmp_path, WEEKLY, after, as_of, **front)
