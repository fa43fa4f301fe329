"""A date as people write it in headers → the same in ISO 8601, or why it can mean two days.

Pelican guesses: ``03/04/2026`` is the fourth of March to it, and a missing
part is taken from today.  Here a date that could mean another day is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = {name: number for names in (_MONTHS, _LONG) for number, name in enumerate(names, 1)} | {"sept": 9}

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<part>[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<name>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4})"),
    re.compile(r"(?P<name>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
)
_TWO_WAYS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as our front matter writes it, in the hub's zone, and what had to be left out ("" if nothing)."""

    text: str
    left_out: str = ""


def read_date(written: str, zone: str) -> Moment:
    """Return a date or moment as ISO 8601 writes it; one with a zone is told in the hub's *zone*.

    Raises:
        ValueError: it is no date, or could be two; the message is the end of the
            sentence "found …".
    """
    text = " ".join(written.replace("_", " ").split())
    # 2013-06-07T18:46 and the weekday of mails, which says nothing new.
    text = re.sub(r"(?<=\d)T(?=\d)", " ", _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text)
    day_text, clock_text = text, ""
    if match := re.search(r"(?:,? at |,? )(\d{1,2}:\d{2}.*)$", text):
        day_text, clock_text = text[: match.start()], match[1]
    day = _day(day_text, written)
    if not clock_text:
        return Moment(day.isoformat())
    clock = _CLOCK.fullmatch(clock_text)
    if clock is None:
        raise ValueError(f"“{_short(written)}”, whose time of day is not understood")
    try:
        moment = datetime.combine(day, time(_hour(clock), int(clock["minute"]), int(clock["second"] or 0)))
    except ValueError:
        raise ValueError(f"“{_short(written)}”, which is no time of a day") from None
    left_out = "a part of a second" if clock["part"] and clock["part"].strip(".,0") else ""
    if clock["zone"]:
        aware = moment.replace(tzinfo=_offset(clock["zone"]))
        local = aware.astimezone(ZoneInfo(zone))
        moment = local.replace(tzinfo=None, fold=0)
        # The second 2:30 of an autumn night cannot be told from the first without its offset.
        if moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) != aware.astimezone(UTC):
            left_out = "which of two equal hours of that night is meant"
    return Moment(moment.isoformat(" ", "seconds" if moment.second else "minutes"), left_out)


def _day(text: str, written: str) -> date:
    if match := _TWO_WAYS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first != second and first <= 12 and second <= 12:
            raise ValueError(f"“{_short(written)}”, which can be the {first} of month {second} or the {second} of month {first}")
        day, month = (second, first) if second > 12 else (first, second)
        return _calendar(year, month, day, written)
    for form in _DAYS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            month = _MONTH.get(found["name"].lower(), 0) if "name" in found else int(found["month"])
            return _calendar(int(found["year"]), month, int(found["day"]), written)
    raise ValueError(f"“{_short(written)}”, which is no whole date")


def _calendar(year: int, month: int, day: int, written: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{_short(written)}”, which is no date of the calendar") from None


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["hour"])
    if not clock["half"]:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)


def _offset(text: str) -> timezone:
    digits = re.sub(r"[^\d]", "", text)
    if not digits:
        return UTC
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timezone(timedelta(minutes=-minutes if "-" in text else minutes))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:40] + "…"
