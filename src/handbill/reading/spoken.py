"""Clean HTML, taken apart, → its plain text: a paragraph, heading or list entry each.

Read as most texts are written; what needs a closer look is left to the whole way (:mod:`handbill.reading.body`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from handbill.hub.nodes import one_line

_RULE = "* * *"

#: In the place of the edge of a block or line, of preformatted text, of the begin and end of a cell; no text holds any.
_EDGE, _PRE, _CELL, _CELL_END = "\x10", "\x11", "\x12", "\x13"
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


def blocks_of(texts: Sequence[str], tags: Sequence[str]) -> tuple[str, ...] | None:
    """Return the blocks of clean HTML, given as texts and the tags between them; ``None`` where that takes a closer look."""
    signs = [_SIGNS.get(tag) for tag in tags]
    kept: list[str] = []
    if None in signs:
        texts = list(texts)
        if not _is_read(texts, tags, signs, kept):
            return None
    both = [""] * (len(texts) + len(tags))
    both[::2], both[1::2] = texts, signs  # type: ignore[assignment]
    text = "".join(both)
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
    blocks = [part.strip() for part in text.split(_EDGE)]
    if "  " in text:
        blocks = [one_line(block) for block in blocks]
    if kept:
        blocks = [line for block in blocks for line in (kept[int(block[1:])].split("\n") if block[:1] == _PRE else (block,))]
        blocks = [block.strip() for block in blocks]
    return tuple([block for block in blocks if block and block != _RULE])


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
