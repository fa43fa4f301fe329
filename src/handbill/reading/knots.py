"""Markdown that no engine is asked to read: what a few signs would nest beyond anybody's following, or write out a thousand times.

Looked for in lines that begin with signs alone, which hardly any text has.
"""

from __future__ import annotations

import re

from handbill.errors import Said, said
from handbill.reading.depth import MOST_DEPTH, TooDeep

#: Columns of a table, its cells, and closing brackets in a row; all of them far beyond what fits on a page.
MOST_COLUMNS = 500
MOST_CELLS = 50_000
MOST_CLOSED = 200

#: Narrower tables may be as long as they like, and rows of signs with fewer brackets are words that end.
_WIDE = 50
_LEAST_CLOSED = 50

#: A line that begins with so many signs that it may be one of these.
_MARKED = re.compile(rf"\n[ \t>*+|:=0-9.)-]{{{MOST_DEPTH}}}")
_WITHIN = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))++")
_ENTRY = re.compile(r">|[-*+](?=[ \t])|[0-9][.)](?=[ \t])")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*")
_COLUMNS = re.compile(r"[ \t>:|-]*")
_CLOSED = re.compile(rf"[)?!.,:*_~'\"]{{{MOST_CLOSED}}}")


def knot(markdown: str) -> tuple[Said, Said] | None:
    """Return what of a text is beyond reading, and what was wanted; ``None`` for all that people write.

    Raises:
        TooDeep: lists and quotes are nested more than :data:`MOST_DEPTH` deep.
    """
    # As if a blank line followed, so that each line and each table has an end.
    text = f"\n{markdown}\n\n"
    for marked in _MARKED.finditer(text):
        begin = marked.start() + 1
        line = text[begin : text.index("\n", begin)]
        if (within := _WITHIN.match(line)) and len(_ENTRY.findall(line, 0, within.end() + 1)) > MOST_DEPTH and not _RULE.fullmatch(line):
            raise TooDeep
        columns = line.strip(" \t>|").count("|") + 1
        if columns > _WIDE and "-" in line and _COLUMNS.fullmatch(line):
            # The line below the heading counts for it.
            cells = columns * (text.count("\n", begin, text.index("\n\n", begin)) + 1)
            if columns > MOST_COLUMNS or cells > MOST_CELLS:
                found = said("a table of {n} columns, {cells} cells in all", n=columns, cells=cells)
                return found, said("at most {n} columns and {cells} cells", n=MOST_COLUMNS, cells=MOST_CELLS)
    if markdown.count(")") >= _LEAST_CLOSED:
        for row in _CLOSED.finditer(markdown):
            if row[0].count(")") >= _LEAST_CLOSED:
                return said("a row of hundreds of closing brackets"), said("fewer of them")
    return None
