"""A text → lines of a width, broken where a printer would break them, as large as there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from handbill.outputs.bill.letters import Letters

#: From the foot of one line to the foot of the next, in sizes of the letters: of titles, and of small text.
LEADING, WIDE_LEADING = 1.12, 1.3

#: What a line costs that ends inside a word or with one of two letters (« à », « le »), and what it gains where the sense pauses.
_SHORT_END, _PAUSE = 0.06, 0.08

#: Among how many sizes, the largest that fits and those after it, the one is taken whose lines end best.
_NEAR = 4

_PAUSES = tuple(":;,.!?–—»…")

#: Where a line may end: at a space that breaks, and after a hyphen between letters.
_ENDS = re.compile(r" +|(?<=\w-)(?=\w\w)")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are drawn at one size, in pixels; ``is_whole`` unless their end was left out."""

    lines: tuple[str, ...]
    size: int
    leading: float = LEADING
    is_whole: bool = True

    @property
    def step(self) -> int:
        """Return the way from the foot of one line to the foot of the next."""
        return round(self.size * self.leading)

    def height(self, letters: Letters) -> int:
        """Return how high it stands: from the top of a capital to the foot of the last line."""
        return round(letters.capitals * self.size / 1000) + self.step * (len(self.lines) - 1) if self.lines else 0


def block(text: str, letters: Letters, width: int, height: int, sizes: Sequence[int]) -> Block:
    """Return the text in the largest of the *sizes*, the largest first, at which it fits.

    Words are broken only where even the smallest size leaves no other way, and
    the end is left out only after that.
    """
    if not text.strip():
        return Block((), sizes[-1])
    whole = _Text(text.strip(), letters)
    for place, size in enumerate(sizes):
        count = whole.count(width * 1000 / size)
        if count and Block(("",) * count, size).height(letters) <= height:
            found: dict[int, Block] = {}
            for one in sizes[place : place + _NEAR]:
                made = Block(whole.even_lines(width * 1000 / one, count), one)
                found.setdefault(sum(_ends_badly(line) for line in made.lines[:-1]), made)
                if 0 in found:
                    break
            return found[min(found)]
    size = sizes[-1]
    room = width * 1000 / size
    whole.break_words(room)
    most = max(1, 1 + int((height - letters.capitals * size / 1000) // Block((), size).step))
    count = whole.count(room)
    if count <= most:
        return Block(whole.even_lines(room, count), size)
    # The lines of a text that goes on are filled one after the other, and not evened out.
    lines = list(whole.full_lines(room))[:most]
    return Block((*lines[:-1], _ended(lines[-1], letters, room)), size, is_whole=False)


def one_line(text: str, letters: Letters, width: int, sizes: Sequence[int]) -> Block | None:
    """Return the text on one line in the largest of the *sizes* at which it fits, or ``None`` where it does at none."""
    wide = letters.width(text) / 1000
    return next((Block((text,), size) for size in sizes if wide * size <= width), None)


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a line may end, where the next one begins then, and what the end shows."""

    end: int
    start: int
    tail: str = ""


class _Text:
    """A text with the place of each of its characters, so that any line of it is measured at once."""

    def __init__(self, text: str, letters: Letters) -> None:
        self._text, self._letters = text, letters
        self._places = (0.0, *accumulate(step for _, step in letters.steps(text)))
        self._breaks = [*(_Break(*found.span()) for found in _ENDS.finditer(text)), _Break(len(text), len(text))]

    def _width(self, start: int, stop: _Break) -> float:
        return self._places[stop.end] - self._places[start] + (self._letters.width(stop.tail) if stop.tail else 0.0)

    def count(self, room: float) -> int:
        """Return how few lines will do, or 0 where one word alone is too wide."""
        return sum(1 for _ in self.full_lines(room)) if self._fits(room) else 0

    def _fits(self, room: float) -> bool:
        starts = (0, *(one.start for one in self._breaks))
        return all(self._width(start, one) <= room for start, one in zip(starts, self._breaks, strict=False))

    def full_lines(self, room: float) -> Iterator[str]:
        """Yield lines each as full as can be."""
        start, last = 0, self._breaks[0]
        for one in self._breaks:
            if self._width(start, one) > room and last.start > start:
                yield self._line(start, last)
                start = last.start
            last = one
        yield self._line(start, last)

    def _line(self, start: int, stop: _Break) -> str:
        return self._text[start : stop.end] + stop.tail

    def even_lines(self, room: float, count: int) -> tuple[str, ...]:
        """Return that many lines, as even as can be, which do not end in the middle of a phrase where another end is near."""
        even = self._width(0, self._breaks[-1]) / count
        # The best way to break what comes before each start into each number of lines: its cost, and the breaks.
        best: dict[int, dict[int, tuple[float, tuple[_Break, ...]]]] = {0: {0: (0.0, ())}}
        for one in self._breaks:
            ending = self._ending(one) if one is not self._breaks[-1] else 0.0
            found: dict[int, tuple[float, tuple[_Break, ...]]] = {}
            for start, ways in reversed(best.items()):
                wide = self._width(start, one)
                if wide > room:
                    break
                cost = ((wide - even) / room) ** 2 + ending
                for lines, (before, stops) in ways.items():
                    if lines < count and (lines + 1 not in found or before + cost < found[lines + 1][0]):
                        found[lines + 1] = (before + cost, (*stops, one))
            best[one.start] = found
        stops = best[len(self._text)][count][1]
        return tuple(self._line(before.start, stop) for before, stop in pairwise((_Break(0, 0), *stops)))

    def _ending(self, stop: _Break) -> float:
        line = self._line(0, stop)
        return -_PAUSE if line.endswith(_PAUSES) else _SHORT_END if _ends_badly(line) else 0.0

    def break_words(self, room: float) -> None:
        """Let lines end inside words that are wider than a line."""
        more: list[_Break] = []
        starts = (0, *(one.start for one in self._breaks))
        for start, stop in zip(starts, self._breaks, strict=False):
            while self._width(start, stop) > room:
                cut = start + 1
                while cut + 1 < stop.end and self._width(start, self._inside(cut + 1)) <= room:
                    cut += 1
                more.append(self._inside(cut))
                start = cut
        self._breaks = sorted([*more, *self._breaks], key=lambda one: one.end)

    def _inside(self, cut: int) -> _Break:
        # A broken word shows that it goes on; a broken address must not gain a sign.
        around = self._text[cut - 1 : cut + 1]
        return _Break(cut, cut, "-" if around.isalpha() else "")


def _ends_badly(line: str) -> bool:
    """Say whether a line ends inside a word, or with a word that belongs to the next one."""
    return line.endswith("-") or (len(line.rpartition(" ")[2]) <= 2 and not line.endswith(_PAUSES))


def _ended(line: str, letters: Letters, room: float) -> str:
    """Return a last line that says that there was more."""
    while line and letters.width(line + "…") > room:
        line = line.rpartition(" ")[0] or line[:-1]
    return re.sub(r"[\s:;,.!?–—«(-]+$", "", line) + "…"
