"""A font file → which characters it has, how wide they are, and how close two of them stand.

Pillow tells none of this without drawing, and kerning only where the machine
happens to have FriBiDi; so the tables are read here, and a line breaks at the
same word everywhere.  Source: OpenType 1.9.1, tables cmap, hmtx, OS/2, GPOS.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

import font_source_serif_pro

#: The bit of a value record that moves the next letter, and those that stand before it.
_ADVANCE, _BEFORE_ADVANCE = 0x0004, 0x0003

#: Spaces that a font may lack, with their widths in thousandths of the letters' size (Unicode 16, table 6-2); 0 is that of a common one.
_SPACES = {"\u00a0": 0, "\u202f": 190, "\u2009": 200, "\u200a": 110, "\u2002": 500, "\u2003": 1000}

#: What stands for a character that few fonts have.
_INSTEAD = {"\u2011": "-", "\u2010": "-", "\u2212": "–"}

#: Sorts of characters that say something: letters, marks on letters, numbers.
_SAYING = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No"})

#: What only chooses between two forms of the sign before it, though Unicode counts it among the marks.
_CHOOSES_FORM = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TWO_SPACES = re.compile(" ?([\u00a0\u202f]) ?")


@cache
def letters(style: str) -> Letters:
    """Return the letters of our own font in a style: ``Regular``, ``Semibold``, ``Bold`` or ``It``."""
    return Letters(font_file(style))


def font_file(style: str) -> Path:
    """Return where the font lies that came with the environment (SIL Open Font License)."""
    return Path(font_source_serif_pro.__file__).parent / "files" / f"SourceSerifPro-{style}.ttf"


class Letters:
    """The measures of one font; all of them in thousandths of the size of the letters."""

    def __init__(self, file: Path) -> None:
        self._raw = raw = file.read_bytes()
        count = struct.unpack_from(">H", raw, 4)[0]
        entries = (struct.unpack_from(">4sLLL", raw, 12 + 16 * number) for number in range(count))
        self._tables = {tag.decode("ascii"): offset for tag, _, offset, _ in entries}
        self._scale = 1000 / struct.unpack_from(">H", raw, self._tables["head"] + 18)[0]
        self._glyphs = dict(self._characters())
        wide = struct.unpack_from(">H", raw, self._tables["hhea"] + 34)[0]
        self._widths = struct.unpack_from(f">{'Hh' * wide}", raw, self._tables["hmtx"])[::2]
        self._kerning = tuple(_pairs(raw, self._tables["GPOS"])) if "GPOS" in self._tables else ()
        x_height, self.capitals = (value * self._scale for value in struct.unpack_from(">hh", raw, self._tables["OS/2"] + 86))
        self.middle = x_height / 2
        self._steps: dict[tuple[str, str], float] = {}
        self._all = frozenset(map(chr, self._glyphs)) | _SPACES.keys()

    def has(self, text: str) -> bool:
        """Say whether every character can be drawn."""
        return self._all.issuperset(text)

    def drawable(self, text: str) -> str:
        """Return the text as this font can show it, or "" where letters of it are missing.

        Signs that it lacks are left out, as most of them decorate (🎉); a text
        without some of its letters would say something else.
        """
        text = normalize("NFC", text)
        if self.has(text):
            return text.strip()
        kept = []
        for one in text:
            shown = one if self.has(one) else _INSTEAD.get(one, "")
            if shown and self.has(shown):
                kept.append(shown)
            elif category(one) in _SAYING and not _CHOOSES_FORM.match(one):
                return ""
        # A sign that goes leaves one of the spaces around it; the one that does not break, if there is one.
        return _TWO_SPACES.sub(r"\1", re.sub(" +", " ", "".join(kept))).strip()

    def width(self, text: str) -> float:
        """Return how wide a line is."""
        return sum(step for _, step in self.steps(text))

    def steps(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield each character with the way from its start to the start of the next one."""
        for pair in zip(text, [*text[1:], ""], strict=True):
            if pair not in self._steps:
                self._steps[pair] = self._advance(pair[0]) + (self._kern(*pair) if pair[1] else 0.0)
            yield pair[0], self._steps[pair]

    def _advance(self, one: str) -> float:
        # Where a font has its own narrow space we take the usual one all the same, so that all fonts agree.
        if _SPACES.get(one):
            return float(_SPACES[one])
        glyph = self._glyphs.get(ord(" " if one in _SPACES else one), 0)
        return float(self._widths[min(glyph, len(self._widths) - 1)] * self._scale)

    def _kern(self, one: str, other: str) -> float:
        first, second = self._glyphs.get(ord(one), 0), self._glyphs.get(ord(other), 0)
        found = (pairs.get(first, second) for pairs in self._kerning)
        return float(next((value for value in found if value is not None), 0) * self._scale)

    def _characters(self) -> Iterator[tuple[int, int]]:
        """Yield each character's code and the number of its glyph."""
        raw, start = self._raw, self._tables["cmap"]
        count = struct.unpack_from(">H", raw, start + 2)[0]
        kinds = {}
        for number in range(count):
            platform, encoding, offset = struct.unpack_from(">HHL", raw, start + 4 + 8 * number)
            if (platform, encoding) in ((0, 3), (0, 4), (3, 1), (3, 10)):
                kinds[struct.unpack_from(">H", raw, start + offset)[0]] = start + offset
        yield from _segments(raw, kinds[12]) if 12 in kinds else _ranges(raw, kinds[4])


def _segments(raw: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield what a table of whole Unicode holds (cmap format 12)."""
    for number in range(struct.unpack_from(">L", raw, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">LLL", raw, at + 16 + 12 * number)
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _ranges(raw: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield what a table of the first 65,535 characters holds (cmap format 4)."""
    twice = struct.unpack_from(">H", raw, at + 6)[0]
    ends, starts, deltas, offsets = at + 14, at + 16 + twice, at + 16 + 2 * twice, at + 16 + 3 * twice
    for place in range(0, twice, 2):
        last, first, delta, offset = (struct.unpack_from(">H", raw, table + place)[0] for table in (ends, starts, deltas, offsets))
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", raw, offsets + place + offset + 2 * (code - first))[0] if offset else code
            if glyph:
                yield code, (glyph + delta) % 65536


def _pairs(raw: bytes, start: int) -> Iterator[_Pairs]:
    """Yield every table of pairs under the feature ``kern``, in the order in which they are asked."""
    features, lookups = (start + offset for offset in struct.unpack_from(">HH", raw, start + 6))
    wanted: set[int] = set()
    for number in range(struct.unpack_from(">H", raw, features)[0]):
        tag, offset = struct.unpack_from(">4sH", raw, features + 2 + 6 * number)
        if tag == b"kern":
            wanted.update(_numbers(raw, features + offset + 2))
    for number in sorted(wanted):
        at = lookups + struct.unpack_from(">H", raw, lookups + 2 + 2 * number)[0]
        if struct.unpack_from(">H", raw, at)[0] == 2:
            yield from (_Pairs(raw, at + offset) for offset in _numbers(raw, at + 4))


class _Pairs:
    """One table of pairs (GPOS lookup type 2), by single letters or by classes of them."""

    def __init__(self, raw: bytes, at: int) -> None:
        self._raw, self._at = raw, at
        self._format, covered, one, two = struct.unpack_from(">HHHH", raw, at)
        self._covered = dict(_coverage(raw, at + covered))
        self._size = 2 * (one.bit_count() + two.bit_count())
        self._place = 2 * (one & _BEFORE_ADVANCE).bit_count() if one & _ADVANCE else None
        if self._format == 2:
            first, second, _, self._columns = struct.unpack_from(">HHHH", raw, at + 8)
            self._first, self._second = dict(_classes(raw, at + first)), dict(_classes(raw, at + second))

    def get(self, first: int, second: int) -> int | None:
        """Return how much closer the second glyph stands, or ``None`` where this table does not say."""
        number = self._covered.get(first)
        if number is None or self._place is None:
            return None
        if self._format == 2:
            place = self._at + 16 + self._size * (self._first.get(first, 0) * self._columns + self._second.get(second, 0))
            return int(struct.unpack_from(">h", self._raw, place + self._place)[0])
        at = self._at + struct.unpack_from(">H", self._raw, self._at + 10 + 2 * number)[0]
        step = 2 + self._size
        seconds = [struct.unpack_from(">H", self._raw, at + 2 + step * one)[0] for one in range(struct.unpack_from(">H", self._raw, at)[0])]
        found = bisect_right(seconds, second) - 1
        if found < 0 or seconds[found] != second:
            return None
        return int(struct.unpack_from(">h", self._raw, at + 4 + step * found + self._place)[0])


def _numbers(raw: bytes, at: int) -> tuple[int, ...]:
    """Return a list that begins with its length."""
    return struct.unpack_from(f">{struct.unpack_from('>H', raw, at)[0]}H", raw, at + 2)


def _coverage(raw: bytes, at: int) -> Iterator[tuple[int, int]]:
    if struct.unpack_from(">H", raw, at)[0] == 1:
        yield from ((glyph, number) for number, glyph in enumerate(_numbers(raw, at + 2)))
        return
    for number in range(struct.unpack_from(">H", raw, at + 2)[0]):
        first, last, index = struct.unpack_from(">HHH", raw, at + 4 + 6 * number)
        yield from zip(range(first, last + 1), range(index, index + last - first + 1), strict=True)


def _classes(raw: bytes, at: int) -> Iterator[tuple[int, int]]:
    kind, first = struct.unpack_from(">HH", raw, at)
    if kind == 1:
        yield from enumerate(_numbers(raw, at + 4), first)
        return
    for number in range(first):
        begin, end, value = struct.unpack_from(">HHH", raw, at + 4 + 6 * number)
        yield from ((glyph, value) for glyph in range(begin, end + 1))
