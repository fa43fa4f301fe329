"""The days on which a letter was sent → the rhythm that they keep, and the next day of it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

#: How many of the last days are looked at: a community that changed its day a year ago keeps the new one.
LOOKED_AT = 6

#: What share of them must keep a rhythm; one letter may be late without being the end of it.
ENOUGH = 0.75

#: The last such weekday of a month, whatever its number.
LAST = 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a letter is sent.

    ``sort`` is ``weekday`` (a weekday of a rank in the month, of :data:`LAST`
    the last one), ``day`` (a day of the month), ``weeks`` (a weekday every
    ``every`` weeks) or ``gap`` (no rhythm: as many days as last time).
    ``every`` counts months, weeks or days; Monday is 0.
    """

    sort: str
    every: int
    weekday: int = 0
    rank: int = 0
    day: int = 0

    def after(self, last: date, today: date) -> date:
        """Return the first day of the rhythm after the *last* letter that is not before *today*."""
        step = 1
        while (found := self._next(last, step)) < today or found <= last:
            step += 1
        return found

    def _next(self, last: date, step: int) -> date:
        if self.sort == "weeks":
            # From the weekday of the rhythm, which a letter that was late did not keep.
            return last + timedelta(days=(self.weekday - last.weekday() + 3) % 7 - 3, weeks=self.every * step)
        if self.sort == "gap":
            return last + timedelta(days=self.every * step)
        month = last.year * 12 + last.month - 1 + self.every * step
        return self.in_month(month // 12, month % 12 + 1)

    def in_month(self, year: int, month: int) -> date:
        """Return the day of a month that the rhythm names; a month too short for it has its last one."""
        days = monthrange(year, month)[1]
        if self.sort == "day":
            return date(year, month, min(self.day, days))
        first = date(year, month, 1)
        found = first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.rank - 1))
        return found if found.month == month else found - timedelta(days=7)


def rhythm_of(days: Sequence[date]) -> Rhythm:
    """Return the rhythm that the last of these days keep; a month's distance on the same weekday is taken for a single one's."""
    sent = sorted(set(days))[-LOOKED_AT:]
    last = sent[-1]
    rank = (last.day - 1) // 7 + 1
    if len(sent) == 1:
        return Rhythm("weekday", 1, last.weekday(), rank)
    candidates = [*_monthly(sent), *_weekly(sent)]
    shares = [(_share(one, sent), -number, one) for number, one in enumerate(candidates)]
    best = max(shares, key=lambda one: one[:2])
    if best[0] >= ENOUGH:
        return best[2]
    # As long as usual, to the same weekday: letters of communities hang on the days of the week.
    gap = sorted((b - a).days for a, b in pairwise(sent))[(len(sent) - 1) // 2]
    return Rhythm("gap", max(7, round(gap / 7) * 7))


def _monthly(sent: Sequence[date]) -> list[Rhythm]:
    """Return the rhythms of whole months that the last days could be meant to keep, the most likely first."""
    every = _usual([(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(sent)])
    if every == 0:
        return []
    (weekday, rank), _ = Counter((one.weekday(), (one.day - 1) // 7 + 1) for one in reversed(sent)).most_common(1)[0]
    day, _ = Counter(one.day for one in reversed(sent)).most_common(1)[0]
    return [Rhythm("weekday", every, weekday, rank), Rhythm("weekday", every, weekday, LAST), Rhythm("day", every, day=day)]


def _weekly(sent: Sequence[date]) -> list[Rhythm]:
    weekday, _ = Counter(one.weekday() for one in reversed(sent)).most_common(1)[0]
    every = _usual([round((b - a).days / 7) for a, b in pairwise(sent)])
    # Five weeks and more are a month with a pause in it.
    return [Rhythm("weeks", every, weekday)] if 1 <= every <= 4 else []


def _usual(gaps: Sequence[int]) -> int:
    """Return the gap that occurs most often, of several the shorter: the longer ones were holidays."""
    counted = Counter(gaps)
    return min(counted, key=lambda gap: (-counted[gap], gap))


def _share(one: Rhythm, sent: Sequence[date]) -> float:
    """Return which share of the days keeps a rhythm; a day that falls between two of its days is none of it."""
    if one.sort == "weeks":
        kept = [(b - a).days % (7 * one.every) == 0 and b.weekday() == one.weekday for a, b in pairwise(sent)]
        return sum(kept) / len(kept)
    kept = [day == one.in_month(day.year, day.month) for day in sent]
    months = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(sent)]
    # Twice in a month is another rhythm, whichever day the first of the two was.
    return sum(kept) / len(kept) if all(gap > 0 for gap in months) else 0.0
