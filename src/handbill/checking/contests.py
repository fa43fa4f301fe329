"""Contests, against what was committed of them: names that may be shown, what members must hear in time, what words cannot undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.record import BEFORE_FREEZE, OFF_STEPS, Record, state_at
from handbill.kinds.choosing import asked
from handbill.kinds.contest_facts import ContestFacts
from handbill.kinds.contest_view import shown_name

#: So long before entries open, rules that are not announced are called for.
_AHEAD = timedelta(days=7)


def check_contests(hub: Hub) -> Iterator[Problem]:
    """Yield what is not right in a contest as it stands."""
    for item in hub.items:
        if isinstance(item.facts, ContestFacts) and item.deadline is not None:
            record = item.facts.record
            if record is None or not record.steps:
                yield from _unannounced(item, hub)
            else:
                yield from _called_off(item, record, hub)
                yield from _untold(item, record, hub)
                yield from _winners(item, record)


def _unannounced(item: Item, hub: Hub) -> Iterator[Problem]:
    """Yield a warning for a contest that opens, or is open, and whose rules nobody can read."""
    assert item.deadline is not None
    if item.original or not item.deadline.opens - _AHEAD <= hub.as_of < item.deadline.closes or hub.state(item) == "cancelled":
        return
    found = said("a contest whose rules were never announced")
    wanted = said("“{command}”, before entries open: it says what is missing, and writes the rules", command="handbill contest announce")
    yield at(item, "opens", found, wanted, "HB476", Level.WARNING)


def _called_off(item: Item, record: Record, hub: Hub) -> Iterator[Problem]:
    """Yield an error for words that cancel a contest whose list is frozen: who is on it has a right to the draw."""
    assert item.deadline is not None
    stands = state_at(record, item.deadline, item.facts.is_judged, hub.as_of)
    if item.facts.cancelled and stands not in BEFORE_FREEZE and record.last_of(OFF_STEPS, hub.as_of) is None:
        found = said("a contest that is cancelled, though its list is frozen")
        wanted = said("no such line, or “{command}”, which declares it void with the reason", command="handbill contest void")
        yield at(item, "cancelled", found, wanted, "HB473")


def _untold(item: Item, record: Record, hub: Hub) -> Iterator[Problem]:
    """Yield a warning for a frozen list of whose digest no letter tells before the draw: inboxes are the witness that nobody can change."""
    frozen, lots = record.last("frozen", hub.as_of), lots_of(item, record)
    if frozen is None or lots is None or hub.as_of >= lots or record.last_of(("decided", "void"), hub.as_of) or item.original:
        return
    letters = [one for one in (*hub.items, *hub.hidden) if hasattr(one.facts, "queries") and one.published and not one.is_draft]
    if letters and not any(frozen.at <= one.published < lots and _tells(one, item, hub) for one in letters if one.published):
        found = said("the digest of the list, which no letter tells before the draw ({moment} UTC)", moment=f"{lots:%Y-%m-%d %H:%M}")
        wanted = said("a letter sent before, with a section “contests” that has room for it: it tells the digest by itself")
        yield at(item, "draw" if item.facts.draw else "results", found, wanted, "HB477", Level.WARNING)


def lots_of(item: Item, record: Record) -> datetime | None:
    """Return the moment at which lots can be drawn: that of the beacon's round, else that of the text."""
    moment: datetime | None = record.round_at or item.facts.draw or item.facts.results
    return moment


def _tells(letter: Item, item: Item, hub: Hub) -> bool:
    """Say whether a letter tells of a contest, in a section that has room for it, or by a link."""
    shown = any(entry.item.group == item.group for one in asked(letter, hub) if one.name == "contests" for entry in one.entries)
    return shown or any(link.partition("#")[0] == item.address for link in letter.body.links)


def _winners(item: Item, record: Record) -> Iterator[Problem]:
    """Yield what the names of winners show more than the rules promise, and those whom the draw does not know."""
    promised = str(record.terms.get("publish_winners", item.facts.privacy.publish_winners))
    won = {str(one["ticket"]).partition("#")[0] for one in (record.draw or {}).get("winners", ())}
    for place, one in enumerate(item.facts.winners, 1):
        field = f"winners[{place}]"
        if not one.ticket:
            found, wanted = said("a winner without a ticket"), said("the ticket of the list that won, as draw.json has it")
            yield at(item, "winners", found, wanted, "HB480", named=field)
        elif one.ticket.partition("#")[0] not in won:
            found, wanted = said("a ticket that has not won"), said("one of those that won, as draw.json has them")
            yield at(item, "winners", found, wanted, "HB480", named=field)
        elif promised == "pseudonym":
            found, wanted = said("a name, though the rules promise that tickets alone are shown"), said("no such entry; no page shows it")
            yield at(item, "winners", found, wanted, "HB480", Level.WARNING, named=field)
        elif shown_name(one.name, promised) != one.name:
            found = said("a whole name, though the rules promise a first name and an initial")
            wanted = said("“{name}”", name=shown_name(one.name, promised))
            yield at(item, "winners", found, wanted, "HB480", Level.WARNING, named=field)
