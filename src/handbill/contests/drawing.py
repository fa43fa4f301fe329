"""Make the draw of a frozen pool and commit it: what decides it is not ours to choose, and what it is made from was committed before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from handbill import __version__
from handbill.contests.lots import Given, Lots, lots_of
from handbill.contests.steps import Contest, NotNow, take
from handbill.draw.answers import ANSWERS_FILE, KEY_FILE
from handbill.draw.ballots import sealed_file
from handbill.draw.beacon import QUICKNET, randomness_of
from handbill.draw.casting import POOL, NoCase, case_of, names_for
from handbill.draw.drawing import Case, Drawing, NoDrawing, Numbers, Round, drawing_bytes, drawing_in, drawn
from handbill.draw.pool import digest_of
from handbill.draw.proof import Proved, prove
from handbill.draw.rfc3797 import TooMany
from handbill.errors import said
from handbill.reading.contests import record_text

DRAW = "draw.json"


@dataclass(frozen=True, slots=True)
class Made:
    """A draw that was committed, and the lots that decided it."""

    drawing: Drawing
    lots: Lots


def draw(contest: Contest, given: Given) -> Made:
    """Draw lots, or count what a jury or a quiz decided, and commit the step ``decided``.

    Raises:
        NotNow: the contest is not frozen, the moment has not come, or a file is missing or not the one that was committed.
        WrongUse, ServiceFailed: as :func:`handbill.contests.lots.lots_of`.
    """
    contest.check_step("decided")
    # What is missing is told before a beacon is asked or numbers are looked at.
    files = committed_files(contest)
    lots = lots_of(contest, given, files[POOL].count(b"\n"))
    luck = luck_of(lots)
    try:
        drawing = drawn(case(contest, files, luck), luck, {}, __version__)
    except TooMany as error:
        raise NotNow(said("{contest}: {why}", contest=contest.id, why=error.found)) from error
    raw = drawing_bytes(drawing)
    missing = {"missing": lots.missing} if lots.missing else {}
    take(contest, "decided", {"draw": digest_of(raw), **missing}, {DRAW: raw})
    return Made(drawing, lots)


def drawn_again(contest: Contest) -> tuple[Proved, ...]:
    """Return what the files in the archive prove, the draw made again from them alone, so that a reviewer need believe nothing.

    Raises:
        NotNow: a file was taken away or changed while it was read.
    """
    return prove({name: contest.file(name) for name in contest.record.files})


def committed_files(contest: Contest) -> dict[str, bytes]:
    """Return the files that the draw is made from, by their names in the archive, each as its digest was committed.

    Raises:
        NotNow: one is not there yet, or is another one than was committed.
    """
    terms, frozen = contest.record.terms, contest.record.last("frozen")
    assert frozen is not None
    wanted = {POOL: frozen.facts["pool"], ANSWERS_FILE: frozen.facts.get("answers"), KEY_FILE: terms["quiz"]["answers"]}
    wanted |= {sealed_file(str(one.facts["juror"])): one.facts["digest"] for one in contest.record.steps if one.name == "sealed"}
    try:
        names = names_for(terms)
    except NoCase as error:
        raise NotNow(said("{contest}: {why}", contest=contest.id, why=error.found)) from error
    _check_all_there(contest, names)
    files = {name: contest.file(name) for name in names}
    for name, raw in files.items():
        if digest_of(raw) != wanted.get(name):
            found = said(
                "{path}: is not the file whose digest was committed: found {found}…, wanted {wanted}…",
                path=f"{contest.folder}/{name}", found=digest_of(raw)[:16], wanted=str(wanted.get(name, "?"))[:16],
            )  # fmt: skip
            raise NotNow(found)
    return files


def luck_of(lots: Lots) -> Round | Numbers:
    """Return what decided, as a draw holds it."""
    if not lots.round:
        return Numbers(lots.numbers)
    return Round(QUICKNET.hash, lots.round, lots.signature.hex(), randomness_of(lots.signature).hex())


def case(contest: Contest, files: Mapping[str, bytes], luck: Round | Numbers) -> Case:
    """Return what the draw is made from, with the record as it was before the draw.

    Raises:
        NotNow: a file cannot be read.
    """
    record, announced = contest.record, contest.record.last("announced")
    assert announced is not None
    before = replace(record, steps=tuple(takewhile(lambda one: one.name != "decided", record.steps)))
    try:
        return case_of(contest.id, record.terms, announced.facts["rules"], files, luck, record=digest_of(record_text(before)))
    except NoCase as error:
        raise NotNow(said("{contest}: {why}", contest=contest.id, why=error.found)) from error


def drawing_of(contest: Contest) -> Drawing:
    """Return the draw that is committed.

    Raises:
        NotNow: the file is not there, or is no draw.
    """
    try:
        return drawing_in(contest.file(DRAW))
    except NoDrawing as error:
        raise NotNow(said("{path}: is no draw as “contest draw” writes it", path=f"{contest.folder}/{DRAW}")) from error


def _check_all_there(contest: Contest, names: tuple[str, ...]) -> None:
    """Tell everything that is still to be revealed at once, and how."""
    missing = [one for one in names if one not in contest.record.files]
    if not missing:
        return
    if KEY_FILE in missing:
        command = f"python3 build.py contest answers reveal {contest.id} …"
        raise NotNow(said("{contest}: the right answers are not shown yet: {command}", contest=contest.id, command=command))
    if POOL in missing or ANSWERS_FILE in missing:
        raise NotNow(said("{path}: is not there", path=f"{contest.folder}/{missing[0]}"))
    command = f"python3 build.py contest ballot reveal {contest.id} …"
    raise NotNow(said("{contest}: not shown yet: {files}; {command}", contest=contest.id, files=", ".join(missing), command=command))
