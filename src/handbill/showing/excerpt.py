"""The bytes of a file and a problem in it → the lines to look at, with the place that is meant.  Pure.

What is private in the file is never shown, and nothing that a file holds can
change how a terminal shows the rest of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handbill.errors import Problem
from handbill.showing.cells import cells, clusters, visible, windowed
from handbill.showing.veil import HIDDEN, lines_of, occurrences, secrets_of, veils

_TAB = 4

# Spaces that look like any other: shown only where they are what is meant.
_SPACES = {" ": "␣", "\u00a0": "⍽", "\u202f": "⍽"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a file as it can be shown; ``mark`` tells from where to where in ``text`` it is meant."""

    number: int
    text: str
    mark: tuple[int, int] | None = None

    @property
    def pointer(self) -> str:
        """Return what stands below the text: carets under the cells that are meant."""
        if self.mark is None:
            return ""
        start, end = self.mark
        at = before = marked = 0
        for cluster, width in clusters(self.text):
            if at + len(cluster) <= start:
                before += width
            elif at < max(end, start + 1):
                marked += width
            at += len(cluster)
        return " " * before + "^" * max(1, marked)


def excerpt(
    raw: bytes | None, problem: Problem, private: Iterable[Problem] = (), room: int = 90, secrets: Sequence[str] = ()
) -> tuple[Row, ...]:
    """Return the line of a problem, and the one before it unless that has no words, each within *room* cells.

    *private* are the problems of the same file whose places must not be shown,
    *secrets* texts that must not be shown wherever they stand.  Nothing is
    returned where there is no such file or line, or where a whole file is private.
    Of a line that is private as a whole nothing is shown, and neither is its
    neighbour: it is a row of a list, and so is that.
    """
    hidden = tuple(private)
    if raw is None or problem.line < 1 or any(one.line < 1 for one in hidden) or (problem.is_private and problem.column < 1):
        return ()
    lines = lines_of(raw)
    if problem.line > len(lines):
        return ()
    every = (*secrets_of(raw, hidden), *secrets)
    has_words = problem.line > 1 and any(sign.isalnum() for sign in lines[problem.line - 2])
    numbers = [problem.line - 1] * has_words + [problem.line]
    veiled = veils(lines, hidden)
    rows = []
    for number in numbers:
        line = lines[number - 1]
        veil = [*veiled.get(number, ()), *occurrences(line, every)]
        rows.append(_row(number, line, veil, _marked(line, problem) if number == problem.line else None, max(room, 20)))
    return tuple(rows)


def _marked(line: str, problem: Problem) -> tuple[int, int] | None:
    """Return from where to where a line is meant; the place after its end has no width."""
    if problem.column < 1:
        return None
    start = min(problem.column - 1, len(line))
    return start, min(start + max(problem.width, 1), len(line))


def _row(number: int, line: str, veil: Sequence[tuple[int, int]], mark: tuple[int, int] | None, room: int) -> Row:
    # A line of a megabyte is not looked at whole to show a hundred signs of it.
    begin, end = mark or (0, 0)
    first = max(0, begin - 2 * room)
    last = min(len(line), max(begin, first) + 6 * room)
    text, places = _shown(line, first, last, veil, (begin, end))
    if mark is None:
        return Row(number, windowed(text.rstrip(), (0, 0), room, False, last < len(line))[0])
    start, stop = places[begin - first], places[min(end, last) - first]
    text = text[:stop] + text[stop:].rstrip()
    shown, place = windowed(text, (start, max(start, stop)), room, first > 0, last < len(line))
    return Row(number, shown, place)


def _shown(line: str, first: int, last: int, veil: Sequence[tuple[int, int]], mark: tuple[int, int]) -> tuple[str, list[int]]:
    """Return a part of a line as it can be shown, and for each of its signs (and the end) where that stands there."""
    only_spaces = not line[mark[0] : mark[1]].strip()
    places: list[int] = []
    text, column, since_tab = "", 0, 0
    was_hidden = False
    for at in range(first, last):
        places.append(len(text))
        sign = line[at]
        is_hidden = any(start <= at < end for start, end in veil)
        if is_hidden:
            text += "" if was_hidden else HIDDEN
        elif sign == "\t":
            column += cells(text[since_tab:])
            text += "→".ljust(_TAB - column % _TAB)
            column, since_tab = column + _TAB - column % _TAB, len(text)
        elif mark[0] <= at < mark[1] and sign in _SPACES and (only_spaces or sign != " "):
            text += _SPACES[sign]
        else:
            text += visible(sign, text[-1:] if not was_hidden else "")
        was_hidden = is_hidden
    return text, [*places, len(text)]
