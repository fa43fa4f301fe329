"""The ballots of a jury: each is sealed by its digest, and shown once all are (decision 0054).

So no juror can look at the marks of another, and nobody can change a ballot
once the others are known.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from handbill.contests.hidden import read_hidden, write_hidden
from handbill.contests.keyring import FOLDER
from handbill.contests.marking import Marks
from handbill.contests.steps import Contest, NotNow, take, write_files
from handbill.draw.ballots import (
    VOTES,
    VOTES_FILE,
    BadBallot,
    Criterion,
    ballot_bytes,
    ballot_file,
    ballot_in,
    criteria_of,
    juror_keys,
    votes_bytes,
)
from handbill.draw.jury import judged
from handbill.draw.pool import BadPool, pool_lines
from handbill.errors import Said, WrongUse, said
from handbill.hub.frozen import Proof
from handbill.kinds.contest_facts import JUDGED
from handbill.kinds.contest_terms import lots_at

_POOL = "pool.txt"

_EARLY = said("the pool is not frozen: a jury marks the tickets of the pool")
_OVER = said("the works are judged already, and no ballot changes that")

#: Why a jury does not mark in a state.
_WHY: Mapping[str, Said] = {
    **dict.fromkeys(("announced", "open", "closed"), _EARLY),
    **dict.fromkeys(("judged", "verified", "published", "settled"), _OVER),
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """A jury at its work: the contest, the tickets it marks, by what, its jurors' words, and the digests sealed so far by word."""

    contest: Contest
    lines: tuple[str, ...]
    judging: Mapping[str, Any]
    criteria: tuple[Criterion, ...]
    jurors: tuple[str, ...]
    sealed: Mapping[str, str]
    has_votes: bool

    @property
    def unsealed(self) -> tuple[str, ...]:
        """Return who has not handed in a ballot yet; the votes of members come last."""
        return tuple(one for one in (*self.jurors, *((VOTES,) if self.has_votes else ())) if one not in self.sealed)

    @property
    def unshown(self) -> tuple[str, ...]:
        """Return whose ballots are not shown yet."""
        return tuple(one for one in self.jurors if ballot_file(one) not in self.contest.record.files)

    @property
    def is_late(self) -> bool:
        """Say whether the lots that part equal works are known already."""
        moment = lots_at(self.contest.record.terms)
        return bool(moment) and self.contest.at >= datetime.fromisoformat(moment)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A digest that was committed: what it is of, where the ballot lies hidden (``None`` for votes), and how the jury sits now."""

    digest: str
    place: Path | None
    sitting: Sitting


def sitting_of(contest: Contest) -> Sitting:
    """Return the jury of a contest whose pool is frozen.

    Raises:
        NotNow: no jury sits, it cannot mark yet or any more, or the pool is not the frozen one.
    """
    terms = contest.record.terms
    if not contest.facts.is_judged or (terms and terms["mechanism"] not in JUDGED):
        raise _not_now(contest, said("no jury sits: winners are found otherwise"))
    if why := _WHY.get(contest.state):
        raise _not_now(contest, why)
    contest.check_step("sealed")
    try:
        lines = pool_lines(_frozen_pool(contest))
        criteria, jurors = criteria_of(terms["judging"]), juror_keys(terms["judging"]["jurors"])
    except (BadBallot, BadPool) as error:
        raise _not_now(contest, error.found) from error
    sealed = {str(one.facts["juror"]): str(one.facts["digest"]) for one in contest.record.steps if one.name == "sealed"}
    return Sitting(contest, lines, terms["judging"], criteria, jurors, sealed, terms["mechanism"] == "jury+vote")


def juror_called(sitting: Sitting, word: str) -> str:
    """Return the juror that a word means, as the rules write the name or as the files do.

    Raises:
        WrongUse: no juror is called so.
    """
    named: dict[str, str] = dict(zip(sitting.judging["jurors"], sitting.jurors, strict=True))
    if word in named:
        return named[word]
    if word not in sitting.jurors:
        wanted = said("{juror}: is not of the jury; the jurors are: {jurors}", juror=word, jurors=", ".join(sitting.jurors))
        raise WrongUse(wanted)
    return word


def check_unsealed(sitting: Sitting, juror: str) -> None:
    """Refuse a second ballot of one juror, before anybody marks it.

    Raises:
        NotNow: one is sealed already.
    """
    if juror == VOTES and juror in sitting.sealed:
        raise _not_now(sitting.contest, said("the votes are sealed already: they are handed in once"))
    if juror in sitting.sealed:
        raise _not_now(sitting.contest, said("the ballot of {juror} is sealed already: it is handed in once", juror=juror))


def seal(sitting: Sitting, juror: str, marks: Marks, folder: Path) -> Sealed:
    """Commit the digest of a juror's ballot, and keep the ballot in *folder*, that of what no repository sees.

    Raises:
        NotNow: the juror's ballot is sealed already.
        MachineLacks: the ballot cannot be kept.
    """
    assert not marks.faults
    contest = sitting.contest
    check_unsealed(sitting, juror)
    raw = ballot_bytes(contest.id, juror, secrets.token_hex(32), marks.marks, marks.conflicts)
    ballot_in(raw, contest.id, juror, sitting.judging, sitting.lines)
    place = hidden_place(folder, contest.id, juror)
    # Kept before it is promised: a digest without its ballot would stop the contest.
    write_hidden(place, raw, contest.settings.root)
    return Sealed(_digest(raw), place, _sealed(sitting, juror, raw, {}))


def seal_votes(sitting: Sitting, counts: Mapping[str, int]) -> Sealed:
    """Commit how many members voted for each ticket: once all jurors have sealed, and before any ballot is shown.

    Raises:
        NotNow: members do not vote, have voted, or it is too early or too late.
    """
    contest = sitting.contest
    if not sitting.has_votes:
        raise _not_now(contest, said("members do not vote by its rules"))
    check_unsealed(sitting, VOTES)
    if sitting.unsealed != (VOTES,):
        missing = ", ".join(one for one in sitting.unsealed if one != VOTES)
        raise _not_now(contest, said("votes are public, and who still marks could go by them; not sealed yet: {jurors}", jurors=missing))
    raw = votes_bytes(counts)
    return Sealed(_digest(raw), None, _sealed(sitting, VOTES, raw, {VOTES_FILE: raw}))


def reveal(sitting: Sitting, juror: str, file: Path) -> Sitting | None:
    """Commit a juror's ballot, which lies in *file*; return how the jury sits then, ``None`` where it was shown already.

    Raises:
        NotNow: a ballot is not sealed yet, or this is not the one that was.
        MachineLacks: it cannot be read.
    """
    contest = sitting.contest
    if sitting.unsealed:
        missing = ", ".join(sitting.unsealed)
        raise _not_now(contest, said("ballots are shown once all are sealed; not sealed yet: {jurors}", jurors=missing))
    name = ballot_file(juror)
    if name in contest.record.files and _digest(contest.file(name)) == sitting.sealed[juror]:
        return None
    raw = read_hidden(file)
    if _digest(raw) != sitting.sealed[juror]:
        found = said(
            "{name}: is not the ballot that {juror} sealed: found {found}…, wanted {wanted}…",
            name=file.name, juror=juror, found=_digest(raw)[:16], wanted=sitting.sealed[juror][:16],
        )  # fmt: skip
        raise _not_now(contest, found)
    try:
        ballot_in(raw, contest.id, juror, sitting.judging, sitting.lines)
    except BadBallot as error:
        raise _not_now(
            contest, said("the ballot that {juror} sealed cannot be counted: {found}", juror=juror, found=error.found)
        ) from error
    write_files(contest, {name: raw})
    files = {**contest.record.files, name: Proof(_digest(raw), len(raw))}
    return replace(sitting, contest=replace(contest, record=replace(contest.record, files=files)))


def unjudged(sitting: Sitting) -> tuple[str, ...]:
    """Return the tickets that too few jurors could mark, once all ballots are shown."""
    contest = sitting.contest
    ballots = {one: contest.file(ballot_file(one)) for one in sitting.jurors}
    votes = contest.file(VOTES_FILE) if sitting.has_votes else None
    # Who comes first among equal works does not matter here.
    return judged(contest.id, sitting.judging, sitting.lines, ballots, votes, sitting.lines).unjudged


def hidden_place(folder: Path, contest: str, juror: str) -> Path:
    """Return where the ballot of a juror lies until it is shown."""
    return folder / FOLDER / contest / f"{juror}.json"


def _sealed(sitting: Sitting, juror: str, raw: bytes, files: Mapping[str, bytes]) -> Sitting:
    record = take(sitting.contest, "sealed", {"juror": juror, "digest": _digest(raw)}, files)
    return replace(sitting, contest=replace(sitting.contest, record=record), sealed={**sitting.sealed, juror: _digest(raw)})


def _frozen_pool(contest: Contest) -> bytes:
    raw, frozen = contest.file(_POOL), contest.record.last("frozen")
    if frozen is None or frozen.facts["pool"] != _digest(raw):
        raise _not_now(contest, said("{path} is not the pool that was frozen", path=f"{contest.folder}/{_POOL}"))
    return raw


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _not_now(contest: Contest, why: Said | str) -> NotNow:
    return NotNow(said("{contest}: {why}", contest=contest.id, why=why))
