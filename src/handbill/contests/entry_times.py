"""The moment of an entry, as forms and spreadsheets write it → the moments that it can mean; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from handbill.errors import Said, said

#: Whether ``03/04/2026`` begins with the day or with the month; "" where that is not known.
Order = Literal["", "day", "month"]

WANTED = said("a moment such as 2026-06-12 18:30")

_ISO = re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?P<rest>.*)", re.DOTALL)
_TURNED = re.compile(r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>\d{4})(?P<rest>.*)", re.DOTALL)
_CLOCK = re.compile(
    r"(?:T|,? +(?:à +|at +)?)(?P<h>\d{1,2})[:h](?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<zone>Z|(?:UTC|GMT)?(?:[+-]\d{1,2}(?::?\d{2})?)?))",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")


class NoMoment(ValueError):
    """A text is no moment; ``found`` says what it is instead, and never what stands there."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Span:
    """From the earliest to the latest moment that a text can mean, in UTC.

    They are equal but for a day alone, and for an hour that a night has twice.
    """

    first: datetime
    last: datetime

    def is_within(self, opens: datetime, closes: datetime) -> bool | None:
        """Say whether it is in time, the end being too late; ``None`` where nobody can tell."""
        if self.last < opens or self.first >= closes:
            return False
        return True if self.first >= opens and self.last < closes else None


def orders_of(text: str) -> frozenset[Order]:
    """Return in which orders day and month of a text can stand."""
    match = _TURNED.fullmatch(_plain(text))
    if match is None or match["a"].lstrip("0") == match["b"].lstrip("0"):
        return frozenset({"day", "month"})
    first, second = int(match["a"]), int(match["b"])
    fits: dict[Order, bool] = {"day": second <= 12, "month": first <= 12}
    return frozenset(order for order, is_possible in fits.items() if is_possible)


def needs_order(text: str) -> bool:
    """Say whether a text means two different days, by the order of day and month."""
    match = _TURNED.fullmatch(_plain(text))
    return match is not None and int(match["a"]) <= 12 and int(match["b"]) <= 12 and int(match["a"]) != int(match["b"])


def span_of(text: str, zone: str, order: Order = "") -> Span:
    """Return what a text can mean; without an offset of its own it is local time in *zone*.

    Raises:
        NoMoment: it is no moment, or one that the calendar or the clocks of the zone do not have.
    """
    text = _plain(text)
    if not text:
        raise NoMoment(said("no moment"))
    match = _ISO.fullmatch(text) or _TURNED.fullmatch(text)
    if match is None:
        raise NoMoment(said("something that is no moment"))
    found = match.groupdict()
    year, month, day = int(found["y"]), int(found.get("m") or 0), int(found.get("d") or 0)
    if "a" in found:
        first, second = int(found["a"]), int(found["b"])
        if order == "" and needs_order(text):
            raise NoMoment(said("a date of which nobody can tell day and month apart"))
        turned = order == "month" or (order == "" and second > 12)
        day, month = (second, first) if turned else (first, second)
    try:
        return _span(datetime(year, month, day), found["rest"], ZoneInfo(zone))
    except (ValueError, OverflowError) as error:
        if isinstance(error, NoMoment):
            raise
        raise NoMoment(said("a moment that no calendar has")) from None


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()).lstrip("'")


def _span(day: datetime, rest: str, zone: ZoneInfo) -> Span:
    if not rest:
        ends = day + timedelta(days=1)
        return Span(day.replace(tzinfo=zone).astimezone(UTC), ends.replace(tzinfo=zone).astimezone(UTC) - timedelta(seconds=1))
    clock = _CLOCK.fullmatch(rest)
    if clock is None:
        raise NoMoment(said("a time of day that is not understood"))
    local = day.replace(hour=_hour(clock), minute=int(clock["min"]), second=int(clock["s"] or 0))
    if clock["zone"]:
        moment = local.replace(tzinfo=_offset(clock["zone"])).astimezone(UTC)
        return Span(moment, moment)
    first, last = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise NoMoment(said("an hour that the clocks left out that night"))
    return Span(first, last)


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["h"])
    if not clock["half"]:
        return hour
    if not 1 <= hour <= 12:
        raise NoMoment(said("a time of day that is not understood"))
    return hour % 12 + (12 if clock["half"].lower() == "p" else 0)


def _offset(text: str) -> timezone:
    match = _OFFSET.search(text)
    if match is None:
        return UTC
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
