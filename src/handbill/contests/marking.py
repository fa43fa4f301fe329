"""The sheet on which a juror marks, and the list of how many voted: CSV files outside Git → marks and counts.

What cannot be read is told by the number of its row and the criterion; no cell
is ever shown, as it may be another file than was meant.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from handbill.contests.hidden import unreadable
from handbill.draw.ballots import Criterion
from handbill.errors import said
from handbill.sending.columns import NO, YES, plain
from handbill.sending.sheets import Fault, Row, rows_of, written

#: The first rows' names, as :func:`handbill.sending.columns.plain` writes them.
_TICKET = frozenset({"ticket", "tickets", "billet"})
_CONFLICT = frozenset({"conflict", "conflit", "conflict of interest", "conflit d interets"})
_COUNT = frozenset({"votes", "vote", "voix", "count", "nombre", "nombre de voix", "nombre de votes"})

#: What a spreadsheet makes of 7.5: with a comma in French, and with zeros behind.
_MARK = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2})0*)?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a juror marked, by ticket and criterion, whose works the juror leaves out, and the rows that cannot be read."""

    marks: Mapping[str, Mapping[str, Decimal]]
    conflicts: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many voted for each ticket of the pool, and the rows that cannot be read."""

    counts: Mapping[str, int]
    faults: tuple[Fault, ...]


def blank_sheet(criteria: Sequence[Criterion], lines: Iterable[str], conflict: str, separator: str) -> bytes:
    """Return an empty sheet: a row for each ticket, a column for each criterion, and one that is called *conflict*.

    Jurors open it with a double click.  A spreadsheet takes it for UTF-8 by
    the mark at its beginning alone, and where decimals have a comma, splits
    cells at semicolons alone.
    """
    rows = [("ticket", *map(_heading, criteria), conflict), *((line, *("" for _ in criteria), "") for line in lines)]
    opened = io.StringIO(newline="")
    csv.writer(opened, delimiter=separator, lineterminator="\r\n").writerows([written(cell) for cell in row] for row in rows)
    return opened.getvalue().encode("utf-8-sig")


def read_marks(file: Path, criteria: Sequence[Criterion], lines: Sequence[str]) -> Marks:
    """Return what a juror marked: every ticket of the pool by every criterion, or in conflict.

    Raises:
        MachineLacks: the file cannot be read.
    """
    names = {name: one for one in criteria for name in (plain(one.name), plain(_heading(one)))}
    marks: dict[str, Mapping[str, Decimal]] = {}
    conflicts: list[str] = []
    faults: list[Fault] = []

    def columns_of(cells: Sequence[str]) -> tuple[Mapping[str, int], int] | Fault:
        words = [plain(cell) for cell in cells]
        at = {names[word].name: place for place, word in enumerate(words) if word in names}
        if missing := [one.name for one in criteria if one.name not in at]:
            wanted = said("the columns that “contest ballot template” writes: {names}", names=", ".join(missing))
            return Fault(1, said("no column for each criterion"), wanted)
        return at, next((place for place, word in enumerate(words) if word in _CONFLICT), -1)

    columns: tuple[Mapping[str, int], int] | Fault | None = None
    for row in _tickets(file, lines, faults):
        if columns is None:
            columns = columns_of(row.cells[1:])
            if isinstance(columns, Fault):
                return Marks({}, (), (columns,))
            continue
        assert not isinstance(columns, Fault)
        line, cells = row.cells[0], row.cells[1:]
        at, conflict = columns
        found = [_mark(row.number, cells[at[one.name]], one) for one in criteria]
        if (answer := _is_conflict(cells[conflict]) if conflict >= 0 else False) is None:
            wanted = said("a cross, or yes, where the juror knows the entrant")
            faults.append(Fault(row.number, said("something in the column of conflicts that says neither yes nor no"), wanted))
        elif answer and any(cells[place].strip() for place in at.values()):
            faults.append(Fault(row.number, said("a work that is marked and in conflict"), said("one of both")))
        elif answer:
            conflicts.append(line)
        else:
            faults += [one for one in found if isinstance(one, Fault)]
        marks[line] = {one.name: mark for one, mark in zip(criteria, found, strict=True) if isinstance(mark, Decimal)}
    if columns is not None and (missing := [one for one in lines if one not in marks]):
        faults.append(_missing(missing))
    left_out = set(conflicts)
    return Marks({line: one for line, one in marks.items() if line not in left_out}, tuple(sorted(conflicts)), _in_order(faults))


def read_counts(file: Path, lines: Sequence[str]) -> Counts:
    """Return how many voted for each ticket; who is not in the list got no vote.

    Raises:
        MachineLacks: the file cannot be read.
    """
    counts = dict.fromkeys(lines, 0)
    faults: list[Fault] = []
    place = -1
    for row in _tickets(file, lines, faults):
        line, cells = row.cells[0], row.cells[1:]
        if place < 0:
            places = [number for number, cell in enumerate(cells) if plain(cell) in _COUNT]
            if len(places) != 1:
                return Counts({}, (Fault(1, said("no column of votes"), said("two columns: ticket, votes")),))
            place = places[0]
        elif not _NUMBER.fullmatch(cells[place].strip()):
            faults.append(Fault(row.number, said("something that is no number of votes"), said("how many voted for this ticket")))
        else:
            counts[line] = int(cells[place])
    return Counts(counts, _in_order(faults))


def _tickets(file: Path, lines: Sequence[str], faults: list[Fault]) -> Iterator[Row]:
    """Yield the first row, and each that has a ticket of the pool, the ticket as its first cell; what is wrong goes to *faults*."""
    pool, seen = frozenset(lines), set[str]()
    at, width = -1, 0
    try:
        with file.open("rb") as opened:
            for row in rows_of(opened, _names(_TICKET)):
                if isinstance(row, Fault):
                    faults.append(row)
                elif at < 0:
                    places = [place for place, cell in enumerate(row.cells) if plain(cell) in _TICKET]
                    if len(places) != 1:
                        faults.append(
                            Fault(row.number, said("no column of tickets in the first row"), said("one column that is called: ticket"))
                        )
                        return
                    at, width = places[0], len(row.cells)
                    yield Row(row.number, ("", *row.cells))
                else:
                    cells = (*row.cells, *("" for _ in range(width - len(row.cells))))
                    line = cells[at].strip()
                    if line not in pool or line in seen:
                        found = said("a ticket that stands twice") if line in seen else said("something that is no ticket of the pool")
                        faults.append(Fault(row.number, found, said("each ticket of the pool once")))
                    else:
                        seen.add(line)
                        yield Row(row.number, (line, *cells))
    except OSError as trouble:
        raise unreadable(file, trouble) from trouble
    if at < 0 and not faults:
        faults.append(Fault(0, said("an empty file"), said("one column that is called: ticket")))


def _names(known: frozenset[str]) -> Callable[[Sequence[str]], bool]:
    return lambda cells: any(plain(cell) in known for cell in cells)


def _heading(criterion: Criterion) -> str:
    return f"{criterion.name} (0-{criterion.scale})"


def _mark(row: int, cell: str, criterion: Criterion) -> Decimal | Fault:
    wanted = said("a mark from 0 to {scale}, with two decimals at most", scale=criterion.scale)
    if not cell.strip():
        return Fault(row, said("no mark for “{criterion}”, and no conflict", criterion=criterion.name), wanted)
    found = _MARK.fullmatch(cell.strip())
    mark = Decimal(f"{found[1]}.{found[2] or 0}") if found else None
    if mark is None or mark > criterion.scale:
        return Fault(row, said("something that is no mark for “{criterion}”", criterion=criterion.name), wanted)
    return mark


def _is_conflict(cell: str) -> bool | None:
    word = plain(cell)
    if not word and cell.strip(" \t\u00a0-–—"):
        # A tick or another drawn sign: meant as yes, most likely, and nothing to guess about.
        return None
    return True if word in YES or word in _CONFLICT else False if word in NO else None


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda one: one.number))


def _missing(lines: Sequence[str]) -> Fault:
    return Fault(
        0,
        said("no row for {line}, a ticket of the pool", line=lines[0]),
        said("each ticket of the pool once; {n} are missing", n=len(lines)),
    )
