"""The table ``[sending]`` of hub.toml: how letters leave, as far as everybody may know.

What names members or opens a door stands elsewhere (``sending/private.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Choice, Desk, Field, Flag, Integer, Table, Text, place_of, shown

#: The ways that letters can leave.
WAYS = ("files", "smtp", "listmonk", "buttondown")
_WAYS = (
    said("one file for each mail, for another program to send"),
    said("a mail server takes each mail"),
    said("listmonk gets the letter as a draft"),
    said("Buttondown gets the letter as a draft"),
)

SENDING = (
    Field("way", Choice(WAYS, _WAYS), "how letters leave", default="files", example="smtp"),
    Field("rate", Integer(1, 1000), "the most mails in a second", default=10, example="5"),
    Field(
        "per_day",
        Integer(0, 10_000_000),
        "the most mails in 24 hours, as a provider may ask; 0 for no such limit",
        default=0,
        example="300",
    ),
    Field("connections", Integer(1, 16), "how many connections to the mail server are open at the same time", default=1, example="4"),
    Field("late_hours", Integer(1, 720), "how long after its date a letter may still begin to leave, in hours", default=2, example="24"),
    Field(
        "bounces",
        Text(200, use="key"),
        "the address that returned mails come to; {token} stands for the member's token",
        default="",
        example="retours+{token}@lettre.example",
    ),
    Field(
        "dkim_selector",
        Text(63, use="key"),
        "the selector under which your DNS has the key that mails are signed with; without it the mail server signs",
        default="",
        example="lettre2026",
    ),
    Field("totals", Flag(), "true: the page of a letter says how many got it", default=False, example="true"),
)


@dataclass(frozen=True, slots=True)
class Sending:
    """How letters leave.  ``branch`` is the one on which a letter is approved; ``late_hours`` counts from a letter's date."""

    way: str = "files"
    rate: int = 10
    per_day: int = 0
    connections: int = 1
    late_hours: int = 2
    bounces: str = ""
    dkim_selector: str = ""
    totals: bool = False
    branch: str = "main"


def sending_of(read: Mapping[str, Mapping[str, Any]], table: Table, desk: Desk) -> Sending:
    """Return how letters leave; an address for returned mails that would not tell whose mail it was is put down."""
    given = dict(read["sending"])
    bounces = given["bounces"]
    if bounces and (bounces.count("{token}") != 1 or "{token}" not in bounces.partition("@")[0] or "@" not in bounces):
        node = place_of(table, "sending", "bounces")
        wanted = said("an address with {token} before its @, such as retours+{token}@lettre.example", token="{token}")  # noqa: S106
        desk.refuse(node, "sending.bounces", shown(node), wanted)
        given["bounces"] = ""
    return Sending(**given, branch=read["hub"]["branch"])
