"""What was written, with its place, and the desk where problems are put down.

Every scalar arrives as text and the field decides its type (decision 0005).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from handbill.errors import Level, Problem, Said, said


class Scalar(NamedTuple):
    """One value as it was written; ``plain`` says that it stood without quotes.

    ``width`` is how many characters it takes on its line, 0 where that is not known.
    """

    text: str
    plain: bool
    line: int
    column: int
    width: int = 0


class Listing(NamedTuple):
    """Several values as they were written."""

    items: tuple[Any, ...]
    line: int
    column: int


class Unread(NamedTuple):
    """A value that could not be taken apart; what is wrong with it was put down already."""

    line: int
    column: int


class Table(NamedTuple):
    """Keys and values as they were written, in their order."""

    pairs: tuple[tuple[Scalar, Any], ...]
    line: int
    column: int


class Spot(NamedTuple):
    """A place in a file at which no value stands; ``width`` as of a :class:`Scalar`."""

    line: int
    column: int
    width: int = 0


Node = Scalar | Listing | Table | Unread

#: So many problems of one file are told; nobody mends more without looking at it again.
MOST_PROBLEMS = 1_000

#: So many characters of what was found and wanted can be read; what quotes a text of any length is cut.
LONGEST_TOLD = 1_000
LONGEST_NAME = 200

_OTHER_SPACES = "\n\t\r\f\v"

#: Plain scalars that mean "nothing here" (YAML 1.2, 10.3.2).
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True)
class Desk:
    """Where the values of one file are read, and where its problems are put down.

    ``zone`` is the zone of local times in this file; it may be set by a field
    of the file before the others are read.  ``beside`` is the day of the field
    that the one being read belongs to, and ``sign`` stands between a key and its
    value; both serve messages only.  ``lang`` is the language by whose rules
    texts are set; "" leaves them as they were typed.  ``followed`` is the last
    year to which rules without an end are followed.  Of very many problems the
    first are put down, and that there are more, which is an error in any case.
    """

    path: str
    zone: str
    problems: list[Problem] = field(default_factory=list)
    beside: date | None = None
    sign: str = ": "
    lang: str = ""
    followed: int = 0
    _is_full: bool = False

    def refuse(
        self,
        node: Node | Spot | None,
        name: str,
        found: str,
        wanted: str,
        code: str = "HB201",
        level: Level = Level.ERROR,
    ) -> None:
        """Put down a problem at the place of *node* (``None``: the whole file)."""
        if len(self.problems) >= MOST_PROBLEMS:
            self._end()
            return
        line, column = (node.line, node.column) if node is not None else (0, 0)
        width = node.width if isinstance(node, (Scalar, Spot)) else 0
        if len(found) + len(wanted) > LONGEST_TOLD:
            found, wanted = _shortened(found), _shortened(wanted)
        self.problems.append(Problem(self.path, line, column, name[:LONGEST_NAME], found, wanted, code, level, width))

    def _end(self) -> None:
        if not self._is_full:
            self._is_full = True
            found = said("more than {n} problems in this file", n=MOST_PROBLEMS)
            self.problems.append(Problem(self.path, 0, 0, "", found, said("these mended first"), "HB106"))

    @property
    def has_errors(self) -> bool:
        """Say whether anything put down so far forbids using the file."""
        return any(problem.level is Level.ERROR for problem in self.problems)


def _shortened(sentence: str) -> str:
    """Return a sentence with no value of more than 200 characters in it."""
    if isinstance(sentence, Said):
        values = {name: _shortened(value) if isinstance(value, str) else value for name, value in sentence.values.items()}
        return said(sentence.pattern, **values)
    return sentence if len(sentence) <= LONGEST_NAME else sentence[:LONGEST_NAME] + "…"


def shown(node: Node) -> str:
    """Return a value as a message quotes it: short, on one line."""
    if isinstance(node, Listing):
        return said("a list")
    if isinstance(node, Table):
        return said("a group of keys")
    if isinstance(node, Unread):
        return said("something unreadable")
    text = one_line(node.text)
    return said("“{value}”", value=f"{text[:60]}…" if len(text) > 60 else text)


def one_line(text: str) -> str:
    """Return a text without line ends and runs of spaces; no-break spaces are meant, and stay."""
    for sign in _OTHER_SPACES:
        if sign in text:
            text = text.replace(sign, " ")
    text = text.strip(" ")
    # To take a text apart and put it together again took six times as long as to see that nothing is to be done.
    return " ".join([part for part in text.split(" ") if part]) if "  " in text else text


def place_of(table: Table, *names: str | int) -> Node:
    """Return where the value under these keys was written, or the nearest place around it.

    A number stands for an entry of a list, the first one is 0.
    """
    node: Node = table
    for name in names:
        inner: Node | None = None
        if isinstance(node, Table):
            inner = next((value for key, value in node.pairs if key.text == name), None)
        elif isinstance(node, Listing) and isinstance(name, int) and name < len(node.items):
            inner = node.items[name]
        if inner is None:
            return node
        node = inner
    return node
