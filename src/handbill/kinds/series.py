"""A repeated event: its rule, the dates it never takes place on, those that come on top, and the single dates that changed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from handbill.errors import said
from handbill.hub.facets import Occurrence, Series
from handbill.hub.fields import Desk, Field, Group, Many, Node, Table, Text, When, place_of
from handbill.hub.guess_rule import fitted, rule_of
from handbill.hub.pattern import at_start
from handbill.hub.rule import falls_on, next_start, refusal
from handbill.hub.when import both_hours, told
from handbill.kinds.changes import CHANGE, is_other_sort, meant, near, with_change
from handbill.kinds.doubts import doubt_hours, doubt_meetings, doubt_skips

#: How many years after its start a rule is followed at least; the desk may ask for more.
YEARS = 2

_RULE = Field(
    "rule",
    Text(200, use="key"),
    "how it repeats, as calendars write it (RFC 5545); 2SA is the second Saturday; left out where extra has all dates",
    example="FREQ=MONTHLY;BYDAY=2SA",
)
#: The keys below ``recurrence``.
RECURRENCE = (
    _RULE,
    Field("except", Many(When()), "dates of the rule on which it never takes place", default=(), example="[2026-08-08]"),
    Field(
        "extra",
        Many(When()),
        "dates outside the rule on which it takes place, too; without an hour, at that of starts",
        default=(),
        example="[2026-08-22]",
    ),
    Field("changes", Many(Group(CHANGE)), "single announced dates that were moved or cancelled", default=()),
)

Start = datetime | date


def occurrences_of(
    single: Occurrence, recurrence: dict[str, Any], table: Table, desk: Desk
) -> tuple[Series | None, tuple[Occurrence, ...]]:
    """Return the series as calendars get it and every date of it, from the *single* first one on.

    A rule without an end is followed to the end of the year that the desk
    names.  A rule outside the subset, or dates that it does not give, are put down.
    """
    before = len(desk.problems)
    rule = recurrence["rule"] or ""
    starts = _starts(rule, single, recurrence, table, desk)
    if not starts:
        return None, (single,)
    added = _added(recurrence["extra"], starts, table, desk)
    excluded = _excluded(recurrence["except"], starts, added, table, desk)
    by_start = {start: at_start(single, start) for start in sorted({*starts, *added} - {*excluded})}
    if not by_start:
        found = said("every date of the series")
        desk.refuse(place_of(table, "recurrence", "except"), "recurrence.except", found, said("at least one date that is left"), "HB215")
        return None, (single,)
    changed: dict[Start, Node] = {}
    for number, change in enumerate(recurrence["changes"], 1):
        places = {name: place_of(table, "recurrence", "changes", number - 1, name) for name in ("on", "starts", "ends")}
        on = with_change(by_start, change, excluded, changed, f"recurrence.changes[{number}]", places, desk)
        if on is not None:
            changed[on] = places["starts"] if change["starts"] else places["on"]
    if len(desk.problems) == before:
        node = place_of(table, "recurrence", "rule")
        doubt_skips(rule, starts, added, node, desk)
        doubt_hours([start for start in by_start if start != single.starts and start not in changed], node, desk)
        doubt_meetings(by_start, changed, desk)
    return Series(rule, excluded, added), tuple(by_start.values())


def _starts(rule: str, single: Occurrence, recurrence: dict[str, Any], table: Table, desk: Desk) -> tuple[Start, ...]:
    """Return the starts that the rule gives, the event's own among them; none where something was put down."""
    first, node = single.starts, place_of(table, "recurrence", "rule")

    def refuse(found: str, wanted: str, name: str = "recurrence.rule") -> tuple[Start, ...]:
        desk.refuse(place_of(table, "starts") if name == "starts" else node, name, found, wanted, "HB214")
        return ()

    if not rule:
        # A rule that could not be read was told where it stands.
        return (first,) if recurrence["extra"] else ()
    if reason := refusal(rule, single.all_day):
        wanted = said("a rule such as {rule}", rule=_likely(rule, first) or _RULE.example)
        return refuse(said("“{rule}”, which {reason}", rule=rule[:80], reason=reason), wanted)
    if not falls_on(rule, first):
        return refuse(said("“{rule}”, which does not give the event's own start", rule=rule), _fitting(rule, first))
    if isinstance(first, datetime) and first.fold and len(both_hours(first)) == 2:
        earlier, later = both_hours(first)
        found = said("{later}, the second of two equal hours, which calendars cannot tell of a series", later=later)
        return refuse(found, said("{earlier}, and a change that moves this date to {later}", earlier=earlier, later=later), "starts")
    # dateutil costs start-up time, so only a hub with a repeated event pays it.
    from handbill.kinds.recurrence import MOST, starts_of

    named = [one for one in (*recurrence["except"], *(change["on"] for change in recurrence["changes"])) if one is not None]
    last = min(max(desk.followed, first.year + YEARS, *(one.year for one in named), 0), date.max.year)
    starts = starts_of(rule, first, date(last, 12, 31))
    if not starts:
        return refuse(said("“{rule}”, which ends before the event starts ({starts})", rule=rule, starts=told(first)), said("a later UNTIL"))
    if len(starts) > MOST:
        found = said("“{rule}”, which gives more than {most} dates up to {year}", rule=rule, most=MOST, year=last)
        return refuse(found, said("a later start, an earlier end, or fewer dates"))
    return starts


def _likely(rule: str, first: Start) -> str:
    """Return the rule that was probably meant; "" where there is no guess."""
    likely = rule_of(rule)
    # A day of the year needs its month, and whole days end on one.
    guesses = (likely, f"{likely};BYMONTH={first.month}", re.sub(r"(UNTIL=\d{8})T\d{6}Z", r"\1", likely))
    return next((one for one in guesses if likely and not refusal(one, not isinstance(first, datetime))), "")


def _fitting(rule: str, first: Start) -> str:
    """Return which rule or which start would fit."""
    other, start = fitted(rule, first), next_start(rule, first)
    fits = other != rule and not refusal(other) and falls_on(other, first)
    if start is None:
        return other if fits else said("a rule that gives starts ({starts})", starts=told(first))
    begin = told(datetime.combine(start, first.time()) if isinstance(first, datetime) else start)
    return said("{rule}, or {first} as starts", rule=other, first=begin) if fits else said("{first} as starts, perhaps", first=begin)


def _added(given: tuple[Start, ...], starts: tuple[Start, ...], table: Table, desk: Desk) -> tuple[Start, ...]:
    """Return the dates outside the rule, each at the hour of the series where it has none of its own."""
    found: list[Start] = []
    for number, one in enumerate(given):
        node = place_of(table, "recurrence", "extra", number)
        first = starts[0]
        start = datetime.combine(one, first.timetz()) if isinstance(first, datetime) and not isinstance(one, datetime) else one
        if is_other_sort(start, first):
            wanted = said("{day} alone, because starts has no hour", day=told(one)[:10])
            desk.refuse(node, "recurrence.extra", said("{date}, a moment", date=told(one)), wanted, "HB215")
        elif start in found:
            wanted = said("each date once")
            desk.refuse(node, "recurrence.extra", said("{date} for the second time", date=told(one)), wanted, "HB215")
        elif start in starts:
            wanted = said("only dates that the rule does not give")
            desk.refuse(node, "recurrence.extra", said("{date}, a date of the rule", date=told(one)), wanted, "HB215")
        elif start < first:
            wanted = said("it as starts, or a date after starts ({starts})", starts=told(first))
            desk.refuse(node, "recurrence.extra", said("{date}, before the event starts", date=told(one)), wanted, "HB215")
        else:
            found.append(start)
    return tuple(sorted(found))


def _excluded(given: tuple[Start, ...], starts: tuple[Start, ...], added: tuple[Start, ...], table: Table, desk: Desk) -> tuple[Start, ...]:
    """Return the dates of the rule on which it never takes place."""
    found: list[Start] = []
    for number, one in enumerate(given):
        node, start = place_of(table, "recurrence", "except", number), meant(one, starts)
        if meant(one, added) in added:
            wanted = said("it in one of the two only")
            desk.refuse(node, "recurrence.except", said("{date}, which is in extra, too", date=told(one)), wanted, "HB215")
        elif start not in starts:
            desk.refuse(node, "recurrence.except", said("{date}, which the rule does not give", date=told(one)), near(one, starts), "HB215")
        elif start in found:
            wanted = said("each date once")
            desk.refuse(node, "recurrence.except", said("{date} for the second time", date=told(one)), wanted, "HB215")
        else:
            found.append(start)
    return tuple(found)
