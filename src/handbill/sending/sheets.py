"""A CSV file as any program writes it → its rows, one after the other; and cells that no spreadsheet takes for a formula.

A file of a gigabyte takes no more memory than one of a kilobyte.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from handbill.errors import Said, said

#: What separates cells; spreadsheets set to French write semicolons.
SIGNS = (",", ";", "\t")

#: The most bytes of one row: what is longer is no list of members.
LONGEST_ROW = 65_536

_SAVE = said("a file saved as “CSV UTF-8”")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HINT = "sep="
_SPLIT = re.compile(r"([;,\t\r\n])")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; the first of a file has number 1, as spreadsheets count."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be read, or 0 for the whole file; what was found is told without any of its text."""

    number: int
    found: Said
    wanted: Said


class _Ends(Exception):
    """Nothing after this place can be trusted."""


def rows_of(opened: IO[bytes], fits: Callable[[Sequence[str]], bool]) -> Iterator[Row | Fault]:
    """Yield each row that holds something; *fits* says of the cells of the first whether they have been told apart."""
    lines = _Lines(opened)
    number = 0
    try:
        first = next(lines, "")
        if first.lower().startswith(_HINT) and len(first.strip()) == len(_HINT) + 1:
            number, first = 1, next(lines, "")
        if not first.strip():
            yield Fault(0, said("no row of column names"), said("a first row with the names of the columns"))
            return
        reader = csv.reader(_chain(first, lines), delimiter=_sign_of(first, fits), strict=True)
        while True:
            number += 1
            lines.row = number
            lines.taken = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                if lines.has_ended:
                    yield _open_quote(number)
                    return
                yield Fault(
                    number, said("a quotation mark or a line end in the midst of a cell"), said("cells that hold such signs between quotes")
                )
                continue
            if any(cells):
                yield Row(number, cells)
    except _Ends as end:
        yield end.args[0]


def written(cell: str) -> str:
    """Return the text of a cell so that no spreadsheet runs it: after an apostrophe where it would begin a formula.

    A spreadsheet that splits cells at another sign than ours sees a beginning
    behind each such sign.

    Source: OWASP, "CSV Injection": = + - @, tab and line ends, and their wide
    forms, which spreadsheets in Japanese take for the same.
    """
    if cell[:1] in ("\t", "\r", "\n", "\0") or _begins_formula(cell):
        cell = f"'{cell}"
    if not _SPLIT.search(cell):
        return cell
    first, *rest = _SPLIT.split(cell)
    return first + "".join(part if number % 2 == 0 or not _begins_formula(part) else f"'{part}" for number, part in enumerate(rest))


def _begins_formula(part: str) -> bool:
    # What is not seen before it does not keep every spreadsheet from looking at the first sign that is.
    for sign in part:
        for plain in unicodedata.normalize("NFKC", sign):
            if not (plain in '"\u034f\u115f\u1160\u2800\u3164' or plain.isspace() or unicodedata.category(plain) in ("Cc", "Cf", "Mn")):
                return plain in "=+-@|%"
    return False


def write_rows(opened: IO[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as CSV; *opened* must leave line ends alone."""
    csv.writer(opened, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([written(cell) for cell in row] for row in rows)


class _Lines:
    """The lines of a file as text; ``row`` and ``taken`` say to whom they are counted."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self._at = 0
        self.row = 1
        self.taken = 0
        self.has_ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        raw = self._opened.readline(LONGEST_ROW + 1)
        if not raw:
            self.has_ended = True
            raise StopIteration
        if self._at == 0 and raw.startswith(_MARKS):
            raise _Ends(Fault(0, said("a text in UTF-16, as some programs call “Unicode”"), _SAVE))
        if self._at == 0 and b"\r" in raw.rstrip(b"\r\n") and b'"' not in raw.partition(b"\r")[0]:
            raise _Ends(Fault(0, said("the line ends of old Macs"), _SAVE))
        self.taken += len(raw)
        if self.taken > LONGEST_ROW:
            if len(raw) < self.taken:
                raise _Ends(_open_quote(self.row))
            raise _Ends(Fault(self.row, said("a row of more than {n} bytes", n=LONGEST_ROW), said("a list of members")))
        try:
            text = raw.decode("utf-8-sig" if self._at == 0 else "utf-8")
        except UnicodeDecodeError as trouble:
            found = said(
                "the byte {byte} at place {at}, which is no UTF-8", byte=f"0x{raw[trouble.start]:02X}", at=self._at + trouble.start
            )
            raise _Ends(Fault(self.row, found, _SAVE)) from None
        self._at += len(raw)
        return text


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _open_quote(number: int) -> Fault:
    return Fault(number, said("a quotation mark that is opened and never closed"), said("a quotation mark at the end of the cell as well"))


def _sign_of(first: str, fits: Callable[[Sequence[str]], bool]) -> str:
    """Return what separates the cells: with it the columns are known, and most of them are told apart."""
    split = {sign: _cells(first, sign) for sign in SIGNS}
    return max(SIGNS, key=lambda sign: (fits(split[sign]), len(split[sign])))


def _cells(first: str, sign: str) -> Sequence[str]:
    """Return the cells of a first row as one sign would separate them; none where they are no CSV so, which is told when they are read."""
    try:
        return next(csv.reader([first], delimiter=sign), [])
    except csv.Error:
        return ()
