"""Answers to a quiz and the right ones → who is among the winners, and in which order (decision 0054)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from handbill.draw.answers import ANSWERS_FILE, KEY_FILE, BadAnswers, Key, Sheet, answers_in, key_in, number_text
from handbill.draw.pool import entrant
from handbill.errors import said


@dataclass(frozen=True, slots=True)
class Ranking:
    """The eligible lines in the order in which they win, each with how far its number is from the right one, "" without a number."""

    order: tuple[str, ...]
    distances: tuple[tuple[str, str], ...]


def eligible(quiz: Any, lines: Sequence[str], answers: bytes, key: bytes) -> tuple[str, ...]:
    """Return the lines of a pool whose entrants answered all questions right, in the pool's order.

    Where nobody did, they are those with the most right answers, one at least.
    *quiz* is what the announced terms hold under that word.

    Raises:
        BadAnswers: something is wrong in the answers or the key, or they are not those of the pool.
    """
    return _eligible(lines, *_read(quiz, lines, answers, key))


def _eligible(lines: Sequence[str], sheets: Mapping[str, Sheet], right: Key) -> tuple[str, ...]:
    counts = {ticket: sum(map(_is_right, one.answers, right.answers)) for ticket, one in sheets.items()}
    most = max(counts.values(), default=0)
    if not most and right.answers:
        return ()
    return tuple(line for line in lines if counts[entrant(line)] == most)


def ranked(quiz: Any, lines: Sequence[str], answers: bytes, key: bytes, tie_order: Sequence[str]) -> Ranking:
    """Return the eligible lines, first who came nearest to the number that was asked for.

    Equal ones come in *tie_order*, the whole pool as lots would order it; who
    gave no number comes after all who did.

    Raises:
        BadAnswers: as :func:`eligible` does.
    """
    sheets, right = _read(quiz, lines, answers, key)
    place = {line: number for number, line in enumerate(tie_order)}
    found = {line: _distance(sheets[entrant(line)].tiebreak, right.tiebreak) for line in _eligible(lines, sheets, right)}
    if lost := found.keys() - place.keys():
        raise BadAnswers(said("{line}, which the draw's order does not hold", line=min(lost)))
    order = tuple(sorted(found, key=lambda line: (not found[line], Decimal(found[line] or 0), place[line])))
    return Ranking(order, tuple((line, found[line]) for line in order))


def _is_right(answer: str, right: frozenset[str]) -> bool:
    return answer in right


def _distance(number: str, right: str) -> str:
    if not (number and right):
        return ""
    with localcontext() as context:
        # Thirty digits have these numbers at most, and their difference one more.
        context.prec = 40
        return number_text(abs(Decimal(number) - Decimal(right)))


def _read(quiz: Any, lines: Sequence[str], answers: bytes, key: bytes) -> tuple[Mapping[str, Sheet], Key]:
    try:
        right = key_in(key, quiz)
    except BadAnswers as trouble:
        raise BadAnswers(said("in {file}: {found}", file=KEY_FILE, found=trouble.found)) from None
    try:
        sheets = answers_in(answers, quiz["questions"])
        _check_entrants(sheets, lines)
    except BadAnswers as trouble:
        raise BadAnswers(said("in {file}: {found}", file=ANSWERS_FILE, found=trouble.found)) from None
    return sheets, right


def _check_entrants(sheets: Mapping[str, Sheet], lines: Sequence[str]) -> None:
    entrants = {entrant(line) for line in lines}
    if more := sheets.keys() - entrants:
        raise BadAnswers(said("{line}, which is no ticket of the pool", line=min(more)))
    if missing := entrants - sheets.keys():
        raise BadAnswers(said("nothing about {line}, a ticket of the pool", line=min(missing)))
