"""The public files of a contest → what of it is proved, wrong, or cannot be proved: from these files alone, by anybody (decision 0050).

Nothing here trusts a file: whatever bytes they hold, each check ends in a
sentence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handbill.draw import hubdraw
from handbill.draw.answers import ANSWERS_FILE, KEY_FILE
from handbill.draw.award import Skip, award, told_skips
from handbill.draw.ballots import VOTES, BadBallot, juror_keys, sealed_file
from handbill.draw.casting import NoCase, case_of
from handbill.draw.drawing import Drawing, as_first, digest_of, redrawn
from handbill.draw.fairness import check_beacon, check_entropy, check_moments, check_round
from handbill.draw.papers import DRAW, POOL, RECORD, Papers, Unchecked, Wrong, papers_of, plain
from handbill.draw.pool import BadPool, entrant, pool_lines
from handbill.draw.rfc3797 import TooMany
from handbill.errors import Said, said

_RULES = re.compile(r"rules\.[0-9]+\.[A-Za-z0-9-]+\.md", re.ASCII)
_ANNOUNCED = re.compile(rb"announced-step: ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Proved:
    """One check: whether it is right, ``None`` where it cannot or need not be made, and what was found."""

    name: str
    is_right: bool | None
    found: Said


def prove(files: Mapping[str, bytes]) -> tuple[Proved, ...]:
    """Check a contest by its public files, named as in its archive.

    A file that the record names and that is not there is wrong: what is not
    looked at is not proved.
    """
    papers = papers_of(files)
    return tuple(_proved(name, check, papers) for name, check in CHECKS.items())


def _proved(name: str, check: Callable[[Papers], Said], papers: Papers) -> Proved:
    try:
        return Proved(name, True, plain(check(papers)))
    except Unchecked as end:
        return Proved(name, None, plain(end.found))
    except Wrong as end:
        return Proved(name, False, plain(end.found))


def _check_record(papers: Papers) -> Said:
    if isinstance(papers.told_record, Said):
        raise Wrong(papers.told_record)
    steps = len(papers.record.steps)
    return said("{file}: its steps ({n}) come in their order, and the digest that it holds of itself is right", file=RECORD, n=steps)


def _check_rules(papers: Papers) -> Said:
    announced = papers.record.all("announced")
    if not announced:
        raise Unchecked(said("no rules were announced"))
    names = set()
    for wanted, step in enumerate(announced, 1):
        if step.facts["version"] != wanted or not step.facts["rules"]:
            raise Wrong(said("{file}: version {n} of the rules is missing", file=RECORD, n=wanted))
        # It salts the order: whoever may choose it once the number is known draws again until a friend wins.
        if (contest := step.facts["terms"].get("contest")) != papers.record.contest:
            raise Wrong(
                said(
                    "{file}: its {key} is {found}, wanted {wanted}",
                    file=RECORD,
                    key="contest",
                    found=papers.record.contest,
                    wanted=contest or "-",
                )
            )
        told = {key: value for key, value in step.facts.items() if key != "rules"} | {"at": f"{step.at:%Y-%m-%dT%H:%M:%SZ}"}
        own = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")).hexdigest()
        for lang, digest in sorted(step.facts["rules"].items()):
            name = f"rules.{wanted}.{lang}.md"
            names.add(name)
            papers.digest(name, digest, said("that of the rules that were announced"))
            found = _ANNOUNCED.findall(papers.files[name])
            if [one.decode("ascii") for one in found] != [own]:
                raise Wrong(said("{file}: the digest at its end is not that of what was announced, {wanted}", file=name, wanted=own))
    if strays := sorted(name for name in papers.files.keys() - names if _RULES.fullmatch(name)):
        raise Wrong(said("{file}: no such rules were announced", file=strays[0]))
    return said(
        "the rules are those that were announced, and in force is version {n}: {files}", n=len(announced), files=_few(sorted(names))
    )


def _check_pool(papers: Papers) -> Said:
    if (frozen := papers.record.last("frozen")) is None:
        raise Unchecked(said("the pool is not frozen yet"))
    papers.digest(POOL, frozen.facts["pool"], said("that of the pool that was frozen"))
    lines = _lines(papers)
    if len(lines) != frozen.facts["size"]:
        raise Wrong(said("{file}: it has {found} lines, wanted {wanted}", file=POOL, found=len(lines), wanted=frozen.facts["size"]))
    entry = papers.terms.get("entry")
    limit = entry.get("limit") if isinstance(entry, Mapping) else None
    ticket, most = Counter(map(entrant, lines)).most_common(1)[0]
    if type(limit) is int and most > limit:
        raise Wrong(
            said(
                "{file}: it has {found} lines of {ticket}, and the rules give {wanted}", file=POOL, found=most, ticket=ticket, wanted=limit
            )
        )
    return said(
        "{file}: it is the pool that was frozen, with {n} lines; its digest is {digest}",
        file=POOL,
        n=len(lines),
        digest=frozen.facts["pool"],
    )


def _lines(papers: Papers) -> tuple[str, ...]:
    try:
        return pool_lines(papers.files[POOL])
    except BadPool as error:
        raise Wrong(said("{file}, line {line}: {found}", file=POOL, line=error.line, found=error.found)) from None


def _check_draw(papers: Papers) -> Said:
    record = papers.record
    if (decided := record.last("decided")) is None:
        raise Unchecked(said("nothing is drawn yet"))
    if isinstance(papers.told_draw, Said):
        raise Wrong(papers.told_draw)
    draw, announced, frozen = papers.draw, record.last("announced"), record.last("frozen")
    assert announced is not None
    assert frozen is not None
    for what, found, wanted in (
        ("contest_id", draw.contest, record.contest),
        ("mechanism", draw.mechanism, record.terms["mechanism"]),
        ("rules_digest", dict(draw.rules), announced.facts["rules"]),
        ("record_digest", draw.record, record.before_draw),
        ("pool_digest", draw.pool, frozen.facts["pool"]),
        ("pool_size", draw.size, frozen.facts["size"]),
    ):
        if found != wanted:
            raise Wrong(said("{file}: its {key} is {found}, wanted {wanted}", file=DRAW, key=what, found=found, wanted=wanted))
    # A lottery may stand in for a beacon that is missing, and no beacon for a lottery: of its rounds one could choose.
    may_differ = record.terms["algorithm"] == hubdraw.NAME and "missing" in decided.facts
    if draw.algorithm != record.terms["algorithm"] and not may_differ:
        raise Wrong(
            said(
                "{file}: its {key} is {found}, wanted {wanted}",
                file=DRAW,
                key="algorithm",
                found=draw.algorithm,
                wanted=record.terms["algorithm"],
            )
        )
    first = digest_of(as_first(draw, record.prizes, record.terms["substitutes"]))
    if first != decided.facts["draw"]:
        raise Wrong(
            said(
                "{file}: it is not what was drawn: without whom people skipped since, its digest is {found}, wanted {wanted}",
                file=DRAW, found=first, wanted=decided.facts["draw"],
            )
        )  # fmt: skip
    if (verified := record.last("verified")) is not None:
        papers.digest(DRAW, verified.facts["draw"], said("that of the draw that was confirmed"))
    return said("{file}: it is the draw of these rules and this pool that was committed, and nothing but skips was added since", file=DRAW)


def _check_order(papers: Papers) -> Said:
    draw, made = papers.draw, _redrawn(papers)
    for key, found, wanted in (
        ("eligible", draw.eligible, made.eligible),
        ("ranking", draw.ranking, made.ranking),
        ("order", draw.order, made.order),
    ):
        if found != wanted:
            raise Wrong(_difference(key, found or (), wanted or ()))
    return said("each of the {n} lines of the order stands where the draw puts it", n=len(draw.order))


def _redrawn(papers: Papers) -> Drawing:
    draw, record = papers.draw, papers.record
    try:
        case = case_of(record.contest, papers.terms, draw.rules, papers.files, draw.luck, record=record.before_draw)
        return redrawn(draw, case)
    except (NoCase, TooMany) as error:
        raise Wrong(said("the draw cannot be made again: {found}", found=error.found)) from None


def _check_winners(papers: Papers) -> Said:
    draw, record = papers.draw, papers.record
    made = award(draw.order, record.prizes, record.terms["substitutes"], told_skips(draw.award))
    for key, found, wanted in (
        ("winners", draw.award.winners, made.winners),
        ("substitutes", draw.award.substitutes, made.substitutes),
        ("skips", draw.award.skips, made.skips),
    ):
        if found != wanted:
            raise Wrong(_difference(key, found, wanted))
    return said(
        "the first lines of the order win, with every skip told: {winners}; substitutes: {substitutes}; skips: {skips}",
        winners=_few(line for line, _ in made.winners),
        substitutes=_few(made.substitutes),
        skips=_few(map(_shown, made.skips)),
    )


def _difference(key: str, found: Sequence[object], wanted: Sequence[object]) -> Said:
    """Return the first place at which two lists differ."""
    place = next((n for n, (one, other) in enumerate(zip(found, wanted, strict=False)) if one != other), min(len(found), len(wanted)))
    shown = [_shown(one[place]) if place < len(one) else said("nothing") for one in (found, wanted)]
    return said(
        "{file}: {key}, place {n}: found {found}, wanted {wanted}", file=DRAW, key=key, n=place + 1, found=shown[0], wanted=shown[1]
    )


def _shown(one: object) -> str:
    if isinstance(one, Skip):
        return f"{one.ticket} ({one.reason})"
    # Prizes are counted from 1 where people read of them; scores are texts.
    parts = [str(part + 1 if isinstance(part, int) else part) for part in one] if isinstance(one, tuple) else [str(one)]
    return f"{parts[0]} ({', '.join(parts[1:])})" if parts[1:] else parts[0]


def _check_ballots(papers: Papers) -> Said:
    mechanism = papers.terms["mechanism"]
    if mechanism not in ("jury", "jury+vote"):
        raise Unchecked(said("no jury sits here"))
    try:
        jurors = juror_keys(papers.terms["judging"]["jurors"])
    except BadBallot as error:
        raise Wrong(said("{file}: {found}", file=RECORD, found=error.found)) from None
    wanted = {one: sealed_file(one) for one in (*jurors, *((VOTES,) if mechanism == "jury+vote" else ()))}
    found = [(one.facts["juror"], one.facts["digest"]) for one in papers.record.all("sealed")]
    sealed = dict(found)
    if len(sealed) < len(found) or sealed.keys() - wanted.keys():
        raise Wrong(said("{file}: somebody sealed twice, or is no juror", file=RECORD))
    # Votes are public at once, and who marks after them could go by them.
    if VOTES in list(sealed)[: len(jurors)]:
        raise Wrong(said("{file}: the votes of members were sealed before the ballot of a juror", file=RECORD))
    if papers.record.last("decided") is None:
        raise Unchecked(said("ballots are opened once all are sealed; so far: {found} of {wanted}", found=len(sealed), wanted=len(wanted)))
    for juror, name in wanted.items():
        if juror not in sealed:
            raise Wrong(said("{file}: {juror} sealed no ballot", file=RECORD, juror=juror))
        papers.digest(name, sealed[juror], said("that of the one that was sealed"))
    return said("each ballot is the one whose digest was sealed in the record: {files}", files=_few(wanted.values()))


def _check_answers(papers: Papers) -> Said:
    if papers.terms["mechanism"] not in ("quiz", "quiz+draw"):
        raise Unchecked(said("there is no quiz here"))
    if (frozen := papers.record.last("frozen")) is None:
        raise Unchecked(said("the pool is not frozen yet"))
    papers.digest(ANSWERS_FILE, frozen.facts.get("answers", "-"), said("that of the answers that were frozen with the pool"))
    if papers.record.last("decided") is None:
        raise Unchecked(said("{file} is as it was frozen; the right answers are told when entries are compared", file=ANSWERS_FILE))
    papers.digest(KEY_FILE, papers.terms["quiz"]["answers"], said("that of the right answers, as the rules named it"))
    return said(
        "answers are those that were frozen, and the right ones those that the rules named before: {files}",
        files=f"{ANSWERS_FILE}, {KEY_FILE}",
    )


def _few(names: Iterable[str]) -> str:
    listed = list(names) or ["–"]
    return ", ".join(listed[:8]) + (" …" if len(listed) > 8 else "")


#: The checks by their names, in the order in which they are told.  The program in the browser makes the same.
CHECKS: Mapping[str, Callable[[Papers], Said]] = {
    "record": _check_record,
    "rules": _check_rules,
    "pool": _check_pool,
    "draw": _check_draw,
    "broadcast-order": check_moments,
    "round": check_round,
    "beacon": check_beacon,
    "entropy": check_entropy,
    "order": _check_order,
    "winners": _check_winners,
    "ballots": _check_ballots,
    "answers": _check_answers,
}
