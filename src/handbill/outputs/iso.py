"""What the ISO days and moments of view records say by themselves, without any language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from handbill.outputs.views import When

#: The clock times at which a day closes: its last minute, and the first instant too late.
_MIDNIGHT = ("23:59", "00:00")


def is_day(iso: str) -> bool:
    """Say whether it is a day without a clock time."""
    return len(iso) == len("2026-05-01")


def clock_of(iso: str) -> str:
    """Return the local hour and minute of a moment, ``18:30``, or "" of a day."""
    return iso[11:16]


def day_of(iso: str) -> date:
    """Return the day on which a moment falls where it takes place."""
    return date.fromisoformat(iso[:10])


def closes_with_the_day(iso: str) -> bool:
    """Say whether a closing moment is the end of a day."""
    return is_day(iso) or clock_of(iso) in _MIDNIGHT


def closing_day(iso: str) -> str:
    """Return the last day on which something is accepted; midnight belongs to the day before it."""
    if clock_of(iso) == "00:00":
        return (day_of(iso) - timedelta(days=1)).isoformat()
    return iso[:10]


def last_day(when: When) -> date:
    """Return the day on which something ends; a night that ends the next day is one day."""
    first, last = day_of(when.starts), day_of(when.ends)
    if when.all_day or (last - first).days != 1:
        return last
    length = datetime.fromisoformat(when.ends) - datetime.fromisoformat(when.starts)
    return first if length < timedelta(days=1) else last
