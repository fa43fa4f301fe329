"""Single dates of a repeated event that were announced and then changed: moved, cancelled, put online."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from datetime import UTC, date, datetime
from typing import Any

from handbill.errors import Said, said
from handbill.hub.facets import Occurrence, instant
from handbill.hub.fields import Choice, Desk, Field, Node, Text, When
from handbill.hub.period import shown_by_clocks
from handbill.hub.when import told

_BECAME = {
    "cancelled": said("it does not take place"),
    "postponed": said("it does not take place then, and has no new date yet"),
    "rescheduled": said("it has a new start, given in starts"),
    "moved_online": said("it takes place online instead"),
    "tentative": said("it is not certain"),
    "confirmed": said("it takes place after all"),
}
#: The keys of each entry below ``recurrence.changes``.
CHANGE = (
    Field("on", When(), "the first announced start of the date that changes", required=True, example="2026-08-08 14:00"),
    Field("status", Choice(tuple(_BECAME), tuple(_BECAME.values())), "what became of that date", required=True, example="cancelled"),
    Field("starts", When(), "the new start of that date", example="2026-08-22 14:00"),
    Field("ends", When(), "the new end of that date", example="2026-08-22 18:00", after="starts"),
    Field("note", Text(300), "why, in one sentence for members", default="", example=said("Too hot under the glass roof.")),
)

Start = datetime | date


def meant(given: Start, starts: Collection[Start]) -> Start:
    """Return the start of a series that is meant: a day alone means the one on that day, and a shown hour the one behind it."""
    if given in starts:
        return given
    for start in starts:
        if isinstance(start, datetime) and (start.date() == given or shown_by_clocks(start) == given):
            return start
    return given


def near(given: Start, starts: Collection[Start]) -> Said:
    """Return the dates of the series that lie nearest to one that is none."""
    nearest = sorted(starts, key=lambda start: (abs(start.toordinal() - given.toordinal()), start.toordinal()))[:2]
    return said("a date of the rule, such as {dates}", dates=", ".join(told(start) for start in sorted(nearest)))


def is_other_sort(one: Start, other: Start) -> bool:
    """Say whether one of the two is a day and the other a moment."""
    return isinstance(one, datetime) != isinstance(other, datetime)


def with_change(
    by_start: MutableMapping[Start, Occurrence],
    change: Mapping[str, Any],
    excluded: Collection[Start],
    changed: Collection[Start],
    name: str,
    places: Mapping[str, Node],
    desk: Desk,
) -> Start | None:
    """Put a change into the dates of a series; return which one it names, ``None`` where something was put down."""
    if change["on"] is None or change["status"] is None:
        return None
    on = meant(change["on"], tuple(by_start))
    if on in changed:
        wanted = said("one change for each date")
        desk.refuse(places["on"], f"{name}.on", said("{date} for the second time", date=told(change["on"])), wanted, "HB215")
        return None
    if on not in by_start:
        found, wanted = said("{date}, which is no date of the series", date=told(change["on"])), near(change["on"], tuple(by_start))
        if meant(change["on"], excluded) in excluded:
            found = said("{date}, which except takes out of the series", date=told(change["on"]))
            wanted = said("it in one of the two only: in except if it was never announced")
        desk.refuse(places["on"], f"{name}.on", found, wanted, "HB215")
        return None
    moved = _moved(by_start[on], change, name, places, desk)
    if moved is None:
        return None
    by_start[on] = moved
    return on


def _moved(old: Occurrence, change: Mapping[str, Any], name: str, places: Mapping[str, Node], desk: Desk) -> Occurrence | None:
    """Return a date as the change leaves it, or put down why it cannot be so."""
    starts, ends = change["starts"] or old.starts, change["ends"]
    if isinstance(old.starts, datetime) and not isinstance(starts, datetime):
        starts = datetime.combine(starts, old.starts.timetz())
    for field, given in (("starts", starts), ("ends", ends)):
        if given is not None and is_other_sort(given, old.starts):
            found = said("{ends}, a moment, while starts is a whole day", ends=told(given))
            wanted = said("{day} alone", day=told(given)[:10])
            if isinstance(old.ends, datetime):
                found = said("{ends}, a day without an hour", ends=told(given))
                wanted = said("the hour, too, such as {example}", example=told(datetime.combine(given, old.ends.time())))
            desk.refuse(places[field], f"{name}.{field}", found, wanted, "HB213")
            return None
    is_same = _instant(starts, old) == _instant(old.starts, old)
    if change["status"] == "rescheduled" and is_same:
        wanted = said("the new start, because this date is rescheduled")
        desk.refuse(places["starts"], f"{name}.starts", said("no other start"), wanted, "HB215")
        return None
    if ends is None:
        ends = starts + (old.ends - old.starts)  # type: ignore[operator]  # both are days, or both are moments
        ends = shown_by_clocks(ends) if isinstance(ends, datetime) else ends
    elif _instant(ends, old) < _instant(starts, old) or (not old.all_day and _instant(ends, old) == _instant(starts, old)):
        found = said("{ends}, which is not after starts ({starts})", ends=told(ends), starts=told(starts))
        desk.refuse(places["ends"], f"{name}.ends", found, said("an end after the start, or no line “ends” at all"), "HB213")
        return None
    was = () if is_same else (old.starts,)
    return Occurrence(starts, ends, old.zone, change["status"], change["note"], was, old.original)


def _instant(when: Start, old: Occurrence) -> datetime:
    # Moments of one zone are compared by their clocks, which show the same hour twice in one night.
    return instant(when, old.zone).astimezone(UTC)
