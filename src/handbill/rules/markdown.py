"""Articles → the Markdown of the rules; what an editor wrote stands in it as plain text, whatever signs it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handbill.hub.typography import typeset

_SIGNS = re.compile(r"[\\`*\[\]<|~&$^]|(?<![^\W_])_|_(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its title, and its blocks of Markdown."""

    title: str
    blocks: tuple[str, ...]


def plain(text: str) -> str:
    """Return a text as Markdown that shows it as it is, on one line.

    >>> plain("5 * 3 < 16")
    '5 \\\\* 3 \\\\< 16'
    """
    return _SIGNS.sub(lambda sign: "\\" + sign[0], " ".join(text.split()))


def code(text: str) -> str:
    """Return a text to be copied sign by sign."""
    return f"`{text}`"


def points(entries: Iterable[str], *, numbered: bool = False) -> str:
    """Return a list."""
    return "\n".join(f"{f'{n}.' if numbered else '-'} {entry}" for n, entry in enumerate(entries, 1))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Return a table; the columns *right*, from 0, hold numbers."""
    rule = ["---:" if n in set(right) else "---" for n in range(len(heads))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def document(title: str, notice: str, lead: str, articles: Iterable[Article], end: str, lang: str) -> str:
    """Return the whole text, set by the rules of its language; *end* is left as it is."""
    named = "Article"
    blocks = [f"# {title}", f"> {notice}", lead]
    for n, article in enumerate(articles, 1):
        blocks += [f"## {named} {n} – {article.title}", *article.blocks]
    return "\n\n".join([*(_set(block, lang) for block in blocks), end]) + "\n"


def _set(block: str, lang: str) -> str:
    """Return a block with the spaces of its language; code and addresses stay as they are."""
    return "\n".join(
        "".join(part if n % 2 else typeset(part, lang) for n, part in enumerate(re.split(r"(`[^`]*`|<https?://[^>]*>)", line)))
        for line in block.split("\n")
    )
