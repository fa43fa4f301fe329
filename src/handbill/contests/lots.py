"""What decides a draw: the round of the beacon that was fixed when the contest was announced, or numbers of public drawings.

Nothing is chosen here.  The round follows from the rules, its signature is
verified whoever brought it, and where it fails the rules say what comes next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from handbill.contests.fetching import Unpublished, beacon_in, fetched
from handbill.contests.steps import Contest, NotNow
from handbill.draw import hubdraw, rfc3797
from handbill.draw.beacon import PATIENCE, QUICKNET, moment_of, round_at
from handbill.draw.entropy import MARGIN_BITS, needed_bits, source_bits
from handbill.draw.fallback import LOTO, STOPPED, loto_sources
from handbill.errors import Said, ServiceFailed, WrongUse, said
from handbill.kinds.contest_terms import lots_at

#: How many rounds after a missing one are asked for; a longer gap is closed by giving the beacon's answer.
_MOST_ASKED = 100

#: So many rounds before now every relay has what there is: a minute.
_RECENT = 20


@dataclass(frozen=True, slots=True)
class Given:
    """What an organiser gives to a draw.

    ``beacon`` is a file with an answer of the beacon, or the address of one of
    its servers; ``numbers`` what public drawings showed, a text for each;
    ``is_fallback`` says that what the rules name first has failed.
    """

    beacon: str = ""
    numbers: tuple[str, ...] = ()
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class Lots:
    """What decided: a round and its signature, or numbers.  ``missing`` is the round in whose place it came, 0 for none."""

    algorithm: str
    round: int = 0
    signature: bytes = b""
    numbers: tuple[tuple[int, ...], ...] = ()
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A public drawing of numbers, as the rules name it."""

    name: str
    count: int
    most: int


def lots_of(contest: Contest, given: Given, size: int) -> Lots:
    """Return what decides among *size* lines at the moment meant.

    Raises:
        NotNow: its moment has not come, or what the rules name is not what was given.
        WrongUse: numbers or an answer of the beacon are wanted, not wanted or unreadable.
        ServiceFailed: the beacon cannot be asked.
    """
    terms = contest.record.terms
    if terms["algorithm"] == rfc3797.NAME:
        if given.beacon or given.is_fallback:
            raise WrongUse(said("{contest}: public drawings decide here: give --numbers alone", contest=contest.id))
        due = datetime.fromisoformat(lots_at(terms))
        _wait_for(contest, due)
        sources = [Source(one["name"], one["count"], one["most"]) for one in terms["sources"]]
        return Lots(rfc3797.NAME, numbers=_numbers(contest, given.numbers, sources, size))
    fixed = fixed_round(contest)
    _wait_for(contest, moment_of(fixed))
    if given.is_fallback:
        return _fallen_back(contest, given, fixed, size)
    if given.numbers:
        raise WrongUse(said("{contest}: the beacon decides here, and no numbers are typed", contest=contest.id))
    round_, signature = _answer(given.beacon, fixed)
    if round_ != fixed:
        found = said(
            "{contest}: found round {found} of the beacon, wanted round {round}: it was fixed when the contest was announced",
            contest=contest.id, found=round_, round=fixed,
        )  # fmt: skip
        raise NotNow(found)
    return Lots(hubdraw.NAME, round_, signature)


def fixed_round(contest: Contest) -> int:
    """Return the round that was fixed at the announcement; the frozen pool and the moment of the draw must name the same.

    Raises:
        NotNow: they do not, or none was fixed.
    """
    named = [step.facts.get("beacon") for step in (contest.record.last("announced"), contest.record.last("frozen")) if step]
    moment = lots_at(contest.record.terms)
    if not moment or not all(isinstance(one, Mapping) for one in named):
        raise NotNow(said("{contest}: no round of the beacon was fixed when it was announced", contest=contest.id))
    round_ = round_at(datetime.fromisoformat(moment))
    wanted = {"chain": QUICKNET.hash, "round": round_}
    if wrong := [one for one in named if dict(one or {}) != wanted]:
        raise NotNow(
            said(
                "{contest}: the record fixes round {found}, and by the moment of the draw ({moment}) it is round {round}",
                contest=contest.id, found=_round_in(wrong[0]), moment=local(contest, datetime.fromisoformat(moment)), round=round_,
            )
        )  # fmt: skip
    return round_


def is_ordered(prizes: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether it matters who wins first: it does where there is more than one kind of prize."""
    return len(prizes) > 1


def needed(contest: Contest, size: int) -> float:
    """Return how many bits of chance a draw among *size* lines needs, the margin with it."""
    terms = contest.record.terms
    return needed_bits(size, min(int(terms["winners"]), size), is_ordered(terms["prizes"])) + MARGIN_BITS


def local(contest: Contest, moment: datetime) -> str:
    """Return a moment as the hub's people read it: in its zone, with seconds where there are some."""
    there = moment.astimezone(ZoneInfo(contest.settings.zone))
    return f"{there:%Y-%m-%d %H:%M:%S}" if there.second else f"{there:%Y-%m-%d %H:%M}"


def _wait_for(contest: Contest, moment: datetime) -> None:
    if contest.at < moment:
        raise NotNow(
            said(
                "{contest}: no draw can be made before {moment}, when what decides comes out",
                contest=contest.id,
                moment=local(contest, moment),
            )
        )


def _round_in(named: object) -> object:
    return named.get("round") if isinstance(named, Mapping) else named


def _answer(beacon: str, round_: int) -> tuple[int, bytes]:
    """Return the round and signature that a file holds, or else what a server answers for the round."""
    if not beacon or re.match(r"https?://", beacon):
        return round_, fetched(round_, *((beacon,) if beacon else ()))
    try:
        raw = Path(beacon).read_bytes()
    except OSError as trouble:
        raise WrongUse(said("{path}: cannot be read ({reason})", path=beacon, reason=trouble.strerror or str(trouble))) from trouble
    emitted = beacon_in(raw)
    return emitted.round, emitted.signature


def _fallen_back(contest: Contest, given: Given, fixed: int, size: int) -> Lots:
    """Return what the rules name where the beacon failed: its first later round, or the Loto once the whole chain has stopped."""
    wait = STOPPED if given.numbers else PATIENCE
    if contest.at < moment_of(fixed) + wait:
        raise NotNow(
            said(
                "{contest}: the rules give round {round} until {moment} to be published",
                contest=contest.id, round=fixed, moment=local(contest, moment_of(fixed) + wait),
            )
        )  # fmt: skip
    if given.numbers:
        drawings = loto_sources(needed(contest, size))
        if len(given.numbers) != len(drawings):
            wanted = said(
                "{contest}: found --numbers {n} times, wanted --numbers {wanted} times: for each of {drawings} drawings of the Loto, "
                "as the rules name them, the five numbers and then the Chance number",
                contest=contest.id,
                n=len(given.numbers),
                wanted=len(drawings),
                drawings=len(drawings) // len(LOTO),
            )  # fmt: skip
            raise WrongUse(wanted)
        # A chain that goes on has not stopped, whatever became of one round.
        _refuse_published(contest, given.beacon, fixed, round_at(contest.at) - _RECENT)
        sources = [Source(_loto_name(place), *one) for place, one in enumerate(drawings)]
        return Lots(rfc3797.NAME, numbers=_numbers(contest, given.numbers, sources, size), missing=fixed)
    if given.beacon and not re.match(r"https?://", given.beacon):
        round_, signature = _answer(given.beacon, fixed)
        if round_ > fixed:
            _refuse_published(contest, "", fixed)
    else:
        round_, signature = _first_later(contest, given.beacon, fixed)
    if round_ == fixed:
        raise NotNow(_published(contest, fixed, fixed))
    if round_ < fixed:
        found = said(
            "{contest}: found round {found} of the beacon, wanted one after {round}", contest=contest.id, found=round_, round=fixed
        )
        raise NotNow(found)
    _wait_for(contest, moment_of(round_))
    return Lots(hubdraw.NAME, round_, signature, missing=fixed)


def _refuse_published(contest: Contest, relay: str, *rounds: int) -> None:
    """Refuse what comes in the place of rounds of which one is published.

    That nobody answers proves nothing: whoever reviews the draw is told to look.
    """
    for round_ in rounds:
        try:
            fetched(round_, *((relay,) if relay else ()))
        except ServiceFailed:
            continue
        raise NotNow(_published(contest, round_, rounds[0]))


def _published(contest: Contest, round_: int, fixed: int) -> Said:
    if round_ == fixed:
        return said("{contest}: round {round} is published, and no other decides: draw without --fallback", contest=contest.id, round=fixed)
    return said(
        "{contest}: the beacon goes on, with round {round}: the first one after {fixed} decides, and no lottery; leave --numbers out",
        contest=contest.id, round=round_, fixed=fixed,
    )  # fmt: skip


def _first_later(contest: Contest, base: str, fixed: int) -> tuple[int, bytes]:
    for round_ in range(fixed, fixed + _MOST_ASKED + 1):
        try:
            return _answer(base, round_)
        except Unpublished:
            continue
    raise NotNow(
        said(
            "{contest}: the beacon has none of the rounds {first} to {last}; give the first later one by --beacon FILE",
            contest=contest.id, first=fixed, last=fixed + _MOST_ASKED,
        )
    )  # fmt: skip


def _loto_name(place: int) -> str:
    drawing, part = divmod(place, len(LOTO))
    return (
        said("Loto, drawing {n}: five numbers", n=drawing + 1) if part == 0 else said("Loto, drawing {n}: the Chance number", n=drawing + 1)
    )


def _numbers(contest: Contest, typed: Sequence[str], sources: Sequence[Source], size: int) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of each source as they were typed, once they are such as it can show, and bring enough chance."""
    if len(typed) != len(sources):
        named = "; ".join(f"{one.name} ({one.count}/{one.most})" for one in sources)
        wanted = said(
            "{contest}: found the numbers of {n} drawings, wanted --numbers once for each of these, in this order: {sources}",
            contest=contest.id, n=len(typed), sources=named,
        )  # fmt: skip
        raise WrongUse(wanted)
    bits, wanted_bits = sum(source_bits(one.count, one.most) for one in sources), needed(contest, size)
    if bits < wanted_bits:
        raise NotNow(
            said(
                "{contest}: these drawings bring {bits} bits of chance, and {size} lines need {needed}: {margin} of them are a margin; "
                "the contest can be declared void, and announced anew with more drawings",
                contest=contest.id, bits=f"{bits:.1f}", size=size, needed=f"{wanted_bits:.1f}", margin=f"{MARGIN_BITS:g}",
            )
        )  # fmt: skip
    return tuple(_read(one, source) for one, source in zip(typed, sources, strict=True))


def _read(typed: str, source: Source) -> tuple[int, ...]:
    """Return the numbers in a text; whatever stands between them separates them."""
    parts = re.split(r"[\s,;/-]+", typed.strip())
    if not all(re.fullmatch(r"[0-9]{1,10}", one) for one in parts):
        raise WrongUse(said("{source}: found “{typed}”, wanted numbers such as 5 12 18", source=source.name, typed=typed))
    found = tuple(int(one) for one in parts)
    if len(found) != source.count:
        raise WrongUse(said("{source}: found {n} numbers, wanted {count}", source=source.name, n=len(found), count=source.count))
    if outside := [one for one in found if not 1 <= one <= source.most]:
        raise WrongUse(said("{source}: found {n}, wanted a number from 1 to {most}", source=source.name, n=outside[0], most=source.most))
    if doubles := [one for one in found if found.count(one) > 1]:
        raise WrongUse(said("{source}: found {n} twice, and a drawing shows each number once", source=source.name, n=doubles[0]))
    return found
