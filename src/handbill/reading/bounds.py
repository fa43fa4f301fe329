"""How much one text may become: a small one can make a page that no browser opens, or more links than anybody mends.

Nothing here is looked at in a text of ordinary length.
"""

from __future__ import annotations

import re

from handbill.errors import Said, said

#: Below so many characters no text and no page of it is looked at: whatever is in them stays within what follows.
ORDINARY = 64 * 1024

#: Far above what people write, and below what would take a build longer than a second; no setting moves them.
MOST_HEADINGS = 2_000
MOST_LINKS = 5_000
MOST_PICTURES = 2_000
MOST_TAGS = 200_000
LONGEST_LINE = 64 * 1024

_HEADING = re.compile(r"<h[1-6][ >]")


def long_line(text: str) -> tuple[int, Said, Said] | None:
    """Return which line of a text is too long, counted from 0, with what was found and what is wanted."""
    if len(text) <= ORDINARY:
        return None
    line, length = max(enumerate(map(len, text.split("\n"))), key=lambda one: one[1])
    if length <= LONGEST_LINE:
        return None
    return line, said("a line of {n} characters", n=length), said("at most {n}; no setting moves this limit", n=LONGEST_LINE)


def too_much(rendered: str, most_bytes: int) -> tuple[Said, Said] | None:
    """Return what a text would make too much of, and what is wanted; *rendered* is its HTML."""
    if len(rendered) <= ORDINARY:
        return None
    if len(rendered) > most_bytes:
        wanted = said("at most {most} KB, or a larger {setting} under [budget] in hub.toml", most=most_bytes // 1024, setting="page_kb")
        return said("a text that makes {n} KB of HTML", n=len(rendered) // 1024), wanted
    headings, links, pictures, tags = len(_HEADING.findall(rendered)), rendered.count("<a "), rendered.count("<img"), rendered.count("<")
    for is_more, found, most in (
        (headings > MOST_HEADINGS, said("a text with {n} headings", n=headings), MOST_HEADINGS),
        (links > MOST_LINKS, said("a text with {n} links", n=links), MOST_LINKS),
        (pictures > MOST_PICTURES, said("a text with {n} pictures", n=pictures), MOST_PICTURES),
        (tags > MOST_TAGS, said("a text that makes {n} tags of HTML", n=tags), MOST_TAGS),
    ):
        if is_more:
            return found, said("at most {n}; no setting moves this limit, so make several texts of it", n=most)
    return None
