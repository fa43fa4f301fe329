"""A recurrence rule → words that can be read aloud: “every two weeks, on Tuesday”.

Knows the rules of the subset (decision 0029) and the words of a language; the
names of days and months come with those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from handbill.hub.rule import numbers, parts_of, weekdays

if TYPE_CHECKING:
    from handbill.outputs.words import Words

#: Of so many dates of a year each is named; of more their days and their months are told apart.
_NAMED = 3

_WEEKEND = 5

#: How numbers of days are written that stand in a row; a language that is not here writes the plain number.
_ENGLISH = {1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd", 31: "31st", 0: "{n}th"}
_OF_MONTH = {"en": _ENGLISH, "fr": {1: "1er", 0: "{n}"}}
_IN_ROW = {"en": _ENGLISH, "fr": {1: "1er", 0: "{n}e"}}


class Rule:
    """One rule and the language in which it is said."""

    def __init__(self, rule: str, first: date, words: Words) -> None:
        self._parts = parts_of(rule)
        self._first = first
        self._words = words
        self._step = int(self._parts.get("INTERVAL", "1"))
        self._days = weekdays(self._parts.get("BYDAY", ""))
        self._numbers = numbers(self._parts.get("BYMONTHDAY", ""))
        self._months = sorted(numbers(self._parts.get("BYMONTH", "")))

    def told(self) -> str:
        """Return the rule without its end."""
        return {"DAILY": self._daily, "WEEKLY": self._weekly, "MONTHLY": self._monthly, "YEARLY": self._yearly}[self._parts["FREQ"]]()

    def _daily(self) -> str:
        words = self._words
        if self._step == 1 and (self._days or self._numbers):
            return self._in_months(self._each() if self._days else words("on {days} of each month", days=self._numbered()))
        said = words("every day") if self._step == 1 else words("every {n} days", n=self._spelt())
        if self._days:
            said = words("{rule}, if it is {days}", rule=said, days=either([self._name(day) for _, day in self._days], words))
        if self._numbers:
            said = words("{rule}, if it is {days}", rule=said, days=either(self._numerals(), words))
        return self._in_months(said)

    def _weekly(self) -> str:
        if self._step == 1:
            return self._in_months(self._each())
        said = self._words("every {n} weeks", n=self._spelt())
        return self._in_months(self._words("{period}, {when}", period=said, when=self._on_weekdays()))

    def _monthly(self) -> str:
        words = self._words
        if self._days and not self._numbers and "BYSETPOS" not in self._parts and not self._days[0][0]:
            # A weekday without a rank is each one of it, so the month only matters where some are left out.
            if self._step == 1:
                return self._in_months(self._each())
            return self._in_months(words("{period}, {when}", period=words("every {n} months", n=self._spelt()), when=self._each()))
        if self._step == 1 and self._months and not self._days and "BYSETPOS" not in self._parts:
            return self._yearly()
        if self._step == 1:
            return self._of_month(self._within_month())
        when = self._in_months(words("{period}, {when}", period=words("every {n} months", n=self._spelt()), when=self._within_month()))
        return self._among(when)

    def _of_month(self, when: str) -> str:
        words = self._words
        if len(self._months) == 1:
            return self._among(words("{when} of {month}", when=when, month=self._month(self._months[0])))
        return self._among(self._in_months(words("{when} of the month", when=when)))

    def _yearly(self) -> str:
        words = self._words
        period = words("every year") if self._step == 1 else words("every {n} years", n=self._spelt())
        if self._days and not self._numbers:
            each = self._in_months(self._each())
            return each if self._step == 1 else words("{period}, {when}", period=period, when=each)
        if self._days:
            when = self._in_months(self._within_month())
            return when if self._step == 1 else words("{period}, {when}", period=period, when=when)
        days = self._numbers or (self._first.day,)
        months = self._months or [self._first.month]
        if all(day > 0 for day in days) and len(days) * len(months) <= _NAMED:
            # A day that some years lack is named by one that has it.
            every = [f"2024-{month:02}-{day:02}" for month in months for day in sorted(days) if _is_day(month, day)]
            dates = [words("on {day}", day=words.day_and_month(day)) for day in every]
            return words("{period}, {when}", period=period, when=together(dates, words))
        when = words("on {days}", days=self._numbered())
        return words(
            "{period}, {when}", period=period, when=self._of_month(when) if len(months) == 1 and self._months else self._in_months(when)
        )

    def _within_month(self) -> str:
        """Return the days of a month: by place, by number, or by weekday."""
        words = self._words
        if "BYSETPOS" in self._parts:
            return self._placed()
        if not self._days:
            return words("on {days}", days=self._numbered())
        ranked = self._ranked() if self._days[0][0] else ""
        if not self._numbers:
            return ranked
        if ranked:
            return words("{rule}, if it is {days}", rule=ranked, days=either(self._numerals(), words))
        each = self._each()
        ordered = sorted(self._numbers)
        if len(ordered) > 2 and ordered[0] > 0 and ordered == list(range(ordered[0], ordered[-1] + 1)):
            return words("{each} between {first} and {last}", each=each, first=self._numeral(ordered[0]), last=self._numeral(ordered[-1]))
        return words("{each} that is {days}", each=each, days=either(self._numerals(), words))

    def _placed(self) -> str:
        """Return what BYSETPOS chooses among the days of a month."""
        words, places = self._words, sorted(numbers(self._parts["BYSETPOS"]), key=_order)
        if self._is_plain_choice() and not self._days:
            return words("on {day}, or else on the last day", day=self._numeral(max(self._numbers)))
        if self._is_plain_choice():
            return words("on {days}", days=together([self._counted(place, words("weekday")) for place in places], words))
        return words("on {days}", days=together([self._counted(place, words("day")) for place in places], words))

    def _among(self, when: str) -> str:
        """Return “…, among Tuesday and Thursday” where days are chosen by their place."""
        words, ordered = self._words, sorted(day for _, day in self._days)
        if "BYSETPOS" not in self._parts or self._is_plain_choice():
            return when
        choice = (
            [self._counted(rank, self._name(day)) for rank, day in self._days if rank]
            or [self._name(day) for day in ordered]
            or self._numerals()
        )
        among = together(choice, words)
        if self._days and self._numbers:
            among = words("{each} that is {days}", each=among, days=either(self._numerals(), words))
        return words("{rule}, among {choice}", rule=when, choice=among)

    def _is_plain_choice(self) -> bool:
        """Say whether the days to choose from have a name together: weekdays, or those up to the 30th."""
        last = max(self._numbers, default=0)
        if not self._days:
            return self._parts["BYSETPOS"] == "-1" and sorted(self._numbers) == list(range(28, last + 1))
        return not self._numbers and sorted(self._days) == [(0, day) for day in range(_WEEKEND)]

    def _each(self) -> str:
        """Return every one of the weekdays, or of the one on which it began."""
        words, days = self._words, sorted({day for _, day in self._days} or {self._first.weekday()})
        if len(days) == 7:
            return words("every day")
        if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
            return words("from {first} to {last}", first=self._name(days[0]), last=self._name(days[-1]))
        return words("every {weekdays}", weekdays=together([self._name(day) for day in days], words))

    def _on_weekdays(self) -> str:
        words, days = self._words, sorted({day for _, day in self._days} or {self._first.weekday()})
        if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
            return words("from {first} to {last}", first=self._name(days[0]), last=self._name(days[-1]))
        return words("on {days}", days=together([words("{weekday}", weekday=self._name(day)) for day in days], words))

    def _ranked(self) -> str:
        """Return “the first and the third Saturday”, or each rank with its own weekday."""
        words, days = self._words, sorted(self._days, key=lambda one: (_order(one[0]), one[1]))
        if len({day for _, day in days}) == 1 and all(rank >= -2 for rank, _ in days):
            ranks = together([words("the {rank}", rank=self._rank(rank)) for rank, _ in days], words)
            return words("on {days}", days=words("{ranks} {weekday}", ranks=ranks, weekday=self._name(days[0][1])))
        return words("on {days}", days=together([self._counted(rank, self._name(day)) for rank, day in days], words))

    def _counted(self, rank: int, what: str) -> str:
        words = self._words
        if rank < -2:
            return words("the {rank} {what} from the end", rank=self._rank(-rank), what=what)
        return words("the {rank} {what}", rank=self._rank(rank), what=what)

    def _numbered(self) -> str:
        """Return the days of the month by their numbers, those counted from its end last."""
        return together(self._numerals(), self._words)

    def _numerals(self) -> list[str]:
        return [self._numeral(one) for one in sorted(self._numbers or (self._first.day,), key=_order)]

    def _numeral(self, number: int) -> str:
        words = self._words
        if number > 0:
            return words("the {ordinal}", ordinal=_ordinal(number, words.lang, _OF_MONTH))
        if number == -1:
            return words("the last day")
        return words("the {n} day from the end", n=_ordinal(-number, words.lang, _IN_ROW))

    def _rank(self, rank: int) -> str:
        words = self._words
        return {
            1: words("first"), 2: words("second"), 3: words("third"), 4: words("fourth"), 5: words("fifth"),
            -1: words("last"), -2: words("second to last"),
        }[rank]  # fmt: skip

    def _in_months(self, said: str) -> str:
        if not self._months:
            return said
        months = together([self._month(one) for one in self._months], self._words)
        return self._words("{rule}, in {months}", rule=said, months=months)

    def _spelt(self) -> str:
        """Return the interval in a word where it is small."""
        words = self._words
        small = {2: words("two"), 3: words("three"), 4: words("four"), 5: words("five"), 6: words("six")}
        return small.get(self._step) or words.number(self._step)

    def _name(self, day: int) -> str:
        # The first of January 2024 was a Monday.
        return self._words.weekday(f"2024-01-0{day + 1}")

    def _month(self, month: int) -> str:
        return self._words.month_name(f"2024-{month:02}-01")


def _order(rank: int) -> tuple[bool, int]:
    """Return the key by which days of a month come in their order: those counted from its end last."""
    return rank < 0, rank


def _ordinal(number: int, lang: str, table: Mapping[str, Mapping[int, str]]) -> str:
    forms = table.get(lang.split("-")[0].lower(), {0: "{n}"})
    return forms.get(number, forms[0]).format(n=number)


def _is_day(month: int, day: int) -> bool:
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True


def together(entries: Sequence[str], words: Words) -> str:
    """Return “a, b and c”."""
    *most, last = entries
    return words("{some} and {last}", some=", ".join(most), last=last) if most else last


def either(entries: Sequence[str], words: Words) -> str:
    """Return “a, b or c”."""
    *most, last = entries
    return words("{some} or {last}", some=", ".join(most), last=last) if most else last
