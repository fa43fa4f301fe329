"""A text of a contest → every clause that its rules would lack, all at once, each where an editor writes it (HB226)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from handbill.errors import Problem, Said, said
from handbill.hub.fields import Field, Group, Many
from handbill.hub.item import Item
from handbill.hub.when import told
from handbill.kinds.contest_clauses import JURORS
from handbill.kinds.contest_facts import ContestFacts
from handbill.kinds.contest_fields import FIELDS
from handbill.rules.contract import FROM_SETTINGS, contract_of
from handbill.settings import Settings

CODE = "HB226"

#: What hub.toml can say for the text, by the table of the contract.
_OWED = {
    "organiser": ("name", "form", "registration", "address", "contact"),
    "privacy": ("controller", "purpose", "basis", "contact"),
}


def missing(item: Item, settings: Settings) -> tuple[Problem, ...]:
    """Return a problem for each clause that is missing; none where rules can be made of the text.

    What no contest may say at all was refused when the text was read.
    """
    facts: ContestFacts = item.facts
    contract = contract_of(item, settings)
    return tuple(
        _problem(item, name, found, wanted)
        for name, found, wanted in (
            *_people(contract),
            *_dates(item, facts),
            *_entry(facts, settings),
            *_prizes(facts),
            *_judging(facts),
            *_quiz(facts),
            *_chance(facts),
        )
    )


#: Field, what was found, what is wanted.
_Gap = tuple[str, Said, Said | str]

_NOTHING = said("nothing, which the rules have to say")


def _problem(item: Item, name: str, found: Said, wanted: Said | str) -> Problem:
    """Return a problem where the field is written, or else where its table is, or the file as a whole."""
    top = re.split(r"[.\[]", name)[0]
    line, column, width = item.places.get(name) or item.places.get(top) or (0, 0, 0)
    return Problem(item.source, line, column, name, found, wanted, CODE, width=width)


def _people(contract: Mapping[str, Any]) -> Iterator[_Gap]:
    for table, keys in _OWED.items():
        for key in keys:
            if not contract[table][key]:
                name, found, wanted = _gap(f"{table}.{key}")
                is_shared = (table, key) in FROM_SETTINGS
                yield name, found, said("{line}; or {key} under [legal] in hub.toml", line=wanted, key=key) if is_shared else wanted


def _dates(item: Item, facts: ContestFacts) -> Iterator[_Gap]:
    """Yield the moments that are missing, each with one that would come in its order."""
    assert item.deadline is not None
    closes = item.deadline.closes.replace(tzinfo=None)
    freeze = facts.freeze.replace(tzinfo=None) if facts.freeze else _evening(closes)
    decided = facts.draw.replace(tzinfo=None) if facts.draw else _evening(freeze + timedelta(hours=facts.objection_hours))
    results = facts.results.replace(tzinfo=None) if facts.results else _evening(decided + timedelta(days=1))
    meant = {"freeze": freeze, "results": results, "claim": _evening(results + timedelta(days=21))}
    for name, moment in meant.items():
        if getattr(facts, name) is None:
            yield name, _NOTHING, _line(name, told(moment))
    if not facts.draw and facts.freeze and facts.results and facts.results < facts.freeze + timedelta(hours=facts.objection_hours):
        # Lots part equal entries then, and nobody had the time to look at the list.
        found = said(
            "{results}, less than {n} hours after freeze ({freeze})",
            results=told(results), n=facts.objection_hours, freeze=told(freeze),
        )  # fmt: skip
        yield "results", found, said("results from {moment} on", moment=told(freeze + timedelta(hours=facts.objection_hours)))


def _evening(after: datetime) -> datetime:
    """Return six in the evening of that day, or of the next where it is later already."""
    evening = after.replace(hour=18, minute=0, second=0)
    return evening if evening >= after else evening + timedelta(days=1)


def _entry(facts: ContestFacts, settings: Settings) -> Iterator[_Gap]:
    if not facts.eligibility:
        yield _gap("eligibility")
    if facts.entry in ("form", "issue_form") and not facts.enter_url:
        yield _gap("enter_url")
    if facts.entry == "pull_request" and not facts.enter_url and not settings.repository.url:
        yield _gap("enter_url")
    if facts.entry == "post" and not facts.platform:
        yield _gap("platform")
    if (facts.platform or facts.entry == "post") and not facts.platform_disclaimer:
        yield _gap("platform_disclaimer")
    if facts.is_judged and not facts.image_rights:
        yield _gap("image_rights")


def _prizes(facts: ContestFacts) -> Iterator[_Gap]:
    if not facts.prizes:
        yield _gap("prizes.name", "prizes")
    for n, one in enumerate(facts.prizes):
        if one.unit_value is None:
            yield _gap("prizes.unit_value", f"prizes[{n}].unit_value")


def _judging(facts: ContestFacts) -> Iterator[_Gap]:
    if not facts.is_judged:
        return
    if len(facts.judging.jurors) < JURORS:
        found = said("{n} jurors", n=len(facts.judging.jurors))
        yield "judging.jurors", found, said("{n} jurors at least", n=JURORS)
    if not facts.judging.criteria:
        yield _gap("judging.criteria.name", "judging.criteria")


def _quiz(facts: ContestFacts) -> Iterator[_Gap]:
    if not facts.mechanism.startswith("quiz"):
        return
    if not facts.quiz.questions:
        yield _gap("quiz.questions")
    if not facts.quiz.answers:
        yield "quiz.answers", _NOTHING, said("the 64 signs that “{command}” prints", command="python3 build.py contest answers digest")
    if facts.mechanism == "quiz" and not facts.quiz.tiebreak:
        yield _gap("quiz.tiebreak")


def _chance(facts: ContestFacts) -> Iterator[_Gap]:
    if facts.algorithm == "rfc3797" and not facts.sources:
        yield _gap("randomness.sources.name", "randomness.sources")


def _gap(path: str, name: str = "") -> _Gap:
    """Return a field that says nothing, with a line by example; *name* where it is called otherwise than in the list of fields."""
    one = _field(path)
    above, _, own = path.rpartition(".")
    if not above:
        return name or path, _NOTHING, _line(own, one.example)
    hyphen = "- " if isinstance(_field(above).type, Many) and own == "name" else ""
    line = said("{hyphen}{name}: {example}", hyphen=hyphen, name=own, example=one.example)
    wanted = said("a line “{name}:” and below it, two spaces to the right, “{line}”", name=above.rpartition(".")[2], line=line)
    return name or path, _NOTHING, wanted


def _line(name: str, example: str) -> Said:
    return said("a line such as {name}{sign}{example}", name=name, sign=": ", example=example)


@cache
def _field(path: str) -> Field:
    """Return a field of contests by its path, such as ``judging.criteria.name``."""
    fields: tuple[Field, ...] = FIELDS
    found: Field | None = None
    for name in path.split("."):
        found = next(one for one in fields if one.name == name)
        inner = found.type.of if isinstance(found.type, Many) else found.type
        fields = inner.fields if isinstance(inner, Group) else ()
    assert found is not None
    return found
