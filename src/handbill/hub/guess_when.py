"""A day or moment as people write it → how it is written here, for messages.

Nothing depends on today: where the year is missing, there is no guess unless
another date of the same file stands beside it.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

from handbill.hub.vocabulary import MONTHS, WEEKDAYS

_HALF = r"[ap]\.?m\.?"
_HOURS = re.compile(
    rf"(?<![\d+-])(?P<hour>\d{{1,2}})(?:\s*h\s*(?P<minute>[0-5]\d)?(?![a-z0-9])|:(?P<minutes>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    rf"|(?<= \d\d)\.(?P<dotted>[0-5]\d)$)\s*(?P<half>{_HALF})?(?!\d)"
    rf"|(?<![\d+-])(?P<bare>\d{{1,2}})\s*(?P<bare_half>{_HALF})(?![a-z])"
)
_OFFSET = re.compile(r"^\s*(?:z|[+-]\d{2}:?\d{2}|utc|gmt|cet|cest)\s*$")
#: What stands around days and hours in speech.
_FILLING = re.compile(r"\b(?:le|la|the|on|du|de|des|a|at|vers|of|heures|heure|hours?)\b|[,()]")
#: What stands between two clock times, or between two days.
_UNTIL = re.compile(
    r"(?:(?<=\dh)|(?<=h[0-5]\d)) ?[-–—/] ?(?=\d)|(?<=:[0-5]\d) [-–—/] (?=\d)| ?(?:(?<=h)|(?<=[h:][0-5]\d)) (?:à|a|jusqu'à|to|until) (?=\d)"
    r"|(?<=\d\d-\d\d) (?:[-–—/]|à|au|to|until) (?=\d{4}-)",
    re.IGNORECASE,
)
_GLYPHS = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-", "⁄": "/"})


def guesses(text: str, beside: date | None = None) -> tuple[tuple[date, str], ...]:
    """Return the days that a text may mean, the likeliest first, each with its clock time ("" if it has none).

    *beside* gives the day to a clock time alone, and the year to a day without one.
    """
    rest, clock, later = _clock(_plain(text))
    days = _days(rest, beside) if rest else [beside] if beside is not None and clock else []
    return tuple((day + timedelta(days=later), clock) for day in dict.fromkeys(days))


def is_ambiguous(text: str) -> bool:
    """Say whether two of the days differ only by whether the day or the month comes first."""
    match = re.search(r"(?<!\d)(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})(?!\d)", _plain(text))
    return bool(match and match[1] != match[2] and int(match[1]) <= 12 and int(match[2]) <= 12)


def is_beyond(text: str, beside: date | None = None) -> bool:
    """Say whether a text names a day that its month does not have; the guess is the last one that it has."""
    rest, _, _ = _clock(_plain(text))
    numbers = {int(one) for one in re.findall(r"\d{1,2}", rest)}
    # A week of a year names its days by another number.
    return not re.search(r"\d-?w\d", rest) and any(day.day not in numbers for day in _days(rest, beside))


def is_range(text: str) -> bool:
    """Say whether a beginning and an end seem to be written as one."""
    plain = _plain(text)
    return (
        len(_HOURS.findall(plain)) > 1
        or len(re.findall(r"\d{4}-\d{2}-\d{2}", plain)) > 1
        or beginning(plain) != plain
        or bool(re.search(r"\bdu\b.*\bau\b|\bfrom\b.*\bto\b", plain))
    )


def beginning(text: str) -> str:
    """Return a text up to the sign or word behind which an end is given; all of it where there is none.

    >>> beginning("2026-04-11 14h-18h"), beginning("2026-04-11 de 14h à 18h30")
    ('2026-04-11 14h', '2026-04-11 de 14h')
    """
    return _UNTIL.split(text, maxsplit=1)[0]


def is_midnight(text: str) -> bool:
    """Say whether a text has the word midnight, which is said of either end of a day."""
    return bool(re.search(r"\b(?:minuit|midnight)\b", text.casefold()))


def _plain(text: str) -> str:
    """Return a text in plain letters and digits, without the quotes and weekdays around it."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_GLYPHS).casefold())
    text = "".join(one for one in text if not unicodedata.combining(one))
    text = re.sub(r"[\"'“”«»‘’\s ]+", " ", text)
    text = re.sub(r"(?<=\d)o(?=[\d-])|(?<=-)o(?=\d)", "0", text)
    text = re.sub(r"(?<=\d)[li](?=[\d-])|(?<=-)[li](?=\d)", "1", text)
    words = [word for word in text.split() if word.strip(".,") not in WEEKDAYS]
    text = re.sub(r"\bmidi\b|\bnoon\b", "12:00", " ".join(words))
    text = re.sub(r"\bminuit\b|\bmidnight\b", "00:00", text)
    text = re.sub(r"(?<=\d)t(?=\d)", " ", text).strip()
    return re.sub(r"^(\d{4}-\d{2}-\d{2}) (\d{1,2}?)(\d{2})?$", r"\1 \2h\3", text)


def _clock(text: str) -> tuple[str, str, int]:
    """Return a text without its clock time, the time as ``18:30``, and how many days later than said it is."""
    match = _HOURS.search(text)
    if match is None:
        return _bare(text), "", 0
    hour = int(match["hour"] or match["bare"])
    minute = int(match["minute"] or match["minutes"] or match["dotted"] or 0)
    second = int(match["second"] or 0)
    half = (match["half"] or match["bare_half"] or "")[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    # 24:00 and 25:30 are how a programme of the evening tells the hours after midnight.
    later, hour = divmod(hour, 24)
    if later > 1 or (later and hour > 5):
        return text, "", 0
    clock = f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
    return _bare(f"{text[: match.start()]} {_OFFSET.sub('', text[match.end() :])}"), clock, later


def _bare(text: str) -> str:
    return " ".join(_FILLING.sub(" ", text).split()).strip(" t.;:-")


def _days(text: str, beside: date | None) -> list[date]:
    if match := re.fullmatch(r"(\d{4})\s*[-/. ]+\s*(\d{1,2})\s*[-/. ]+\s*(\d{1,2})", text):
        return _year_first(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})\s*[-/. ]+\s*(\d{1,2})\s*[-/. ]+\s*(\d{4})", text):
        return _day_first(int(match[3]), int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{2})", text):
        first, second, third = int(match[1]), int(match[2]), int(match[3])
        return _day_first(_century(third), first, second) + _exactly(_century(first), second, third)
    if match := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text):
        return _year_first(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{4})-?w(\d{2})-?([1-7])", text):
        with suppress(ValueError):
            return [date.fromisocalendar(int(match[1]), int(match[2]), int(match[3]))]
        return []
    if match := re.fullmatch(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})", text):
        return _day_first(beside.year, int(match[1]), int(match[2]))[:1] if beside else []
    return _with_a_month(text, beside)


def _with_a_month(text: str, beside: date | None) -> list[date]:
    """Return the day that a text with the name of a month means."""
    words = re.findall(r"[a-z]+|\d+", re.sub(r"(?<=\d)(?:er|ere|e|eme|st|nd|rd|th)\b", "", text))
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdigit()]
    strange = [word for word in words if not word.isdigit() and word not in MONTHS]
    if len(months) != 1 or strange or not 1 <= len(numbers) <= 2:
        return []
    days = [int(one) for one in numbers if len(one) <= 2]
    years = [int(one) for one in numbers if len(one) == 4]
    if len(numbers) == 2 and not years and len(days) == 2:
        days, years = days[:1], [_century(days[1])]
    if len(days) != 1 or not (years or beside):
        return []
    year = years[0] if years else beside.year  # type: ignore[union-attr]  # one of the two is there
    return _year_first(year, months[0], days[0])


def _century(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < 70 else 1900)


def _exactly(year: int, month: int, day: int) -> list[date]:
    with suppress(ValueError):
        return [date(year, month, day)]
    return []


def _year_first(year: int, month: int, day: int) -> list[date]:
    """Return the day; with month and day exchanged, or the last of its month, where there is no such day."""
    if month > 12 >= day:
        month, day = day, month
    if 1 <= month <= 12 and 28 < day <= 31 and year > 0:
        day = min(day, monthrange(year, month)[1])
    return _exactly(year, month, day)


def _day_first(year: int, first: int, second: int) -> list[date]:
    """Return the day as most of the world writes it, then as the United States do where that is a day, too."""
    found = _year_first(year, second, first)
    return found + (_exactly(year, first, second) if first <= 12 and second <= 12 else [])
