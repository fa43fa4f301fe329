"""A contest → the plain values that pages, letters and feeds show of it; names only once they may be known, and as agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from handbill.hub.facets import Deadline
from handbill.hub.record import Record
from handbill.kinds.contest_facts import ContestFacts, Prize

if TYPE_CHECKING:
    from handbill.hub.item import Item

#: In these states everybody may know who won.
PUBLIC = ("published", "settled", "purged")


def view_of(item: Item, state: str, at: datetime) -> dict[str, Any]:
    """Return all facts of a contest that stands in *state*.

    ``steps`` are its moments in order, each with whether it is over;
    ``winners`` those of a contest of which nothing was committed; ``record``
    is what was committed until *at*, ``None`` where nothing was.
    """
    facts: ContestFacts = item.facts
    assert item.deadline is not None
    record = facts.record if facts.record and any(one.at <= at for one in facts.record.steps) else None
    record = _by_clock(record, item.deadline.opens.tzinfo) if record else None
    shown = state in PUBLIC and (record is not None or facts.results is None or at >= facts.results)
    return {
        "steps": _steps(facts, item.deadline, record, at, shown),
        "mechanism": facts.mechanism,
        "opens": item.deadline.opens.isoformat(),
        "closes": item.deadline.last.isoformat(),
        "draw": facts.draw.isoformat() if facts.draw else "",
        "results": facts.results.isoformat() if facts.results else "",
        "prizes": [{"name": one.name, "quantity": one.quantity, "value": one.value} for one in facts.prizes],
        "enter": facts.enter,
        "enter_url": facts.enter_url,
        "organiser": facts.organiser.name,
        "eligibility": facts.eligibility,
        "winners": [{"name": one.name, "prize": one.prize} for one in facts.winners] if shown and record is None else [],
        "cancelled": reason_of(facts, record, at) if state in ("cancelled", "void") else "",
        "record": _record(facts, record, item.lang, at, shown) if record else None,
    }


def _by_clock(record: Record, zone: tzinfo | None) -> Record:
    """Return a record whose moments are those of the hub's clocks: readers are told what a moment itself says."""
    steps = tuple(replace(one, at=one.at.astimezone(zone)) for one in record.steps)
    return replace(record, steps=steps, round_at=record.round_at.astimezone(zone) if record.round_at else None)


def shown_name(name: str, promised: str) -> str:
    """Return a winner's name as far as the rules promise to show it: whole, a first name and an initial, or not at all.

    >>> shown_name("Camille Renard", "first_name_initial"), shown_name("Camille R.", "opt_in"), shown_name("Camille R.", "pseudonym")
    ('Camille R.', 'Camille R.', '')
    """
    if promised == "pseudonym":
        return ""
    first, *others = name.split()
    return f"{first} {others[-1][0]}." if promised == "first_name_initial" and others else name


def reason_of(facts: ContestFacts, record: Record | None, at: datetime) -> str:
    """Return why a contest was cancelled or declared void, "" where nobody did."""
    ended = (record.last("void", at) or record.last("cancelled", at)) if record else None
    return str(ended.facts.get("reason", "")) if ended else facts.cancelled


def _steps(facts: ContestFacts, deadline: Deadline, record: Record | None, at: datetime, is_out: bool) -> list[dict[str, Any]]:
    """Return the contest's way from opening to results; a jury sits on no known day, and ``at`` is "" then.

    What has to be committed is over when it was; all else when its moment is.
    """

    def is_done(step: str, moment: datetime) -> bool:
        return record.last(step, at) is not None if record else moment <= at

    found = [("opens", deadline.opens.isoformat(), deadline.opens <= at), ("closes", deadline.last.isoformat(), deadline.closes <= at)]
    if facts.freeze:
        found.append(("freeze", facts.freeze.isoformat(), is_done("frozen", facts.freeze)))
    if facts.draw:
        found.append(("draw", facts.draw.isoformat(), is_done("decided", facts.draw)))
    if facts.is_judged:
        found.append(("jury", "", record.last("decided", at) is not None if record else is_out))
    if facts.results or is_out:
        found.append(("results", facts.results.isoformat() if facts.results else "", is_out))
    if facts.claim:
        found.append(("claim", facts.claim.isoformat(), facts.claim <= at))
    return [{"name": name, "at": moment, "is_done": is_over} for name, moment, is_over in found]


def _record(facts: ContestFacts, record: Record, lang: str, at: datetime, is_out: bool) -> dict[str, Any]:
    """Return what was committed until *at*; digests in full, moments as ISO writes them."""
    frozen, decided, ended = record.last("frozen", at), record.last("decided", at), record.last("void", at)
    purged = record.last("purged", at)
    draw: Mapping[str, Any] = record.draw if record.draw and decided else {}
    skips = Counter(str(one["reason"]) for one in draw.get("skips", ()))
    return {
        "rules": [
            {"version": version, "digest": digests.get(lang, ""), "at": moment}
            for version, digests, moment in _rules(record, at)
            if digests.get(lang)
        ],
        "frozen": {"at": frozen.at.isoformat(), "digest": frozen.facts["pool"], "size": frozen.facts["size"]} if frozen else None,
        "beacon": _beacon(record, at),
        "numbers": [{"name": one.name, "count": one.count, "most": one.most} for one in facts.sources],
        "drawn": {"at": decided.at.isoformat(), "randomness": draw.get("randomness", "")} if decided else None,
        "won": list(_won(facts, record, draw, is_out)) if draw else [],
        "substitutes": list(draw.get("substitutes", ())),
        "skips": [{"reason": reason, "count": count} for reason, count in sorted(skips.items())],
        "reason": reason_of(facts, record, at),
        "again": str(ended.facts.get("again", "")) if ended else "",
        "purged": purged.at.isoformat() if purged else "",
    }


def _rules(record: Record, at: datetime) -> Iterator[tuple[int, Mapping[str, str], str]]:
    for one in record.steps:
        if one.name == "announced" and one.at <= at:
            yield one.facts["version"], one.facts["rules"], one.at.isoformat()


def _beacon(record: Record, at: datetime) -> dict[str, Any] | None:
    fixed = record.last("frozen", at) or record.last("announced", at)
    beacon = fixed.facts.get("beacon") if fixed else None
    if not beacon:
        return None
    return {"chain": beacon["chain"], "round": beacon["round"], "at": record.round_at.isoformat() if record.round_at else ""}


def _won(facts: ContestFacts, record: Record, draw: Mapping[str, Any], is_out: bool) -> Iterator[dict[str, Any]]:
    """Yield each prize with who won it; a name only where the winner agreed, the rules promise it and results are out."""
    promised = str(record.terms.get("publish_winners", facts.privacy.publish_winners))
    names = (
        {one.ticket.partition("#")[0]: shown_name(one.name, promised) for one in facts.winners if one.ticket and one.name.split()}
        if is_out
        else {}
    )
    prizes: Sequence[Prize | Mapping[str, Any]] = facts.prizes or record.terms.get("prizes", ())
    for number, prize in enumerate(prizes):
        tickets = [str(one["ticket"]) for one in draw.get("winners", ()) if one["prize"] == number]
        told = {"name": prize.name, "quantity": prize.quantity, "value": prize.value} if isinstance(prize, Prize) else dict(prize)
        yield {**told, "prize": told["name"], "winners": [{"ticket": one, "name": names.get(one.partition("#")[0], "")} for one in tickets]}
