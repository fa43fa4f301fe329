"""Markdown → where it is code, in which nothing is a link.

Only as much of Markdown is understood as that takes: fenced code, indented
code, code spans and comments.  Every step is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_MARKS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_FENCE = re.compile(r"(`{3,})[^`\n]*$|(~{3,})")
_ENTRY = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_TICKS = re.compile(r"(?<!`)`+(?!`)")


class Code:
    """The stretches of a text that are code or comment."""

    def __init__(self, text: str) -> None:
        blocks, rest = _blocks(text)
        self._set(blocks + [span for start, end in rest for span in _spans(text, start, end)])
        self._set([*zip(self._starts, self._ends, strict=True), *self._comments(text)])

    def _set(self, spans: list[tuple[int, int]]) -> None:
        spans.sort()
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def _comments(self, text: str) -> list[tuple[int, int]]:
        """Return the comments that do not stand in code themselves; code within them counts as comment."""
        found: list[tuple[int, int]] = []
        position = 0
        while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
            position = start + 4 if start in self else end + 3
            if position == end + 3:
                found.append((start, position))
        return found

    def __contains__(self, position: int) -> bool:
        # A comment may hold code: the stretch before the nearest one counts as well.
        number = bisect_right(self._starts, position) - 1
        return any(position < self._ends[one] for one in range(max(0, number - 1), number + 1))


def _blocks(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the stretches of block code, and the paragraphs between them."""
    blocks: list[tuple[int, int]] = []
    rest: list[tuple[int, int]] = []
    fence = ""
    start = position = 0
    after_blank, in_list, in_code = True, False, False
    for line in text.splitlines(keepends=True) if text else ():
        begin, position = position, position + len(line)
        bare = line.rstrip()
        opened = _FENCE.match(bare, _MARKS.match(bare).end())  # type: ignore[union-attr]
        if fence:
            content = bare.lstrip("> \t")
            blocks.append((begin, position))
            if content and set(content) == {fence[0]} and len(content) >= len(fence):
                fence = ""
            start = position
            continue
        if opened:
            fence = opened[1] or opened[2]
            rest.append((start, begin))
            blocks.append((begin, position))
            start, after_blank = position, True
            continue
        if not bare:
            rest.append((start, begin))
            start, after_blank = position, True
            continue
        indented = line.startswith(("    ", "\t"))
        if _ENTRY.match(bare) and not (indented and after_blank and not in_list):
            in_list = True
        elif not line[0].isspace() and after_blank:
            in_list = False
        in_code = indented and not in_list and (after_blank or in_code)
        if in_code:
            blocks.append((begin, position))
            start = position
        after_blank = False
    rest.append((start, position))
    return blocks, rest


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the code spans of one paragraph: runs of backticks with an equal run after them."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text, start, end)]
    places: dict[int, list[int]] = {}
    for number, (begin, finish) in enumerate(runs):
        places.setdefault(finish - begin, []).append(number)
    spans: list[tuple[int, int]] = []
    number = 0
    while number < len(runs):
        begin, finish = runs[number]
        equal = places[finish - begin]
        later = bisect_right(equal, number)
        if later < len(equal):
            spans.append((begin, runs[equal[later]][1]))
            number = equal[later]
        number += 1
    return spans
