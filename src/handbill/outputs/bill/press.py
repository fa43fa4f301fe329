"""Blocks of text, boxes and a pin in the colours of a hub → a picture.  Knows Pillow; does not know what a card says.

Every colour of a card lies between two of the hub's, so all is drawn in the
numbers of a palette from the start: letters are coverage, and a table turns
coverage into the way from their ground to their ink.  No colours are counted
afterwards, and the picture is small and quick to write.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from handbill.outputs.bill.bill import COLOURS
from handbill.outputs.bill.letters import font_file, letters
from handbill.outputs.bill.lines import Block

#: Ground, ink, and in how many steps the edges of letters go from one to the other.
_WAYS = (
    ("sheet", "ink", 24), ("sheet", "accent", 20), ("sheet", "soft", 20), ("sheet", "wait", 20), ("sheet", "stop", 20),
    ("accent", "sheet", 20), ("paper", "accent", 20),
)  # fmt: skip

#: Deflate finds the flat paper of a card at any level; from 4 on it takes twice the time for a tenth of the bytes.
_COMPRESSION = 3

#: Into how many parts a pixel is divided to place letters.
_PARTS = 4

Box = tuple[int, int, int, int]


class Press:
    """The colours of one hub, given as ``#rrggbb`` by their names, and the way from each ground to each ink."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        shades = {name: tuple(int(colours[name][place : place + 2], 16) for place in (1, 3, 5)) for name in COLOURS}
        self.numbers = {name: number for number, name in enumerate(COLOURS)}
        self.palette = [part for name in COLOURS for part in shades[name]]
        self.ways: dict[tuple[str, str], list[int]] = {}
        for ground, ink, steps in _WAYS:
            first = len(self.palette) // 3
            numbers = [self.numbers[ground], *range(first, first + steps - 2), self.numbers[ink]]
            self.ways[ground, ink] = [numbers[(coverage * (steps - 1) + 127) // 255] for coverage in range(256)]
            for step in range(1, steps - 1):
                pairs = zip(shades[ground], shades[ink], strict=True)
                self.palette += [(one * (steps - 1 - step) + other * step) // (steps - 1) for one, other in pairs]

    def canvas(self, width: int, height: int) -> Canvas:
        """Return an empty board."""
        return Canvas(self, Image.new("L", (width, height), self.numbers["paper"]))


class Canvas:
    """A card in the making; places are pixels from its upper left corner."""

    def __init__(self, press: Press, picture: Image.Image) -> None:
        self._press, self._picture = press, picture

    def copy(self) -> Canvas:
        """Return another one with the same on it."""
        return Canvas(self._press, self._picture.copy())

    def box(self, box: Box, colour: str, edge: str = "", thick: int = 0) -> None:
        """Fill a box, its last row and column included, and draw its edge inside it."""
        numbers = self._press.numbers
        ImageDraw.Draw(self._picture).rectangle(box, numbers[colour], numbers[edge] if edge else None, thick)

    def dashes(self, box: Box, colour: str, ground: str, thick: int, length: int) -> None:
        """Draw an edge that is not quite there yet: dashes of about that length, with one around each corner."""
        left, top, right, bottom = box
        self.box(box, ground, colour, thick)
        for x, end in _gaps(left, right + 1, length):
            self.box((x, top, end - 1, top + thick - 1), ground)
            self.box((x, bottom - thick + 1, end - 1, bottom), ground)
        for y, end in _gaps(top, bottom + 1, length):
            self.box((left, y, left + thick - 1, end - 1), ground)
            self.box((right - thick + 1, y, right, end - 1), ground)

    def pin(self, x: int, y: int, radius: int) -> None:
        """Draw a pin at the upper edge of the sheet: half of it lies on the board."""
        fine = Image.new("L", (8 * radius, 8 * radius))
        ImageDraw.Draw(fine).ellipse((0, 0, 8 * radius - 1, 8 * radius - 1), 255)
        disc = fine.resize((2 * radius, 2 * radius), Image.Resampling.BOX)
        self._cover(disc.crop((0, 0, 2 * radius, radius)), x - radius, y - radius, "paper", "accent")
        self._cover(disc.crop((0, radius, 2 * radius, 2 * radius)), x - radius, y, "sheet", "accent")

    def text(self, block: Block, style: str, x: int, y: int, ink: str, ground: str = "sheet", *, align: float = 0.0) -> None:
        """Draw lines of text; *y* is the foot of the first one, and *align* 0 puts *x* at their start, 0.5 at the middle, 1 at the end."""
        drawn = [
            (x + offset + over, y + number * block.step + up, glyph)
            for number, line in enumerate(block.lines)
            for offset, part, one in _placed(line, style, block.size, align)
            for glyph, over, up in _glyph(style, block.size, one, part)
        ]
        if drawn:
            left, top = min(across for across, _, _ in drawn), min(down for _, down, _ in drawn)
            right, bottom = max(across + one.width for across, _, one in drawn), max(down + one.height for _, down, one in drawn)
            layer = Image.new("L", (right - left, bottom - top))
            for across, down, glyph in drawn:
                layer.paste(255, (across - left, down - top), glyph)
            self._cover(layer, left, top, ground, ink)

    def strike(self, block: Block, style: str, x: int, y: int, colour: str) -> None:
        """Strike lines out that begin at *x*."""
        measures, thick = letters(style), max(3, block.size // 16)
        for number, line in enumerate(block.lines):
            middle = y + number * block.step - round(measures.middle * block.size / 1000) - thick // 2
            self.box((x, middle, x + round(measures.width(line) * block.size / 1000), middle + thick - 1), colour)

    def _cover(self, coverage: Image.Image, x: int, y: int, ground: str, ink: str) -> None:
        self._picture.paste(coverage.point(self._press.ways[ground, ink]), (x, y))

    def png(self) -> bytes:
        """Return the picture; nothing can be drawn on it any more."""
        self._picture.putpalette(self._press.palette)
        written = io.BytesIO()
        self._picture.save(written, "PNG", compress_level=_COMPRESSION)
        return written.getvalue()


def _gaps(start: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield what is left out of a line that begins and ends with a dash."""
    parts = max(3, round((end - start) / length) // 2 * 2 + 1)
    for number in range(1, parts, 2):
        yield start + (end - start) * number // parts, start + (end - start) * (number + 1) // parts


def _placed(line: str, style: str, size: int, align: float) -> Iterator[tuple[int, int, str]]:
    """Yield each letter of a line with its place: the pixel, and how many parts of one beyond it."""
    measures = letters(style)
    at = -align * measures.width(line) if align else 0.0
    for one, step in measures.steps(line):
        yield *divmod(round(at * size * _PARTS / 1000), _PARTS), one
        at += step


@cache
def _font(style: str, size: int) -> ImageFont.FreeTypeFont:
    # Pillow's other way to lay out text is there only where the machine has FriBiDi; what it would add is in letters.py.
    return ImageFont.truetype(str(font_file(style)), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _glyph(style: str, size: int, one: str, part: int) -> tuple[tuple[Image.Image, int, int], ...]:
    """Return the coverage of a letter, and where it lies from the letter's pixel on the line; nothing for a space.

    It is drawn larger and made smaller, because Pillow places a letter on
    whole pixels only: at the size of a byline, a t then ran into the i after it.
    """
    font = _font(style, size * _PARTS)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(one, anchor="ls"))
    if one.isspace() or right <= left or bottom <= top:
        return ()
    # Outwards to whole pixels.
    left, top, right, bottom = (left + part) // _PARTS, top // _PARTS, -(-(right + part) // _PARTS), -(-bottom // _PARTS)
    fine = Image.new("L", ((right - left) * _PARTS, (bottom - top) * _PARTS))
    ImageDraw.Draw(fine).text((part - left * _PARTS, -top * _PARTS), one, 255, font, anchor="ls")
    return ((fine.reduce(_PARTS), left, top),)
