"""The dates of a contest: each comes after the one before, and between list and draw there is time to object."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Desk, Table, place_of
from handbill.hub.when import told
from handbill.kinds.contest_facts import DRAWN

#: The dates in the order in which they come.
ORDER = ("opens", "closes", "freeze", "draw", "results", "claim")


def refuse_disorder(values: Mapping[str, Any], moments: Mapping[str, datetime | None], table: Table, desk: Desk) -> None:
    """Put down the dates that do not come in their order.

    *values* are the dates as they were written, *moments* what they mean: for
    a day until which something lasts, the end of it.
    """
    if values["mechanism"] in DRAWN and moments["draw"] is None:
        wanted = said("the moment of the draw, such as {line}", line=f"draw: {told(_first_draw(values, moments))}")
        desk.refuse(place_of(table, "mechanism"), "draw", said("nothing"), wanted, "HB222")
    before = ORDER[0]
    for name in ORDER[1:]:
        moment, last = moments[name], moments[before]
        if moment is None or last is None:
            continue
        # Results of the day after the closing come in the course of it, and not at its midnight.
        if _utc(moment) < _utc(last) or (moment == last and (name != "results" or isinstance(values[name], datetime))):
            found = said(
                "{moment}, which is not after {field} ({other})", moment=told(values[name]), field=before, other=told(values[before])
            )
            wanted = said("a moment after {moment}", moment=told(last.replace(tzinfo=None)))
            desk.refuse(place_of(table, name), name, found, wanted, "HB221")
        else:
            # What comes next is measured by what is right.
            before = name
    _refuse_haste(values, moments, table, desk)


def _first_draw(values: Mapping[str, Any], moments: Mapping[str, datetime | None]) -> datetime:
    """Return a moment at which lots could be drawn."""
    if moments["freeze"] is not None:
        return _objected(moments["freeze"], values["objection_hours"])
    assert moments["closes"] is not None
    return moments["closes"].replace(tzinfo=None) + timedelta(hours=18)


def _objected(freeze: datetime, hours: int) -> datetime:
    """Return the end of the hours in which one can object, by the clock of the wall; the night in which clocks change counts as it is."""
    return (_utc(freeze) + timedelta(hours=hours)).astimezone(freeze.tzinfo).replace(tzinfo=None)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _refuse_haste(values: Mapping[str, Any], moments: Mapping[str, datetime | None], table: Table, desk: Desk) -> None:
    """Put down a draw before which nobody has time to object to the list."""
    freeze, draw = moments["freeze"], moments["draw"]
    if freeze is None or draw is None or _utc(draw) <= _utc(freeze):
        return
    if _utc(draw) < _utc(freeze) + timedelta(hours=values["objection_hours"]):
        found = said(
            "{draw}, less than {n} hours after freeze ({freeze})",
            draw=told(values["draw"]),
            n=values["objection_hours"],
            freeze=told(values["freeze"]),
        )
        wanted = said("a draw from {moment} on", moment=told(_objected(freeze, values["objection_hours"])))
        desk.refuse(place_of(table, "draw"), "draw", found, wanted, "HB221")
