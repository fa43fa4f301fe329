"""The answers to a quiz, those of entrants and the right ones ↔ their one text, in the form in which they are compared (decision 0054)."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handbill.draw.canonical import NotCanonical, canonical, values_in
from handbill.errors import Said, said

#: Where they lie in the archive of a contest, from its folder.
ANSWERS_FILE = "answers.csv"
KEY_FILE = "key.json"

#: Between two answers that are both right.
OR = "|"

#: An answer is a word or two, and nobody's letter to the jury.
LONGEST_ANSWER = 200

#: One number, one text.
NUMBER = re.compile(r"(?!-0$)-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,14}[1-9])?", re.ASCII)

_TICKET = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_SALT = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST = 64_000_000

#: Telephones write the first of each where keyboards write the second.
_SAME = str.maketrans({**dict.fromkeys("’‘ʼ′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("“”„«»", '"')})

#: With one of these, a spreadsheet takes an answer for a formula (OWASP, "CSV Injection"); a number may be negative.
_FORMULA = re.compile(r"^(?:[\s=+@|%]|-(?![0-9][0-9.,' ]*$))+", re.ASCII)

_THOUSANDS = re.compile(r"(?<=[0-9])[ '](?=[0-9]{3}(?![0-9]))", re.ASCII)
_WRITTEN = re.compile(r"(?:(?<!\w)-)?[0-9]+(?:[.,][0-9]+)*", re.ASCII)


class BadAnswers(ValueError):
    """Some bytes are no answers, or not to this quiz; ``found`` says why."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one entrant answered: a text for each question, and the number of the last question, "" without one."""

    answers: tuple[str, ...]
    tiebreak: str


@dataclass(frozen=True, slots=True)
class Key:
    """The right answers: for each question all that are right, and the number of the last question, "" without one."""

    answers: tuple[frozenset[str], ...]
    tiebreak: str


def comparable(text: str) -> str:
    """Return an answer as it is compared: capitals, spaces and forms of one sign make no difference; accents do.

    >>> comparable(" L’ÉTAU  ")
    "l'étau"
    """
    seen = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf")).translate(_SAME)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold()).translate(_SAME)
    return _FORMULA.sub("", " ".join(folded.split())).strip()


def number_of(text: str) -> str:
    """Return the number that somebody wrote, "" where it is none or more than one.

    Words around it do not matter; a comma before the last digits is a decimal
    sign, as in French.

    >>> number_of("1 234,50 vis"), number_of("entre 400 et 420")
    ('1234.5', '')
    """
    found = _WRITTEN.findall(_THOUSANDS.sub("", comparable(text)))
    if len(found) != 1:
        return ""
    text = number_text(_decimal(found[0]))
    return text if NUMBER.fullmatch(text) else ""


def _decimal(written: str) -> Decimal:
    """Return a number with signs for thousands and decimals, not a number where nobody could say which is which."""
    signs = re.sub(r"[^.,]", "", written)
    between, last = signs[:-1], signs[-1:]
    if between and between[0] == last:
        # The same sign again and again stands between thousands.
        between, last = signs, ""
    whole, _, part = written.rpartition(last) if last else (written, "", "")
    if between and not re.fullmatch(rf"-?[0-9]{{1,3}}(?:[{between[0]}][0-9]{{3}})+", whole, re.ASCII):
        return Decimal("NaN")
    return Decimal(f"{re.sub('[.,]', '', whole)}.{part}")


def number_text(number: Decimal) -> str:
    """Return the one text of a number, whatever zeros it was written with.

    >>> number_text(Decimal("-012.50"))
    '-12.5'
    """
    whole, _, part = f"{number:f}".partition(".")
    text = f"{whole}.{part.rstrip('0')}".rstrip(".")
    return "0" if text == "-0" else text


def header_of(questions: int) -> list[str]:
    """Return the names of the columns of a quiz with so many questions."""
    return ["ticket", *map(str, range(1, questions + 1)), "tiebreak"]


def answers_bytes(questions: int, rows: Mapping[str, Sequence[str]]) -> bytes:
    """Return the one text of what entrants answered, by their tickets: a cell for each question, and one for the number.

    The cells may be as they were typed.

    Raises:
        BadAnswers: a row has too many cells or too few, or an answer is no answer.
    """
    sheets = {}
    for ticket, cells in rows.items():
        if len(cells) != questions + 1:
            raise BadAnswers(
                said("{n} answers of {ticket}, where {wanted} were asked for", n=len(cells), ticket=ticket, wanted=questions + 1)
            )
        plain = [comparable(one) for one in cells[:-1]]
        if any(len(one) > LONGEST_ANSWER for one in plain):
            raise BadAnswers(said("an answer of {ticket} with more than {n} signs", ticket=ticket, n=LONGEST_ANSWER))
        sheets[ticket] = Sheet(tuple(plain), number_of(cells[-1]))
    raw = _text(questions, sheets)
    answers_in(raw, questions)
    return raw


def _text(questions: int, sheets: Mapping[str, Sheet]) -> bytes:
    opened = io.StringIO(newline="")
    writer = csv.writer(opened, lineterminator="\n")
    writer.writerow(header_of(questions))
    writer.writerows([ticket, *sheets[ticket].answers, sheets[ticket].tiebreak] for ticket in sorted(sheets))
    return opened.getvalue().encode("utf-8")


def answers_in(raw: bytes, questions: Any) -> Mapping[str, Sheet]:
    """Return what entrants answered, by their tickets.

    Raises:
        BadAnswers: it is not the one text of answers to so many questions.
    """
    if not _is_count(questions):
        raise BadAnswers(said("rules that do not say how many questions there are"))
    try:
        if len(raw) > _LONGEST:
            raise ValueError("too long")
        header, *rows = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True)
        sheets = {row[0]: Sheet(tuple(row[1:-1]), row[-1]) for row in rows if len(row) == questions + 2}
        is_right = header == header_of(questions) and _text(questions, sheets) == raw
    except (ValueError, csv.Error):
        is_right = False
    if not is_right:
        raise BadAnswers(said("a text that is not the one text of any answers to {n} questions", n=questions))
    for ticket, sheet in sheets.items():
        if not _TICKET.fullmatch(ticket):
            raise BadAnswers(said("a row without a ticket"))
        if sheet.tiebreak and not NUMBER.fullmatch(sheet.tiebreak):
            raise BadAnswers(said("something that is no number, of {ticket}", ticket=ticket))
    return sheets


def key_bytes(answers: Sequence[str], tiebreak: str, salt: str) -> bytes:
    """Return the one text of the right answers, from what the organiser typed: ``|`` between two that are both right.

    *salt* is 64 hexadecimal digits by chance, so that nobody finds the answers by trying.

    Raises:
        BadAnswers: a question has no answer, or the last one no number.
    """
    right = [sorted({plain for one in written.split(OR) if (plain := comparable(one))}) for written in answers]
    for number, found in enumerate(right, 1):
        if not found:
            raise BadAnswers(said("no answer to question {n}", n=number))
        if any(len(one) > LONGEST_ANSWER for one in found):
            raise BadAnswers(said("an answer to question {n} with more than {most} signs", n=number, most=LONGEST_ANSWER))
    if tiebreak.strip() and not number_of(tiebreak):
        raise BadAnswers(said("a last question whose answer is not one number"))
    return canonical({"answers": right, "tiebreak": number_of(tiebreak), "salt": salt})


def key_in(raw: bytes, quiz: Any) -> Key:
    """Return the right answers to a quiz; *quiz* is what the announced terms hold under that word.

    Raises:
        BadAnswers: it is not the one text of right answers to it.
    """
    try:
        told = values_in(raw, _LONGEST)
    except NotCanonical:
        raise BadAnswers(said("a text that is not the one text of any right answers")) from None
    try:
        asked, last = quiz["questions"], quiz["tiebreak"]
    except (LookupError, TypeError):
        raise BadAnswers(said("rules without a quiz")) from None
    if not (isinstance(told, dict) and set(told) == {"answers", "tiebreak", "salt"} and isinstance(told["answers"], list)):
        raise BadAnswers(said("something that is no right answers"))
    if not all(isinstance(one, list) and one and all(isinstance(word, str) and word for word in one) for one in told["answers"]):
        raise BadAnswers(said("a question without a right answer"))
    if not _is_count(asked) or len(told["answers"]) != asked:
        raise BadAnswers(said("right answers to {n} questions, where the rules speak of {wanted}", n=len(told["answers"]), wanted=asked))
    number = told["tiebreak"]
    if not isinstance(number, str) or (number and not NUMBER.fullmatch(number)):
        raise BadAnswers(said("a last question whose answer is not one number"))
    if bool(number) != bool(last):
        raise BadAnswers(
            said("no answer to the last question, which the rules ask")
            if last
            else said("an answer to a last question that the rules do not ask")
        )
    if not (isinstance(told["salt"], str) and _SALT.fullmatch(told["salt"])):
        raise BadAnswers(said("right answers without their salt"))
    return Key(tuple(frozenset(one) for one in told["answers"]), number)


def _is_count(told: Any) -> bool:
    return type(told) is int and 0 <= told <= 1000
