"""Blocks of lines, the most important first → one text of no more bytes than there is room for.  Knows no review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handbill.telling import tell_count


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: ``entries`` can be left out one by one from the end, ``opening`` and ``closing`` belong to it.

    ``lead`` stands before the line that says how many were left out; ``left``
    is how many had no place from the beginning.
    """

    opening: tuple[str, ...]
    entries: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    lead: str = "- "
    left: int = 0

    def lines(self, kept: int, lang: str) -> list[str]:
        """Return the block with so many of its entries."""
        left = len(self.entries) - kept + self.left
        more = [self.lead + tell_count("… and {n} more, in the pack", "… and {n} more, in the pack", left, lang)] if left else []
        return [*self.opening, *self.entries[:kept], *more, *self.closing]


def fitted(blocks: Iterable[Block], foot: Sequence[str], most: int, lang: str) -> str:
    """Return all of it in at most *most* bytes of UTF-8; where there is no room for all, the first blocks have their choice.

    Blocks for which there is no room even without an entry are left out from
    the end; *foot* is never.
    """
    frames = [(block, _weight(block.lines(0, lang))) for block in blocks]
    room = most - _weight(foot) - sum(weight for _, weight in frames)
    while frames and room < 0:
        room += frames.pop()[1]
    lines: list[str] = []
    for block, _ in frames:
        kept = 0
        for entry in block.entries:
            if (weight := _weight((entry,))) > room:
                break
            room -= weight
            kept += 1
        lines += block.lines(kept, lang)
    return "".join(f"{line}\n" for line in (*lines, *foot))


def _weight(lines: Iterable[str]) -> int:
    """Return how many bytes lines take with their ends."""
    return sum(len(line.encode("utf-8")) + 1 for line in lines)
