"""A draw ↔ draw.json, and the same draw made again from the pool (decision 0050)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handbill.draw import hubdraw, rfc3797
from handbill.draw.award import REASONS, Award, Skip, award, told_skips
from handbill.draw.canonical import NotCanonical, canonical, fits, parsed

#: The beacon of hubdraw-1, and the drawings of RFC 3797, as draw.json names them.
BEACON, NUMBERS = "drand quicknet", "numbers"

#: Greater whole numbers are not exact in every program that reads JSON.
MOST_WHOLE = 1 << 53

_HEX = re.compile(r"[0-9a-f]+", re.ASCII)


class NoDrawing(ValueError):
    """Some bytes are not the one text of any draw."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a beacon: of which chain, its number, its signature and the SHA-256 of that, in hexadecimal digits."""

    chain: str
    number: int
    signature: str
    randomness: str

    def lots(self, contest: str, lines: Sequence[str]) -> Iterator[str]:
        """Yield the lines in the order in which they win."""
        return iter(hubdraw.order_of(contest, bytes.fromhex(self.randomness), lines))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What public drawings brought: the numbers of each."""

    sources: tuple[tuple[int, ...], ...]

    def lots(self, contest: str, lines: Sequence[str]) -> Iterator[str]:  # noqa: ARG002 - the numbers alone decide
        """Yield the lines in the order in which they win, as far as somebody asks.

        Raises:
            TooMany: after 65,536 of them.
        """
        return rfc3797.order_of(self.sources, lines)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What draw.json says.

    ``pool`` is the digest of the pool and ``size`` how many lines it has;
    ``rules`` are the digests of the rules in force by language, ``record`` that
    of the contest's record as it was when lots were drawn.  ``ranking``
    tells of judged or guessed entries their score or distance, ``None`` where
    lots alone decide; ``eligible`` who answered a quiz right, ``None`` without one.
    """

    contest: str
    mechanism: str
    rules: Mapping[str, str]
    pool: str
    size: int
    luck: Round | Numbers
    order: tuple[str, ...]
    award: Award
    tool_version: str
    record: str = ""
    ranking: tuple[tuple[str, str], ...] | None = None
    eligible: tuple[str, ...] | None = None

    @property
    def algorithm(self) -> str:
        """Return how lots were drawn."""
        return hubdraw.NAME if isinstance(self.luck, Round) else rfc3797.NAME


@dataclass(frozen=True, slots=True)
class Case:
    """What a draw is made from, but for the luck: the contest, its terms, its pool, and what a jury or a quiz decided before.

    ``prizes`` says of each prize how many people win it.
    """

    contest: str
    mechanism: str
    rules: Mapping[str, str]
    pool: str
    lines: tuple[str, ...]
    prizes: tuple[int, ...]
    substitutes: int
    record: str = ""
    ranking: tuple[tuple[str, str], ...] | None = None
    eligible: tuple[str, ...] | None = None


def drawn(case: Case, luck: Round | Numbers, skips: Mapping[str, str], tool_version: str) -> Drawing:
    """Draw: put the lines in their order and walk along it.

    Where there is a ranking, that is the order: whoever made it has parted
    equal entries by lots already.

    Raises:
        TooMany: RFC 3797 cannot select so many.
    """
    walked: list[str] = []
    if case.ranking is not None:
        order: Iterable[str] = [line for line, _ in case.ranking]
    else:
        order = luck.lots(case.contest, case.lines if case.eligible is None else case.eligible)
    if not isinstance(luck, Numbers) or case.ranking is not None:
        order = tuple(order)
    made = award(_noted(order, walked), case.prizes, case.substitutes, skips)
    return Drawing(
        contest=case.contest,
        mechanism=case.mechanism,
        rules=dict(case.rules),
        pool=case.pool,
        size=len(case.lines),
        luck=luck,
        order=order if isinstance(order, tuple) else tuple(walked),
        award=made,
        tool_version=tool_version,
        record=case.record,
        ranking=case.ranking,
        eligible=case.eligible,
    )


def redrawn(drawing: Drawing, case: Case) -> Drawing:
    """Return the same draw made again: with its luck and the skips that people decided, and everything else anew.

    Raises:
        TooMany: RFC 3797 cannot select so many.
    """
    return drawn(case, drawing.luck, told_skips(drawing.award), drawing.tool_version)


def as_first(drawing: Drawing, prizes: Sequence[int], substitutes: int) -> Drawing:
    """Return a draw as it was before anybody was skipped by hand: the draw of which the record holds the digest."""
    made = award(drawing.order, prizes, substitutes, {})
    is_cut = isinstance(drawing.luck, Numbers) and drawing.ranking is None
    return replace(drawing, award=made, order=drawing.order[: made.walked] if is_cut else drawing.order)


def drawing_bytes(drawing: Drawing) -> bytes:
    """Return the one text of a draw."""
    luck = drawing.luck
    told: dict[str, Any] = {
        "algorithm": drawing.algorithm,
        "contest_id": drawing.contest,
        "mechanism": drawing.mechanism,
        "rules_digest": dict(drawing.rules),
        "record_digest": drawing.record,
        "pool_digest": drawing.pool,
        "pool_size": drawing.size,
        "order": list(drawing.order),
        "skips": [{"ticket": one.ticket, "reason": one.reason} for one in drawing.award.skips],
        "winners": [{"ticket": line, "prize": prize} for line, prize in drawing.award.winners],
        "substitutes": list(drawing.award.substitutes),
        "tool_version": drawing.tool_version,
    }
    if isinstance(luck, Round):
        told |= {"source": BEACON, "chain": luck.chain, "round": luck.number, "signature": luck.signature, "randomness": luck.randomness}
    else:
        told |= {"source": NUMBERS, "numbers": [list(one) for one in luck.sources], "key": rfc3797.key_of(luck.sources)}
    if drawing.ranking is not None:
        told["ranking"] = [{"ticket": line, "score": score} for line, score in drawing.ranking]
    if drawing.eligible is not None:
        told["eligible"] = list(drawing.eligible)
    return canonical(told)


_SHAPE: Mapping[str, Any] = {
    "algorithm": str,
    "contest_id": str,
    "mechanism": str,
    "rules_digest": {"": str},
    "record_digest": str,
    "pool_digest": str,
    "pool_size": int,
    "source": str,
    "order": [str],
    "skips": [{"ticket": str, "reason": str}],
    "winners": [{"ticket": str, "prize": int}],
    "substitutes": [str],
    "tool_version": str,
}
_LUCK: Mapping[str, Mapping[str, Any]] = {
    hubdraw.NAME: {"chain": str, "round": int, "signature": str, "randomness": str},
    rfc3797.NAME: {"numbers": [[int]], "key": str},
}
_MORE: Mapping[str, Any] = {"ranking": [{"ticket": str, "score": str}], "eligible": [str]}


def drawing_in(raw: bytes) -> Drawing:
    """Return the draw of which these bytes are the one text.

    Raises:
        NoDrawing: they are of none.
    """
    try:
        told = parsed(raw)
    except NotCanonical as error:
        raise NoDrawing(str(error)) from None
    algorithm = told.get("algorithm") if isinstance(told, dict) else None
    luck = _LUCK.get(algorithm) if isinstance(algorithm, str) else None
    if luck is None or not fits(told, {**_SHAPE, **luck, **{key: shape for key, shape in _MORE.items() if key in told}}):
        raise NoDrawing("other keys or values than a draw has")
    skips = tuple(Skip(one["ticket"], one["reason"]) for one in told["skips"])
    winners = tuple((one["ticket"], one["prize"]) for one in told["winners"])
    substitutes = tuple(told["substitutes"])
    walked = len(skips) + len(winners) + len(substitutes)
    drawing = Drawing(
        contest=told["contest_id"],
        mechanism=told["mechanism"],
        rules=told["rules_digest"],
        pool=told["pool_digest"],
        size=told["pool_size"],
        luck=_luck(told),
        order=tuple(told["order"]),
        award=Award(winners, substitutes, skips, walked),
        tool_version=told["tool_version"],
        record=told["record_digest"],
        ranking=tuple((one["ticket"], one["score"]) for one in told["ranking"]) if "ranking" in told else None,
        eligible=tuple(told["eligible"]) if "eligible" in told else None,
    )
    try:
        is_one = drawing_bytes(drawing) == raw
    except UnicodeEncodeError:
        is_one = False
    counts = (told["pool_size"], *(prize for _, prize in winners))
    if not is_one or any(one.reason not in REASONS for one in skips) or not all(0 <= one < MOST_WHOLE for one in counts):
        raise NoDrawing("values that no draw has")
    return drawing


def digest_of(drawing: Drawing) -> str:
    """Return the SHA-256 of a draw's text, in hexadecimal digits."""
    return hashlib.sha256(drawing_bytes(drawing)).hexdigest()


def _luck(told: Mapping[str, Any]) -> Round | Numbers:
    if told["algorithm"] == rfc3797.NAME:
        if not all(0 < number < MOST_WHOLE for one in told["numbers"] for number in one):
            raise NoDrawing("numbers that no drawing has")
        return Numbers(tuple(tuple(one) for one in told["numbers"]))
    if not (0 < told["round"] < MOST_WHOLE and len(told["randomness"]) == 64 and _HEX.fullmatch(told["randomness"])):
        raise NoDrawing("a round that no beacon has")
    if len(told["signature"]) % 2 or not _HEX.fullmatch(told["signature"]):
        raise NoDrawing("a signature that is none")
    return Round(told["chain"], told["round"], told["signature"], told["randomness"])


def _noted(lines: Iterable[str], walked: list[str]) -> Iterator[str]:
    for line in lines:
        walked.append(line)
        yield line
