"""A repeated event: its rule, the dates it never takes place on, and the single dates that changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from handbill.errors import Said, said
from handbill.hub.facets import Occurrence, Series
from handbill.hub.fields import Choice, Desk, Field, Group, Many, Node, Table, Text, When, place_of
from handbill.hub.guess_rule import fitted, rule_of
from handbill.hub.when import told

_BECAME = (
    said("it does not take place"),
    said("it has a new start, given in starts"),
    said("it takes place online instead"),
    said("it takes place after all"),
)
_CHANGE = (
    Field("on", When(), "the first announced start of the date that changes", required=True, example="2026-08-08 14:00"),
    Field(
        "status",
        Choice(("cancelled", "rescheduled", "moved_online", "confirmed"), _BECAME),
        "what became of that date",
        required=True,
        example="cancelled",
    ),
    Field("starts", When(), "the new start of that date", example="2026-08-22 14:00"),
    Field("ends", When(), "the new end of that date", example="2026-08-22 18:00", after="starts"),
    Field("note", Text(300), "why, in one sentence for members", default="", example=said("Too hot under the glass roof.")),
)
#: The keys below ``recurrence``.
RECURRENCE = (
    Field(
        "rule",
        Text(200, use="key"),
        "how it repeats, as calendars write it (RFC 5545); 2SA is the second Saturday",
        required=True,
        example="FREQ=MONTHLY;BYDAY=2SA",
    ),
    Field("except", Many(When()), "dates of the rule on which it never takes place", default=(), example="[2026-08-08]"),
    Field("changes", Many(Group(_CHANGE)), "single announced dates that were moved or cancelled", default=()),
)


def occurrences_of(
    single: Occurrence, recurrence: dict[str, Any], table: Table, desk: Desk
) -> tuple[Series | None, tuple[Occurrence, ...]]:
    """Return the rule as calendars get it and every date that it gives, from the *single* first one on.

    A rule outside the subset, or dates that it does not give, are put down.
    """
    # dateutil costs start-up time, so only a hub with a repeated event pays it.
    from handbill.kinds.recurrence import refusal, starts_of

    rule = recurrence["rule"]
    node = place_of(table, "recurrence", "rule")
    if rule is None:
        return None, (single,)
    if reason := refusal(rule):
        meant = rule_of(rule)
        wanted = said("a rule such as {rule}", rule=meant if meant and not refusal(meant) else "FREQ=MONTHLY;BYDAY=2SA")
        desk.refuse(node, "recurrence.rule", said("“{rule}”, which {reason}", rule=rule[:80], reason=reason), wanted, "HB214")
        return None, (single,)
    starts, _ = starts_of(rule, single.starts)
    if not starts or starts[0] != single.starts:
        wanted = said("a rule that gives starts ({starts})", starts=told(single.starts))
        other = fitted(rule, single.starts)
        if starts and other != rule and not refusal(other) and starts_of(other, single.starts)[0][:1] == (single.starts,):
            wanted = said("{rule}, or {first} as starts", rule=other, first=told(starts[0]))
        desk.refuse(node, "recurrence.rule", said("“{rule}”, which does not give the event's own start", rule=rule), wanted, "HB214")
        return None, (single,)
    excluded = tuple(_like(start, single.starts, starts) for start in recurrence["except"])
    for number, (given, match) in enumerate(zip(recurrence["except"], excluded, strict=True)):
        if match not in starts:
            found = said("{date}, which the rule does not give", date=told(given))
            place = place_of(table, "recurrence", "except", number)
            desk.refuse(place, "recurrence.except", found, _near(given, starts), "HB215")
    length = single.ends - single.starts  # type: ignore[operator]  # both are days, or both are moments
    by_start = {
        start: Occurrence(start, start + length, single.zone, single.status, single.note, (), start)
        for start in starts
        if start not in excluded
    }
    for number, change in enumerate(recurrence["changes"], 1):
        places = {name: place_of(table, "recurrence", "changes", number - 1, name) for name in ("on", "starts")}
        _change(by_start, change, single, f"recurrence.changes[{number}]", places, desk)
    series = Series(rule, tuple(one for one in excluded if one in starts))
    return series, tuple(by_start.values())


def _like(given: datetime | date, first: datetime | date, starts: tuple[datetime | date, ...]) -> datetime | date:
    """Return the start meant by *given*: a day alone means the occurrence on that day."""
    if isinstance(first, datetime) and not isinstance(given, datetime):
        return next((start for start in starts if isinstance(start, datetime) and start.date() == given), given)
    return given


def _near(given: datetime | date, starts: tuple[datetime | date, ...]) -> Said:
    """Return the dates of the series that lie nearest to one that is none."""
    nearest = sorted(starts, key=lambda start: abs(start.toordinal() - given.toordinal()))[:2]
    return said("a date of the rule, such as {dates}", dates=", ".join(told(start) for start in sorted(nearest)))


def _change(
    by_start: dict[datetime | date, Occurrence],
    change: dict[str, Any],
    single: Occurrence,
    name: str,
    places: dict[str, Node],
    desk: Desk,
) -> None:
    if change["on"] is None or change["status"] is None:
        return
    on = _like(change["on"], single.starts, tuple(by_start))
    if on not in by_start:
        found = said("{date}, which is no date of the series", date=told(change["on"]))
        desk.refuse(places["on"], f"{name}.on", found, _near(change["on"], tuple(by_start)), "HB215")
        return
    old = by_start[on]
    starts = change["starts"] or old.starts
    ends = change["ends"] or starts + (old.ends - old.starts)  # type: ignore[operator]  # likewise
    if change["status"] == "rescheduled" and starts == old.starts:
        desk.refuse(
            places["starts"], f"{name}.starts", said("no other start"), said("the new start, because this date is rescheduled"), "HB215"
        )
        return
    was = (old.starts,) if starts != old.starts else ()
    by_start[on] = Occurrence(starts, ends, single.zone, change["status"], change["note"], was, old.original)
