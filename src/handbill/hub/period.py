"""Days and moments of a zone: where days begin, how many lie between two moments, and what the clocks show."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handbill.hub.facets import Occurrence


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


def shown_by_clocks(moment: datetime) -> datetime:
    """Return a local moment as the clocks of its zone show it: an hour that they skip is the one after the gap.

    Source: RFC 5545, 3.3.5, which takes the offset before the gap, as Python does (PEP 495).
    """
    if moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset():
        # Clocks skip or repeat an hour where the two differ; elsewhere there is nothing to turn around.
        return moment
    return moment.astimezone(UTC).astimezone(moment.tzinfo)


def lasting(when: Occurrence) -> timedelta:
    """Return how much time passes from the start to the end, as no clock that is put back or forward tells it."""
    # A difference within one zone is that of its clocks.
    return when.finishes.astimezone(UTC) - when.begins.astimezone(UTC)
