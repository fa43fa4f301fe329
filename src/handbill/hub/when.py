"""Days and moments: ISO 8601 only, in the zone of the file; other forms are told how to be written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handbill.errors import Level, Said, said
from handbill.hub.guess_when import beginning, guesses, is_ambiguous, is_midnight, is_range
from handbill.hub.nodes import Desk, Node, Scalar, shown
from handbill.hub.zone import FIRST_YEAR, LAST_YEAR, is_told

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:[0-9]{2})?")
#: A moment that is right but for its fractions of a second, or for how its offset is written.
_NEARLY = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+| +|(?=[+-][0-9]{4}$)) *(Z|[+-][0-9]{2}:?[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a moment in local time, as ISO 8601 writes them.

    An offset behind a moment (``+02:00``) only confirms which of two equal
    hours is meant; it must be one that the zone has at that moment.
    """

    day: bool = True
    moment: bool = True

    @property
    def wanted(self) -> str:
        if not self.moment:
            return said("a day such as 2026-05-01")
        if not self.day:
            return said("a moment such as 2026-05-01 18:30")
        return said("a day such as 2026-05-01 or a moment such as 2026-05-01 18:30")

    def read(self, node: Node, name: str, desk: Desk) -> date | datetime | None:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        try:
            if self.day and _DAY.fullmatch(text):
                return _within(date.fromisoformat(text))
            if self.moment and (match := _MOMENT.fullmatch(text)):
                clock = time(int(match[2]), int(match[3]), int(match[4] or 0))
                return _in_zone(datetime.combine(_within(date.fromisoformat(match[1])), clock), match[5] or "", node, name, desk)
        except (ValueError, OverflowError):
            wanted = self._meant(text, desk) if text[:4].isdecimal() and is_told(int(text[:4])) else self.wanted
            desk.refuse(node, name, _impossible(text), wanted, "HB205")
            return None
        desk.refuse(node, name, shown(node), self._meant(text, desk), "HB205")
        return None

    def _meant(self, text: str, desk: Desk) -> str:
        """Return what the text probably means, as a moment where one is wanted."""
        if self.moment and (match := _NEARLY.fullmatch(text)):
            # An offset changes what is meant, so it is looked at as if the rest were right.
            hours, minutes = match[3][:3], match[3][-2:]
            offset = "Z" if match[3] == "Z" else f"{hours}:{minutes}"
            trial = Desk(desk.path, desk.zone)
            self.read(Scalar(f"{match[1]} {match[2]}{offset}", True, 0, 0), "", trial)
            if trial.problems:
                return trial.problems[0].wanted
        if is_range(text):
            first = self._meant(beginning(text), desk) if beginning(text) != text else self.wanted
            return said("the beginning alone, because the end has a field of its own: {wanted}", wanted=first)
        found = guesses(text, desk.beside) if text else ()
        if self.moment and found and is_midnight(text):
            earlier, later = (self._written(found[0][0] + timedelta(days=n), found[0][1]) for n in (0, 1))
            return said("{later} for the end of that day, or {earlier} for its beginning", later=later, earlier=earlier)
        written = list(dict.fromkeys(self._written(day, clock) for day, clock in found))[:2]
        if not written:
            return self.wanted
        if found[0][1] == "" and not self.day:
            example = f"{written[0]} 09:00"
            return said("the hour, too, such as {example}", example=example)
        if len(written) == 1:
            return said("“{name}”, perhaps", name=written[0])
        if is_ambiguous(text):
            return said("{day_first}, or {month_first} if the month stands first", day_first=written[0], month_first=written[1])
        return said("{first} or {second}, with four digits for the year", first=written[0], second=written[1])

    def _written(self, day: date, clock: str) -> str:
        return f"{day.isoformat()} {clock}" if clock and self.moment else day.isoformat()


def _within(day: date) -> date:
    """Return a day of the years that are told; every other end is reckoned to hours or a day beside it."""
    if not is_told(day.year):
        raise OverflowError(day)
    return day


def _impossible(text: str) -> Said:
    try:
        _within(date.fromisoformat(text[:10]))
    except OverflowError:
        return said("“{value}”, which is not in the years {first} to {last}", value=text, first=FIRST_YEAR, last=LAST_YEAR)
    except ValueError:
        return said("“{value}”, which is no date of the calendar", value=text)
    return said("“{value}”, an hour that no clock shows", value=text)


def _in_zone(naive: datetime, offset: str, node: Node, name: str, desk: Desk) -> datetime | None:
    zone = ZoneInfo(desk.zone)
    early, late = naive.replace(tzinfo=zone), naive.replace(tzinfo=zone, fold=1)
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        found = said("{value}, an hour that the clocks in {zone} skip that night", value=shown(node), zone=desk.zone)
        # PEP 495: what lies in the gap is moved by its length, forward or back.
        wanted = said("{later} or {earlier}", later=_local(early, zone), earlier=_local(late, zone))
        desk.refuse(node, name, found, wanted, "HB206")
        return None
    if offset:
        return _with_offset(early, late, offset, node, name, desk)
    if early.utcoffset() != late.utcoffset():
        first, second = both_hours(early)
        found = said("{value}, an hour that comes twice that night; the first one is taken", value=shown(node))
        wanted = said("{first} for the first one, {second} for the second", first=first, second=second)
        desk.refuse(node, name, found, wanted, "HB216", Level.WARNING)
    return early


def _with_offset(early: datetime, late: datetime, offset: str, node: Node, name: str, desk: Desk) -> datetime | None:
    """Return the moment that the offset confirms, or put down that the zone has another one then."""
    offset = "+00:00" if offset == "Z" else offset
    for one in (early, late):
        if _offset(one) == offset:
            return one
    sign = -1 if offset[0] == "-" else 1
    meant = early.replace(tzinfo=UTC) - sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
    plain = _plain(early.replace(tzinfo=None))
    desk.refuse(
        node,
        name,
        said("{value}, while {zone} is at {offset} then", value=shown(node), zone=desk.zone, offset=_offset(early)),
        said("{local} if the clocks there show it, or {moved}, the same moment there", local=plain, moved=_local(meant, early.tzinfo)),
        "HB205",
    )
    return None


def _local(moment: datetime, zone: object) -> str:
    assert isinstance(zone, ZoneInfo)
    return _plain(moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None))


def _plain(naive: datetime) -> str:
    return naive.isoformat(" ", "seconds" if naive.second else "minutes")


def _offset(moment: datetime) -> str:
    return moment.isoformat()[19:25]


def told(when: datetime | date) -> str:
    """Return a day or moment as an editor writes it."""
    return _plain(when.replace(tzinfo=None)) if isinstance(when, datetime) else when.isoformat()


def both_hours(moment: datetime) -> tuple[str, ...]:
    """Return the two ways to write a local time that comes twice, the first one first; one where it comes once."""
    early, late = moment.replace(fold=0), moment.replace(fold=1)
    plain = _plain(moment.replace(tzinfo=None))
    return tuple(dict.fromkeys((plain + _offset(early), plain + _offset(late))))
