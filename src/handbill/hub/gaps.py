"""The spaces of French, and the marks that stand for markup while a text is set."""

from __future__ import annotations

import re

NARROW, WIDE = "\u202f", "\u00a0"

#: In the place of a tag that words pass through, of a thing such as code or an entity, of the edge of a block, of a line break.
TAG, THING, EDGE, BREAK = "\x0e", "\x0f", "\x10", "\x11"
#: Around what a page sets higher: the end of 1er.
RAISED, LEVEL = "\x12", "\x13"
#: In the place of what is no French, and of a sign that HTML writes as an entity.
ENTITY, ADDRESS, HOST, MAILBOX, SIGNAL = "\x14", "\x15", "\x16", "\x17", "\x18"
#: All of them; no text holds any, because reading refuses or drops control characters.
MARKS = TAG + THING + EDGE + BREAK + RAISED + LEVEL + ENTITY + ADDRESS + HOST + MAILBOX + SIGNAL

# Spaces that somebody typed, of any width, or where a source line ended.
_TYPED = " \t\n\u00a0\u2009\u202f"
#: Patterns: a space, tags, and a gap, which has a space in it and perhaps tags beside it.
SPACE, TAGS = f"[{_TYPED}]", f"{TAG}*"
GAP = f"{TAGS}{SPACE}+{TAGS}"
#: The signs that gaps are made of.
GAPS = frozenset(_TYPED + TAG)
SPACES = re.compile(SPACE + "+")


def filled(gap: str, space: str, is_before: bool) -> str:
    """Return a run of spaces and tags with exactly one space in it: where the first was, or else next to the sign.

    *is_before* says that the gap stands before its sign.
    """
    if gap in ("", " "):
        return space
    tags = SPACES.sub("", gap)
    if not tags:
        return space
    first = SPACES.search(gap)
    at = first.start() if first else len(tags) if is_before else 0
    return tags[:at] + space + tags[at:]


def wide(gap: str) -> str:
    """Return a text in which each run of spaces is one at which no line breaks."""
    return SPACES.sub(WIDE, gap)


def typed(text: str) -> str:
    """Return a text with the spaces and apostrophes of a keyboard, by which names are compared and written in plain headers."""
    return SPACES.sub(" ", text).replace("’", "'")


def woven(texts: list[str], between: list[str]) -> str:
    """Return texts joined, each pair by its own of *between*, which is one fewer."""
    both = [""] * (len(texts) + len(between))
    both[::2], both[1::2] = texts, between
    return "".join(both)


def places(text: str, signs: str) -> list[int]:
    """Return where any of these signs stands, in order: a leap for each takes less than a look at every letter."""
    found: list[int] = []
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            found.append(at)
            at = text.find(sign, at + 1)
    found.sort()
    return found
