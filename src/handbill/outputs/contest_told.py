"""A contest → what feeds and letters tell of its list, its draw and its winners: the same sentences wherever members read them.

The digest of a frozen list must reach inboxes before the lots are drawn: what
thousands hold nobody can change (decision 0049).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.contest_view import view_of
from handbill.outputs.words import Words

#: In these states there is something to tell of what was committed.
TOLD = frozenset({"frozen", "drawn", "judged", "verified", "published", "settled", "purged", "cancelled", "void"})

#: So many winners are named one by one; the page has them all.
_NAMED = 8


def told_of(item: Item, hub: Hub, at: datetime, say: Words) -> str:
    """Return what was committed of a contest until *at*, in sentences; "" where nothing was, or nothing needs telling."""
    record = getattr(item.facts, "record", None)
    if record is None or not any(one.at <= at for one in record.steps):
        return ""
    state = hub.state(item, at)
    facts = view_of(item, state, at) if state in TOLD else {}
    return say.set(" ".join(_sentences(item, state, facts, say))) if facts else ""


def _sentences(item: Item, state: str, facts: dict[str, Any], say: Words) -> Iterator[str]:
    record = facts["record"]
    if state == "frozen":
        frozen = record["frozen"]
        tickets = say.count("one ticket", "{n} tickets", frozen["size"])
        yield say("The list is closed: {tickets}. Its digest (SHA-256): {digest}.", tickets=tickets, digest=frozen["digest"])
        yield from _luck(item, record, facts, say)
    elif state == "drawn":
        won = sum(len(one["winners"]) for one in record["won"])
        yield say.count("Lots are drawn: one ticket has won.", "Lots are drawn: {n} tickets have won.", won)
        yield say("Their owners are asked now; the results come once all have answered.")
    elif state == "judged":
        yield say("The jury has judged; the results come once all winners have answered.")
    elif state == "verified":
        yield say("The winners are confirmed; the results follow.")
    elif state in ("cancelled", "void"):
        yield record["reason"] or facts["cancelled"]
    elif winners := ", ".join(_winners(record["won"], say)):
        yield say("Won: {winners}.", winners=winners)
    else:
        yield say("No prize was won.")


def _luck(item: Item, record: dict[str, Any], facts: dict[str, Any], say: Words) -> Iterator[str]:
    """Yield what will decide, and when."""
    beacon, day = record["beacon"], facts["draw"] or facts["results"]
    if facts["mechanism"] in ("jury", "jury+vote"):
        if facts["results"]:
            yield say("The jury's results come on {day}.", day=say.opening(facts["results"]))
    elif beacon and beacon["at"]:
        moment = datetime.fromisoformat(beacon["at"]).astimezone(item.deadline.opens.tzinfo if item.deadline else None)
        yield say("Round {round} of the public beacon drand decides, on {day}.", round=beacon["round"], day=say.opening(moment.isoformat()))
    elif record["numbers"] and day:
        names = ", ".join(one["name"] for one in record["numbers"])
        yield say("These public drawings decide: {names}. Lots are drawn on {day}.", names=names, day=say.opening(day))


def _winners(won: list[dict[str, Any]], say: Words) -> Iterator[str]:
    found = [(one["name"] or say("ticket {ticket}", ticket=one["ticket"]), prize["prize"]) for prize in won for one in prize["winners"]]
    for who, prize in found[:_NAMED]:
        yield f"{who} ({prize})"
    if (more := len(found) - _NAMED) > 0:
        yield say("{n} more", n=say.number(more))
