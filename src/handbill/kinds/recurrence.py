"""Recurrence rules → the starts of occurrences.  Knows python-dateutil; the only module that does.

The way of expanding is that of decisions 0008 and 0029: local wall-clock time
first, the zone attached afterwards.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from dateutil.rrule import rrulestr

#: What no series of a community comes to: a date a day for twenty-seven years.
MOST = 10_000


def starts_of(rule: str, first: datetime | date, through: date) -> tuple[datetime | date, ...]:
    """Return the starts that a rule of the subset yields from *first* to the end of the day *through*, :data:`MOST` + 1 at most.

    A datetime keeps its zone and its wall-clock time across clock changes, also
    where no clock shows that time; a day stays a day.
    """
    is_day = not isinstance(first, datetime)
    local = first.replace(tzinfo=None, fold=0) if isinstance(first, datetime) else datetime.combine(first, time.min)
    last = datetime.combine(through, time.max)
    found: list[datetime | date] = []
    for start in rrulestr(_with_local_end(rule, first), dtstart=local):
        if start > last or len(found) > MOST:
            break
        found.append(start.date() if is_day else start.replace(tzinfo=first.tzinfo))  # type: ignore[union-attr]  # no day here
    return tuple(found)


def _with_local_end(rule: str, first: datetime | date) -> str:
    """Return a rule whose UNTIL is in the local time of the event, because dateutil compares it with that."""
    until = re.search(r"UNTIL=(\d{8})(T\d{6}Z)?", rule)
    if until is None:
        return rule
    end = datetime.strptime(until[1], "%Y%m%d")
    if until[2]:
        end = datetime.strptime(until[1] + until[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        end = end.astimezone(first.tzinfo if isinstance(first, datetime) else UTC).replace(tzinfo=None)
    elif isinstance(first, datetime):
        end = datetime.combine(end.date(), time.max.replace(microsecond=0))
    return rule.replace(until[0], f"UNTIL={end.strftime('%Y%m%dT%H%M%S').zfill(15)}")
