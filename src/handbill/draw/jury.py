"""Ballots of a jury → the order of the works: each juror's totals on a scale of their own, then the mean over jurors.

All of it is done in whole numbers, so that every machine and every language
comes to the same digits (decision 0054).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt, lcm
from typing import Any

from handbill.draw.ballots import VOTES_FILE, BadBallot, Ballot, Criterion, ballot_in, criteria_of, juror_keys, votes_in
from handbill.errors import said

#: A work that fewer have marked than this is not ranked.
LEAST_JURORS = 2

#: How many decimals a z-score keeps, and how many the score of a work, by which works are equal or not.
Z_DECIMALS = 24
DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Ranking:
    """The works in the order in which they win, each with its score; ``unjudged`` are those that too few jurors could mark."""

    order: tuple[str, ...]
    scores: tuple[tuple[str, str], ...]
    unjudged: tuple[str, ...] = ()


def judged(
    contest: str,
    judging: Any,
    lines: Sequence[str],
    ballots: Mapping[str, bytes],
    votes: bytes | None,
    tie_order: Sequence[str],
) -> Ranking:
    """Return how a jury ranked the lines of a pool.

    *judging* is what the announced terms hold under that word; *ballots* are
    the texts of all jurors by their word, *votes* the table where members
    voted; *tie_order* is the whole pool as lots would order it, which decides
    among equal scores.

    Raises:
        BadBallot: a juror's ballot is missing, or something is wrong in one, or in the votes.
    """
    criteria = criteria_of(judging)
    jurors = juror_keys(judging.get("jurors"))
    if extra := set(ballots) - set(jurors):
        raise BadBallot(said("the ballot of {juror}, who is not of the jury", juror=min(extra)))
    if missing := set(jurors) - set(ballots):
        raise BadBallot(said("no ballot of {juror}", juror=min(missing)))
    sheets: list[Mapping[str, int]] = [totals_of(_named(ballots[juror], contest, juror, judging, lines), criteria) for juror in jurors]
    if votes is not None:
        sheets.append(_votes(votes, lines))
    return ranking_of([z_scores(one) for one in sheets], lines, tie_order)


def totals_of(ballot: Ballot, criteria: Sequence[Criterion]) -> dict[str, int]:
    """Return a juror's total of each work: every mark as a part of the best one, times its weight, in whole numbers.

    They are the true totals times a number that is the same for all works, and
    which falls out of a z-score again.
    """
    common = lcm(*(one.scale for one in criteria))
    # A weight has four decimals at most, and a mark two.
    parts = {one.name: (int(one.weight * 10**4), common // one.scale) for one in criteria}
    return {
        line: sum(weight * int(marks[name] * 10**2) * part for name, (weight, part) in parts.items())
        for line, marks in ballot.marks.items()
    }


def z_scores(totals: Mapping[str, int]) -> dict[str, int]:
    """Return ``(x − mean) / sd`` of each total in units of 10⁻²⁴, halves away from zero; 0 where all are equal.

    ``sd`` is the standard deviation of the population, as these are all the
    works that the juror marked and no sample of them.  With n totals of sum S
    and sum of squares Q it is ``(n·x − S) / √(n·Q − S²)``: one root, of a
    whole number.
    """
    many, whole = len(totals), sum(totals.values())
    spread = many * sum(one * one for one in totals.values()) - whole * whole
    return {line: _over_root(many * one - whole, spread) for line, one in totals.items()}


def _over_root(above: int, below: int) -> int:
    """Return ``above / √below`` in units of 10⁻²⁴; 0 where *below* is."""
    if not below:
        return 0
    size = (isqrt(4 * above * above * 10 ** (2 * Z_DECIMALS) // below) + 1) // 2
    return size if above > 0 else -size


def ranking_of(sheets: Sequence[Mapping[str, int]], lines: Sequence[str], tie_order: Sequence[str]) -> Ranking:
    """Return the order of the lines by the mean of their z-scores, best first."""
    place = {line: number for number, line in enumerate(tie_order)}
    scores: dict[str, int] = {}
    unjudged = []
    for line in lines:
        found = [one[line] for one in sheets if line in one]
        if len(found) < LEAST_JURORS:
            unjudged.append(line)
        else:
            scores[line] = _mean(found)
    if lost := scores.keys() - place.keys():
        raise BadBallot(said("{line}, which the draw's order does not hold", line=min(lost)))
    order = tuple(sorted(scores, key=lambda line: (-scores[line], place[line])))
    return Ranking(order, tuple((line, score_text(scores[line])) for line in order), tuple(unjudged))


def _mean(found: Sequence[int]) -> int:
    """Return the mean in units of 10⁻¹², halves away from zero."""
    whole = sum(found)
    share: int = len(found) * 10 ** (Z_DECIMALS - DECIMALS)
    size = (2 * abs(whole) + share) // (2 * share)
    return size if whole > 0 else -size


def score_text(score: int) -> str:
    """Return the text of a score that is given in units of 10⁻¹².

    >>> score_text(-1_500_000_000_000)
    '-1.500000000000'
    """
    whole, part = divmod(abs(score), 10**DECIMALS)
    return f"{'-' if score < 0 else ''}{whole}.{part:0{DECIMALS}}"


def _named(raw: bytes, contest: str, juror: str, judging: Any, lines: Sequence[str]) -> Ballot:
    """Return a juror's ballot; what is wrong in it is told with whose it is."""
    try:
        return ballot_in(raw, contest, juror, judging, lines)
    except BadBallot as trouble:
        raise BadBallot(said("in the ballot of {juror}: {found}", juror=juror, found=trouble.found)) from None


def _votes(raw: bytes, lines: Sequence[str]) -> Mapping[str, int]:
    try:
        return votes_in(raw, lines)
    except BadBallot as trouble:
        raise BadBallot(said("in {file}: {found}", file=VOTES_FILE, found=trouble.found)) from None
