"""What readers should know of who wrote a text and for whom: as it is written, and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbill.errors import Level, said
from handbill.hub.facets import Disclosure
from handbill.hub.fields import Choice, Desk, Field, Flag, Group, Node, Table, Text, place_of

#: How much of a text is a machine's.
SHARES = ("none", "translation", "part", "whole")

PARTS = (
    Field(
        "own_project",
        Flag(),
        "true: whoever wrote it has a part in what it is about, or sells it",
        default=False,
        example="true",
    ),
    Field("paid", Flag(), "true: somebody paid for it, or gave something for it; paid_by says who", example="true"),
    Field(
        "paid_by", Text(160, use="name"), "who paid for it or gave something, as members read it", default="", example=said("Quay Hardware")
    ),
    Field(
        "machine_written",
        Choice(SHARES, (said("people wrote it"), said("people wrote it, a machine translated it"), said("in part"), said("all of it"))),
        "how much of it a machine wrote",
        default="none",
        example="part",
    ),
)

DISCLOSURE = Field("disclosure", Group(PARTS), "what readers should know of who wrote it and for whom; pages, feeds and letters say it")


def disclosure_of(values: Mapping[str, Any], table: Table, desk: Desk) -> Disclosure | None:
    """Return what is disclosed, ``None`` where there is nothing; what contradicts itself is put down (HB227)."""
    one = values["disclosure"]
    if not one:
        return None
    paid, payer = one["paid"], one["paid_by"] or ""
    if paid and not payer:
        wanted = said("a line “paid_by: …” with who paid, because members are told")
        desk.refuse(_place(table, "paid"), "disclosure.paid_by", said("nothing"), wanted, "HB227", Level.ERROR)
    elif paid is False and payer:
        found = said("false, while paid_by names who paid")
        desk.refuse(_place(table, "paid"), "disclosure.paid", found, said("true, or no line “paid_by”"), "HB227", Level.ERROR)
    machine = one["machine_written"] or "none"
    if machine == "whole" and values.get("authors"):
        found = said("a text that is all a machine's, while authors says who wrote it")
        wanted = said("“part” where people had a part in it, or no line “authors”")
        desk.refuse(_place(table, "machine_written"), "disclosure.machine_written", found, wanted, "HB227", Level.WARNING)
    told = Disclosure(bool(one["own_project"]), payer, "" if machine == "none" else machine)
    return told if told.is_own or told.payer or told.machine else None


def _place(table: Table, name: str) -> Node:
    return place_of(table, "disclosure", name)
