"""The list of members, a CSV file outside Git → who gets a letter, one after the other.

A row that cannot be read is a problem with its number; nothing that stands in
it is ever told.  A member who is there twice gets one letter.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from handbill.errors import Level, MachineLacks, Problem, said
from handbill.outputs.languages import name_within
from handbill.sending.addresses import Unfit, checked
from handbill.sending.columns import GETS, GETS_NOT, NO, YES, Columns, Unclear, columns_of, names_email, plain, says_left, words_of
from handbill.sending.contract import Member
from handbill.sending.keys import member_key, token_of
from handbill.sending.sheets import LONGEST_ROW, Fault, Row, rows_of

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
#: How many different words for languages are remembered; a list has a few.
_MOST_WORDS = 1000
_REMARK = re.compile(r"(^|\s)#.*")


def members_of(
    file: Path, secret: bytes, letter: str, languages: Sequence[str], segment: str = "", letters: Sequence[str] = ()
) -> Iterator[Member | Problem]:
    """Yield who gets *letter*, and what is wrong with the list; only problems of level error must stop a sending.

    *languages* are those of the hub; a member of another one has ``lang`` "".
    *segment* leaves out who is not in it.  Where *letters*, those of the hub,
    are given, a row that names another one is a problem.

    Raises:
        MachineLacks: the list cannot be read.
    """
    reading = _Reading(file.name, secret, letter, tuple(languages), segment.strip().casefold(), tuple(letters))
    try:
        with file.open("rb") as opened:
            yield from reading.members(rows_of(opened, names_email))
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble


def suppressed_of(file: Path, secret: bytes) -> Iterator[bytes | Problem]:
    """Yield the key of each member who gets nothing any more; the file has one address to a line.

    Raises:
        MachineLacks: the file cannot be read.
    """
    try:
        with file.open("rb") as opened:
            # By pieces, as a file without line ends would else be read as a whole.
            for number, raw in enumerate(iter(partial(opened.readline, LONGEST_ROW), b""), 1):
                try:
                    text = _REMARK.sub("", raw.decode("utf-8-sig" if number == 1 else "utf-8")).strip()
                except UnicodeDecodeError:
                    yield _problem(file.name, number, "", said("bytes that are no UTF-8"), said("a text in UTF-8"), "HB619")
                    continue
                if text and not (number == 1 and names_email([text])):
                    try:
                        yield member_key(secret, checked(text))
                    except Unfit as unfit:
                        yield _problem(file.name, number, "", unfit.found, unfit.wanted, unfit.code)
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble


class Seen:
    """Which members a list has named already, in 36 bytes a member and less: a list may be longer than memory is wide.

    Members are told apart by 64 bits of their keyed digest; among a million,
    the chance that two are taken for one is one in 30 million, and it is told.
    """

    def __init__(self) -> None:
        self._used = 0
        self._make(1 << 12)

    def _make(self, size: int) -> None:
        self._mask = size - 1
        # Made of one zero, not of as many bytes, which would stand beside it for a moment.
        self._marks = array("Q", [0]) * size
        self._rows = array("i", [0]) * size

    def first(self, key: bytes, row: int) -> int:
        """Return the row in which this member stood before, 0 where this is the first; *row* is remembered, also a negative one."""
        mark = int.from_bytes(key[:8], "big") or 1
        place = self._place(mark)
        if self._marks[place]:
            return self._rows[place]
        self._marks[place], self._rows[place] = mark, row
        self._used += 1
        if self._used * 3 > self._mask * 2:
            marks, rows = self._marks, self._rows
            self._make(2 * (self._mask + 1))
            for mark, row in zip(marks, rows, strict=True):
                if mark:
                    place = self._place(mark)
                    self._marks[place], self._rows[place] = mark, row
        return 0

    def _place(self, mark: int) -> int:
        place = mark & self._mask
        while (found := self._marks[place]) and found != mark:
            place = (place + 1) & self._mask
        return place


class _Reading:
    """One pass through a list."""

    def __init__(self, name: str, secret: bytes, letter: str, languages: tuple[str, ...], segment: str, letters: tuple[str, ...]) -> None:
        self.name = name
        self.secret = secret
        self.name_of_letter = letter
        self.letter = letter.casefold()
        self.languages = {one.casefold(): one for one in languages}
        # As spreadsheets that people keep by hand say it: “français”, “anglais”.
        self.called = {plain(name_within(one, within)): one for one in languages for within in ("", "en", *languages)}
        self.segment = segment
        self.letters = frozenset(one.casefold() for one in letters)
        # What a list says that has no column for letters.
        self.own = frozenset({self.letter})
        # What an editor calls the columns is what to look for.
        self.names: dict[str, str] = {}
        self.meant: dict[str, str | None] = {}
        self.seen = Seen()

    def members(self, rows: Iterator[Row | Fault]) -> Iterator[Member | Problem]:
        columns: Columns | None = None
        for row in rows:
            if isinstance(row, Fault):
                yield self.problem(row.number, "", row.found, row.wanted, "HB619", Level.ERROR)
                if columns is None:
                    return
            elif columns is None:
                found = columns_of(row.cells)
                if isinstance(found, Unclear):
                    yield self.problem(row.number, "", found.found, found.wanted, "HB619")
                    return
                columns = found
                self.names = {str(role): name for role, name in found.called.items()}
                yield from self.told(columns, row.number)
                if self.segment and "segments" not in columns.at:
                    yield self.problem(
                        row.number, "segments", said("no such column"), said("a column that says who is in which segment"), "HB619"
                    )
                    return
            else:
                yield from self.member(row, columns)

    def told(self, columns: Columns, number: int) -> Iterator[Problem]:
        """Yield one note about what is not read."""
        if columns.others:
            places = ", ".join(map(str, columns.others[:20])) + (" …" if len(columns.others) > 20 else "")
            yield self.problem(number, "", said("columns that are not read: {places}", places=places), "", "HB619", Level.NOTE)

    def member(self, row: Row, columns: Columns) -> Iterator[Member | Problem]:
        cells, at = row.cells, columns.at
        if len(cells) > columns.width and any(cells[columns.width :]):
            wanted = said("{n}, as in the first row; a cell that holds the separator stands between quotes", n=columns.width)
            yield self.problem(row.number, "", said("{n} cells", n=len(cells)), wanted, "HB619")
            return
        if len(cells) < columns.width:
            # Programs leave out what is empty at the end of a row.
            cells = [*cells, *("" for _ in range(columns.width - len(cells)))]
        try:
            address = checked(cells[at["email"]])
        except Unfit as unfit:
            yield self.problem(row.number, "email", unfit.found, unfit.wanted, unfit.code)
            return
        status = plain(cells[at["status"]]) if "status" in at else "subscribed"
        lang = self.lang(cells[at["lang"]]) if "lang" in at else ""
        letters = self.asked(cells[at["letters"]]) if "letters" in at else self.own
        if lang is None or not (status in GETS or status in GETS_NOT) or (self.letters and not self.letters.issuperset(letters)):
            yield from self.wrong(row.number, status, lang, letters)
            return
        if self.letter not in letters:
            return
        if self.segment and self.segment not in words_of(cells[at["segments"]]):
            return
        key = member_key(self.secret, address)
        gets = status in GETS and not (columns.left and any(says_left(cells[place]) for place in columns.left))
        before = self.seen.first(key, row.number if gets else -row.number)
        if not before:
            if gets:
                yield Member(row.number, address, key, token_of(self.secret, self.name_of_letter, key), lang)
        elif (before > 0) != gets:
            found = said("the same address as row {row}, with another status", row=abs(before))
            yield self.problem(row.number, "status", found, said("one row for each member"), "HB618")
        elif gets:
            found = said("the same address as row {row}; one letter is sent", row=before)
            yield self.problem(row.number, "email", found, said("one row for each member"), "HB618", Level.WARNING)

    def wrong(self, number: int, status: str, lang: str | None, letters: Collection[str]) -> Iterator[Problem]:
        """Yield what cannot be understood besides the address."""
        if status not in GETS and status not in GETS_NOT:
            yield self.problem(
                number, "status", said("a word that is not known"), said("a status such as subscribed or unsubscribed"), "HB619"
            )
        if lang is None:
            yield self.problem(number, "lang", said("a word that is no language"), said("a language such as fr or en"), "HB619")
        if self.letters and not self.letters.issuperset(letters):
            wanted = said("one of: {names}", names=", ".join(sorted(self.letters)))
            yield self.problem(number, "letters", said("a letter that this hub does not have"), wanted, "HB619")

    def asked(self, cell: str) -> Collection[str]:
        """Return the letters that a cell names; where the hub has one, yes and no will do."""
        if plain(cell) in NO:
            return ()
        if len(self.letters) == 1 and plain(cell) in YES:
            return self.letters
        return words_of(cell)

    def lang(self, written: str) -> str | None:
        """Return the language of the hub that a cell means, "" for another one and for an empty cell, ``None`` where it means none."""
        if written not in self.meant and len(self.meant) < _MOST_WORDS:
            self.meant[written] = self._lang(written.strip())
        return self.meant[written] if written in self.meant else self._lang(written.strip())

    def _lang(self, word: str) -> str | None:
        tag = word.casefold().replace("_", "-")
        known = self.languages.get(tag) or self.languages.get(tag.partition("-")[0]) or self.called.get(plain(word))
        return known or ("" if not word or _TAG.fullmatch(word) else None)

    def problem(self, number: int, field: str, found: str, wanted: str, code: str, level: Level = Level.ERROR) -> Problem:
        return _problem(self.name, number, self.names.get(field, field), found, wanted, code, level)


def _problem(name: str, number: int, field: str, found: str, wanted: str, code: str, level: Level = Level.ERROR) -> Problem:
    return Problem(name, number, 0, field, found, wanted, code, level)


def _unreadable(file: Path, trouble: OSError) -> MachineLacks:
    return MachineLacks(
        said(
            "{name}: cannot be read ({reason}); see to it that it is there and that this account may read it",
            name=file.name,
            reason=trouble.strerror or trouble,
        )
    )
