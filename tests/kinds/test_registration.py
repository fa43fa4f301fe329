"""How to sign up: its state at a moment, and how many places are left."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handbill.kinds.registration import Registration

OPENS, CLOSES = datetime(2026, 4, 1, 7, tzinfo=UTC), datetime(2026, 4, 30, 16, tzinfo=UTC)
DURING = datetime(2026, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "at", "more"),
    [
        ("not_yet", datetime(2026, 4, 1, 6, 59, 59, tzinfo=UTC), {}),
        ("open", OPENS, {}),
        ("open", datetime(2026, 4, 30, 15, 59, 59, tzinfo=UTC), {}),
        ("closed", CLOSES, {}),
        ("full", DURING, {"is_full": True}),
        ("waitlist", DURING, {"is_full": True, "has_waitlist": True}),
        ("open", DURING, {"has_waitlist": True}),
        ("closed", CLOSES, {"is_full": True, "has_waitlist": True}),
        ("not_yet", datetime(2026, 3, 1, tzinfo=UTC), {"is_full": True}),
    ],
)
def test_signing_up_opens_fills_and_closes_at_its_moment(state, at, more):
    """A second too early is a page that nobody can use, a second too late a place given twice."""
    assert state == Registration("https://x.example/", OPENS, CLOSES, **{"is_full": False, **more}).state(at)


def test_without_a_window_one_can_sign_up_at_any_time():
    """Most communities open a form and forget it."""
    assert "open" == Registration("https://x.example/", None, None, is_full=False).state(DURING)


def test_what_is_left_is_told_where_somebody_counts_and_nothing_of_what_is_full():
    """Two places too many were given away; the page does not say “3 left” above “full”."""
    kept = {"url": "", "opens": None, "closes": None}

    assert [3, 0, None] == [
        Registration(**kept, is_full=False, left=3).view(DURING)["left"],
        Registration(**kept, is_full=True, left=3).view(DURING)["left"],
        Registration(**kept, is_full=False).view(DURING)["left"],
    ]


@pytest.mark.parametrize(
    ("standing", "at", "more"),
    [
        ("", datetime(2026, 4, 26, 21, 59, tzinfo=UTC), {}),
        ("closing", datetime(2026, 4, 26, 22, tzinfo=UTC), {}),
        ("closing", datetime(2026, 4, 30, 15, 59, tzinfo=UTC), {}),
        ("closed", CLOSES, {}),
        ("", datetime(2026, 3, 1, tzinfo=UTC), {}),
        ("full", datetime(2026, 4, 29, tzinfo=UTC), {"is_full": True}),
        ("waitlist", datetime(2026, 4, 29, tzinfo=UTC), {"is_full": True, "has_waitlist": True}),
    ],
)
def test_lists_say_what_matters_of_signing_up(standing, at, more):
    """The last days begin at a midnight in the hub's zone, so that a page built each night is right."""
    assert standing == Registration("", OPENS, CLOSES, **{"is_full": False, **more}).standing(at, "Europe/Paris")


def test_without_an_end_no_last_days_run():
    assert "" == Registration("", None, None, is_full=False).standing(DURING, "Europe/Paris")
