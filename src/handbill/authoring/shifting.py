"""Dates of last year → dates of this year, as front matter writes them.

A yearly fair is on “the second Saturday of May”, so the weekday and its rank
in the month stay, and everything else keeps its distance in days: weekdays
stay weekdays, and a registration that closed a week before still does.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# What stands behind a time of day only says which of two equal hours is meant, and is another one on another day.
_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:([T ])(\d{2}:\d{2}(?::\d{2})?)(?:Z|[+-]\d{2}:\d{2})?)?")
_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})Z)?")


def in_month(day: date, year: int, month: int) -> date:
    """Return the same weekday of the same rank in another month; its last one where it has no fifth.

    >>> in_month(date(2026, 5, 9), 2027, 5)
    datetime.date(2027, 5, 8)
    """
    rank = (day.day - 1) // 7
    first = date(year, month, 1)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * rank)
    return found if found.month == month else found - timedelta(days=7)


def next_years(day: date, after: date) -> Iterator[date]:
    """Yield what *day* becomes in the first year in which it lies *after*: by weekday and rank, then by date."""
    year = day.year + 1
    while in_month(day, year, day.month) <= after:
        year += 1
    yield in_month(day, year, day.month)
    yield date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def next_month(day: date, after: date) -> date:
    """Return the same weekday of the same rank in the first later month in which it lies *after*."""
    year, month = day.year, day.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if (found := in_month(day, year, month)) > after:
            return found


def day_of(written: str) -> date | None:
    """Return the day that a date or moment names, ``None`` where it names none."""
    match = _WRITTEN.fullmatch(written.strip())
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def local(written: str) -> str:
    """Return a date or moment without an offset."""
    return re.sub(r"(:\d{2})(?:Z|[+-]\d{2}:\d{2})$", r"\1", written.strip())


def on_day(written: str, day: date) -> str:
    """Return a date or moment with another day, its time of day as it was."""
    return day.isoformat() + local(written)[10:]


@dataclass(frozen=True, slots=True)
class Shift:
    """How far dates move: by whole days, and those of the event itself also by a time of day."""

    days: int
    clock: timedelta = timedelta()

    @classmethod
    def between(cls, old: str, new: str) -> Shift:
        """Return the distance from one written date to another; a time of day counts where both have one."""
        before, after = day_of(old), day_of(new)
        if before is None or after is None:
            raise ValueError(f"no distance between {old} and {new}")
        old, new = local(old), local(new)
        if len(old) == 10 or len(new) == 10:
            return cls((after - before).days)
        begins, ends = datetime.fromisoformat(old), datetime.fromisoformat(new)
        return cls((after - before).days, (ends - begins) - timedelta(days=(after - before).days))

    def date(self, written: str, *, with_clock: bool = False) -> str:
        """Return a written date moved by the days, and by the time of day too (*with_clock*)."""
        match = _WRITTEN.fullmatch(written.strip())
        if match is None:
            return written
        if match[3] is None or not (with_clock and self.clock):
            day = date.fromisoformat(match[1]) + timedelta(days=self.days)
            return on_day(written, day) if self.days else written
        moved = datetime.fromisoformat(local(written)) + timedelta(days=self.days) + self.clock
        return moved.strftime(f"%Y-%m-%d{match[2]}%H:%M" + (":%S" if len(match[3]) > 5 else ""))

    def rule(self, written: str) -> str:
        """Return a recurrence rule whose end has moved by the days."""

        def moved(match: re.Match[str]) -> str:
            day = datetime.strptime(match[1], "%Y%m%d") + timedelta(days=self.days)
            return f"UNTIL={day:%Y%m%d}" + (f"T{match[2]}Z" if match[2] else "")

        return _UNTIL.sub(moved, written)
