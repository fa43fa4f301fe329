"""A query → the block by which a letter asks it, with what it would show today on comment lines."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from handbill.composing.choices import Choice, Chosen
from handbill.errors import said
from handbill.hub.written import block
from handbill.kinds.query import AHEAD, MOST, Query
from handbill.telling import tell

#: So many entries are named; whoever wants them all looks at the preview.
NAMED = 8


def section_lines(
    query: Query, pins: Sequence[str], choice: Choice | None, folder: str, day: str, lang: str, is_first: bool
) -> Iterator[str]:
    """Yield the lines of a block; what it would show is said as of *day*, with paths from *folder*, in the language *lang*.

    The first block of a letter tells how a choice is changed.
    """
    yield "```section"
    yield f"show: {query.show}"
    if query.title:
        yield from block("title", query.title, is_text=True)
    if query.layout != "cards":
        yield f"layout: {query.layout}"
    if query.limit != MOST:
        yield f"limit: {query.limit}"
    if query.ahead != AHEAD:
        yield f"ahead: {query.ahead}"
    if query.tags:
        yield from block("tags", query.tags)
    if query.venue:
        yield f"place: {query.venue}"
    if pins:
        yield from block("pin", tuple(pins))
    if choice is not None:
        yield from (f"# {line}" for line in _told(choice, folder, day, lang, is_first))
    yield "```"


def _told(choice: Choice, folder: str, day: str, lang: str, is_first: bool) -> Iterator[str]:
    """Yield what a section would show; comments are no part of what is read."""
    if not choice.entries:
        yield tell(said("As of {day}, {rule}: nothing so far, and an empty section does not appear.", day=day, rule=choice.rule), lang)
        return
    yield tell(said("As of {day}, {rule}:", day=day, rule=choice.rule), lang)
    for one in choice.entries[:NAMED]:
        yield f"- {_entry(one, folder)}"
    if len(choice.entries) > NAMED:
        yield tell(said("- and {n} more", n=len(choice.entries) - NAMED), lang)
    if choice.left_out:
        yield tell(said("{n} more are left out, for limit is {limit}.", n=choice.left_out, limit=choice.limit), lang)
    if is_first:
        yield tell(
            said("First of all: “pin: [path]”. Without it: “except: [path]”. Smaller or larger: “layout: list” or “headline”."), lang
        )


def _entry(one: Chosen, folder: str) -> str:
    date = one.when[:16].replace("T", " ")
    return " · ".join(part for part in (date, one.title, posixpath.relpath(one.source, folder) if one.source else "") if part)
