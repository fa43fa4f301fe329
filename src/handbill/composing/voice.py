"""The last letters → how the next one begins, goes on and ends: greeting, rubrics, sections in their order, signature.

It looks at the Markdown as it was written, because that is what is written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from handbill.hub.fields import Desk
from handbill.hub.item import Item
from handbill.kinds.query import BLOCKS, Query
from handbill.reading.blocks import fenced
from handbill.reading.files import decode, split

_HEADING = re.compile(r"#{1,6} .+")

#: How long a greeting or a signature is at most; a longer line is a sentence of one letter.
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a letter's text: ``greeting``, ``heading``, ``section``, ``prose`` or ``signature``, with its Markdown or its query.

    ``pins`` are paths that a section puts first; ``is_placed`` says that an
    editor gave the section its place.
    """

    sort: str
    text: str = ""
    query: Query | None = None
    pins: tuple[str, ...] = ()
    is_placed: bool = False


def pieces_of(markdown: str, queries: Sequence[Query]) -> tuple[Piece, ...]:
    """Return the parts of a letter's text in their order; *queries* are those of its sections."""
    left = list(queries)
    found: list[Piece] = []
    for block, word in _blocks(markdown):
        if word == BLOCKS.word:
            found += [Piece("section", query=left.pop(0))] if left else []
        elif _HEADING.fullmatch(block):
            found.append(Piece("heading", block))
        else:
            found.append(Piece("prose", block))
    return _with_ends(found)


def _with_ends(found: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with the first and the last text named for what they are."""
    written = [number for number, one in enumerate(found) if one.sort == "prose"]
    if written and written[0] == 0 and _is_greeting(found[0].text):
        found[0] = Piece("greeting", found[0].text)
    if written and found[written[-1]].sort == "prose" and _is_signature(found[written[-1]].text):
        found[written[-1]] = Piece("signature", found[written[-1]].text)
    return tuple(found)


def _is_greeting(text: str) -> bool:
    return len(text) <= _SHORT and "\n" not in text and text.rstrip("*_ ")[-1:] in (",", "!", "，", "،")


def _is_signature(text: str) -> bool:
    is_plain = not text.startswith(("#", "-", "!", "[", ">", "*", "<", "|", "```", "~~~")) and not text[:1].isdigit()
    return len(text) <= _SHORT and text.count("\n") < 3 and is_plain and text[-1] not in ".…!?:;"


def _blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text between its empty lines, and the word of each that is a fenced one, which holds its empty lines."""
    lines = markdown.split("\n")
    done = 0
    for start, end, word in fenced(lines):
        yield from _paragraphs(lines[done:start])
        yield "\n".join(lines[start : end + 1]).strip(), word
        done = end + 1
    yield from _paragraphs(lines[done:])


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for is_written, block in groupby(lines, key=lambda line: bool(line.strip())):
        if is_written:
            yield "\n".join(block).strip(), ""


def markdown_of(raw: bytes) -> str:
    """Return the text below the front matter of a file; "" where it cannot be taken apart."""
    desk = Desk("", "UTC")
    text = decode(raw, desk)
    found = split(text, desk) if text is not None else None
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Voice:
    """How letters of one sort go: their parts in order, those alone that come again."""

    pieces: tuple[Piece, ...]

    @property
    def sections(self) -> tuple[Query, ...]:
        """Return what they show by themselves."""
        return tuple(one.query for one in self.pieces if one.query)


def voice_of(letters: Sequence[tuple[Item, str]]) -> Voice:
    """Return how the next letter goes, like the last of these; each comes with its Markdown.

    A heading comes again if one of the two letters before had it; so does the
    title of a section, because that of one letter alone was about that letter.
    """
    item, markdown = letters[-1]
    others = letters[-3:-1]
    earlier = {one.text for _, text in others for one in pieces_of(text, ()) if one.sort == "heading"}
    titles = {query.title for other, _ in others for query in other.facts.queries}
    found: list[Piece] = []
    for piece in pieces_of(markdown, item.facts.placed):
        if piece.query:
            found.append(Piece("section", query=_again(piece.query, titles), is_placed=True))
        elif piece.sort in ("greeting", "signature") or (piece.sort == "heading" and piece.text in earlier):
            found.append(piece)
    found += [Piece("section", query=_again(one, titles)) for one in item.facts.queries if one.place is None]
    return Voice(tuple(found))


def _again(query: Query, titles: set[str]) -> Query:
    """Return a query as it is asked again: without what it pinned, left out and was called for one letter alone."""
    title = query.title if query.title in titles else ""
    return Query(query.show, title, query.layout, query.limit, query.ahead, None, query.tags, query.venue)
