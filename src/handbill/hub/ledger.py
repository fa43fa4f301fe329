"""What calendars have told of each event, and what they tell next.

Pure: a record as it was and the event as it stands give the record as it is
(decision 0028).  No clock and no file is read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from handbill.hub.period import midnight

#: How long after its date what was called off stays in the calendars to subscribe to.
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class State:
    """An event as it stands.

    ``facts`` is the digest of what a member plans by (when, where, whether),
    ``whole`` that of all that a calendar shows; "" where it is not known.
    ``starts`` and ``ends`` are those of a series' first date, ``over`` is the
    first day after all of it.  ``never`` are the dates of a rule that were
    left out from the beginning.
    """

    title: str
    lang: str
    starts: datetime | date
    ends: datetime | date
    zone: str
    over: date
    facts: str
    whole: str
    never: tuple[date, ...] = ()

    @property
    def leaves(self) -> datetime:
        """Return from when on what was called off is in no calendar to subscribe to any more."""
        return midnight(self.over + KEPT, self.zone)


@dataclass(frozen=True, slots=True)
class Record:
    """What was told of an event last.

    ``changed`` is in UTC.  ``is_gone`` says that the event was called off
    because its item vanished.
    """

    uid: str
    sequence: int
    changed: datetime
    state: State
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was told, by the id of the event.

    ``host`` is what UIDs and the ids of feeds end in, wherever the hub lies now.
    """

    host: str = ""
    records: Mapping[str, Record] = field(default_factory=lambda: MappingProxyType({}))


def advance(record: Record | None, state: State, moment: datetime, uid: str) -> Record:
    """Return what is told of an event that stands so and last changed, for all that is known, at *moment*.

    The number grows when what a member plans by has changed, or when an event
    comes back that was called off, and only then (RFC 5545, 3.8.7.4; RFC 5546,
    2.1.4).  The moment grows with every change by a second at least, whatever
    is known.  *uid* is that of an event never told before.
    """
    if record is None:
        return Record(uid, 0, moment, state)
    told = record.state
    if not record.is_gone and (told.facts, told.whole) == (state.facts, state.whole):
        return record
    is_other = record.is_gone or told.facts != state.facts
    return Record(record.uid, record.sequence + is_other, max(moment, _after(record)), _remembering(told, state))


def call_off(record: Record) -> Record:
    """Return what is told of an event whose item vanished; what has been called off already stays as it is."""
    if record.is_gone:
        return record
    return replace(record, sequence=record.sequence + 1, changed=_after(record), is_gone=True)


def _after(record: Record) -> datetime:
    """Return the earliest moment of the next change: no clock is asked, and two changes are never of one moment."""
    return record.changed + timedelta(seconds=1)


def _remembering(told: State, state: State) -> State:
    """Return the state with the dates that were left out from the beginning.

    A date left out later was announced, unless the series begins elsewhere now.
    """
    is_same = told.facts and (told.starts, told.zone) == (state.starts, state.zone)
    return replace(state, never=tuple(one for one in state.never if one in told.never)) if is_same else state


def newer(one: Record, other: Record) -> Record:
    """Return the record of the two that tells more: the higher number, then the later moment."""
    return max(one, other, key=lambda record: (record.sequence, record.changed, record.is_gone, record.state.facts, record.state.whole))
