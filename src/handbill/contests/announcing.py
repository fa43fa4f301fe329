"""The announcement of a contest: its rules are written down for ever, and with them the beacon's round that will decide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from handbill.contests.steps import Contest, NotNow, contest_named, take
from handbill.draw.beacon import QUICKNET, NoRound, moment_of, round_at
from handbill.errors import ContentProblems, Problem, Said, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.record import refusal
from handbill.hub.when import told
from handbill.kinds.contest_terms import lots_at
from handbill.kinds.person import PERSON
from handbill.options import Options
from handbill.reading.rulebook import rules_file
from handbill.rules.changes import announced_terms, differences, disagreements, shown
from handbill.rules.clauses import CODE, missing
from handbill.rules.contract import contract_of, digest_of, is_written
from handbill.rules.edition import Edition
from handbill.rules.text import rules_text

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Amended:
    """One term that the rules of a language say otherwise than in the version before, both as messages show them."""

    lang: str
    field: str
    before: Said | str
    after: Said | str


@dataclass(frozen=True, slots=True)
class Announced:
    """What an announcement made, or would make.

    ``rules`` are the texts by language, ``files`` what they are called from the
    root of the hub.  ``is_new`` is false where the same rules stand already;
    ``changes`` names what differs from the version before.
    """

    contest: Contest
    version: int
    is_new: bool
    rules: Mapping[str, str]
    files: tuple[str, ...]
    changes: tuple[Amended, ...] = ()
    notes: tuple[Said, ...] = ()


def announce(word: str, options: Options, *, is_trial: bool = False) -> Announced:
    """Write down the rules of a contest in each language that it has, or say that the same ones stand already.

    Of a trial nothing is kept.

    Raises:
        ContentProblems: clauses are missing, or its languages disagree; all are named.
        NotNow: its rules cannot be announced or amended any more, or in none of its languages.
    """
    contest = contest_named(word, options)
    contest.check_step("announced")
    texts = _texts(contest)
    contracts = {one.lang: contract_of(one, contest.settings) for one in texts}
    _check(contest, texts, contracts)
    last = contest.record.last("announced")
    if last and contest.at >= datetime.fromisoformat(last.facts["terms"]["closes"]):
        # The text may say a later day by now; those who entered know the one that was announced.
        why = refusal("closed", "announced")
        raise NotNow(said("{contest}: {why}", contest=contest.id, why=why))
    version = last.facts["version"] if last else 0
    found = tuple(_changes(contest, contracts))
    if last and not found and set(last.facts["rules"]) == set(contracts):
        names = tuple(rules_file(version, lang) for lang in contracts)
        rules = {lang: contest.file(name).decode("utf-8") for lang, name in zip(contracts, names, strict=True)}
        return Announced(contest, version, False, MappingProxyType(rules), tuple(f"{contest.folder}/{one}" for one in names))
    facts = _facts(version + 1, contracts)
    rules = _rules(contest, texts, contracts, facts)
    files = {rules_file(version + 1, lang): text.encode("utf-8") for lang, text in rules.items()}
    digests = {lang: hashlib.sha256(rules[lang].encode("utf-8")).hexdigest() for lang in rules}
    if not is_trial:
        take(contest, "announced", {**facts, "rules": digests}, files)
    paths = tuple(f"{contest.folder}/{one}" for one in files)
    return Announced(contest, version + 1, True, MappingProxyType(rules), paths, found, tuple(_notes(contest, texts)))


def _texts(contest: Contest) -> tuple[Item, ...]:
    """Return the texts of which rules can be made, the one that decides first."""
    first = sorted(contest.texts, key=lambda one: (one is not contest.item, one.lang))
    found = tuple(one for one in first if is_written(one.lang))
    if not found:
        raise NotNow(said("{contest}: rules can be written in French and in English, and it has a text in neither", contest=contest.id))
    return found


def _check(contest: Contest, texts: tuple[Item, ...], contracts: Mapping[str, Mapping[str, Any]]) -> None:
    original = texts[0]
    assert original.deadline is not None
    problems: list[Problem] = []
    zone = contest.settings.zone
    for text in texts:
        problems += missing(text, contest.settings)
        for one in disagreements(contracts[original.lang], contracts[text.lang]):
            found = said(
                "{value}, and in {source} {other}", value=shown(one.after, zone), source=original.source, other=shown(one.before, zone)
            )
            line, column, width = text.places.get(one.top, (0, 0, 0))
            problems.append(Problem(text.source, line, column, one.field, found, said("the same in all languages"), CODE, width=width))
    if problems:
        raise ContentProblems(tuple(sorted(problems, key=lambda one: one.order)))
    if contest.at >= original.deadline.closes:
        raise NotNow(
            said(
                "{contest}: entries have been closed since {moment}, and nobody could know the rules",
                contest=contest.id, moment=told(original.deadline.closes),
            )
        )  # fmt: skip


def _changes(contest: Contest, contracts: Mapping[str, Mapping[str, Any]]) -> Iterator[Amended]:
    zone = contest.settings.zone
    last = contest.record.last("announced")
    for lang, contract in contracts.items():
        before = announced_terms(last, lang) if last else None
        if before is not None:
            yield from (Amended(lang, one.field, shown(one.before, zone), shown(one.after, zone)) for one in differences(before, contract))


def _facts(version: int, contracts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the record says of the announcement, but for the digests of the rules, which hold the digest of this."""
    (_, terms), *others = contracts.items()
    beacon = None
    if terms["algorithm"] == "hubdraw-1":
        try:
            beacon = {"chain": QUICKNET.hash, "round": round_at(datetime.fromisoformat(lots_at(terms)))}
        except NoRound as error:
            raise NotNow(error.found) from None
    return {"version": version, "terms": terms, "clauses": dict(others), "beacon": beacon}


def _rules(
    contest: Contest, texts: tuple[Item, ...], contracts: Mapping[str, Mapping[str, Any]], facts: Mapping[str, Any]
) -> dict[str, str]:
    at = contest.at.astimezone(UTC).strftime(_MOMENT)
    bound = digest_of({**facts, "at": at})
    absolute = contest.settings.absolute
    # Files lie once, below the page in the first of the hub's languages that the contest has.
    best = min(contest.texts, key=lambda one: contest.settings.languages.index(one.lang))
    beacon = facts["beacon"] or {"chain": "", "round": 0}
    emitted = moment_of(beacon["round"]).strftime(_MOMENT) if beacon["round"] else ""
    return {
        text.lang: rules_text(
            contracts[text.lang],
            Edition(
                facts["version"],
                at,
                absolute(text.address),
                absolute(best.address),
                bound,
                beacon["chain"],
                beacon["round"],
                emitted,
                _people(contest.hub, text.lang),
            ),
        )
        for text in texts
    }


def _people(hub: Hub, lang: str) -> dict[str, str]:
    """Return what people of the hub are called in a language, by the name of their file: a jury is named as its pages name it."""
    known = [one for one in hub.items if one.kind == PERSON.name]
    return {one.slug: one.title for one in sorted(known, key=lambda one: one.lang == lang)}


def _notes(contest: Contest, texts: tuple[Item, ...]) -> Iterator[Said]:
    """Yield what the organiser should know beyond what was done."""
    opens = texts[0].deadline.opens if texts[0].deadline else contest.at
    if opens <= contest.at and not contest.record.steps:
        yield said("entries have been open since {moment}: who entered before now did not know these rules", moment=told(opens))
    elif opens <= contest.at:
        last = contest.record.last("announced")
        version = last.facts["version"] if last else 0
        yield said("who has entered so far accepted version {n}: tell them what changed, and let them withdraw", n=version)
    for one in contest.texts:
        if one not in texts:
            yield said(
                "{source}: no rules in its language; they can be written in French and in English, and its page leads to those",
                source=one.source,
            )
        if one.is_draft:
            yield said("{source}: is a draft, and members do not see its rules before it is finished", source=one.source)
