"""A place in a front matter that is no YAML, and the words for what is wrong there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbill.errors import Said

#: A key at the beginning of a line, with its indentation, perhaps behind the hyphen of a list.
KEY = re.compile(r"(?P<indent>[ ]*)(?P<hyphen>(?:- +)*)(?P<key>[A-Za-z_][\w-]*)(?P<space> *):(?=[ ]|$)(?P<gap> *)(?P<value>.*)")


class Refused(Exception):
    """A front matter, or a part of it, that cannot be read: the place within it and the words for a problem."""

    def __init__(self, line: int, column: int, found: Said, wanted: Said, code: str = "HB107", width: int = 0) -> None:
        self.line, self.column, self.found, self.wanted, self.code, self.width = line, column, found, wanted, code, width
        super().__init__(found)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the front matter by its number from 0, with the lines around it, and the column looked at."""

    lines: list[str]
    row: int
    column: int

    @property
    def line(self) -> str:
        """Return the line's text."""
        return self.lines[self.row]

    def refused(self, column: int, found: Said, wanted: Said, code: str = "HB107", width: int | None = None) -> Refused:
        """Return the words for this line, from a column on (from 0) to its end unless *width* is given."""
        line = self.line.rstrip()
        return Refused(self.row + 1, column + 1, found, wanted, code, max(1, len(line) - column) if width is None else width)


def quoted(text: str) -> str:
    """Return a text between quotes that it does not hold itself.

    >>> quoted("Un : deux")
    '"Un : deux"'
    """
    text = text.strip()
    if '"' in text and "\\" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
