"""The right answers to a quiz: their digest stands in the rules, and they are shown once the pool is frozen (decision 0054)."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handbill.contests.hidden import read_hidden, refuse_repository, unreadable, write_hidden
from handbill.contests.steps import Contest, NotNow, write_files
from handbill.draw.answers import ANSWERS_FILE, KEY_FILE, OR, BadAnswers, comparable, key_bytes, key_in, number_of
from handbill.errors import Said, WrongUse, said
from handbill.kinds.contest_facts import ASKED
from handbill.sending.columns import plain
from handbill.sending.sheets import Fault, Row, rows_of

#: What the last question is called in the first column, as :func:`handbill.sending.columns.plain` writes it.
_LAST = frozenset({"tiebreak", "tie break", "last question", "last", "question subsidiaire", "subsidiaire", "departage"})

_QUESTION = re.compile(r"(?:question |q ?)?([1-9][0-9]{0,2})", re.ASCII)

_EARLY = said("the pool is not frozen: whoever read the right answers could still come into it")
_OVER = said("it is drawn already, by the right answers that were shown then")

#: Why right answers are not shown in a state.
_WHY: Mapping[str, Said] = {
    **dict.fromkeys(("announced", "open", "closed"), _EARLY),
    **dict.fromkeys(("drawn", "verified", "published", "settled"), _OVER),
}


@dataclass(frozen=True, slots=True)
class Right:
    """What the organiser wrote: the answers question by question, the number of the last one, and the rows that cannot be read."""

    answers: tuple[str, ...]
    tiebreak: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """Right answers that lie hidden: their digest for the rules, and in which file they are.

    ``accented`` are the questions with an answer that would be wrong without its accents.
    """

    digest: str
    place: Path
    questions: int
    has_tiebreak: bool
    accented: tuple[int, ...]


def read_right(file: Path) -> Right:
    """Return the right answers from a CSV file: a row for each question, its number first, then all answers that are right.

    Raises:
        MachineLacks: the file cannot be read.
    """
    answers: dict[int, str] = {}
    last = ""
    faults: list[Fault] = []
    for place, row in enumerate(_rows(file, faults)):
        word, written = plain(row.cells[0]), OR.join(cell for cell in row.cells[1:] if cell.strip())
        number = int(found[1]) if (found := _QUESTION.fullmatch(word)) else 0
        if number in answers or (word in _LAST and last):
            faults.append(Fault(row.number, said("a question that stands twice"), said("each question once")))
        elif word in _LAST:
            last = written or " "
            if not number_of(last):
                faults.append(Fault(row.number, said("an answer to the last question that is not one number"), said("a number")))
        elif number:
            answers[number] = written
            if not any(comparable(one) for one in written.split(OR)):
                faults.append(Fault(row.number, said("no answer to question {n}", n=number), said("at least one right answer")))
        elif place:
            # The first row may hold the names of the columns.
            faults.append(Fault(row.number, said("something that is no question"), said("the number of a question, or: tiebreak")))
    if missing := [one for one in range(1, max(answers, default=0) + 1) if one not in answers]:
        faults.append(Fault(0, said("no row for question {n}", n=missing[0]), said("a row for each question")))
    if not answers and not last and not faults:
        faults.append(Fault(0, said("no right answer"), said("two columns: the number of a question, and its answer")))
    return Right(tuple(answers[one] for one in sorted(answers)), last.strip(), tuple(faults))


def promise(right: Right, place: Path, root: Path) -> Promised:
    """Keep right answers in *place*, with a salt by chance, and return their digest for the rules.

    Raises:
        WrongUse: an answer cannot be compared, the place is in a repository, or is taken: another salt would make another digest.
        MachineLacks: it cannot be written.
    """
    assert not right.faults
    try:
        raw = key_bytes(right.answers, right.tiebreak, secrets.token_hex(32))
    except BadAnswers as error:
        raise WrongUse(error.found) from error
    refuse_repository(place, root)
    if os.path.lexists(place):
        raise WrongUse(
            said("{path}: is there already, and its digest may stand in the rules; take it away yourself if it is not wanted", path=place)
        )
    write_hidden(place, raw, root)
    key = [{comparable(one) for one in written.split(OR)} for written in right.answers]
    accented = tuple(number for number, found in enumerate(key, 1) if not {_bare(one) for one in found} <= found)
    return Promised(_digest(raw), place, len(right.answers), bool(right.tiebreak), accented)


def reveal(contest: Contest, file: Path) -> bool:
    """Commit the right answers, which lie in *file*; return whether they were not shown before.

    Raises:
        NotNow: no quiz is held, the pool is not frozen with its answers, or these are not the promised ones.
        MachineLacks: the file cannot be read.
    """
    terms = contest.record.terms
    if contest.facts.mechanism not in ASKED or (terms and terms["mechanism"] not in ASKED):
        raise _not_now(contest, said("no quiz is held: winners are found otherwise"))
    if contest.state != "frozen":
        if why := _WHY.get(contest.state):
            raise _not_now(contest, why)
        # It is over, or was never announced.
        contest.check_step("decided")
    if ANSWERS_FILE not in contest.record.files:
        raise _not_now(contest, said("the answers of entrants were not frozen with the pool: nobody could be right"))
    wanted = str(terms["quiz"]["answers"])
    if KEY_FILE in contest.record.files and _digest(contest.file(KEY_FILE)) == wanted:
        return False
    raw = read_hidden(file)
    if _digest(raw) != wanted:
        found = said(
            "{name}: are not the right answers whose digest stands in the rules: found {found}…, wanted {wanted}…",
            name=file.name, found=_digest(raw)[:16], wanted=wanted[:16],
        )  # fmt: skip
        raise _not_now(contest, found)
    try:
        key_in(raw, terms["quiz"])
    except BadAnswers as error:
        raise _not_now(contest, said("{name}: found {found}", name=file.name, found=error.found)) from error
    write_files(contest, {KEY_FILE: raw})
    return True


def key_place(file: Path) -> Path:
    """Return where the right answers of a file are kept unless somebody says otherwise: beside it.

    >>> key_place(Path("/quiz/reponses.csv")).name
    'reponses.key.json'
    """
    return file.with_name(f"{file.stem}.key.json")


def _rows(file: Path, faults: list[Fault]) -> list[Row]:
    rows = []
    try:
        with file.open("rb") as opened:
            for one in rows_of(opened, lambda cells: len(cells) > 1):
                if isinstance(one, Fault):
                    faults.append(one)
                else:
                    rows.append(one)
    except OSError as trouble:
        raise unreadable(file, trouble) from trouble
    return rows


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _not_now(contest: Contest, why: Said | str) -> NotNow:
    return NotNow(said("{contest}: {why}", contest=contest.id, why=why))
