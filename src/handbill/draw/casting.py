"""The committed files of a contest → what its draw is made from, the same for who draws and for who checks (decision 0050)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from handbill.draw import jury, quiz
from handbill.draw.answers import ANSWERS_FILE, KEY_FILE, BadAnswers
from handbill.draw.ballots import VOTES_FILE, BadBallot, ballot_file, juror_keys
from handbill.draw.drawing import Case, Numbers, Round
from handbill.draw.pool import BadPool, digest_of, pool_lines
from handbill.errors import Said, said

POOL = "pool.txt"

_JUDGED = ("jury", "jury+vote")
_ASKED = ("quiz", "quiz+draw")


class NoCase(ValueError):
    """No draw can be made from some files; ``found`` says why."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


def case_of(
    contest: str, terms: Mapping[str, Any], rules: Mapping[str, str], files: Mapping[str, bytes], luck: Round | Numbers, *, record: str
) -> Case:
    """Return what a draw is made from.

    *terms* and *rules* are those in force, as they were announced; *record* is
    the digest of the record as it was before the draw; *files* are those of the
    archive by their names there.  Where a jury or a quiz decides, the luck
    parts equal entries alone.

    Raises:
        NoCase: a file is missing, or is none of its kind.
        TooMany: RFC 3797 cannot order so many.
    """
    raw = file_of(files, POOL)
    try:
        lines = pool_lines(raw)
        ranking, eligible = _decided(contest, terms, lines, files, luck)
    except BadPool as error:
        raise NoCase(said("{path}, line {line}: {found}", path=POOL, line=error.line, found=error.found)) from error
    except (BadBallot, BadAnswers) as error:
        raise NoCase(error.found) from error
    return Case(
        contest=contest,
        mechanism=terms["mechanism"],
        rules=rules,
        pool=digest_of(raw),
        lines=lines,
        prizes=tuple(one["quantity"] * one["shared_by"] for one in terms["prizes"]),
        substitutes=terms["substitutes"],
        record=record,
        ranking=ranking,
        eligible=eligible,
    )


def file_of(files: Mapping[str, bytes], name: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        NoCase: it is not there.
    """
    if name not in files:
        raise NoCase(said("{path} is not there", path=name))
    return files[name]


def names_for(terms: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files that a draw by these terms is made from, the pool first.

    Raises:
        NoCase: the terms name no jury where one judges.
    """
    mechanism = terms["mechanism"]
    if mechanism in _ASKED:
        return (POOL, ANSWERS_FILE, KEY_FILE)
    if mechanism not in _JUDGED:
        return (POOL,)
    try:
        ballots = tuple(ballot_file(one) for one in juror_keys(terms["judging"]["jurors"]))
    except BadBallot as error:
        raise NoCase(error.found) from error
    return (POOL, *ballots, *((VOTES_FILE,) if mechanism == "jury+vote" else ()))


def _decided(
    contest: str, terms: Mapping[str, Any], lines: Sequence[str], files: Mapping[str, bytes], luck: Round | Numbers
) -> tuple[tuple[tuple[str, str], ...] | None, tuple[str, ...] | None]:
    """Return what was decided before any lots: the ranking of a jury or a last question, and who answered right."""
    mechanism = terms["mechanism"]
    if mechanism in _JUDGED:
        keys = juror_keys(terms["judging"]["jurors"])
        ballots = {one: file_of(files, ballot_file(one)) for one in keys}
        votes = file_of(files, VOTES_FILE) if mechanism == "jury+vote" else None
        return jury.judged(contest, terms["judging"], lines, ballots, votes, _lots(luck, contest, lines)).scores, None
    if mechanism in _ASKED:
        asked, answers, key = terms["quiz"], file_of(files, ANSWERS_FILE), file_of(files, KEY_FILE)
        right = quiz.eligible(asked, lines, answers, key)
        if mechanism == "quiz+draw":
            return None, right
        return quiz.ranked(asked, lines, answers, key, _lots(luck, contest, lines)).distances, right
    return None, None


def _lots(luck: Round | Numbers, contest: str, lines: Sequence[str]) -> tuple[str, ...]:
    """Return all lines in the order of the lots, which parts equal entries."""
    return tuple(islice(luck.lots(contest, lines), len(lines)))
