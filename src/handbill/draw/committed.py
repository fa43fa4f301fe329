"""What a contest's record says, read from its bytes alone: by whoever checks a draw and trusts nothing of it (decision 0050)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from handbill.draw.canonical import NotCanonical, fits, is_sealed, sealed, values_in
from handbill.draw.drawing import MOST_WHOLE
from handbill.errors import Said, said

#: The version of the format that is read.
FORMAT = 1

#: A record of many versions of its rules and many jurors is well below.
_LONGEST = 1_000_000
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_WEIGHT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,12})?", re.ASCII)

#: What can come after a step, "" before the first; ``sealed`` changes nothing of it.
AFTER: Mapping[str, tuple[str, ...]] = {
    "": ("announced", "cancelled"),
    "announced": ("announced", "frozen", "cancelled"),
    "frozen": ("decided", "void"),
    "decided": ("verified",),
    "verified": ("published",),
    "published": ("settled",),
    "settled": ("purged",),
    "cancelled": ("purged",),
    "void": ("purged",),
    "purged": (),
}

#: After these a juror or a vote can be sealed.
SEALING = ("announced", "frozen")

_BEACON = {"chain": str, "round": int}
_FACTS: Mapping[str, Any] = {
    "announced": {"version": int, "rules": {"": str}, "terms": dict},
    "sealed": {"juror": str, "digest": str},
    "frozen": {"pool": str, "size": int},
    "decided": {"draw": str},
    "verified": {"draw": str},
}
_TERMS: Mapping[str, Any] = {
    "mechanism": str,
    "opens": str,
    "closes": str,
    "draw": str,
    "results": str,
    "objection_hours": int,
    "prizes": [{"name": str, "quantity": int, "shared_by": int}],
    "substitutes": int,
    "judging": {"jurors": [str], "criteria": [{"name": str, "weight": str, "scale": int}]},
    "quiz": {"questions": int, "answers": str, "tiebreak": str},
    "algorithm": str,
    "sources": [{"name": str, "count": int, "most": int}],
}
MECHANISMS = ("draw", "jury", "quiz", "quiz+draw", "jury+vote")
_MANY = 1_000_000


class NotCommitted(ValueError):
    """Some bytes are no record; ``found`` says why."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of a record: its name, its moment in UTC, and what it says."""

    name: str
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Committed:
    """A record whose steps come in an order that a contest can have, each with the facts that it needs.

    ``before_draw`` is the digest of the record as it was when lots were drawn,
    or is now, before that.
    """

    contest: str
    steps: tuple[Taken, ...]
    before_draw: str

    def all(self, name: str) -> tuple[Taken, ...]:
        """Return the steps of that name, oldest first."""
        return tuple(one for one in self.steps if one.name == name)

    def last(self, name: str) -> Taken | None:
        """Return the latest step of that name."""
        return next((one for one in reversed(self.steps) if one.name == name), None)

    @property
    def terms(self) -> Mapping[str, Any]:
        """Return what the rules in force say; empty where none were announced."""
        announced = self.last("announced")
        terms: Mapping[str, Any] = announced.facts["terms"] if announced else {}
        return terms

    @property
    def prizes(self) -> tuple[int, ...]:
        """Return how many people win each prize."""
        return tuple(one["quantity"] * one["shared_by"] for one in self.terms["prizes"])

    @property
    def lots_at(self) -> datetime | None:
        """Return the moment of the lots: that of the draw, or of the results where lots only part equal entries."""
        written = self.terms["draw"] or self.terms["results"]
        return moment_in(written) if written else None


def committed_in(raw: bytes) -> Committed:
    """Return the record of which these bytes are the one text.

    Raises:
        NotCommitted: they are of none, or its steps are not those of a contest.
    """
    try:
        told = values_in(raw, _LONGEST)
    except NotCanonical:
        raise NotCommitted(said("it is not the text of a record: something in it was changed, or it is another file")) from None
    if not fits(told, {"format": int, "contest": str, "digest": str, "steps": [dict]}) or not _ID.fullmatch(told["contest"]):
        raise NotCommitted(said("it has other keys or values than a record has"))
    if told["format"] != FORMAT:
        raise NotCommitted(said("its format is {found}, and this program reads {wanted}", found=told["format"], wanted=FORMAT))
    if not is_sealed(raw):
        raise NotCommitted(said("something in it was changed: the digest that it holds of itself is another"))
    steps = tuple(_step(number, one) for number, one in enumerate(told["steps"], 1))
    _refuse_disorder(steps)
    names = [one.name for one in steps]
    until = names.index("decided") if "decided" in names else len(names)
    before = sealed({"format": FORMAT, "contest": told["contest"], "steps": told["steps"][:until]})
    return Committed(told["contest"], steps, hashlib.sha256(before).hexdigest())


def moment_in(written: str) -> datetime:
    """Return a moment of whole seconds in UTC.

    Raises:
        ValueError: it is none.
    """
    if not _MOMENT.fullmatch(written):
        raise ValueError("no moment")
    return datetime.fromisoformat(written[:-1]).replace(tzinfo=UTC)


def _step(number: int, told: Mapping[str, Any]) -> Taken:
    name, at = told.get("step"), told.get("at")
    if not (isinstance(name, str) and name in {*AFTER, "sealed"} - {""} and isinstance(at, str)):
        raise NotCommitted(said("its step {n} is none that a contest takes", n=number))
    try:
        moment = moment_in(at)
    except ValueError:
        raise NotCommitted(said("its step {n} ({step}) has no moment", n=number, step=name)) from None
    facts = {key: value for key, value in told.items() if key not in ("step", "at")}
    if not fits(facts, _FACTS.get(name, {}), is_open=True) or not _fits_closer(name, facts):
        raise NotCommitted(said("its step {n} ({step}) lacks what such a step says, or says it otherwise", n=number, step=name))
    return Taken(name, moment, facts)


def _fits_closer(name: str, facts: Mapping[str, Any]) -> bool:
    if name in ("announced", "frozen") and facts.get("beacon") is not None:
        beacon = facts["beacon"]
        if not fits(beacon, _BEACON) or not 0 < beacon["round"] < MOST_WHOLE:
            return False
    if name == "frozen" and not isinstance(facts.get("answers", ""), str):
        return False
    if name == "decided":
        missing = facts.get("missing", 1)
        return type(missing) is int and 0 < missing < MOST_WHOLE
    return name != "announced" or _are_terms(facts["terms"])


def _are_terms(terms: Mapping[str, Any]) -> bool:
    """Say whether a draw can go by terms: nothing is missing, and no number is beyond what anybody means."""
    if not fits(terms, _TERMS, is_open=True):
        return False
    moments = [terms["closes"], *(terms[key] for key in ("opens", "draw", "results") if terms[key])]
    try:
        [moment_in(one) for one in moments]
    except ValueError:
        return False
    judging = terms["judging"]["criteria"]
    return (
        terms["mechanism"] in MECHANISMS
        and 0 <= terms["objection_hours"] <= 10_000
        and 0 <= terms["substitutes"] <= _MANY
        and 0 <= terms["quiz"]["questions"] <= 1_000
        and all(0 < one["quantity"] <= _MANY and 0 < one["shared_by"] <= _MANY for one in terms["prizes"])
        and all(0 < one["count"] <= one["most"] <= 10**9 and one["count"] <= 1_000 for one in terms["sources"])
        and all(_WEIGHT.fullmatch(one["weight"]) and 0 < one["scale"] <= _MANY for one in judging)
        and (not judging or sum(Decimal(one["weight"]) for one in judging) > 0)
    )


def _refuse_disorder(steps: Sequence[Taken]) -> None:
    """Refuse steps that go back in time, or follow each other as no contest's can."""
    before, state = None, ""
    for number, one in enumerate(steps, 1):
        if before is not None and one.at < before:
            raise NotCommitted(said("its step {n} ({step}) is earlier than the one before it", n=number, step=one.name))
        before = one.at
        if one.name == "sealed" and state in SEALING:
            continue
        if one.name not in AFTER[state]:
            raise NotCommitted(said("its step {n} ({step}) cannot come where it stands", n=number, step=one.name))
        state = one.name
