"""Something that takes place: when, where, who may come, and what became of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handbill.errors import Level, Said, said
from handbill.hub.facets import ALARMS, OFF, STATUSES, Occurrence, Online
from handbill.hub.fields import (
    NOTHING,
    Choice,
    Desk,
    Field,
    Flag,
    Group,
    Integer,
    Lang,
    Link,
    Many,
    Node,
    Scalar,
    Table,
    Text,
    When,
    Zone,
    place_of,
)
from handbill.hub.kind import Kind
from handbill.hub.swift import swift
from handbill.hub.when import told
from handbill.kinds.disclosure import DISCLOSURE, disclosure_of
from handbill.kinds.registration import ATTENDANCE, REGISTRATION, Attendance, Registration, registration_of
from handbill.kinds.series import RECURRENCE, occurrences_of
from handbill.kinds.venue import VENUE, place, told_of

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item


@swift
@dataclass(frozen=True, slots=True)
class EventFacts:
    """What only an event has.

    ``recap`` and ``conduct`` are what was written, and then the addresses of the
    post that tells how it was and of the page with the rules that hold there.
    ``languages`` are those spoken.
    """

    mode: str
    capacity: int | None
    price: str
    registration: Registration | None
    recap: str
    conduct: str = ""
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    attendance: Attendance | None = None

    @property
    def instants(self) -> tuple[datetime, ...]:
        """Return the moments at which the registration changes."""
        if self.registration is None:
            return ()
        return tuple(moment for moment in (self.registration.opens, self.registration.closes) if moment)


_MODES = (said("members come to the place"), said("members connect from home"), said("members come or connect, as they like"))
_STANDINGS = (
    said("it takes place as announced"),
    said("it is not certain yet"),
    said("it does not take place; say why in status_note"),
    said("it waits for a new date; say why in status_note"),
    said("it has a new date; the old one goes into previous_starts"),
    said("it takes place online instead; give join_url"),
)


def make(values: dict[str, Any], table: Table, desk: Desk) -> dict[str, Any]:
    """Return the event's occurrences, place and facts; dates that contradict each other are put down."""
    starts = values["starts"]
    zone = values["timezone"] or desk.zone
    if starts is None:
        return {}
    ends = _end(values, table, desk)
    status, note = values["status"], values["status_note"]
    if status in ALARMS and not note:
        wanted = said("a line “status_note: …” with a sentence for members, because status is {status}", status=status)
        desk.refuse(place_of(table, "status"), "status_note", said("nothing"), wanted, "HB211")
    if status == "rescheduled" and not values["previous_starts"]:
        wanted = said("the dates announced before, such as {line}", line="previous_starts: [2026-04-24 14:00]")
        desk.refuse(place_of(table, "status"), "previous_starts", said("nothing"), wanted, "HB211")
    where = values["venue"]
    if values["mode"] != "online" and not where and not _is_told(place_of(table, "venue"), table) and status != "moved_online":
        name = next(one for one in VENUE if one.name == "name")
        wanted = said("a line “venue:” and below it, two spaces to the right, “name: {name}”; or “mode: online”", name=name.example)
        desk.refuse(table, "venue", said("nothing"), wanted, "HB212")
    single = Occurrence(starts, ends, zone, status, note, tuple(values["previous_starts"]))
    occurrences: tuple[Occurrence, ...] = (single,)
    series = None
    if values["recurrence"]:
        series, occurrences = occurrences_of(single, values["recurrence"], table, desk)
    signup, came = values["registration"], values["attendance"]
    facts = EventFacts(
        mode="online" if status == "moved_online" else values["mode"],
        capacity=values["capacity"],
        price=values["price"],
        registration=registration_of(signup, values["capacity"], place_of(table, "registration"), desk) if signup else None,
        recap=values["recap"],
        conduct=values["code_of_conduct"],
        languages=values["languages"],
        audience=values["audience"],
        attendance=Attendance(**came) if came else None,
    )
    is_withheld = values["join_after_registration"]
    if is_withheld and values["join_url"]:
        found = said("an address that is only for those who sign up, in a file that everyone reads who sees the repository")
        wanted = said("no line “join_url”: send the address to those who have signed up")
        desk.refuse(place_of(table, "join_url"), "join_url", found, wanted, "HB241", Level.WARNING)
    is_joined = facts.mode != "onsite" or values["join_url"] or is_withheld
    online = Online("" if is_withheld else values["join_url"], is_withheld) if is_joined else None
    disclosed = disclosure_of(values, table, desk)
    return {"occurrences": occurrences, "series": series, "place": place(where), "online": online, "disclosure": disclosed, "facts": facts}


def _is_told(venue: Node, table: Table) -> bool:
    """Say whether something was written for the venue: what is wrong with it was put down then."""
    return venue is not table and not (isinstance(venue, Scalar) and venue.text in NOTHING)


def _end(values: dict[str, Any], table: Table, desk: Desk) -> datetime | date:
    starts, ends = values["starts"], values["ends"]
    if ends is None:
        return starts + timedelta(hours=2) if isinstance(starts, datetime) else starts
    node = place_of(table, "ends")
    if isinstance(starts, datetime) and not isinstance(ends, datetime):
        example = told(datetime.combine(ends, starts.time()) + timedelta(hours=2))
        wanted = said("the hour, too, such as {example}, because starts has one ({starts})", example=example, starts=told(starts))
        desk.refuse(node, "ends", said("{ends}, a day without an hour", ends=told(ends)), wanted, "HB213")
    elif isinstance(ends, datetime) and not isinstance(starts, datetime):
        wanted = said("{day} alone, or an hour in starts, too ({starts})", day=told(ends.date()), starts=told(starts))
        desk.refuse(node, "ends", said("{ends}, a moment, while starts is a whole day", ends=told(ends)), wanted, "HB213")
    elif _is_too_early(ends, starts):
        found = said("{ends}, which is not after starts ({starts})", ends=told(ends), starts=told(starts))
        desk.refuse(node, "ends", found, _later(starts, ends), "HB213")
    else:
        return ends  # type: ignore[no-any-return]
    return starts  # type: ignore[no-any-return]


def _is_too_early(ends: datetime | date, starts: datetime | date) -> bool:
    # Moments of one zone are compared by their clocks, which show the same hour twice in one night.
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return ends.astimezone(UTC) <= starts.astimezone(UTC)
    return ends < starts


def _later(starts: datetime | date, ends: datetime | date) -> Said:
    """Return what end was probably meant: the morning after, or the same day in the year of the start."""
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        next_day = ends + timedelta(days=1)
        if timedelta(0) < next_day - starts < timedelta(hours=24):
            return said("{moment}, if it ends the day after", moment=told(next_day))
    if (ends.month, ends.day) != (2, 29):
        same_year = ends.replace(year=starts.year)
        if same_year > starts:
            return said("{moment}, in the year of starts", moment=told(same_year))
    return said("an end after the start, or no line “ends” at all")


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

    Dates, people, the map, the calendar's address and the recap are added by
    the pages, which know addresses.
    """
    facts: EventFacts = item.facts
    signup = facts.registration
    return {
        "venue": told_of(item.place),
        "mode": facts.mode,
        "join_url": item.online.address if item.online else "",
        "is_withheld": item.online is not None and item.online.is_withheld,
        "capacity": facts.capacity,
        "price": facts.price,
        "registration": signup.view(hub.as_of) if signup else None,
        "languages": list(facts.languages),
        "audience": list(facts.audience),
        "attendance": asdict(facts.attendance) if facts.attendance else None,
    }


EVENT = Kind(
    name="event",
    plural="events",
    folder="events",
    fields=(
        Field("starts", When(), "when it begins, in local time; a day alone means all day", required=True, example="2026-05-01 14:00"),
        Field(
            "ends", When(), "when it ends; default: two hours after it begins, or the same day", example="2026-05-01 18:00", after="starts"
        ),
        Field("timezone", Zone(), "the zone of its times; default: the hub's", example="Europe/Lisbon"),
        Field(
            "mode",
            Choice(("onsite", "online", "hybrid"), _MODES),
            "whether members come, connect, or choose",
            default="onsite",
            example="hybrid",
        ),
        Field(
            "venue",
            Group(VENUE, short="place", either=("name", "place")),
            "the place: the name of its file in content/places, or what a visitor needs below it; left out only online",
        ),
        Field("join_url", Link(), "the address where members connect", default="", example="https://visio.example/atelier"),
        Field(
            "join_after_registration",
            Flag(),
            "true: only those who sign up get the address where one connects; no page, feed, calendar or letter shows it",
            default=False,
            example="true",
        ),
        Field("capacity", Integer(1, 1_000_000), "how many people can come", example="20"),
        Field("price", Text(80), "what it costs; left out, it is free", default="", example=said("5 € (material)")),
        Field("registration", Group(REGISTRATION), "how members sign up; left out, they just come"),
        Field(
            "organisers",
            Many(Text(120, use="name")),
            "who organises: people by file name, or plain names",
            required=True,
            default=(),
            example="[ines-carrere]",
        ),
        Field("speakers", Many(Text(120, use="name")), "who speaks or teaches", default=(), example="[yanis-belhadj]"),
        Field("partners", Many(Text(120, use="name")), "who helps to make it possible", default=(), example=said("[Town of Bordeaux]")),
        Field("languages", Many(Lang()), "the languages spoken there; left out, that of the text", default=(), example="[fr, en]"),
        Field("audience", Many(Text(80)), "for whom it is", default=(), example=said("[beginners, children from 8 years on]")),
        Field(
            "code_of_conduct",
            Text(300, use="key"),
            "the page with the rules that hold there; its path from this file",
            default="",
            example="../../content/pages/charte.md",
        ),
        Field(
            "status",
            Choice(STATUSES, _STANDINGS),
            "how it stands; calendars and letters tell the change",
            default="confirmed",
            example="cancelled",
        ),
        Field("status_note", Text(300), "one sentence for members about the change", default="", example=said("The hall is flooded.")),
        Field(
            "previous_starts",
            Many(When()),
            "starts announced before; they stay visible, struck out",
            default=(),
            example="[2026-04-24 14:00]",
        ),
        Field("recurrence", Group(RECURRENCE, either=("rule", "extra")), "how it repeats"),
        Field(
            "recap",
            Text(300, use="key"),
            "the post that tells how it was; its path from this file",
            default="",
            example="../../content/posts/foire.md",
        ),
        Field("attendance", Group(ATTENDANCE), "how many came, once it is over; totals, never names"),
        DISCLOSURE,
    ),
    make=make,
    state=state,
    view=view,
)
