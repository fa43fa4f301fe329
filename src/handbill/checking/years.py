"""Dates whose year is far from everything around them, as 2062 is from 2026.

A mistyped year hides an event for decades and says nothing.  But a hub may
well hold a real archive, or announce a jubilee: a year is only doubted where
nothing at all speaks for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, Said, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import is_slip
from handbill.settings import Settings

#: How many years ahead people plan, and how many years back a text may stand alone.
AHEAD, BACK = 5, 10

#: With fewer items than this, a hub has no past to compare with.
_ENOUGH = 5

_IN_PATH = re.compile(r"(?:^|/)((?:19|20|21)\d\d)(?=/|-(?:0[1-9]|1[0-2])(?!\d))")


class _Dated(NamedTuple):
    """A date as it was written: the field, the part of it, what it belongs together with, and the date."""

    field: str
    named: str
    unit: str
    when: date

    @property
    def told(self) -> str:
        return f"{self.when:%Y-%m-%d %H:%M}" if isinstance(self.when, datetime) else self.when.isoformat()


def check_years(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a warning for each written date with a year that nothing around it speaks for, and the year it may be."""
    items = (*hub.items, *hub.hidden)
    of_group: dict[str, set[int]] = {}
    for item in items:
        of_group.setdefault(item.group, set()).update(one.when.year for one in _dates(item))
    count = Counter(year for years in of_group.values() for year in years)
    doubt = _Doubt(hub.as_of.year, settings.since, count, len(of_group))
    for item in items:
        own = of_group[item.group]
        if doubt.is_idle(item, own):
            continue
        dates = tuple(_dates(item))
        for one in dates:
            if one.field in item.places and (problem := doubt.of(item, one, dates, own)):
                yield problem


class _Doubt:
    """What speaks for a year and what against it."""

    def __init__(self, now: int, since: int, count: Counter[int], groups: int) -> None:
        self._now, self._since, self._count, self._groups = now, since, count, groups

    def is_idle(self, item: Item, years: set[int]) -> bool:
        """Say whether there is nothing to doubt, as with nearly all items: each year is that of others, and of its file."""
        if any(self._count[year] < 2 for year in years):
            return False
        named = {int(found) for found in _IN_PATH.findall(item.source)}
        return not named or all(_is_near(year, named, AHEAD) for year in years)

    def of(self, item: Item, one: _Dated, dates: tuple[_Dated, ...], group: set[int]) -> Problem | None:
        """Return what is to be said of a date, ``None`` where its year is credible."""
        year = one.when.year
        if abs(year - self._now) <= AHEAD or str(year) in item.title or str(year) in item.summary or str(year) in item.source:
            return None
        own = {other.when.year for other in dates if other.unit != one.unit}
        if _is_near(year, own, AHEAD):
            return None
        named = {int(found) for found in _IN_PATH.findall(item.source)} if one.unit != "updated" else set()
        taking_place = {when.starts.year for when in item.occurrences} if one.unit == "when" and item.series else {year}
        likely = self._likely(year, named or own)
        if named and not any(_is_near(when, named, AHEAD) for when in taking_place):
            found = said("{when}, in a file named for {year}", when=one.told, year=max(named))
        elif named or self._is_supported(year, group):
            return None
        elif year > self._now:
            found = said("{when}, {count} years ahead and far from everything else here", when=one.told, count=year - self._now)
        elif one.unit == "joined" or year >= self._since > 0 or self._groups < _ENOUGH:
            return None
        else:
            found = said("{when}, long before everything else here", when=one.told)
        return at(item, one.field, found, _perhaps(one, likely), "HB504", Level.WARNING, named=one.named)

    def _is_supported(self, year: int, group: set[int]) -> bool:
        """Say whether another item of the hub has a date of about that year."""
        reach = AHEAD if year > self._now else BACK
        return any(self._count[near] > (near in group) for near in range(year - reach, year + reach + 1))

    def _likely(self, year: int, around: set[int]) -> int:
        """Return the year that was probably meant: one that a single slip makes of it, or else the nearest to now."""
        candidates = sorted(around or {self._now, self._now + 1}, key=lambda one: (abs(one - self._now), one))
        return next((one for one in candidates if is_slip(str(one), str(year))), candidates[0])


def _perhaps(one: _Dated, year: int) -> Said:
    try:
        meant = _Dated(one.field, one.named, one.unit, one.when.replace(year=year))
    except ValueError:
        # The 29th of February is no day of every year.
        return said("the year {year}, perhaps", year=year)
    return said("{when}, perhaps", when=meant.told)


def _is_near(year: int, others: set[int], reach: int) -> bool:
    return any(abs(year - other) <= reach for other in others)


def _dates(item: Item) -> Iterator[_Dated]:
    """Yield every date that an item has; which of them its file says, its places tell."""
    if item.published:
        yield _Dated("date", "date", "date", item.published)
    if item.updated:
        yield _Dated("updated", "updated", "updated", item.updated)
    if item.occurrences:
        first = item.occurrences[0]
        moved = first.original is not None and first.original != first.starts
        yield _Dated("starts", "starts", "when", first.original if moved and first.original else first.starts)
        if not moved:
            yield _Dated("ends", "ends", "when", first.ends)
    if item.deadline:
        yield _Dated("opens", "opens", "opens", item.deadline.opens)
        yield _Dated("closes", "closes", "closes", item.deadline.last)
    facts: Any = item.facts
    if facts is None:
        return
    for field in ("draw", "results", "joined"):
        if when := getattr(facts, field, None):
            yield _Dated(field, field, field, when)
    signup = getattr(facts, "registration", None)
    for part in ("opens", "closes"):
        if signup is not None and (when := getattr(signup, part)):
            yield _Dated("registration", f"registration.{part}", f"registration.{part}", when)
