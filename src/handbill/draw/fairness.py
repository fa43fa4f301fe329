"""Whether nobody could choose who wins: what decides came after the pool was closed, was fixed before, and is what it says it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from handbill.draw import hubdraw
from handbill.draw.beacon import QUICKNET, NoRound, is_signed, may_stand_in, moment_of, randomness_of, round_at
from handbill.draw.drawing import Numbers, Round
from handbill.draw.entropy import BEACON_BITS, MARGIN_BITS, needed_bits, source_bits
from handbill.draw.fallback import STOPPED, loto_sources
from handbill.draw.papers import DRAW, POOL, RECORD, Papers, Unchecked, Wrong, told
from handbill.errors import Said, said


def check_moments(papers: Papers) -> Said:
    """Check that rules, pool and lots came one after the other, each as long after the one before as the rules promise."""
    record, terms = papers.record, papers.terms
    announced, frozen, decided = record.last("announced"), record.last("frozen"), record.last("decided")
    assert announced is not None
    closes = datetime.fromisoformat(terms["closes"])
    # Those who entered by one version know its day: the next cannot open entries again.
    for before, one in (*pairwise(record.all("announced")), (announced, announced)):
        closed = datetime.fromisoformat(before.facts["terms"]["closes"])
        if one.at > closed:
            raise Wrong(
                said(
                    "{file}: the rules were announced on {at}, after entries closed on {closes}",
                    file=RECORD,
                    at=told(one.at),
                    closes=told(closed),
                )
            )
    if frozen is None:
        raise Unchecked(said("the pool is not frozen yet"))
    if frozen.at < closes:
        raise Wrong(
            said(
                "{file}: the pool was frozen on {at}, before entries closed on {closes}",
                file=RECORD,
                at=told(frozen.at),
                closes=told(closes),
            )
        )
    lots = _lots_moment(papers)
    if lots is None:
        raise Unchecked(said("the rules name no moment for lots"))
    hours = terms["objection_hours"] if terms["draw"] else 0
    # Where a later round stands in, the list had to be closed before the one that was named all the same.
    named = record.lots_at
    due = named if named is not None and lots - named >= QUICKNET.period else lots
    # Moments are taken from each other, as their sums can lie beyond the calendar.
    if due - frozen.at < timedelta(hours=hours) or frozen.at >= due:
        raise Wrong(
            said(
                "{file}: the pool was frozen on {at}, and what decides came on {lots}: wanted at least {hours} hours between",
                file=RECORD, at=told(frozen.at), lots=told(due), hours=hours,
            )
        )  # fmt: skip
    if decided is not None and decided.at < lots:
        raise Wrong(
            said(
                "{file}: the draw was made on {at}, before what decides it came on {lots}",
                file=RECORD,
                at=told(decided.at),
                lots=told(lots),
            )
        )
    return said(
        "the record says that the pool was frozen on {at}, and what decides came on {lots}; "
        "that its digest was told by then is shown by the letter in which you got it",
        at=told(frozen.at),
        lots=told(lots),
    )


def _lots_moment(papers: Papers) -> datetime | None:
    """Return when what decided came: the round that was used, or the moment that the rules name."""
    try:
        luck = papers.draw.luck
    except Unchecked:
        return papers.record.lots_at
    if isinstance(luck, Numbers):
        return papers.record.lots_at
    try:
        return moment_of(luck.number)
    except NoRound as error:
        raise Wrong(said("{file}: {found}", file=DRAW, found=error.found)) from None


def check_round(papers: Papers) -> Said:
    """Check that the round of the beacon follows from the rules, stood in them before, and is the one that decided."""
    record, terms = papers.record, papers.terms
    if terms["algorithm"] != hubdraw.NAME:
        raise Unchecked(said("numbers of public drawings decide here, and no round of a beacon"))
    wanted = _named_round(papers)
    for step in (record.last("announced"), record.last("frozen")):
        if step is None:
            continue
        beacon = step.facts.get("beacon") or {}
        if (beacon.get("chain"), beacon.get("round")) != (QUICKNET.hash, wanted):
            raise Wrong(
                said(
                    "{file}: its step {step} names round {found} of the chain {chain}, wanted round {wanted} of {own}",
                    file=RECORD,
                    step=step.name,
                    found=beacon.get("round", "-"),
                    chain=beacon.get("chain", "-"),
                    wanted=wanted,
                    own=QUICKNET.hash,
                )
            )
    at = told(moment_of(wanted))
    decided = record.last("decided")
    if decided is None:
        return said("round {round} was named when the contest was announced; it comes on {at}", round=wanted, at=at)
    luck = papers.draw.luck
    if isinstance(luck, Numbers):
        raise _stopped(papers, wanted)
    if luck.chain != QUICKNET.hash:
        raise Wrong(
            said("{file}: its round is one of the chain {found}, wanted {wanted}", file=DRAW, found=luck.chain, wanted=QUICKNET.hash)
        )
    if luck.number != wanted:
        raise _later(papers, luck, wanted)
    if "missing" in decided.facts:
        raise Wrong(said("{file}: round {round} decided, and the record says that it was missing", file=RECORD, round=wanted))
    return said("round {round} was named when the contest was announced, the first from {at} on, and it decided", round=wanted, at=at)


def _named_round(papers: Papers) -> int:
    moment = papers.record.lots_at
    if moment is None:
        raise Wrong(said("{file}: the rules name no moment for lots, and so no round of the beacon", file=RECORD))
    try:
        round_ = round_at(moment)
        moment_of(round_)
        return round_
    except NoRound as error:
        raise Wrong(said("{file}: the rules name {found}", file=RECORD, found=error.found)) from None


def _later(papers: Papers, luck: Round, wanted: int) -> Wrong:
    """Return how it ends where another round decided than the one named."""
    decided = papers.record.last("decided")
    assert decided is not None
    try:
        is_allowed = decided.facts.get("missing") == wanted and may_stand_in(wanted, luck.number, decided.at)
    except NoRound:
        is_allowed = False
    if not is_allowed:
        return Wrong(said("{file}: round {found} decided, and round {wanted} was named", file=DRAW, found=luck.number, wanted=wanted))
    return Unchecked(
        said(
            "round {wanted} was named and round {found} decided, because nothing before it is said to have been published within 48 hours: "
            "no file can prove that; ask the beacon itself at {address}",
            wanted=wanted, found=luck.number, address=_address(wanted),
        )
    )  # fmt: skip


def _stopped(papers: Papers, wanted: int) -> Wrong:
    """Return how it ends where numbers decided although a round was named."""
    decided = papers.record.last("decided")
    assert decided is not None
    if decided.facts.get("missing") != wanted or decided.at - moment_of(wanted) < STOPPED:
        return Wrong(
            said("{file}: numbers of public drawings decided, and round {wanted} of the beacon was named", file=DRAW, wanted=wanted)
        )
    return Unchecked(
        said(
            "round {wanted} was named and numbers of the Loto decided, because the beacon is said to have stopped for seven days: "
            "no file can prove that; ask the beacon itself at {address}",
            wanted=wanted, address=_address(wanted),
        )
    )  # fmt: skip


def _address(round_: int) -> str:
    return f"https://api.drand.sh/{QUICKNET.hash}/public/{round_}"


def check_beacon(papers: Papers) -> Said:
    """Check that the beacon itself gave the number, by its signature; or that numbers are such as the drawings named can show."""
    luck = papers.draw.luck
    if isinstance(luck, Numbers):
        raise Unchecked(_check_numbers(papers, luck))
    signature = bytes.fromhex(luck.signature)
    if randomness_of(signature).hex() != luck.randomness:
        found = randomness_of(signature).hex()
        raise Wrong(
            said(
                "{file}: the number drawn is {randomness}, and the signature makes {found}",
                file=DRAW,
                randomness=luck.randomness,
                found=found,
            )
        )
    if not is_signed(luck.number, signature):
        raise Wrong(said("{file}: the signature is not the beacon's for round {round}", file=DRAW, round=luck.number))
    return said("the beacon signed round {round} with its key, and the number drawn is the SHA-256 of that signature", round=luck.number)


def _check_numbers(papers: Papers, luck: Numbers) -> Said:
    sources = _sources(papers)
    if len(luck.sources) != len(sources):
        raise Wrong(
            said("{file}: it has the numbers of {found} drawings, wanted {wanted}", file=DRAW, found=len(luck.sources), wanted=len(sources))
        )
    for place, (numbers, (count, most)) in enumerate(zip(luck.sources, sources, strict=True), 1):
        if len(numbers) != count or len(set(numbers)) != count or not all(1 <= one <= most for one in numbers):
            raise Wrong(
                said(
                    "{file}: the numbers of drawing {n} are not {count} different ones from 1 to {most}",
                    file=DRAW, n=place, count=count, most=most,
                )
            )  # fmt: skip
    names = "; ".join(one["name"] for one in papers.terms["sources"]) if papers.terms["algorithm"] != hubdraw.NAME else "Loto"
    shown = " / ".join(" ".join(map(str, sorted(one))) for one in luck.sources)
    return said(
        "no file can prove what a public drawing showed: compare {numbers} with what was published of {names}", numbers=shown, names=names
    )


def _sources(papers: Papers) -> Sequence[tuple[int, int]]:
    """Return how many numbers each drawing shows, and the highest: as the rules name them, or as they say where the beacon stopped."""
    if papers.terms["algorithm"] == hubdraw.NAME:
        return loto_sources(_needed(papers))
    return [(one["count"], one["most"]) for one in papers.terms["sources"]]


def _needed(papers: Papers) -> float:
    """Return the bits of chance that the draw needs, the margin with it.

    Raises:
        Wrong: the pool has not the size that the record says, so that nobody is kept counting.
    """
    frozen = papers.record.last("frozen")
    assert frozen is not None
    size = papers.files.get(POOL, b"").count(b"\n")
    if frozen.facts["size"] != size:
        raise Wrong(said("{file}: it has {found} lines, wanted {wanted}", file=POOL, found=size, wanted=frozen.facts["size"]))
    prizes = papers.record.prizes
    return needed_bits(size, sum(prizes), len(prizes) > 1) + MARGIN_BITS


def check_entropy(papers: Papers) -> Said:
    """Check that what decides brings enough chance for every result to be possible."""
    terms = papers.terms
    if papers.record.last("frozen") is None:
        raise Unchecked(said("the pool is not frozen yet"))
    needed = _needed(papers)
    has_stopped = papers.record.last("decided") is not None and isinstance(papers.draw.luck, Numbers)
    is_beacon = terms["algorithm"] == hubdraw.NAME and not has_stopped
    given = BEACON_BITS if is_beacon else sum(source_bits(count, most) for count, most in _sources(papers))
    if given < needed:
        raise Wrong(
            said(
                "{file}: what decides brings {given} bits of chance, wanted {needed}",
                file=RECORD,
                given=f"{given:.1f}",
                needed=f"{needed:.1f}",
            )
        )
    return said("what decides brings {given} bits of chance, and this draw needs {needed}", given=f"{given:.1f}", needed=f"{needed:.1f}")
