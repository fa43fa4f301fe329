"""Who takes part in an event: how members sign up, and how many came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Desk, Field, Flag, Integer, Link, Node, Table, When, place_of
from handbill.hub.period import days_until
from handbill.hub.when import told

#: From how many midnights before it ends lists say that signing up ends soon.
SOON = 3


@dataclass(frozen=True, slots=True)
class Registration:
    """How to sign up; a moment left open is ``None``, and so is how many places are ``taken`` or ``left`` where nobody counts.

    ``is_full``: it was written so, or no place is left.
    """

    url: str
    opens: datetime | None
    closes: datetime | None
    is_full: bool
    has_waitlist: bool = False
    taken: int | None = None
    left: int | None = None

    def state(self, at: datetime) -> str:
        """Return not_yet, open, waitlist, full or closed."""
        if self.closes and at >= self.closes:
            return "closed"
        if self.opens and at < self.opens:
            return "not_yet"
        if not self.is_full:
            return "open"
        return "waitlist" if self.has_waitlist else "full"

    def standing(self, at: datetime, zone: str) -> str:
        """Return what a list says of it: its state, "closing" while the last days run, "" where nothing need be said.

        Days are counted by midnights in *zone*, so that it changes at midnight.
        """
        state = self.state(at)
        if state == "open" and self.closes and days_until(self.closes, at, zone) <= SOON:
            return "closing"
        return "" if state in ("open", "not_yet") else state

    def view(self, at: datetime) -> dict[str, Any]:
        """Return it as plain values; ``left`` is how many places are left where that is known."""
        return {
            "url": self.url,
            "opens": self.opens.isoformat() if self.opens else "",
            "closes": self.closes.isoformat() if self.closes else "",
            "state": self.state(at),
            "left": 0 if self.is_full else self.left,
        }


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came; totals, never names.  What was not counted is ``None``."""

    registered: int | None
    attended: int | None
    walk_ins: int | None
    first_timers: int | None


REGISTRATION = (
    Field(
        "url",
        Link(),
        "the page where members sign up; their names never enter this repository",
        example="https://inscription.example/foire",
    ),
    Field("opens", When(day=False), "when signing up opens", example="2026-04-01 09:00"),
    Field("closes", When(day=False), "when signing up closes", example="2026-04-30 18:00", after="opens"),
    Field("full", Flag(), "true once no place is left: the page says so", default=False, example="true"),
    Field("waitlist", Flag(), "true where one can still sign up for a place that becomes free", default=False, example="true"),
    Field("taken", Integer(0, 1_000_000), "how many places are taken; with capacity, the page says how many are left", example="12"),
)
ATTENDANCE = (
    Field("registered", Integer(0, 1_000_000), "how many had signed up", example="24"),
    Field("attended", Integer(0, 1_000_000), "how many came, all together", example="31"),
    Field("walk_ins", Integer(0, 1_000_000), "how many of those who came had not signed up", example="9"),
    Field("first_timers", Integer(0, 1_000_000), "how many came for the first time", example="12"),
)


def registration_of(signup: dict[str, Any], capacity: int | None, node: Node, desk: Desk) -> Registration:
    """Return how to sign up for *capacity* places; a window that closes before it opens is put down."""
    opens, closes = signup["opens"], signup["closes"]
    if opens and closes and closes.astimezone(UTC) <= opens.astimezone(UTC):
        place = place_of(node, "closes") if isinstance(node, Table) else node
        found = said("{closes}, which is not after opens ({opens})", closes=told(closes), opens=told(opens))
        desk.refuse(place, "registration.closes", found, said("a moment after {opens}", opens=told(opens)), "HB213")
    taken = signup["taken"]
    left = max(0, capacity - taken) if capacity and taken is not None else None
    return Registration(signup["url"] or "", opens, closes, signup["full"] or left == 0, signup["waitlist"], taken, left)
