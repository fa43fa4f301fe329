"""An entry of a calendar → what a member reads of it, in neutral words: ISO days and moments, rules as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handbill.reviewing.calendar_blocks import Properties, Property

#: What is told of an entry, in the order in which one asks for it; each is a word of the catalogue (reviewing/details.py).
NAMES = (
    "standing", "start", "end", "time zone", "place", "link to join", "repeats", "not on", "also on", "title", "text", "tags", "page",
    "picture", "position", "availability",
)  # fmt: skip

#: What members plan by: when one of these becomes another, programs ask them to look again.
PLANNED_BY = frozenset({"standing", "start", "end", "time zone", "place", "link to join", "repeats", "not on", "also on"})

_NONE = Property("")


def first(entry: Properties, name: str) -> Property:
    """Return the first line of that name; where there is none, an empty one."""
    return entry.get(name, (_NONE,))[0]


def text(entry: Properties, name: str) -> str:
    """Return the text of the first line of that name."""
    return first(entry, name).text


def is_off(entry: Properties | None) -> bool:
    """Say whether an entry is there and calls its date off."""
    return entry is not None and text(entry, "STATUS") == "CANCELLED"


def facts_of(entry: Properties | None, zone: str) -> Mapping[str, str]:
    """Return what an entry says, by the names of :data:`NAMES`; *zone* is the hub's."""
    if entry is None:
        return {}
    description, address, rule = text(entry, "DESCRIPTION"), text(entry, "URL"), first(entry, "RRULE").value
    starts, ends = starts_of(entry, zone), _ends_of(entry, zone)
    return {
        "standing": text(entry, "STATUS"),
        "start": starts,
        "end": ends if ends != starts else "",
        "time zone": zone_of(entry),
        "place": text(entry, "LOCATION"),
        "link to join": first(entry, "CONFERENCE").value,
        # The words for a rule depend on its first day.
        "repeats": f"{starts[:10]} {rule}" if rule else "",
        "not on": _days(entry, "EXDATE", zone),
        "also on": _days(entry, "RDATE", zone),
        "title": text(entry, "SUMMARY"),
        "text": description.removesuffix(address).strip(),
        "tags": ", ".join(sorted(tag for one in entry.get("CATEGORIES", ()) for tag in one.texts)),
        "page": address,
        "picture": first(entry, "IMAGE").value,
        "position": first(entry, "GEO").value,
        "availability": "available" if text(entry, "TRANSP") == "TRANSPARENT" else "busy",
    }


def starts_of(entry: Properties, zone: str) -> str:
    """Return the ISO day or moment at which an entry begins."""
    return _plain(first(entry, "DTSTART").moments[:1], zone)


def zone_of(entry: Properties) -> str:
    """Return the zone by whose clock an entry is told; "" for whole days, and where it is told in the world's time."""
    return first(entry, "DTSTART").zone.removeprefix("UTC")


def by_the_rule(main: Properties, single: Properties) -> Properties | None:
    """Return what the date of *single* is if it has no entry of its own, ``None`` where the series leaves it out."""
    day = first(single, "RECURRENCE-ID")
    if any(moment in one.moments for one in main.get("EXDATE", ()) for moment in day.moments):
        return None
    made = {name: lines for name, lines in main.items() if name not in ("RRULE", "EXDATE", "RDATE", "DTEND")}
    made["DTSTART"] = (day,)
    if length := length_of(main):
        last = day.moments[0] + length
        written = f"{last:%Y%m%dT%H%M%S}" if isinstance(last, datetime) else f"{last:%Y%m%d}"
        made["DTEND"] = (replace(day, value=written + "Z" * day.value.endswith("Z")),)
    return made


def length_of(entry: Properties) -> timedelta | None:
    """Return how long an entry takes by the clock on the wall, ``None`` for a moment."""
    ends = first(entry, "DTEND").moments
    return _clock(ends[0]) - _clock(first(entry, "DTSTART").moments[0]) if ends else None


def shift_of(was: Properties, now: Properties) -> tuple[timedelta, timedelta | None, timedelta | None] | None:
    """Return by how much a start moved on the wall's clock, with both lengths; ``None`` where a day became a moment or the reverse."""
    one, other = first(was, "DTSTART").moments[0], first(now, "DTSTART").moments[0]
    if isinstance(one, datetime) != isinstance(other, datetime):
        return None
    return _clock(other) - _clock(one), length_of(was), length_of(now)


def _clock(when: datetime | date) -> datetime:
    return when.replace(tzinfo=None) if isinstance(when, datetime) else datetime(when.year, when.month, when.day)


def _ends_of(entry: Properties, zone: str) -> str:
    ends = first(entry, "DTEND").moments[:1]
    # The end of whole days is the day after the last one (RFC 5545, 3.6.1).
    return _plain(tuple(one if isinstance(one, datetime) else one - timedelta(days=1) for one in ends), zone)


def _days(entry: Properties, name: str, zone: str) -> str:
    return ", ".join(sorted(_plain((moment,), zone) for one in entry.get(name, ()) for moment in one.moments))


def _plain(moments: tuple[datetime | date, ...], zone: str) -> str:
    """Return a day or moment in ISO form by the clock of its zone; what is told in the world's time by that of the hub."""
    if not moments:
        return ""
    one = moments[0]
    if isinstance(one, datetime) and str(one.tzinfo) == "UTC" and zone:
        one = one.astimezone(ZoneInfo(zone))
    return one.isoformat()
