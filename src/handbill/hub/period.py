"""Stretches of time in the hub's own zone: days, months, years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant until just before another; both carry a zone."""

    starts: datetime
    ends: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.starts <= moment < self.ends

    def touches(self, begins: datetime, finishes: datetime) -> bool:
        """Say whether something that lasts from *begins* to *finishes* shares any of it."""
        return begins < self.ends and (finishes > self.starts or begins == finishes == self.starts)


def month(year: int, number: int, zone: str) -> Period:
    """Return the calendar month in that zone."""
    first = date(year, number, 1)
    after = date(year + number // 12, number % 12 + 1, 1)
    return Period(midnight(first, zone), midnight(after, zone))


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
