"""One line of text → lines that fit a mail, whatever its writing.  Knows nothing of letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Room for two marks of quotation before programs that break lines at 78.
WIDTH = 74

#: The widest margin: quotations in quotations, ten deep, look no deeper than this.
MARGIN = 24

_LINE = re.compile(r"((?:> )*)( *)(- |\d{1,3}\. |\[\d{1,3}\] )?(.*)", re.DOTALL)

#: What stays whole however long it is, or it would lead nowhere.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|(?:mailto|tel|geo|xmpp|matrix):|[^@\s]+@[^@\s]+\.[^@\s]+", re.IGNORECASE)

#: Signs as wide as two Latin letters.  Blocks, not signs: Python's own table grows with each version,
#: and the same letter must be the same lines in all of them.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff01-\uff60\uffe0-\uffe6\U00016fe0-\U00018cff\U0001b000-\U0001b2ff\U0001f004-\U0001faff\U00020000-\U0003fffd]"
)

#: The oldest table that Python keeps, and the only one that never changes.
_UNICODE = unicodedata.ucd_3_2_0
_JOINER = "\u200d"
#: Joins emoji, chooses their form, or their shade.
_JOINS = re.compile("[\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
#: A sign with more marks than this is a prank, and may be cut.
_MARKS = 30


def columns(text: str) -> int:
    """Return how wide a text is at most; never less than its number of characters, which is how servers count."""
    return len(text) + len(_WIDE.findall(text))


def wrapped(line: str, first: str = "", rest: str | None = None) -> str:
    """Return a line in lines that fit; quotes, entries and their indentation go on from line to line.

    *first* stands before it all, and *rest*, or else the same, before each of
    the further lines.
    """
    quotes, indent, bullet, said = _LINE.fullmatch(line).groups("")  # type: ignore[union-attr]
    margin = (quotes + indent)[:MARGIN]
    begin, go_on = first + margin + bullet, (first if rest is None else rest) + margin + " " * len(bullet)
    lines, line, edge = [], begin, len(begin)
    for word in _words(said, WIDTH - max(len(begin), len(go_on))):
        if len(line) > edge and columns(line) + 1 + columns(word) > WIDTH:
            lines.append(line)
            line, edge = go_on, len(go_on)
        line += f" {word}" if len(line) > edge else word
    return "\n".join((*lines, line))


def underlined(title: str, sign: str) -> str:
    """Return a heading with a line below it, as long as its longest line and no longer than a line may be."""
    lines = wrapped(title)
    return f"{lines}\n{sign * min(WIDTH, max(map(columns, lines.split(chr(10)))))}"


def _words(said: str, room: int) -> Iterator[str]:
    """Yield words that fit into *room*; some languages write without spaces."""
    for word in said.split(" "):
        if columns(word) <= room or _ADDRESS.search(word):
            yield word
            continue
        piece = ""
        for cluster in _clusters(word):
            if piece and columns(piece) + columns(cluster) > room:
                yield piece
                piece = ""
            piece += cluster
        yield piece


def _clusters(word: str) -> Iterator[str]:
    """Yield each letter with the marks and joined signs that belong to it."""
    cluster = ""
    for sign in word:
        joins = _JOINS.match(sign) or _UNICODE.category(sign)[0] == "M" or cluster[-1:] == _JOINER
        if cluster and not (joins and len(cluster) < _MARKS):
            yield cluster
            cluster = ""
        cluster += sign
    yield cluster
