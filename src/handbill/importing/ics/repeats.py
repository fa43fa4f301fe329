"""The components of one repeated event → its rule, the dates left out, those on top, and the single dates that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from handbill.hub.rule import falls_on, next_start
from handbill.hub.when import told
from handbill.hub.written import Value
from handbill.importing.ics.lines import Line
from handbill.importing.ics.parts import Part
from handbill.importing.ics.rules import MOST_DATES, YEARS_AHEAD, dates_of, is_over, refused, tidied
from handbill.importing.ics.when import Clock, end_of, written
from handbill.importing.report import Note
from handbill.importing.sources import Refusal

Start = datetime | date

#: More single dates than that are no exceptions any more.
MOST = 500

#: What one date says otherwise than the others, in words; "" where nothing.
Otherwise = Callable[[Part], str]


@dataclass(slots=True)
class Repeats:
    """How an event repeats; ``starts`` is the first date, which the rule may have moved."""

    starts: Start
    rule: str = ""
    excluded: list[Start] = field(default_factory=list)
    extra: list[Start] = field(default_factory=list)
    changes: list[Mapping[str, Value]] = field(default_factory=list)

    def value(self) -> Mapping[str, Value] | None:
        """Return it as front matter has it; ``None`` for an event that does not repeat."""
        found: dict[str, Value] = {"rule": self.rule} if self.rule else {}
        if self.excluded:
            found["except"] = tuple(written(one) for one in sorted(self.excluded, key=_in_order))
        if self.extra:
            found["extra"] = tuple(written(one) for one in sorted(self.extra, key=_in_order))
        if self.changes:
            found["changes"] = tuple(self.changes)
        return found if self.rule or self.extra else None


def repeats_of(
    part: Part, others: Iterable[Part], starts: Start, ends: Start | None, clock: Clock, until: date, otherwise: Otherwise
) -> Repeats:
    """Return how the event of *part* repeats.

    *others* are the components of its single dates.  *until* is the present
    day: dates that no rule tells are written out some years beyond it.
    """
    found = Repeats(starts)
    through = date(until.year + YEARS_AHEAD, 12, 31)
    lines = {name: list(part.all(name)) for name in ("RRULE", "EXRULE", "RDATE", "EXDATE")}
    dropped = [one for line in lines["EXDATE"] for one in _dates(line, starts, clock)]
    _rule(found, [*lines["RRULE"]], clock, through, is_plain=not lines["EXRULE"])
    for line in lines["EXRULE"]:
        clock.changes.append(Note("a rule of exceptions, which calendars gave up in 2009, was left out", line.value[:80], line.number))
    taken = {_instant(found.starts), *map(_instant, found.extra)}
    for line in lines["RDATE"]:
        for one in _dates(line, starts, clock):
            if _instant(one) < _instant(found.starts):
                clock.changes.append(Note("a date before the first one was left out", told(one), line.number))
            elif _instant(one) not in taken and not _gives(found, one):
                taken.add(_instant(one))
                found.extra.append(one)
    _excluded(found, dropped, clock, lines["EXDATE"][0].number if lines["EXDATE"] else 0)
    _changes(found, others, ends, clock, otherwise)
    for name in ("extra", "excluded", "changes"):
        if len(getattr(found, name)) > MOST:
            clock.changes.append(Note(f"more than {MOST} single dates; the rest was left out", name, part.number))
            setattr(found, name, getattr(found, name)[:MOST])
    return found


def _rule(found: Repeats, rules: list[Line], clock: Clock, through: date, is_plain: bool) -> None:
    """Fill in the rule, or the dates that it gives where the hub knows no such rule."""
    if not rules:
        return
    starts = found.starts
    if len(rules) == 1 and is_plain:
        rule = tidied(rules[0].value, starts, clock, rules[0].number)
        if is_over(rule, starts):
            clock.changes.append(Note("a rule that ends before the event starts was left out", rule, rules[0].number))
            return
        reason = refused(rule, starts)
        if reason is None and falls_on(rule, starts):
            found.rule = rule
            return
        if reason is None and "COUNT" not in rule and (first := next_start(rule, starts)):
            found.rule = rule
            found.starts = datetime.combine(first, starts.timetz()) if isinstance(starts, datetime) else first
            clock.changes.append(Note("the rule does not give the first date, which was left out", told(starts), rules[0].number))
            return
        why = f": {reason}" if reason else ": it does not give the first date"
    else:
        why = ": several rules at once" if is_plain else ": a rule of exceptions"
    dates: set[Start] = set()
    for line in rules:
        dates |= set(dates_of(tidied(line.value, starts, clock, line.number), starts, through))
    # Of too many, those to come matter more than those of long ago.
    found.extra = sorted((one for one in dates if _instant(one) > _instant(starts)), key=_in_order)[1 - MOST_DATES :]
    what = "a rule that a hub does not know was written out as dates" if found.extra else "a rule that a hub does not know was left out"
    last = f", up to {told(found.extra[-1])}" if found.extra else ""
    clock.changes.append(Note(what, f"{rules[0].value[:120]}{why}{last}", rules[0].number))


def _dates(line: Line, starts: Start, clock: Clock) -> list[Start]:
    """Return the dates of a list; a period counts by its start, and a moment by its day where the event has days."""
    found: list[Start] = []
    for value in line.value.split(",")[: 4 * MOST]:
        try:
            one = clock.moment(line, value.partition("/")[0])
        except Refusal as refusal:
            clock.changes.append(Note("a date that is none was left out", refusal.why, line.number))
            continue
        found.append(_alike(one, starts))
    return found


def _alike(one: Start, starts: Start) -> Start:
    """Return a date as the event has its own: days for days, and a day at the hour of the series."""
    if isinstance(starts, datetime) and not isinstance(one, datetime):
        return datetime.combine(one, starts.timetz())
    return one.date() if isinstance(one, datetime) and not isinstance(starts, datetime) else one


def _gives(found: Repeats, one: Start) -> bool:
    """Say whether the rule gives a date."""
    from handbill.kinds.recurrence import starts_of

    if not found.rule:
        return _instant(one) == _instant(found.starts)
    if _instant(one) < _instant(found.starts):
        return False
    near = starts_of(found.rule, found.starts, one)
    return any(_instant(start) == _instant(one) for start in near[-3:])


def _excluded(found: Repeats, dropped: list[Start], clock: Clock, number: int) -> None:
    extra = {_instant(one): one for one in found.extra}
    for one in dropped:
        if _instant(one) in extra:
            found.extra.remove(extra.pop(_instant(one)))
        elif not found.rule or not _gives(found, one):
            if _instant(one) != _instant(found.starts) or found.rule:
                clock.notes.append(Note("an exception that names no date of the event was left out", told(one), number))
            elif found.extra:
                # Without a rule the first date cannot be left out but by the next one taking its place.
                found.starts = min(found.extra, key=_in_order)
                found.extra.remove(found.starts)
        elif _instant(one) not in {_instant(other) for other in found.excluded}:
            found.excluded.append(one)


def _changes(found: Repeats, others: Iterable[Part], ends: Start | None, clock: Clock, otherwise: Otherwise) -> None:
    length = _length(found.starts, ends)
    seen: set[datetime] = set()
    for part in others:
        line = part.first("RECURRENCE-ID")
        assert line is not None
        if line.param("RANGE"):
            clock.changes.append(Note("a change of all later dates was taken for one of a single date", "", line.number))
        try:
            on = _alike(clock.moment(line), found.starts)
            start = part.first("DTSTART")
            starts = clock.moment(start) if start else on
            own_end = end_of(part, starts, clock)
        except Refusal as refusal:
            clock.changes.append(Note("a changed date was left out", refusal.why, part.number))
            continue
        if _instant(on) in seen:
            clock.changes.append(Note("a date was changed twice; the first change was taken", told(on), part.number))
            continue
        seen.add(_instant(on))
        found.excluded = [one for one in found.excluded if _instant(one) != _instant(on)]
        if not _gives(found, on) and all(_instant(one) != _instant(on) for one in found.extra):
            clock.changes.append(Note("a changed date that is none of the event's was left out", told(on), part.number))
        elif isinstance(starts, datetime) is not isinstance(found.starts, datetime):
            clock.changes.append(
                Note("a date was left as it was: its change makes whole days of hours, or hours of days", told(on), part.number)
            )
        elif change := _change(part, on, starts, own_end, length, otherwise, clock):
            found.changes.append(change)


def _change(
    part: Part, on: Start, starts: Start, ends: Start | None, length: float | None, otherwise: Otherwise, clock: Clock
) -> Mapping[str, Value] | None:
    """Return what became of a date, ``None`` where nothing did."""
    status = part.word("STATUS").upper()
    note = otherwise(part)
    is_moved = _instant(starts) != _instant(on)
    is_longer = ends is not None and length is not None and _length(starts, ends) != length
    if status == "CANCELLED":
        became, is_moved, is_longer = "cancelled", False, False
    elif is_moved:
        became = "rescheduled"
    elif status == "TENTATIVE":
        became = "tentative"
    elif note or is_longer:
        became = "confirmed"
    else:
        return None
    change: dict[str, Value] = {"on": written(on), "status": became}
    if is_moved:
        change["starts"] = written(starts)
    if is_longer and ends is not None:
        change["ends"] = written(ends)
    if note:
        change["note"] = note
        clock.changes.append(Note("what one date says otherwise became a note", told(on), part.number))
    return change


def _length(starts: Start, ends: Start | None) -> float | None:
    """Return how long a date lasts by the clock on the wall; ``None`` for the usual length."""
    if ends is None:
        return 7200.0 if isinstance(starts, datetime) else 0.0
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return (ends.replace(tzinfo=None) - starts.replace(tzinfo=None)).total_seconds()
    return float((ends - starts).days)


def _instant(one: Start) -> datetime:
    if isinstance(one, datetime):
        return one.astimezone(UTC)
    return datetime(one.year, one.month, one.day, tzinfo=UTC)


_in_order = _instant
