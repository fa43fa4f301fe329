"""A repeated item → what all its dates share, and the dates that are otherwise: how a calendar tells a series."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handbill.hub.facets import Occurrence
from handbill.hub.item import Item
from handbill.hub.period import lasting, shown_by_clocks


def pattern_of(item: Item) -> tuple[Occurrence, tuple[Occurrence, ...]]:
    """Return the date that the rule begins with, as most dates are, and every date that differs from it.

    The first one need not take place.  Which of the dates is the pattern is
    free, because each that differs is told by itself; but a pattern that is
    off would take those along that are not, so it is off only where all are.
    """
    if item.series is None:
        return item.occurrences[0], item.occurrences[1:]
    originals = (one.original for one in item.occurrences if one.original not in item.series.added)
    begin = min((*originals, *item.series.excluded))  # type: ignore[type-var]
    kept = [one for one in item.occurrences if _is_as_ruled(one)] or [replace(item.occurrences[0], status="confirmed", note="")]
    kept = [one for one in kept if not one.is_off] or (kept if all(one.is_off for one in item.occurrences) else [_as_planned(kept[0])])
    alike = Counter(_manner(one) for one in kept)
    first = _shifted(begin, replace(max(kept, key=lambda one: (alike[_manner(one)], one.status == "confirmed")), was=()))  # type: ignore[arg-type]
    return first, tuple(one for one in item.occurrences if not _is_like(one, first))


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


def _manner(one: Occurrence) -> tuple[str, str, timedelta, timedelta]:
    return one.status, one.note, one.ends - one.starts, _lasting(one)  # type: ignore[operator]


def _is_like(one: Occurrence, first: Occurrence) -> bool:
    """Say whether a program makes this date of the first one by itself.

    Some programs add the hours on the clock, others those that pass; in a
    night in which clocks change the two differ, and so do the hours that
    programs take for one that comes twice.  Such a date is told by itself.
    """
    same = one.original is not None and one == _shifted(one.original, first)
    return same and _is_as_ruled(one) and _lasting(one) == _lasting(first) and not is_uncertain(one.starts) and not is_uncertain(one.ends)


def is_uncertain(when: datetime | date) -> bool:
    """Say whether a local time comes twice, or not at all, because clocks change."""
    return isinstance(when, datetime) and when.replace(fold=0).utcoffset() != when.replace(fold=1).utcoffset()


def _lasting(one: Occurrence) -> timedelta:
    return one.ends - one.starts if one.all_day else lasting(one)  # type: ignore[operator]


def _is_as_ruled(one: Occurrence) -> bool:
    """Say whether a date starts when its rule says; of two equal hours the rule means the first."""
    return one.original is not None and _clock(one.starts) == _clock(one.original)


def _clock(when: datetime | date) -> tuple[datetime | date, int]:
    return when, when.fold if isinstance(when, datetime) else 0


def _shifted(starts: datetime | date, pattern: Occurrence) -> Occurrence:
    """Return the pattern as the rule makes it of another date."""
    return replace(pattern, starts=starts, ends=starts + (pattern.ends - pattern.starts), original=starts)  # type: ignore[operator]
