"""Clean HTML, taken apart, → its plain text: a paragraph, heading or list entry each.

Read as most texts are written; what needs a closer look is left to the whole way (:mod:`handbill.reading.body`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.hub.gaps import woven
from handbill.hub.nodes import one_line

_RULE = "* * *"

#: In the place of the edge of a block or line, of preformatted text, of the begin and end of a cell; no text holds any.
#: The first parts words, as a space does.
_EDGE, _PRE, _CELL, _CELL_END = "\x1c", "\x11", "\x12", "\x13"
_SILENT = (
    "a", "abbr", "b", "cite", "code", "dfn", "em", "i", "ins", "kbd", "mark", "q", "samp", "small", "span", "strong", "sub",
    "sup", "tbody", "tfoot", "thead", "time", "u", "var", "wbr",
)  # fmt: skip
_EDGES = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "table", "tr", "ul", "ol", "dl", "dt", "dd", "div", "figure",
    "figcaption", "hr", "section", "details", "summary", "caption",
)  # fmt: skip
_SIGNS: dict[str, str] = (
    {slash + name: "" for name in _SILENT for slash in ("", "/")}
    | {slash + name: _EDGE for name in _EDGES for slash in ("", "/")}
    | {"br": _EDGE, "td": _CELL, "th": _CELL, "/td": _CELL_END, "/th": _CELL_END}
    | {'input type="checkbox" disabled=""': "[ ] ", 'input type="checkbox" disabled="" checked=""': "[x] "}
)
_ALT = re.compile(r' alt="([^"&]*)"')


@dataclass(slots=True)
class Spoken:
    """What clean HTML says, with an edge between two blocks, and what is preformatted in it."""

    _text: str
    _kept: list[str]

    def blocks(self) -> Iterator[str]:
        """Yield the blocks, each when it is asked for: of most texts only the first are."""
        for part in self._text.split(_EDGE):
            block = part.strip()
            if block[:1] == _PRE:
                lines = [line.strip() for line in self._kept[int(block[1:])].split("\n")]
                yield from (line for line in lines if line and line != _RULE)
            elif block and block != _RULE:
                yield one_line(block) if "  " in block else block

    def words(self) -> int:
        """Return how many words there are in all blocks."""
        if _RULE in self._text or any(_RULE in one for one in self._kept):
            return sum(len(block.split()) for block in self.blocks())
        # An edge is a space, and what is preformatted has a sign for itself.
        return len(self._text.split()) + sum(len(one.split()) - 1 for one in self._kept)


def spoken(texts: Sequence[str], tags: Sequence[str]) -> Spoken | None:
    """Return what clean HTML says, given as texts and the tags between them; ``None`` where that takes a closer look."""
    signs = list(map(_SIGNS.get, tags))
    kept: list[str] = []
    if None in signs:
        texts = list(texts)
        if not _is_read(texts, tags, signs, kept):
            return None
    text = woven(texts, signs)  # type: ignore[arg-type]
    if "&" in text:
        text = html.unescape(text)
    for sign in "\n\t\r\f\v":
        if sign in text:
            text = text.replace(sign, " ")
    if _CELL in text:
        if " · " in text:
            return None
        rows = [_row(part) if _CELL in part or _CELL_END in part else part for part in text.split(_EDGE)]
        if None in rows:
            return None
        text = _EDGE.join(rows)  # type: ignore[arg-type]
    return Spoken(text, kept)


def _is_read(texts: list[str], tags: Sequence[str], signs: list[str | None], kept: list[str]) -> bool:
    """Fill in the signs of tags with attributes, take out what is preformatted, and say whether nothing strange was met."""
    last = len(tags)
    at = -1
    while True:
        try:
            at = signs.index(None, at + 1)
        except ValueError:
            return True
        tag = tags[at]
        name, _, attributes = tag.partition(" ")
        if name == "a":
            # A space at the end of what is linked goes with the address behind it; notes are told otherwise.
            if 'href="#' in attributes:
                return False
            end = at
            while end < last and tags[end] != "/a":
                end += 1
            while end > at and not texts[end]:
                end -= 1
            if texts[end][-1:] in (" ", "\n", "\t", ";"):
                return False
            signs[at] = ""
        elif name == "pre":
            end = at + 1
            while end < last and tags[end] != "/pre":
                # Only code, and words that are marked in it.
                if tags[end] not in ("/code", "/span") and not tags[end].startswith(("code", "span")):
                    return False
                end += 1
            if end == last:
                return False
            kept.append(html.unescape("".join(texts[at + 1 : end + 1])))
            for number in range(at + 1, end + 1):
                signs[number], texts[number] = "", ""
            texts[end] = f"{_PRE}{len(kept) - 1}"
            signs[at] = signs[end] = _EDGE
        elif name == "img":
            found = _ALT.search(tag)
            if found is None:
                return False
            signs[at] = found[1].strip()
        elif name in _SIGNS and name != "a":
            signs[at] = _SIGNS[name]
        else:
            return False


def _row(row: str) -> str | None:
    """Return the cells of a row with dots between them, or ``None`` where one holds more than a line."""
    before, *cells = row.split(_CELL)
    told = []
    for cell in cells:
        said, end, after = cell.partition(_CELL_END)
        if not end or after.strip():
            return None
        told.append(said if said.strip() else "–")
    if before.strip() or _CELL_END in before:
        return None
    return " · ".join(told)
