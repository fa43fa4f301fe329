"""Something that takes place: when, where, who may come, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handbill.hub.facets import OFF, STATUSES, Occurrence, Place, Series
from handbill.hub.fields import (
    Choice,
    Degrees,
    Desk,
    Field,
    Flag,
    Group,
    Integer,
    Link,
    Many,
    Scalar,
    Table,
    Text,
    When,
    Zone,
    place_of,
    shown,
)
from handbill.hub.kind import Kind

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item


@dataclass(frozen=True, slots=True)
class Registration:
    """How to sign up; a moment left open is ``None``."""

    url: str
    opens: datetime | None
    closes: datetime | None
    is_full: bool

    def state(self, at: datetime) -> str:
        """Return not_yet, open, full or closed."""
        if self.closes and at >= self.closes:
            return "closed"
        if self.opens and at < self.opens:
            return "not_yet"
        return "full" if self.is_full else "open"


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What only an event has.  ``recap`` is the source file of the post that tells how it was."""

    mode: str
    join_url: str
    capacity: int | None
    price: str
    registration: Registration | None
    recap: str

    @property
    def instants(self) -> tuple[datetime, ...]:
        """Return the moments at which the registration changes."""
        if self.registration is None:
            return ()
        return tuple(moment for moment in (self.registration.opens, self.registration.closes) if moment)


_OWN_NOTE = frozenset({"cancelled", "postponed", "rescheduled", "moved_online"})
_VENUE = (
    Field("name", Text(120), "the name of the place", required=True, example="Atelier du quai"),
    Field("street", Text(120), "street and number", default="", example="14 rue des Établis"),
    Field("postcode", Text(20), "postcode", default="", example="33000"),
    Field("city", Text(80), "town", default="", example="Bordeaux"),
    Field("country", Text(60), "country", default="", example="France"),
    Field("latitude", Degrees(90), "degrees north", example="44.8501"),
    Field("longitude", Degrees(180), "degrees east", example="-0.5702"),
    Field("access", Text(300), "how to get in, for everyone", default="", example="De plain-pied, boucle magnétique"),
)
_REGISTRATION = (
    Field("url", Link(), "where to sign up", example="https://inscription.example/foire"),
    Field("opens", When(day=False), "when it opens", example="2026-04-01 09:00"),
    Field("closes", When(day=False), "when it closes", example="2026-05-01 18:00"),
    Field("full", Flag(), "no place is left", default=False, example="true"),
)
_CHANGE = (
    Field("on", When(), "the first announced start of the date that changes", required=True, example="2026-08-08 14:00"),
    Field(
        "status", Choice(("cancelled", "rescheduled", "moved_online", "confirmed")), "what became of it", required=True, example="cancelled"
    ),
    Field("starts", When(), "the new start", example="2026-08-22 14:00"),
    Field("ends", When(), "the new end", example="2026-08-22 18:00"),
    Field("note", Text(300), "why, for members", default="", example="Trop chaud sous la verrière."),
)
_RECURRENCE = (
    Field("rule", Text(200), "how the event repeats (RFC 5545)", required=True, example="FREQ=MONTHLY;BYDAY=2SA"),
    Field("except", Many(When()), "dates of the rule on which it never takes place", default=(), example="[2026-08-08]"),
    Field("changes", Many(Group(_CHANGE)), "single dates that were moved or cancelled", default=(), example=""),
)


def make(values: dict[str, Any], table: Table, desk: Desk) -> dict[str, Any]:
    """Return the event's occurrences, place and facts; dates that contradict each other are put down."""
    starts = values["starts"]
    zone = values["timezone"] or desk.zone
    if starts is None:
        return {}
    ends = _end(values, table, desk)
    status, note = values["status"], values["status_note"]
    if status in _OWN_NOTE and not note:
        desk.refuse(place_of(table, "status"), "status_note", "nothing", f"a sentence for members: the event is {status}", "HB211")
    if status == "rescheduled" and not values["previous_starts"]:
        desk.refuse(place_of(table, "status"), "previous_starts", "nothing", "the dates announced before", "HB211")
    if values["mode"] != "online" and not values["venue"] and status != "moved_online":
        desk.refuse(table, "venue", "nothing", "a place, or mode: online", "HB212")
    single = Occurrence(starts, ends, zone, status, note, tuple(values["previous_starts"]))
    occurrences: tuple[Occurrence, ...] = (single,)
    series = None
    if values["recurrence"]:
        series, occurrences = _series(single, values["recurrence"], table, desk)
    venue, signup = values["venue"], values["registration"]
    facts = EventFacts(
        mode="online" if status == "moved_online" else values["mode"],
        join_url=values["join_url"],
        capacity=values["capacity"],
        price=values["price"],
        registration=Registration(signup["url"] or "", signup["opens"], signup["closes"], signup["full"]) if signup else None,
        recap=values["recap"],
    )
    return {
        "occurrences": occurrences,
        "series": series,
        "place": Place(**venue) if venue and venue.get("name") else None,
        "facts": facts,
    }


def _end(values: dict[str, Any], table: Table, desk: Desk) -> datetime | date:
    starts, ends = values["starts"], values["ends"]
    if ends is None:
        return starts + timedelta(hours=2) if isinstance(starts, datetime) else starts
    node = place_of(table, "ends")
    if isinstance(starts, datetime) is not isinstance(ends, datetime):
        desk.refuse(node, "ends", shown(node), "a day if starts is a day, a moment if starts is a moment", "HB213")
    elif ends < starts or (ends == starts and isinstance(ends, datetime)):
        desk.refuse(node, "ends", f"{_told(ends)}, which is before starts ({_told(starts)})", "an end after the start", "HB213")
    else:
        return ends  # type: ignore[no-any-return]
    return starts  # type: ignore[no-any-return]


def _told(when: datetime | date) -> str:
    return f"{when:%Y-%m-%d %H:%M}" if isinstance(when, datetime) else when.isoformat()


def _series(single: Occurrence, recurrence: dict[str, Any], table: Table, desk: Desk) -> tuple[Series | None, tuple[Occurrence, ...]]:
    # dateutil costs start-up time, so only a hub with a repeated event pays it.
    from handbill.kinds.recurrence import refusal, starts_of

    rule = recurrence["rule"]
    node = place_of(table, "recurrence", "rule")
    if rule is None:
        return None, (single,)
    if reason := refusal(rule):
        desk.refuse(node, "recurrence.rule", f"“{rule}”, which {reason}", "a rule such as FREQ=MONTHLY;BYDAY=2SA", "HB214")
        return None, (single,)
    starts, _ = starts_of(rule, single.starts)
    if not starts or starts[0] != single.starts:
        desk.refuse(
            node,
            "recurrence.rule",
            f"“{rule}”, which does not give the event's own start",
            f"a rule that matches starts ({_told(single.starts)})",
            "HB214",
        )
        return None, (single,)
    excluded = tuple(_like(start, single.starts, starts) for start in recurrence["except"])
    for given, match in zip(recurrence["except"], excluded, strict=True):
        if match not in starts:
            desk.refuse(
                place_of(table, "recurrence", "except"),
                "recurrence.except",
                f"{_told(given)}, which the rule does not give",
                "a date of the rule",
                "HB215",
            )
    length = single.ends - single.starts  # type: ignore[operator]  # both are days, or both are moments
    by_start = {
        start: Occurrence(start, start + length, single.zone, single.status, single.note, (), start)
        for start in starts
        if start not in excluded
    }
    for number, change in enumerate(recurrence["changes"], 1):
        _change(by_start, change, single, f"recurrence.changes[{number}]", place_of(table, "recurrence", "changes"), desk)
    series = Series(rule, tuple(one for one in excluded if one in starts))
    return series, tuple(by_start.values())


def _like(given: datetime | date, first: datetime | date, starts: tuple[datetime | date, ...]) -> datetime | date:
    """Return the start meant by *given*: a day alone means the occurrence on that day."""
    if isinstance(first, datetime) and not isinstance(given, datetime):
        return next((start for start in starts if isinstance(start, datetime) and start.date() == given), given)
    return given


def _change(
    by_start: dict[datetime | date, Occurrence],
    change: dict[str, Any],
    single: Occurrence,
    name: str,
    node: Scalar | Any,
    desk: Desk,
) -> None:
    if change["on"] is None or change["status"] is None:
        return
    on = _like(change["on"], single.starts, tuple(by_start))
    if on not in by_start:
        desk.refuse(
            node, f"{name}.on", f"{_told(change['on'])}, which is no date of the series", "the first announced start of one", "HB215"
        )
        return
    old = by_start[on]
    starts = change["starts"] or old.starts
    ends = change["ends"] or starts + (old.ends - old.starts)  # type: ignore[operator]  # likewise
    if change["status"] == "rescheduled" and starts == old.starts:
        desk.refuse(node, f"{name}.starts", "no other start", "the new start", "HB215")
        return
    was = (old.starts,) if starts != old.starts else ()
    by_start[on] = Occurrence(starts, ends, single.zone, change["status"], change["note"], was, old.original)


def state(item: Item, at: datetime) -> str:
    """Return upcoming, ongoing, past, cancelled or postponed; a series is as its next date is."""
    if not item.occurrences:
        return ""
    coming = [when for when in item.occurrences if when.finishes > at]
    if not coming:
        last = item.occurrences[-1]
        return last.status if last.is_off else "past"
    soonest = min(coming, key=lambda when: when.begins)
    if all(when.status in OFF for when in coming):
        return soonest.status
    if soonest.is_off:
        return "upcoming"
    return "ongoing" if soonest.begins <= at else "upcoming"


def view(item: Item, hub: Hub) -> dict[str, Any]:
    """Return venue, mode, capacity, price and registration as plain values.

    Dates, people, the calendar's address and the recap are added by the pages,
    which know addresses.
    """
    facts: EventFacts = item.facts
    signup = facts.registration
    place = item.place
    return {
        "venue": {name.name: getattr(place, name.name) for name in _VENUE} if place else None,
        "mode": facts.mode,
        "join_url": facts.join_url,
        "capacity": facts.capacity,
        "price": facts.price,
        "registration": {
            "url": signup.url,
            "opens": signup.opens.isoformat() if signup.opens else "",
            "closes": signup.closes.isoformat() if signup.closes else "",
            "state": signup.state(hub.as_of),
        }
        if signup
        else None,
        "rule_text": "",
    }


EVENT = Kind(
    name="event",
    plural="events",
    folder="events",
    fields=(
        Field("starts", When(), "when it begins, in local time; a day alone means all day", required=True, example="2026-05-01 14:00"),
        Field("ends", When(), "when it ends; default: two hours after, or the same day", example="2026-05-01 18:00"),
        Field("timezone", Zone(), "the zone of its times; default: the hub's", example="Europe/Lisbon"),
        Field("mode", Choice(("onsite", "online", "hybrid")), "whether one comes, connects, or either", default="onsite", example="hybrid"),
        Field("venue", Group(_VENUE), "the place, with what a visitor needs", example=""),
        Field("join_url", Link(), "where to connect", default="", example="https://visio.example/atelier"),
        Field("capacity", Integer(1, 1_000_000), "how many can come", example="20"),
        Field("price", Text(80), "what it costs; left out: free", default="", example="5 € (matériel)"),
        Field("registration", Group(_REGISTRATION), "how to sign up", example=""),
        Field(
            "organisers", Many(Text(120)), "who organises: people by file name, or plain names", required=True, default=(), example="[ines]"
        ),
        Field("speakers", Many(Text(120)), "who speaks or teaches", default=(), example="[malik]"),
        Field("status", Choice(STATUSES), "how it stands", default="confirmed", example="cancelled"),
        Field("status_note", Text(300), "what members should know of the change", default="", example="La salle est inondée."),
        Field("previous_starts", Many(When()), "starts announced before, kept visible", default=(), example="[2026-04-24 14:00]"),
        Field("recurrence", Group(_RECURRENCE), "how it repeats", example=""),
        Field(
            "recap", Text(300), "the post that tells how it was; path from this file", default="", example="../../content/posts/foire.md"
        ),
    ),
    make=make,
    state=state,
    view=view,
)
