"""The words and dates of one language.  Knows Babel; does not know records' origin, the clock or the machine's locale.

English is written in the templates and in the code, and is its own key; the
other languages stand in ``theme/locale/<lang>.po``.  Dates arrive as the ISO
strings of the view records and are shown as the clock on the wall says there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from handbill.catalogue import translations
from handbill.hub.typography import typeset
from handbill.outputs.iso import clock_of, closes_with_the_day, closing_day, day_of, is_day, last_day
from handbill.outputs.languages import locale_of, own_name, with_territory
from handbill.outputs.repeats import Repeats, in_words
from handbill.outputs.views import Left, When

#: Clock times on the hour and between, where CLDR's short form is not what people write.
_CLOCKS = {"fr": ("H\u00a0'h'", "H\u00a0'h'\u00a0mm")}

#: Hours that have a name of their own, which is what people say.
_HOURS = {"fr": {"00:00": "minuit", "12:00": "midi"}}

#: How the first of a month is written, where it is not a plain number.
_FIRST = {"fr": "1er"}

#: What is said once of a moment: each of a day's many pages says it two or three times.
_OF_DAYS = ("day", "plain_day", "short_day", "day_leaf")

#: How many further days are named before the others are counted.
MOST_NAMED = 3


class Leaf(NamedTuple):
    """What stands on a calendar leaf: band, number (one day or ``4–6``), foot, and the year."""

    month: str
    day: str
    foot: str
    year: str


class Words:
    """Everything a page says that nobody wrote for it, in one language."""

    def __init__(self, lang: str, *catalogues: bytes) -> None:
        self.lang = lang
        self._language = lang.split("-")[0].lower()
        self._locale = locale_of(lang)
        self._texts = translations(*catalogues)
        # A hub says the same few words and days on thousands of pages.
        self._said: dict[str, str] = {}
        self._dates: dict[tuple[str, str], str] = {}
        self._numbers: dict[float, str] = {}
        self._names: dict[str, str] = {}
        self._territories: dict[str, str] = {}
        for name in _OF_DAYS:
            setattr(self, name, lru_cache(20_000)(getattr(self, name)))

    def __call__(self, text: str, /, **values: object) -> str:
        """Return an English text in this language, with its ``{names}`` filled in."""
        said = self._said.get(text)
        if said is None:
            said = self._said[text] = self._texts.gettext(text)
        return said.format(**values) if values else said

    def count(self, one: str, many: str, n: int) -> str:
        """Return the form of a text for that number; ``{n}`` stands for it."""
        return self._texts.ngettext(one, many, n).format(n=self.number(n))

    def number(self, n: float) -> str:
        """Return a number as it is written: ``12 500``."""
        return self._numbers.get(n) or self._numbers.setdefault(n, format_decimal(n, locale=self._locale))

    def language(self, tag: str) -> str:
        """Return what a language calls itself: ``fr`` → ``Français``; any other text as it is."""
        return self._names.get(tag) or self._names.setdefault(tag, own_name(tag))

    def territory(self, tag: str) -> str:
        """Return a language with the country of most who speak it, as programs that preview links ask for it: ``fr`` → ``fr_FR``."""
        return self._territories.get(tag) or self._territories.setdefault(tag, with_territory(tag))

    def set(self, text: str) -> str:
        """Return a text of the theme's own as a printer would set it; what items say is set when it is read."""
        return typeset(text, self.lang)

    @property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``."""
        return str(self._locale.text_direction)

    # A day or a moment

    def day(self, iso: str) -> str:
        """Return a day in full: ``samedi 5 décembre 2026``."""
        return self("{weekday} {day}", weekday=self.weekday(iso), day=self._long(day_of(iso)))

    def plain_day(self, iso: str) -> str:
        """Return a day without its weekday: ``5 décembre 2026``."""
        return self._long(day_of(iso))

    def day_and_month(self, iso: str) -> str:
        """Return a day without weekday and year: ``5 décembre``."""
        return self._ordinal(format_skeleton("MMMMd", day_of(iso), locale=self._locale))

    def short_day(self, iso: str) -> str:
        """Return a day as bylines show it: ``5 déc. 2026``."""
        return self._ordinal(self._date("medium", iso))

    def clock(self, iso: str) -> str:
        """Return the clock time of a moment: ``18 h 30``, ``18:30``."""
        moment = datetime.fromisoformat(iso)
        if named := _HOURS.get(self._language, {}).get(f"{moment:%H:%M}"):
            return named
        on_the_hour, between = _CLOCKS.get(self._language, ("short", "short"))
        form = between if moment.minute else on_the_hour
        return format_time(moment.time(), form, locale=self._locale)

    def moment(self, iso: str) -> str:
        """Return a moment in full, or a day where no clock time is known."""
        if is_day(iso):
            return self.day(iso)
        return self("{day} at {time}", day=self.day(iso), time=self.clock(iso))

    def opening(self, iso: str) -> str:
        """Return from when something is: the day alone where it is the whole day."""
        return self.day(iso) if is_day(iso) or clock_of(iso) == "00:00" else self.moment(iso)

    def deadline(self, iso: str) -> str:
        """Return until when something is accepted; the last minute of a day is its midnight."""
        if closes_with_the_day(iso):
            return self("{day}, midnight", day=self.day(closing_day(iso)))
        return self.moment(iso)

    def weekday(self, iso: str) -> str:
        """Return the name of the day: ``samedi``."""
        return self._date("EEEE", iso)

    def short_weekday(self, iso: str) -> str:
        """Return the short name of the day: ``sam.``."""
        return self._date("ccc", iso)

    def column_weekday(self, iso: str) -> str:
        """Return the name of the day as calendars head their narrow columns with it: ``sa``; one letter where that is long."""
        short = self._date("cccccc", iso).rstrip(".")
        return short if len(short) <= 3 else self._date("ccccc", iso)

    def day_number(self, iso: str) -> str:
        """Return the day of the month: ``5``."""
        return str(day_of(iso).day)

    def month_short(self, iso: str) -> str:
        """Return the short name of the month: ``déc.``."""
        return self._date("LLL", iso)

    def month_year(self, iso: str) -> str:
        """Return month and year: ``décembre 2026``."""
        return format_skeleton("yMMMM", day_of(iso), locale=self._locale)

    def month_name(self, iso: str) -> str:
        """Return the name of the month: ``décembre``."""
        return self._date("LLLL", iso)

    def heading(self, text: str) -> str:
        """Return the heading of a group: the month for the ISO day that stands for one, else the text itself."""
        return self.month_year(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text

    def year(self, iso: str) -> str:
        """Return the year: ``2026``."""
        return str(day_of(iso).year)

    # A stretch of time

    def span(self, when: When) -> str:
        """Return when something takes place, in full; the zone is named where it is not the hub's."""
        if when.all_day:
            return self._days(day_of(when.starts), day_of(when.ends))
        said = self._hours(when.starts, when.ends)
        return self("{span}, local time in {city}", span=said, city=self.city(when.zone)) if when.zone else said

    def hours(self, when: When) -> str:
        """Return the clock times of something that ends the same night: ``de 14 h à 18 h``; else when it is, in full."""
        if when.all_day or last_day(when) != day_of(when.starts) or when.ends <= when.starts:
            return self.span(when)
        end = self("midnight") if clock_of(when.ends) == "00:00" else self.clock(when.ends)
        said = self("{start} to {end}", start=self.clock(when.starts), end=end)
        return self("{span}, local time in {city}", span=said, city=self.city(when.zone)) if when.zone else said

    def likewise(self, times: Sequence[When]) -> str:
        """Return that the same holds for further days; of many, the first are named and the others counted."""
        days = [self.day(one.starts) for one in times[:MOST_NAMED]]
        if more := len(times) - len(days):
            days.append(self.count("one more date", "{n} more dates", more))
        named = self(" and ").join(part for part in (", ".join(days[:-1]), days[-1]) if part)
        return self("The same holds for: {days}", days=named)

    def city(self, zone: str) -> str:
        """Return the place that names a zone: ``Europe/Lisbon`` → ``Lisbonne``."""
        known = self._locale.time_zones.get(zone) or {}
        return str(known.get("city") or zone.rsplit("/", 1)[-1].replace("_", " "))

    def offset(self, iso: str) -> str:
        """Return how far the clock of a moment is from that of the world: ``UTC+1``, ``UTC−3:30``."""
        minutes = int((datetime.fromisoformat(iso).utcoffset() or timedelta()).total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
        return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}" if minutes else "UTC"

    def repeats(self, how: Repeats) -> str:
        """Return how something repeats: ``Le deuxième samedi du mois``."""
        return in_words(how, self)

    def left(self, left: Left) -> str:
        """Return the time left on a deadline: ``encore 3 jours``, ``se termine aujourd’hui``."""
        if left.days < 0:
            return self("closed")
        if left.days == 0:
            return self("ends today")
        return self.count("one day left", "{n} days left", left.days)

    def leaf(self, when: When) -> Leaf:
        """Return the calendar leaf of something; a night that ends the next day is one day."""
        first, last = day_of(when.starts), last_day(when)
        if (first.year, first.month) != (last.year, last.month):
            foot = "→ " + self._day_and_month_short(last)
            return self.day_leaf(first.isoformat())._replace(foot=foot)
        leaf = self.day_leaf(first.isoformat())
        if first == last:
            return leaf
        feet = f"{leaf.foot} – {self.short_weekday(last.isoformat())}"
        return leaf._replace(day=f"{first.day}–{last.day}", foot=feet)

    def day_leaf(self, iso: str) -> Leaf:
        """Return the calendar leaf of one day."""
        return Leaf(self.month_short(iso), self.day_number(iso), self.short_weekday(iso), self.year(iso))

    def closing_leaf(self, iso: str) -> Leaf:
        """Return the calendar leaf of the last day on which something is accepted."""
        return self.day_leaf(closing_day(iso))

    def _hours(self, starts: str, ends: str) -> str:
        first, last = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
        if last <= first:
            return self.moment(starts)
        day, start, end = self.day(starts), self.clock(starts), self.clock(ends)
        nights = (last.date() - first.date()).days
        if nights == 1 and clock_of(ends) == "00:00":
            return self("{day}, {start} to {end}", day=day, start=start, end=self("midnight"))
        if nights == 0:
            return self("{day}, {start} to {end}", day=day, start=start, end=end)
        if nights == 1 and last - first < timedelta(days=1):
            return self("{day}, {start} to {end} the next day", day=day, start=start, end=end)
        if first.year == last.year:
            day = self("{weekday} {day}", weekday=self.weekday(starts), day=self.day_and_month(starts))
        begins = self("{day} at {time}", day=day, time=start)
        return self("from {start} to {end}", start=begins, end=self.moment(ends))

    def _days(self, first: date, last: date) -> str:
        if first == last:
            return self.day(first.isoformat())
        if first.year != last.year:
            start = self._long(first)
        elif first.month != last.month:
            start = self.day_and_month(first.isoformat())
        else:
            start = self._ordinal(str(first.day))
        return self("{first} to {last}", first=start, last=self._long(last))

    def _date(self, form: str, iso: str) -> str:
        key = form, iso[:10]
        return self._dates.get(key) or self._dates.setdefault(key, format_date(day_of(iso), form, locale=self._locale))

    def _long(self, day: date) -> str:
        return self._ordinal(self._date("long", day.isoformat()))

    def _day_and_month_short(self, day: date) -> str:
        return self._ordinal(format_skeleton("MMMd", day, locale=self._locale))

    def _ordinal(self, text: str) -> str:
        return re.sub(r"^1(?=\s|$)", _FIRST.get(self._language, "1"), text) if text[:1] == "1" else text


def words_for(lang: str, catalogues: Iterable[Path]) -> Words:
    """Return the words of a language; what no catalogue has stays English, and dates are in that language all the same."""
    return _made(lang, *(file.read_bytes() for file in catalogues))


# By content, not by name: a translation edited under `serve` is a new one.
@lru_cache(maxsize=32)
def _made(lang: str, *catalogues: bytes) -> Words:
    return Words(lang, *catalogues)
