"""A repeated event that is right as it stands, but perhaps not as it was meant: skipped months, odd hours, two dates at once."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from handbill.errors import Level, said
from handbill.hub.facets import Occurrence
from handbill.hub.nodes import Desk, Node
from handbill.hub.period import shown_by_clocks
from handbill.hub.rule import numbers, parts_of
from handbill.hub.when import both_hours, told

#: So many dates are named, and of the others it is said that there are more.
_NAMED = 4

Start = datetime | date


def doubt_skips(rule: str, starts: Sequence[Start], added: Iterable[Start], node: Node, desk: Desk) -> None:
    """Put down the months, or years, that a rule skips because they have no such day (HB251)."""
    if not rule or starts[0].day < 29:
        return
    parts, first = parts_of(rule), starts[0]
    if "BYDAY" in parts or parts["FREQ"] not in {"MONTHLY", "YEARLY"}:
        return
    last = parts.get("UNTIL", "")[:8] or starts[-1].isoformat()[:10].replace("-", "")
    months = numbers(parts.get("BYMONTH", "")) or (range(1, 13) if parts["FREQ"] == "MONTHLY" else (first.month,))
    step = int(parts.get("INTERVAL", "1")) * (1 if parts["FREQ"] == "MONTHLY" else 12)
    there = {(one.year, one.month) for one in (*starts, *added)}
    due = [divmod(first.year * 12 + first.month - 1 + n * step, 12) for n in range(len(starts) * 8 + 8)]
    wanting = [(year, month + 1) for year, month in due if year <= date.max.year and month + 1 in months and (year, month + 1) not in there]
    wanting = [(year, month) for year, month in wanting if f"{year:04}{month:02}{monthrange(year, month)[1]}" <= last]
    if not wanting:
        return
    # Where the start is no last day, “the 30th, or else the last” is what people mean by it.
    days = "BYMONTHDAY=-1"
    if first.day < monthrange(first.year, first.month)[1]:
        days = f"BYMONTHDAY={','.join(str(day) for day in range(28, first.day + 1))};BYSETPOS=-1"
    kept = [part for part in rule.split(";") if not part.startswith(("BYMONTHDAY=", "BYSETPOS=", "BYMONTH="))]
    month = [f"BYMONTH={parts['BYMONTH']}"] if "BYMONTH" in parts else ["BYMONTH=2"] if parts["FREQ"] == "YEARLY" else []
    better = ";".join((kept[0], *month, days, *kept[1:])) if kept[0].startswith("FREQ=") else ";".join((*kept, *month, days))
    desk.refuse(
        node,
        "recurrence.rule",
        said(
            "“{rule}”, which skips {months}: no day {day} there", rule=rule, months=_list(f"{y}-{m:02}" for y, m in wanting), day=first.day
        ),
        said("{rule} if the last days of those months were meant, or BYMONTH with the months that are", rule=better),
        "HB251",
        Level.WARNING,
    )


def doubt_hours(starts: Iterable[Start], node: Node, desk: Desk) -> None:
    """Put down the dates on which the clocks skip the hour of the series, or show it twice (HB254)."""
    moments = [one for one in starts if isinstance(one, datetime)]
    skipped = [one for one in moments if shown_by_clocks(one).replace(tzinfo=None) != one.replace(tzinfo=None)]
    twice = [one for one in moments if one not in skipped and len(both_hours(one)) == 2]
    if skipped:
        day, later = told(skipped[0])[:10], told(shown_by_clocks(skipped[0]))
        found = said("an hour that the clocks skip on {days}; {later} is taken", days=_list(told(one)[:10] for one in skipped), later=later)
        wanted = said("{day} in except, or a change on {day} with another start", day=day)
        desk.refuse(node, "recurrence", found, wanted, "HB254", Level.WARNING)
    if twice:
        first, second = both_hours(twice[0])
        found = said("an hour that comes twice on {days}; the first one is taken", days=_list(told(one)[:10] for one in twice))
        wanted = said(
            "nothing more if {first} is right, or else a change on {day} with starts: {second}", first=first, second=second, day=first[:10]
        )
        desk.refuse(node, "recurrence", found, wanted, "HB254", Level.WARNING)


def doubt_meetings(by_start: Mapping[Start, Occurrence], changed: Mapping[Start, Node], desk: Desk) -> None:
    """Put down each date that was moved to where another one of the series is (HB252)."""
    held = {start: when for start, when in by_start.items() if not when.is_off}
    for start, node in changed.items():
        moved = held.get(start)
        if moved is None or moved.starts == start:
            continue
        for other, when in held.items():
            meets = _utc(when.begins) < _utc(moved.finishes) and _utc(moved.begins) < _utc(when.finishes)
            if other != start and meets and (other not in changed or other < start):
                found = said(
                    "{date}, when another date of the series takes place ({other})", date=told(moved.starts), other=told(when.starts)
                )
                wanted = said("another start, or that other date cancelled")
                desk.refuse(node, "recurrence.changes", found, wanted, "HB252", Level.WARNING)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _list(entries: Iterable[str]) -> str:
    """Return the first few of a list, and that there are more."""
    every = list(entries)
    return ", ".join(every[:_NAMED]) + (" …" if len(every) > _NAMED else "")
