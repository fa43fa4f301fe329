"""A whole list of members → how many get which letter in which language, and what is wrong with it.  Keeps no address."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handbill.errors import Level, Problem
from handbill.sending.audience import Source
from handbill.sending.contract import Member

#: So many rows are named for one reason, and so many reasons are told; the others are counted.
MOST_ROWS = 20
MOST_REASONS = 100


@dataclass(slots=True)
class Reason:
    """One thing that is wrong, with the first of the rows where it is, and how many these are."""

    first: Problem
    rows: list[int] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Census:
    """What a list holds.

    ``members`` are counted by letter, then by language, "" standing for those who
    have none of the hub's; ``silent`` are those of them who get nothing any
    more.  ``faults`` and ``warnings`` count rows, also those of reasons that were too many to tell.
    """

    members: Mapping[str, Mapping[str, int]]
    silent: Mapping[str, int]
    reasons: tuple[Reason, ...]
    faults: int
    warnings: int


def census(source: Source, letters: Sequence[str], silent: Container[bytes]) -> Census:
    """Read a list once for each of *letters*, and return what it holds; *silent* are those who get nothing any more.

    Raises:
        MachineLacks: the list cannot be read.
    """
    members: dict[str, dict[str, int]] = {}
    quiet: dict[str, int] = {}
    reasons: dict[tuple[str, str, str], Reason] = {}
    counts = dict.fromkeys(Level, 0)
    # What is wrong with a row is so for every letter; only who is there twice may differ.
    twice: set[int] = set()
    last = 0
    for letter in letters:
        of_letter = members.setdefault(letter, {})
        quiet[letter] = 0
        for one in source.rows(letter):
            if isinstance(one, Member):
                of_letter[one.lang] = of_letter.get(one.lang, 0) + 1
                quiet[letter] += one.key in silent
            elif (one.code == "HB618" and one.line not in twice) or (one.code != "HB618" and letter == letters[0]):
                if one.code == "HB618":
                    twice.add(one.line)
                # One row may be wrong in two ways, one after the other.
                counts[one.level] += one.line != last or not one.line
                last = one.line
                _count(one, reasons)
    return Census(
        members, quiet, tuple(sorted(reasons.values(), key=lambda one: one.first.order)), counts[Level.ERROR], counts[Level.WARNING]
    )


def ranges(rows: Sequence[int]) -> str:
    """Return numbers of rows as people write them: ``4, 7–9``."""
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in _runs(rows))


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = end = 0
    for row in (*sorted(rows), 0):
        if start and row == end + 1:
            end = row
            continue
        if start:
            yield start, end
        start = end = row


def _count(one: Problem, reasons: dict[tuple[str, str, str], Reason]) -> None:
    key = (one.code, one.found, one.wanted)
    if key not in reasons and len(reasons) >= MOST_REASONS:
        return
    reason = reasons.setdefault(key, Reason(one))
    reason.count += 1
    if len(reason.rows) < MOST_ROWS:
        reason.rows.append(one.line)
