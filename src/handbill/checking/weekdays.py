"""Weekdays that events tell beside a date, held against the calendar: “Saturday 12 May” of an event on a Tuesday.

Only what is certain is told: the weekday stands right beside the day of the
month, and the day is one of the event's own, or its year is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, Said, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.vocabulary import MONTHS, fold

_NAMES = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_NUMBER = {name.casefold(): (number, lang) for lang, names in _NAMES.items() for number, name in enumerate(names)}
#: How every name of a weekday ends, or begins; the rest is looked at only there, because texts are long.
_HINT = re.compile(r"[dD](?:[iI]|[aA][yY])(?:[.,\s]|[mM][aA][nN])")
_BEFORE, _AFTER = 7, 48
_DAY = r"(?P<day>[0-3]?\d)(?:er|st|nd|rd|th)?(?![\w:.,]?\d|\w)"
_MONTH = r"(?P<month>[^\W\d_]{3,9})\.?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?"
_WEEKDAY = rf"\b(?P<weekday>{'|'.join(sorted(_NUMBER, key=len, reverse=True))})\b"
_DATED = (
    re.compile(rf"{_WEEKDAY}\.?,?\s+(?:(?:le|the)\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}\.?,?\s+{_MONTH}\s+{_DAY}{_YEAR}", re.IGNORECASE),
)
#: Without a month, only a whole name counts, and only where nothing follows that makes an hour or a number of the day.
_BARE = re.compile(
    rf"{_WEEKDAY}\s+{_DAY}(?=\s*(?:$|[,;!?)–—]|\.\s|\.$|:\s))",
    re.IGNORECASE,
)


class _Told(NamedTuple):
    """A weekday and a day as a text tells them; ``month`` and ``year`` are 0 where they are left out."""

    words: str
    weekday: str
    day: int
    month: int
    year: int

    def on(self, when: date) -> bool:
        """Say whether that day is the one told of, but for its weekday."""
        return when.day == self.day and self.month in (0, when.month) and self.year in (0, when.year)

    def right_for(self, when: date) -> str:
        """Return the words with the weekday of that day."""
        lang = _NUMBER[self.weekday.casefold()][1]
        name = _NAMES[lang][when.weekday()]
        return self.words.replace(self.weekday, name.capitalize() if self.weekday[0].isupper() else name, 1)

    def is_wrong_for(self, when: date) -> bool:
        """Say whether that day has another weekday."""
        return _NUMBER[self.weekday.casefold()][0] != when.weekday()


def check_weekdays(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each weekday that the calendar contradicts."""
    for item in (*hub.items, *hub.hidden):
        if item.occurrences:
            own = _days(item)
            yield from _in(item, "title", item.title, own, may_be_bare=True)
            # What begins the text is its summary where none is written.
            if "summary" in item.places:
                yield from _in(item, "summary", item.summary, own)
            yield from _in(item, "", "\n".join(item.body.blocks), own)


def _in(item: Item, field: str, text: str, own: frozenset[date], may_be_bare: bool = False) -> Iterator[Problem]:
    for told in dict.fromkeys(_told(text, may_be_bare)):
        possible = sorted(day for day in own if told.on(day))
        if not possible and told.year:
            day = _day(told)
            possible = [day] if day else []
        if possible and all(told.is_wrong_for(day) for day in possible):
            found = said("“{words}”, while {day} is another day of the week", words=told.words, day=possible[0].isoformat())
            yield at(item, field, found, _wanted(told, possible[0], own), "HB253", Level.WARNING)


def _wanted(told: _Told, day: date, own: frozenset[date]) -> Said:
    if day in own:
        return said("“{words}”, or another date in starts", words=told.right_for(day))
    return said("“{words}”, or another date", words=told.right_for(day))


def _told(text: str, may_be_bare: bool) -> Iterator[_Told]:
    """Yield each weekday that a text puts beside a day of the month."""
    for hint in _HINT.finditer(text):
        begin = max(0, hint.start() - _BEFORE)
        near = text[begin : hint.end() + _AFTER]
        matches = [found for pattern in _DATED for found in pattern.finditer(near) if begin + found.start() <= hint.start()]
        dated = [one for one in matches if fold(one["month"]) in MONTHS]
        yield from (_made(one, MONTHS[fold(one["month"])], int(one["year"] or 0)) for one in dated)
        if may_be_bare and not dated:
            yield from (_made(one, 0, 0) for one in _BARE.finditer(near) if begin + one.start() <= hint.start())


def _made(match: re.Match[str], month: int, year: int) -> _Told:
    return _Told(" ".join(match[0].split()).rstrip("."), match["weekday"], int(match["day"]), month, year)


def _days(item: Item) -> frozenset[date]:
    """Return every day on which an event takes place, or was to, by the clocks there."""
    found: set[date] = set()
    for when in item.occurrences:
        first, last = date.fromordinal(when.starts.toordinal()), date.fromordinal(when.ends.toordinal())
        found |= {first + timedelta(days=n) for n in range(min((last - first).days, 60) + 1)}
        found |= {date.fromordinal(one.toordinal()) for one in when.was}
    return frozenset(found)


def _day(told: _Told) -> date | None:
    try:
        return date(told.year, told.month, told.day)
    except ValueError:
        return None
