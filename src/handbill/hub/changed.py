"""What has become of dates that members may have noted already: called off, moved, or held elsewhere.

Knows no medium: letters, lists and checks ask here, so that all tell the same.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from handbill.hub.facets import ALARMS, Occurrence, instant
from handbill.hub.item import Item
from handbill.hub.period import next_midnight

#: A date with those that changed in the same way, such as all the rest of a series.
Change = tuple[Occurrence, tuple[Occurrence, ...]]


def is_changed(when: Occurrence) -> bool:
    """Say whether something else was announced for a date before."""
    return when.status in ALARMS or bool(when.was)


def awaited(when: Occurrence, at: datetime, zone: str) -> tuple[datetime | date, ...]:
    """Return the starts announced before whose day is not over in *zone*: somebody may still come then."""
    return tuple(one for one in when.was if next_midnight(instant(one, when.zone), zone) > at)


def changes_of(item: Item, at: datetime, zone: str) -> tuple[Change, ...]:
    """Return the changed dates of an item that matter at a moment, the most urgent first; equal ones of a series together."""
    alike: dict[tuple[str, ...], list[Occurrence]] = {}
    for when in item.occurrences:
        if is_changed(when) and (when.finishes > at or awaited(when, at, zone)):
            fate, own = (when.status, when.note), (when.starts.isoformat(),) if when.was else ()
            # Of a series that was moved as a whole only the first date says from where.
            leads = next((key for key in alike if key[:2] == fate), fate) if when.status == "rescheduled" and not own else (*fate, *own)
            alike.setdefault(leads, []).append(when)
    found = (sorted(group, key=lambda one: one.begins) for group in alike.values())
    pairs = ((first, tuple(rest)) for first, *rest in found)
    return tuple(sorted(pairs, key=lambda pair: (matters_from(pair[0], at, zone), pair[0].begins)))


def matters_from(when: Occurrence, at: datetime, zone: str) -> datetime:
    """Return the first moment to come at which somebody who missed the change would come in vain, or miss the date."""
    coming = (when.starts,) if when.finishes > at else ()
    return min(max(at, instant(one, when.zone)) for one in (*awaited(when, at, zone), *coming))


def changed_between(item: Item, start: datetime, end: datetime) -> bool:
    """Say whether an item may have changed from *start* until before *end*.

    A change of which only the day is known may be of any hour of it, and one
    of which nothing is known of any day: told twice is better than never.
    """
    last = item.updated
    if last is None:
        return True
    if last >= end:
        return False
    is_day = (last.hour, last.minute, last.second) == (0, 0, 0)
    return last + timedelta(days=1) > start if is_day else last >= start
