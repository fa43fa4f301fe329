"""Days in the hub's own zone: where they begin, and how many lie between two moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def midnight(day: date, zone: str) -> datetime:
    """Return the first instant of the day in that zone."""
    return datetime.combine(day, time.min, ZoneInfo(zone))


def next_midnight(moment: datetime, zone: str) -> datetime:
    """Return the first instant of the day after the one *moment* falls on in that zone."""
    return midnight(moment.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone)


def days_until(moment: datetime, at: datetime, zone: str) -> int:
    """Return how many midnights of that zone lie between *at* and *moment*; negative when past."""
    local = ZoneInfo(zone)
    return (moment.astimezone(local).date() - at.astimezone(local).date()).days
