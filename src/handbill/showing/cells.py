"""Text of any file → text that a terminal shows as it is, and the cells that it takes there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

#: What stands where a line goes on that is too long to be shown whole.
CUT = "…"

_ZERO_WIDTH_JOINER = "\u200d"
_EMOJI_FORM, _KEYCAP = "\ufe0f", "\u20e3"


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes.

    Source: Unicode Standard Annex 11; a sequence of emoji is one picture of two cells.
    """
    return sum(width for _, width in clusters(text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the signs of a text, each with what is set onto it, and the cells that it takes.

    Whether a terminal shows a sequence of emoji as one picture differs; most do by now.
    """
    cluster, width = "", 0
    for sign in text:
        if cluster and _joins(cluster, sign):
            cluster += sign
            if sign == _KEYCAP or (sign == _EMOJI_FORM and unicodedata.category(cluster[0]) == "So") or _is_flag(sign):
                width = 2
            continue
        if cluster:
            yield cluster, width
        cluster, width = sign, 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    if cluster:
        yield cluster, width


def _joins(cluster: str, sign: str) -> bool:
    return (
        unicodedata.category(sign) in ("Mn", "Me")
        or _ZERO_WIDTH_JOINER in (sign, cluster[-1])
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\u1160" <= sign <= "\u11ff"
        or (_is_flag(sign) and len(cluster) == 1 and _is_flag(cluster))
    )


def _is_flag(sign: str) -> bool:
    """Say whether it is one of the letters of which two make a flag."""
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def windowed(text: str, mark: tuple[int, int], room: int, is_cut_left: bool, is_cut_right: bool) -> tuple[str, tuple[int, int]]:
    """Return as much of a text as fits into *room* cells, with the marked place in it, and where that stands then.

    What was cut off before or after the text already is shown by the same sign.
    """
    pieces = list(clusters(text))
    if sum(width for _, width in pieces) + is_cut_left + is_cut_right > room:
        before, marked = cells(text[: mark[0]]), cells(text[mark[0] : mark[1]])
        skip = max(0, before - room // 3) if before + min(marked, room // 3) > room - 2 else 0
    else:
        skip = 0
    skipped = left = 0
    while left < len(pieces) and skipped < skip:
        skipped += pieces[left][1]
        left += 1
    head = CUT if left or is_cut_left else ""
    used, right = len(head), left
    while right < len(pieces) and used + pieces[right][1] <= room - (right + 1 < len(pieces) or is_cut_right):
        used += pieces[right][1]
        right += 1
    tail = CUT if right < len(pieces) or is_cut_right else ""
    body = "".join(piece for piece, _ in pieces[left:right])
    shift = len(head) - len("".join(piece for piece, _ in pieces[:left]))
    limit = len(head) + len(body)
    start, end = (min(max(place + shift, len(head)), limit) for place in mark)
    return head + body + tail, (start, end)


def safe(text: str) -> str:
    """Return a text in which nothing is invisible, ends the line or speaks to the terminal."""
    if text.isprintable():
        return text
    shown = ""
    for sign in text:
        shown += visible(sign, shown[-1:])
    return shown


def visible(sign: str, before: str) -> str:
    """Return a sign as it can be shown after the sign *before*, or a picture or the number of one that cannot."""
    number, sort = ord(sign), unicodedata.category(sign)
    if number < 0x20:
        return chr(0x2400 + number)
    if number == 0x7F:
        return "\u2421"
    if 0xDC80 <= number <= 0xDCFF:
        return "\ufffd"
    if sign == _ZERO_WIDTH_JOINER and before and (before in _EMOJI_FORM or unicodedata.category(before) in ("So", "Sk")):
        return sign
    if sort in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return f"‹U+{number:04X}›"
    if sort in ("Mn", "Me") and not before:
        # It would be set onto whatever stands to the left of the excerpt.
        return "◌" + sign
    return sign
