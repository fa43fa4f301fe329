"""Fenced blocks that stand for something else than code, such as a letter's sections: taken out of Markdown, put back as marks.

A block is found in the lines, before an engine sees them, so both dialects
agree.  In its place the engine gets an element that only this module can have
written; what the block names is linked in it, so paths are resolved and looked
at like those of any link.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handbill.errors import Level, Problem, said
from handbill.hub.fields import Desk, read_table
from handbill.hub.item import LINK_CLOSE, LINK_OPEN, SECTION_CLOSE, SECTION_OPEN, Body
from handbill.hub.kind import Blocks
from handbill.hub.likeness import is_slip
from handbill.hub.nodes import Spot, Table
from handbill.reading.files import read_all

#: A letter with more sections than this was not written by hand.
MOST = 40

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})[ \t]*([^\s`]*)(.*)")
_VOID = re.compile(r"<(?:br|hr|img|input|wbr)\b[^>]*>")
_TAG = re.compile(r"<(/?)[a-z][a-z0-9]*\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Taken:
    """The blocks of a text: their values in their order, the text without them, and how their places begin in it."""

    markdown: str
    values: tuple[Any, ...] = ()
    lines: tuple[int, ...] = ()
    mark: str = ""


def take_out(markdown: str, first_line: int, blocks: Blocks | None, desk: Desk) -> Taken:
    """Return a text without its blocks; what is wrong in one is put down at its line.  The text begins on *first_line*."""
    if blocks is not None:
        _check_words(markdown.split("\n"), first_line, blocks, desk)
    if blocks is None or not re.search(rf"^ {{0,3}}(?:`{{3,}}|~{{3,}})[ \t]*{blocks.word}\b", markdown, re.MULTILINE):
        return Taken(markdown)
    # No text can hold a digest of itself, so nobody writes such an element by hand.
    mark = f"handbill{blocks.word}{hashlib.blake2b(markdown.encode(), digest_size=8).hexdigest()}n"
    lines = markdown.split("\n")
    kept: list[str] = []
    values: list[Any] = []
    places: list[int] = []
    done = 0
    for start, end, _ in fenced(lines, {blocks.word}):
        kept += lines[done:start]
        done = end + 1
        if end == len(lines):
            found = said("a section without an end")
            desk.refuse(Spot(first_line + start, 1, len(lines[start])), "", found, said("a line ``` after its last field"), "HB262")
            # What follows is the rest of the letter, and no fault of its fields.
            continue
        if len(values) == MOST:
            found = said("more than {n} blocks of this sort", n=MOST)
            desk.refuse(Spot(first_line + start, 1), "", found, said("at most {n}", n=MOST), "HB204")
            continue
        value, paths = _read(lines[start + 1 : end], first_line + start, blocks, desk)
        if value is not None:
            links = "".join(f'<a href="{html.escape(path)}"></a>' for path in paths)
            # As far to the right as it was written, so that one within a list stays there, and can be told.
            indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
            kept += ["", f"{indent}<div>{mark}{len(values)}n{links}</div>", ""]
            values.append(value)
            places.append(first_line + start)
    return Taken("\n".join((*kept, *lines[done:])), tuple(values), tuple(places), mark)


def fenced(lines: Sequence[str], words: Container[str] | None = None) -> Iterator[tuple[int, int, str]]:
    """Yield the first and last line of each block, those with its fences, and its word; fences within other fences are text."""
    at = 0
    while at < len(lines):
        opened = _FENCE.fullmatch(lines[at])
        if not opened or (opened[2][0] == "`" and "`" in opened[4]):
            at += 1
            continue
        closing = re.compile(rf" {{0,3}}{opened[2][0]}{{{len(opened[2])},}}[ \t]*")
        end = next((n for n in range(at + 1, len(lines)) if closing.fullmatch(lines[n])), len(lines))
        if words is None or opened[3] in words:
            yield at, end, opened[3]
        at = end + 1


def _check_words(lines: Sequence[str], first_line: int, blocks: Blocks, desk: Desk) -> None:
    """Put down each block of code that was probably meant to be one of ours: members would read its fields."""
    first = next(one.name for one in blocks.fields if one.required)
    for start, _, word in fenced(lines):
        inner = lines[start + 1] if start + 1 < len(lines) else ""
        is_near = word.casefold() == blocks.word or is_slip(word.casefold(), blocks.word)
        if word != blocks.word and (is_near or re.match(rf"{first}[ \t]*:", inner)):
            found = (
                said("a block of code “{word}”, which members see as it stands here", word=word)
                if word
                else said("a block of code, which members see as it stands here")
            )
            wanted = said("“{line}”, for an automatic section", line=f"```{blocks.word}")
            place = Spot(first_line + start, 1, len(lines[start]))
            desk.refuse(place, "", found, wanted, "HB264", Level.WARNING)


def _read(lines: Sequence[str], line: int, blocks: Blocks, desk: Desk) -> tuple[Any, list[str]]:
    """Return what a block says, and the paths that it names; ``None`` where something in it is wrong."""
    inner = Desk(desk.path, desk.zone, lang=desk.lang)
    table = read_all("\n".join(lines), inner)
    if table is None or not table.pairs:
        # What is missing is missing at the line on which the block begins.
        table = Table((), 0, 1)
    values = read_table(table, blocks.fields, inner)
    value = None if inner.has_errors else blocks.make(values, table, inner)
    desk.problems += [replace(one, line=one.line + line) for one in inner.problems]
    if inner.has_errors:
        return None, []
    named = (values[name] for name in blocks.paths)
    return value, [path for one in named if one for path in ((one,) if isinstance(one, str) else one)]


def put_back(body: Body, taken: Taken, desk: Desk) -> Body:
    """Return the body with the mark of each block where it stood; a block within a list or a quote is put down."""
    if not taken.values:
        return body
    element = re.compile(rf"<div>{taken.mark}(\d+)n(?:<a href=\"{LINK_OPEN}\d+{LINK_CLOSE}\"></a>)*</div>")
    for found in element.finditer(body.html):
        before = _VOID.sub("", body.html[: found.start()])
        if sum(-1 if tag[1] else 1 for tag in _TAG.finditer(before)):
            told, wanted = (
                said("a section within a list, a quote or another element"),
                said("it between two paragraphs, with an empty line before"),
            )
            desk.problems.append(Problem(desk.path, taken.lines[int(found[1])], 1, "", told, wanted, "HB261"))
    line = re.compile(rf"^.*{taken.mark}(\d+)n.*$", re.MULTILINE)
    ours = [block for block in body.blocks if taken.mark in block]
    return replace(
        body,
        html=element.sub(rf"{SECTION_OPEN}\1{SECTION_CLOSE}", body.html),
        text=line.sub(rf"{SECTION_OPEN}\1{SECTION_CLOSE}", body.text),
        blocks=tuple(block for block in body.blocks if taken.mark not in block),
        words=body.words - sum(len(block.split()) for block in ours),
    )


def numbers_of(body: Body) -> Mapping[str, int]:
    """Return under which number a body has each of its links, as they were written."""
    return {link: number for number, link in enumerate(body.links)}
