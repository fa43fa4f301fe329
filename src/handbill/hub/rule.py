"""A recurrence rule as it is written → its parts, or the reason why it is outside the subset.

The subset of RFC 5545, 3.3.10 is that of decisions 0008 and 0029.  Knows the
rule and single days, not zones; whole series are expanded elsewhere.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime

from handbill.errors import Said, said
from handbill.hub.zone import FIRST_YEAR, LAST_YEAR, is_told

#: Monday first, as Python counts.
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

#: How many days ahead a start is looked for that a rule would have; a leap day comes within eight years.
_REACH = 3000

_VALUES = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{8}(T\d{6}Z)?",
    "BYDAY": r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": r"-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "BYSETPOS": r"-?[1-5](,-?[1-5])*",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}
_LISTS = ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")


def parts_of(rule: str) -> Mapping[str, str]:
    """Return the parts of a rule by name, as they stand.

    >>> parts_of("FREQ=MONTHLY;BYDAY=2SA")
    {'FREQ': 'MONTHLY', 'BYDAY': '2SA'}
    """
    return dict(part.split("=", 1) for part in rule.split(";"))


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a part such as ``1,-1``; none of one that is not there."""
    return tuple(int(one) for one in text.split(",") if one)


def weekdays(text: str) -> tuple[tuple[int, int], ...]:
    """Return the days of a BYDAY, each with its rank in the month (0: each one) and its number (Monday is 0).

    >>> weekdays("2SA,-1MO,TU")
    ((2, 5), (-1, 0), (0, 1))
    """
    return tuple((int(one[:-2] or 0), DAYS.index(one[-2:])) for one in text.split(",") if one)


def refusal(rule: str, is_day: bool = False) -> Said | None:
    """Return why a rule is outside the subset, as the end of "found …, which"; ``None`` when it is inside.

    *is_day* says that the event has days and no clock times.
    """
    if reason := _unread(rule):
        return reason
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name in parts:
            return said("names {name} twice", name=name)
        if reason := _unknown(name, part) or _unfit(name, value):
            return reason
        parts[name] = value
    return _contradiction(parts) or _wrong_end(parts.get("UNTIL", ""), is_day)


def _unread(rule: str) -> Said | None:
    """Return what keeps a text from being taken for a rule at all."""
    if "=" not in rule:
        return said("is no rule, but words")
    if re.search(r"\s", rule):
        return said("has a space in it")
    if re.match(r"(?i)(rrule|exrule)[:;=]", rule):
        return said("begins with {word}, which belongs to calendar files alone", word=rule[:6])
    if rule != rule.upper():
        return said("is not in capitals throughout")
    if "" in rule.split(";"):
        return said("has a semicolon too many")
    return None


def _unknown(name: str, part: str) -> Said | None:
    """Return why a part is not among those that may be there."""
    if name in {"BYWEEKNO", "BYYEARDAY"}:
        return said("counts the weeks or the days of the year ({name}), which calendar programs do in different ways", name=name)
    if name in {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        return said("gives a clock time ({name}), which is that of starts", name=name)
    if name in {"DTSTART", "EXDATE", "RDATE", "TZID"}:
        return said("holds {name}, which has a field of its own here", name=name)
    if name not in _VALUES:
        return said("has the part “{part}”, which is not among {parts}", part=part[:40], parts=", ".join(sorted(_VALUES)))
    return None


def _unfit(name: str, value: str) -> Said | None:
    """Return what is wrong with the value of a part."""
    if name == "FREQ" and value in {"HOURLY", "MINUTELY", "SECONDLY"}:
        return said("repeats within the day ({value})", value=value)
    if name == "FREQ" and not re.fullmatch(_VALUES[name], value, re.ASCII):
        return said("needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
    if name == "UNTIL" and re.fullmatch(r"\d{8}T\d{6}", value):
        return said("ends at a local time ({value}), which not all calendar programs read alike", value=value)
    if not re.fullmatch(_VALUES[name], value, re.ASCII):
        return said("gives {name} the value “{value}”", name=name, value=value[:40])
    entries = [one.removeprefix("+") for one in value.split(",")]
    if name in _LISTS and len(set(entries)) < len(entries):
        return said("gives {name} the same value twice", name=name)
    return None


def _contradiction(parts: Mapping[str, str]) -> Said | None:
    """Return which parts do not go together."""
    freq, days = parts.get("FREQ", ""), weekdays(parts.get("BYDAY", ""))
    if not freq:
        return said("needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
    if "COUNT" in parts and "UNTIL" in parts:
        return said("has both COUNT and UNTIL")
    if "BYSETPOS" in parts and freq != "MONTHLY":
        return said("has BYSETPOS without FREQ=MONTHLY")
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY"} & parts.keys():
        return said("has BYSETPOS without the days to choose from (BYDAY or BYMONTHDAY)")
    if any(rank for rank, _ in days) and freq != "MONTHLY":
        return said("counts days of the month (such as 2SA) without FREQ=MONTHLY")
    if len({bool(rank) for rank, _ in days}) > 1:
        return said("counts some days of the month and not others ({days})", days=parts["BYDAY"])
    if freq == "WEEKLY" and "BYMONTHDAY" in parts:
        return said("has BYMONTHDAY in a weekly rule")
    if freq == "YEARLY" and "BYMONTHDAY" in parts and "BYMONTH" not in parts:
        return said("has BYMONTHDAY without BYMONTH in a yearly rule")
    return None


def _wrong_end(until: str, is_day: bool) -> Said | None:
    """Return what is wrong with the end of a rule: no moment, or one with a clock time for whole days."""
    if not until:
        return None
    try:
        end = datetime.strptime(until, "%Y%m%dT%H%M%SZ" if "T" in until else "%Y%m%d")
    except ValueError:
        return said("ends on a day that is not in the calendar ({value})", value=until)
    if not is_told(end.year):
        return said("ends outside the years {first} to {last} ({value})", value=until, first=FIRST_YEAR, last=LAST_YEAR)
    if is_day and "T" in until:
        return said("ends at a clock time ({value}), while the event has whole days", value=until)
    return None


def falls_on(rule: str, day: date) -> bool:
    """Say whether a rule of the subset gives *day* where that is its own start."""
    parts = parts_of(rule)
    if "BYMONTH" in parts and day.month not in numbers(parts["BYMONTH"]):
        return False
    if not _fits(parts, day):
        return False
    if "BYSETPOS" not in parts:
        return True
    last = monthrange(day.year, day.month)[1]
    choice = [one for one in range(1, last + 1) if _fits(parts, day.replace(day=one))]
    return any(-len(choice) <= place <= len(choice) and choice[place - (place > 0)] == day.day for place in numbers(parts["BYSETPOS"]))


def next_start(rule: str, day: date) -> date | None:
    """Return the first day after *day* on which a series with this rule could begin; ``None`` where there is none in sight."""
    ahead = range(day.toordinal() + 1, min(day.toordinal() + _REACH, date.max.toordinal()))
    return next((one for one in map(date.fromordinal, ahead) if falls_on(rule, one)), None)


def _fits(parts: Mapping[str, str], day: date) -> bool:
    """Say whether a day has the number and the weekday that a rule asks for."""
    last = monthrange(day.year, day.month)[1]
    if "BYMONTHDAY" in parts and not {day.day, day.day - last - 1} & set(numbers(parts["BYMONTHDAY"])):
        return False
    ranks = {0, (day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1)}
    return "BYDAY" not in parts or any(number == day.weekday() and rank in ranks for rank, number in weekdays(parts["BYDAY"]))
