"""A recurrence rule of any sort → its dates, day by day, in a time that no rule can stretch.

Only for rules that a hub does not know (decision 0031).  Days are walked through
and each is asked whether the rule gives it, so a rule without a single date
ends as soon as any other; the library for the subset would look to the year 9999.
Source: RFC 5545, 3.3.10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from handbill.hub.rule import DAYS

#: A rule that began longer ago is not written out.
MOST_YEARS = 40

#: What may be in a rule, and the numbers that it may give.
_NUMBERS = {"INTERVAL": 9999, "COUNT": 999_999_999, "BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_LISTS = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
#: What makes no sense with a frequency (the table of RFC 5545, 3.3.10).
_SENSELESS = {
    "WEEKLY": {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"},
    "MONTHLY": {"BYYEARDAY", "BYWEEKNO"},
    "DAILY": {"BYYEARDAY", "BYWEEKNO"},
    "YEARLY": set(),
}


@lru_cache(maxsize=4096)  # a calendar has the same rule again and again
def days_of(rule: str, first: date, through: date) -> tuple[date, ...]:
    """Return the days that a rule gives from *first* to *through*; none where the rule makes no sense.

    UNTIL is for the caller, who knows the hour.
    """
    parts = dict(one.partition("=")[::2] for one in rule.split(";"))
    numbers = _numbers(parts)
    freq, ranks = parts.get("FREQ", ""), _ranks(parts.get("BYDAY", ""))
    known = {"FREQ", "BYDAY", "UNTIL", "WKST", *_NUMBERS}
    if numbers is None or ranks is None or freq not in _SENSELESS or _SENSELESS[freq] & parts.keys() or parts.keys() - known:
        return ()
    if through.year - first.year > MOST_YEARS or parts.get("WKST", "MO") not in DAYS:
        return ()
    asked = _Rule(freq, numbers, ranks, first, DAYS.index(parts.get("WKST", "MO")))
    found = asked.days(through)
    counted = numbers.get("COUNT")
    return tuple(one for one, _ in zip(found, range(counted[0]), strict=False)) if counted else tuple(found)


def _numbers(parts: Mapping[str, str]) -> dict[str, tuple[int, ...]] | None:
    """Return the parts that are numbers, ``None`` where one is not, or is beyond its bounds."""
    found: dict[str, tuple[int, ...]] = {}
    for name, most in _NUMBERS.items():
        if name not in parts:
            continue
        texts = parts[name].split(",")
        if any(not text.lstrip("+-").isascii() or not text.lstrip("+-").isdigit() or len(text) > 10 for text in texts):
            return None
        values = tuple(int(text) for text in texts)
        if any(not 0 < abs(value) <= most for value in values) or (name not in _LISTS and (len(values) > 1 or values[0] < 1)):
            return None
        found[name] = values
    return found


def _ranks(text: str) -> tuple[tuple[int, int], ...] | None:
    """Return the weekdays of a rule with their ranks (0: each one), ``None`` where one is none."""
    found = []
    for one in text.split(",") if text else ():
        sign = one[:-2].lstrip("+-")
        if one[-2:] not in DAYS or (one[:-2] and not (sign.isascii() and sign.isdigit() and 0 < int(sign[:4]) <= 53 and len(sign) < 5)):
            return None
        found.append((int(one[:-2] or 0), DAYS.index(one[-2:])))
    return tuple(found)


class _Rule:
    """A rule with its parts read; it answers for a day."""

    def __init__(
        self, freq: str, numbers: Mapping[str, tuple[int, ...]], ranks: tuple[tuple[int, int], ...], first: date, week: int
    ) -> None:
        """*week* is the number of the day on which weeks begin."""
        self._freq, self._numbers, self._ranks, self._first, self._week = freq, numbers, ranks, first, week
        self._every = numbers.get("INTERVAL", (1,))[0]

    def days(self, through: date) -> Iterator[date]:
        """Yield the days that the rule gives, in order."""
        begin, places = self._begin(), self._numbers.get("BYSETPOS")
        walked = (begin + timedelta(days=n) for n in range((through - begin).days + 1))
        fitting = (day for day in walked if self._is_due(day) and self._fits(day))
        if not places:
            yield from (day for day in fitting if day >= self._first)
            return
        for _, group in groupby(fitting, self._period):
            days = list(group)
            chosen = {days[place - (place > 0)] for place in places if -len(days) <= place <= len(days)}
            yield from sorted(day for day in chosen if day >= self._first)

    def _begin(self) -> date:
        """Return the first day of the period in which the rule begins: places within it are counted from there."""
        first = self._first
        if self._freq == "YEARLY":
            return first.replace(month=1, day=1) - timedelta(days=7)
        if self._freq == "MONTHLY":
            return first.replace(day=1)
        return first - timedelta(days=(first.weekday() - self._week) % 7) if self._freq == "WEEKLY" else first

    def _period(self, day: date) -> int:
        if self._freq == "YEARLY":
            return day.isocalendar().year if "BYWEEKNO" in self._numbers else day.year
        if self._freq == "MONTHLY":
            return day.year * 12 + day.month
        return (day.toordinal() - 1 - self._week) // 7 if self._freq == "WEEKLY" else day.toordinal()

    def _is_due(self, day: date) -> bool:
        """Say whether the period of a day is one of those that the interval leaves."""
        since = self._period(day) - self._period(self._first)
        return since >= 0 and since % self._every == 0

    def _fits(self, day: date) -> bool:
        """Say whether a day has the month, number and weekday that the rule asks for, or else those of its start."""
        numbers = self._numbers
        if "BYMONTH" in numbers and day.month not in numbers["BYMONTH"]:
            return False
        month, year = _length_of_month(day), 366 if _is_leap(day.year) else 365
        if "BYMONTHDAY" in numbers and not {day.day, day.day - month - 1} & set(numbers["BYMONTHDAY"]):
            return False
        number = day.timetuple().tm_yday
        if "BYYEARDAY" in numbers and not {number, number - year - 1} & set(numbers["BYYEARDAY"]):
            return False
        if "BYWEEKNO" in numbers:
            iso = day.isocalendar()
            last = date(iso.year, 12, 28).isocalendar().week
            if not {iso.week, iso.week - last - 1} & set(numbers["BYWEEKNO"]):
                return False
        return self._has_weekday(day, month, number, year) if self._ranks else self._is_like_first(day)

    def _has_weekday(self, day: date, month: int, number: int, year: int) -> bool:
        ranks = {0}
        if self._freq == "MONTHLY" or (self._freq == "YEARLY" and "BYMONTH" in self._numbers):
            ranks |= {(day.day - 1) // 7 + 1, -((month - day.day) // 7 + 1)}
        elif self._freq == "YEARLY":
            ranks |= {(number - 1) // 7 + 1, -((year - number) // 7 + 1)}
        return any(weekday == day.weekday() and rank in ranks for rank, weekday in self._ranks)

    def _is_like_first(self, day: date) -> bool:
        if {"BYMONTHDAY", "BYYEARDAY"} & self._numbers.keys() or self._freq == "DAILY":
            return True
        if self._freq == "WEEKLY" or "BYWEEKNO" in self._numbers:
            return day.weekday() == self._first.weekday()
        is_month = self._freq == "MONTHLY" or "BYMONTH" in self._numbers or day.month == self._first.month
        return is_month and day.day == self._first.day


def _length_of_month(day: date) -> int:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() - day.replace(day=1).toordinal()


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
