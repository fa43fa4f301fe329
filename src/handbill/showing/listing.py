"""What is told of problems → the lines of a terminal or a log, each in pieces with the role that it plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from handbill.errors import Level, said
from handbill.showing.told import Told
from handbill.telling import LEVEL_NAMES, tell, tell_count

#: So many problems of one sort are told of one file; of the others their number.
FULLY_TOLD = 5

#: Of these all are told: they are a list to be worked through, not one slip made many times (HB226: clauses that rules lack).
_ALL_TOLD = frozenset({"HB226"})

#: So many codes are offered for an explanation.
EXPLAINED = 3

#: A piece of a line and its role: the name of a level, ``place``, ``pointer``, ``quiet`` or "".
Piece = tuple[str, str]


def plain(line: Sequence[Piece]) -> str:
    """Return a line without its roles."""
    return "".join(text for text, _ in line)


def listing(problems: Sequence[Told], lang: str) -> Iterator[tuple[Piece, ...]]:
    """Yield the lines that tell problems, those of a file together.

    Notes come first, so that what has to be mended stands together at the end,
    where one looks.
    """
    had_rows: bool | None = None
    in_order = sorted(problems, key=lambda one: one.problem.level is not Level.NOTE)
    for _, group in groupby(in_order, key=lambda one: (one.problem.level is Level.NOTE, one.problem.path)):
        own = tuple(group)
        has_rows = any(one.rows for one in own if one.problem.level is not Level.NOTE)
        if had_rows is not None and (has_rows or had_rows):
            yield ()
        had_rows = has_rows
        count = Counter(one.problem.code for one in own)
        shown: Counter[str] = Counter()
        for one in own:
            code = one.problem.code
            shown[code] += 1
            if shown[code] <= FULLY_TOLD or code in _ALL_TOLD:
                yield from _lines(one)
            elif shown[code] == FULLY_TOLD + 1 and (more := count[code] - FULLY_TOLD):
                text = said("… and {n} more of {code} in this file", n=more, code=code)
                yield (("    " + tell(text, lang), "quiet"),)


def _lines(one: Told) -> Iterator[tuple[Piece, ...]]:
    """Yield the line of a problem, which any program can find the place in, and the lines to look at."""
    role = LEVEL_NAMES[one.level]
    whole = tell(said("{level}: {text}", level=one.word, text=one.line), one.lang)
    at = whole.index(one.where, len(one.word))
    end = at + len(one.where)
    yield ((one.word, role), (whole[len(one.word) : at], role), (one.where, "place"), (whole[end:], ""))
    if one.problem.level is Level.NOTE:
        # Nothing has to be mended there.
        return
    wide = max((len(str(row.number)) for row in one.rows), default=0)
    for row in one.rows:
        yield ((f"    {row.number:>{wide}} │ ", "quiet"), (row.text, "" if row.mark else "quiet"))
        if row.mark:
            yield ((f"    {'':{wide}} │ ", "quiet"), (row.pointer, role))


def summary(problems: Sequence[Told], lang: str) -> str:
    """Return how many problems of each level there are, as a part of a sentence; "" where there is none."""
    count = Counter((one.problem.level, one.stops) for one in problems)
    told = []
    if n := count[Level.ERROR, True]:
        told.append(tell_count("{n} error", "{n} errors", n, lang))
    if n := count[Level.WARNING, True]:
        told.append(tell_count("{n} warning refused by --strict", "{n} warnings refused by --strict", n, lang))
    if n := count[Level.WARNING, False]:
        told.append(tell_count("{n} warning", "{n} warnings", n, lang))
    if n := count[Level.NOTE, False]:
        told.append(tell_count("{n} note", "{n} notes", n, lang))
    return ", ".join(told)


def explained(problems: Sequence[Told]) -> str:
    """Return the codes worth an explanation, the gravest first, separated by spaces."""
    codes = dict.fromkeys(one.problem.code for one in sorted(problems, key=lambda one: -one.level) if one.level is not Level.NOTE)
    return " ".join(list(codes)[:EXPLAINED])
