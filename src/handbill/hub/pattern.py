"""A repeated item → what all its dates share, and the dates that are otherwise: how a calendar tells a series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handbill.hub.facets import Occurrence
from handbill.hub.item import Item
from handbill.hub.period import lasting, shown_by_clocks

#: Status and note, and how long it lasts: by the clocks on the wall, and as time passes.
Manner = tuple[str, str, timedelta, timedelta]


def pattern_of(item: Item) -> tuple[Occurrence, tuple[Occurrence, ...]]:
    """Return the date that the rule begins with, as most dates are, and every date that differs from it.

    The first one need not take place.  Which of the dates is the pattern is
    free, because each that differs is told by itself; but a pattern that is
    off would take those along that are not, so it is off only where all are.
    """
    if item.series is None:
        return item.occurrences[0], item.occurrences[1:]
    # What was added to the rule comes after its first date.
    begin = min((*(one.original for one in item.occurrences), *item.series.excluded))  # type: ignore[type-var]
    # A series without an end has hundreds of dates, and asking a zone for its clocks is slow: once for each.
    made = [(one, _manner(one)) for one in item.occurrences]
    first = _shifted(begin, replace(_usual(made), was=()))  # type: ignore[arg-type]
    manner = _manner(first)
    return first, tuple(one for one, its in made if its != manner or not _is_told(one))


def _usual(made: Sequence[tuple[Occurrence, Manner]]) -> Occurrence:
    """Return a date such as most are, of those that the rule has made; it takes place unless all are off."""
    ruled = [pair for pair in made if _is_as_ruled(pair[0])]
    if not ruled:
        return _as_planned(made[0][0])
    usual = [pair for pair in ruled if not pair[0].is_off] or (ruled if all(one.is_off for one, _ in made) else [])
    if not usual:
        return _as_planned(ruled[0][0])
    alike = Counter(manner for _, manner in usual)
    return max(usual, key=lambda pair: (alike[pair[1]], pair[0].status == "confirmed"))[0]


def at_start(single: Occurrence, start: datetime | date) -> Occurrence:
    """Return a date at another start of its series, with the same hours on the wall (decision 0029)."""
    if start == single.starts:
        return replace(single, original=start)
    length = single.ends - single.starts  # type: ignore[operator]  # both are days, or both are moments
    begins, ends = start, start + length
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        # In the night in which clocks go back, the end may show an hour that lies before the start.
        ends = ends if length > timedelta(0) else begins + lasting(single)
        begins, ends = shown_by_clocks(begins), shown_by_clocks(ends)
    return Occurrence(begins, ends, single.zone, single.status, single.note, (), start)


def is_edited(one: Occurrence, first: Occurrence) -> bool:
    """Say whether somebody made a date otherwise than its rule does; that clocks change in its night is nobody's edit."""
    return (
        one.original is None
        or _moments(one) != _moments(at_start(first, one.original))
        or (one.status, one.note) != (first.status, first.note)
    )


def _moments(one: Occurrence) -> tuple[object, ...]:
    return one.begins.astimezone(UTC), one.finishes.astimezone(UTC), one.was


def _as_planned(one: Occurrence) -> Occurrence:
    return replace(one, status="confirmed", note="")


def _manner(one: Occurrence) -> Manner:
    """Return what dates of a series mostly share: how they stand, and how long they last by the clock and in truth."""
    length: timedelta = one.ends - one.starts  # type: ignore[operator]  # both are days, or both are moments
    if isinstance(one.starts, datetime) and isinstance(one.ends, datetime):
        return one.status, one.note, length, length - (one.ends.utcoffset() - one.starts.utcoffset())  # type: ignore[operator]
    return one.status, one.note, length, length


def _is_told(one: Occurrence) -> bool:
    """Say whether a program makes this date by itself, of a first one of the same manner.

    Some programs add the hours on the clock, others those that pass; in a
    night in which clocks change the two differ, and so do the hours that
    programs take for one that comes twice.  Such a date is told by itself.
    """
    return _is_as_ruled(one) and not one.was and not is_uncertain(one.starts) and not is_uncertain(one.ends)


def is_uncertain(when: datetime | date) -> bool:
    """Say whether a local time comes twice, or not at all, because clocks change."""
    return isinstance(when, datetime) and when.utcoffset() != when.replace(fold=1 - when.fold).utcoffset()


def _is_as_ruled(one: Occurrence) -> bool:
    """Say whether a date starts when its rule says; of two equal hours the rule means the first."""
    return one.original is not None and _clock(one.starts) == _clock(one.original)


def _clock(when: datetime | date) -> tuple[datetime | date, int]:
    return when, when.fold if isinstance(when, datetime) else 0


def _shifted(starts: datetime | date, pattern: Occurrence) -> Occurrence:
    """Return the pattern as the rule makes it of another date."""
    return replace(pattern, starts=starts, ends=starts + (pattern.ends - pattern.starts), original=starts)  # type: ignore[operator]
