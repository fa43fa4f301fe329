"""What an output needs to know of an item, whatever its kind.

An output consumes facets and never asks for the kind: a calendar takes all
that is *occurring*, a countdown all that has a *deadline*, a feed all that is
*dated* and has a *teaser*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handbill.hub.address import slug_of
from handbill.hub.swift import swift

#: The words for the standing of an occurrence, in the order of a form.
STATUSES = ("confirmed", "tentative", "cancelled", "postponed", "rescheduled", "moved_online")

#: Standings under which nobody should travel to the announced place and time, or count on a contest.
OFF = frozenset({"cancelled", "postponed", "void"})

#: Standings that whoever planned to come must hear of.
ALARMS = OFF | {"rescheduled", "moved_online"}


@swift
@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as pages show it; ``alt`` is empty for pure decoration.  Sizes are in pixels."""

    path: str
    alt: str
    width: int
    height: int


@swift
@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens, as a visitor needs it.

    Coordinates are WGS 84 degrees.  ``accessibility`` pairs each question of
    :data:`~handbill.kinds.venue.QUESTIONS` that has an answer with yes, no or
    partial; what is not there is unknown.  ``room`` is a part of the place
    without an entry of its own; ``map`` is a drawn plan.  ``key`` is the slug
    of the place in the registry, "" for one written in an event alone.
    ``above`` are the places that it is a part of, slug and name, from the
    nearest one up.  ``tongues`` pairs each text that is in another language
    than the item with that language, because the registry had it in no other.
    """

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access: str = ""
    transport: str = ""
    contact: str = ""
    accessibility: tuple[tuple[str, str], ...] = ()
    acceslibre: str = ""
    map: Picture | None = None
    room: str = ""
    key: str = ""
    above: tuple[tuple[str, str], ...] = ()
    tongues: tuple[tuple[str, str], ...] = ()

    @property
    def slug(self) -> str:
        """Return what addresses of the place are made of; "" for a name without a Latin letter."""
        return self.key or slug_of(self.name)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return its slug and those of the places that it is a part of: what takes place here takes place there too."""
        return (self.slug, *(slug for slug, _ in self.above))

    @property
    def spot(self) -> str:
        """Return the name with the room and with what it is a part of, as a visitor looks for it."""
        found = ", ".join(part for part in (self.name, self.room) if part)
        for _, name in self.above:
            # “Courtyard of the workshop” says already where the courtyard is.
            if slug_of(name) not in slug_of(found):
                found += f", {name}"
        return found

    @property
    def brief(self) -> str:
        """Return the place as lists have it: where in which town."""
        return ", ".join(part for part in (self.spot, self.city) if part)

    @property
    def address(self) -> str:
        """Return where it is on one line, from the street to the country."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.street, town, self.country) if part)

    @property
    def line(self) -> str:
        """Return the place on one line, from the name to the country."""
        return ", ".join(part for part in (self.spot, self.address) if part)


@swift
@dataclass(frozen=True, slots=True)
class Online:
    """Where members connect; ``address`` is "" while only those who signed up get it (``is_withheld``), or while nobody knows it."""

    address: str
    is_withheld: bool = False


@swift
@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an item takes place.

    Timed: ``starts`` and ``ends`` are datetimes that carry ``zone``.  All-day:
    both are dates and ``ends`` is the last day itself.  ``original`` names an
    occurrence of a series by its first announced start (RFC 5545, 3.8.4.4).
    """

    starts: datetime | date
    ends: datetime | date
    zone: str
    status: str = "confirmed"
    note: str = ""
    was: tuple[datetime | date, ...] = ()
    original: datetime | date | None = None

    @property
    def all_day(self) -> bool:
        """Say whether the occurrence has days but no clock times."""
        return not isinstance(self.starts, datetime)

    @property
    def begins(self) -> datetime:
        """Return the first instant, in the occurrence's own zone."""
        return instant(self.starts, self.zone)

    @property
    def finishes(self) -> datetime:
        """Return the first instant after it; a last day lasts until its midnight."""
        if isinstance(self.ends, datetime):
            return self.ends
        return instant(self.ends + timedelta(days=1), self.zone)

    @property
    def is_off(self) -> bool:
        """Say whether it will not take place at the time and place announced."""
        return self.status in OFF


@dataclass(frozen=True, slots=True)
class Series:
    """How occurrences repeat, as the calendars of members get it (RFC 5545: RRULE, EXDATE, RDATE).

    ``rule`` is "" where ``added`` has every date but the first.
    """

    rule: str
    excluded: tuple[datetime | date, ...] = ()
    added: tuple[datetime | date, ...] = ()


@swift
@dataclass(frozen=True, slots=True)
class Disclosure:
    """What readers should know of who wrote a text, and for whom.

    ``is_own``: who wrote it has a part in what it is about.  ``payer`` is who
    paid, "" for nobody; ``machine`` is translation, part or whole, "" for none.
    """

    is_own: bool = False
    payer: str = ""
    machine: str = ""


@swift
@dataclass(frozen=True, slots=True)
class Deadline:
    """From when until when members can take part; ``closes`` is the first instant too late.

    ``draw`` and ``results`` are what those wait for who took part, if it is known when.
    """

    opens: datetime
    closes: datetime
    draw: datetime | None = None
    results: datetime | None = None

    @property
    def last(self) -> datetime:
        """Return the last minute in time, as people say it: the 6th at 23:59, not the 7th at 0:00."""
        if self.closes.hour == self.closes.minute == 0:
            return self.closes - timedelta(minutes=1)
        return self.closes

    def is_open(self, at: datetime) -> bool:
        """Say whether entries are accepted at that moment."""
        return self.opens <= at < self.closes


def instant(when: datetime | date, zone: str) -> datetime:
    """Return the first instant of a day in that zone, or the datetime itself."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when, time.min, ZoneInfo(zone))
