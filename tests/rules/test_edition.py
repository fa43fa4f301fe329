"""What one edition of the rules adds to its contract."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handbill.draw.beacon import PATIENCE
from handbill.draw.fallback import STOPPED
from handbill.rules.edition import LATE_HOURS, STOPPED_DAYS, lottery_day, total_by_currency


@pytest.mark.parametrize(
    ("lots", "day"),
    [
        ("2026-07-03T16:00:00Z", "2026-07-11"),
        ("2026-07-04T16:00:00Z", "2026-07-18"),
        ("2026-07-10T21:59:00Z", "2026-07-18"),
        ("2026-12-31T23:30:00Z", "2027-01-09"),
    ],
)
def test_the_lottery_is_the_first_saturday_after_the_beacon_is_given_up(lots, day):
    """Its numbers must not be known while anybody still waits for the beacon."""
    found = lottery_day(lots, "Europe/Paris")

    assert (day, 5) == (found.date().isoformat(), found.weekday())


def test_the_rules_promise_the_waits_that_the_draw_keeps():
    """Two numbers for one wait would leave the organiser a choice."""
    assert (PATIENCE.total_seconds() / 3600, STOPPED.days) == (LATE_HOURS, STOPPED_DAYS)


def test_what_prizes_are_worth_is_added_up_for_each_currency():
    """The total is what the law of several countries looks at."""
    prizes = [
        {"unit_value": "45", "currency": "EUR", "quantity": 2, "shared_by": 3},
        {"unit_value": "0.10", "currency": "CHF", "quantity": 3, "shared_by": 1},
        {"unit_value": "0.20", "currency": "EUR", "quantity": 1, "shared_by": 1},
    ]

    assert [("EUR", Decimal("90.20")), ("CHF", Decimal("0.30"))] == list(total_by_currency({"prizes": prizes}))
