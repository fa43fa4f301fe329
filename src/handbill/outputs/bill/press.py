"""Blocks of text, boxes and a pin in the colours of a hub → a picture.  Knows Pillow; does not know what a card says.

Every colour of a card lies between two of the hub's, so all is drawn in the
numbers of a palette from the start: letters are coverage, and a table turns
coverage into the way from their ground to their ink.  No colours are counted
afterwards, and the picture is small and quick to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from handbill.outputs.bill.bill import COLOURS
from handbill.outputs.bill.letters import font_file, letters
from handbill.outputs.bill.lines import Block
from handbill.outputs.bill.png import Piece, piece, png

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

#: Ground, ink, and in how many steps the edges of letters go from one to the other.
_WAYS = (
    ("sheet", "ink", 24), ("sheet", "accent", 20), ("sheet", "soft", 20), ("sheet", "wait", 20), ("sheet", "stop", 20),
    ("accent", "sheet", 20), ("paper", "accent", 20),
)  # fmt: skip

#: With so many rows of the board between two spans, it takes less to pack them along than to begin anew.
_NEAR = 8

#: Into how many parts a pixel is divided to place letters.
_PARTS = 4

Box = tuple[int, int, int, int]


class Press:
    """The colours of one hub, given as ``#rrggbb`` by their names, and the way from each ground to each ink."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        shades = {name: tuple(int(colours[name][place : place + 2], 16) for place in (1, 3, 5)) for name in COLOURS}
        self.numbers = {name: number for number, name in enumerate(COLOURS)}
        self.palette = [part for name in COLOURS for part in shades[name]]
        self.ways: dict[tuple[str, str], bytes] = {}
        for ground, ink, steps in _WAYS:
            first = len(self.palette) // 3
            numbers = [self.numbers[ground], *range(first, first + steps - 2), self.numbers[ink]]
            self.ways[ground, ink] = bytes(numbers[(coverage * (steps - 1) + 127) // 255] for coverage in range(256))
            for step in range(1, steps - 1):
                pairs = zip(shades[ground], shades[ink], strict=True)
                self.palette += [(one * (steps - 1 - step) + other * step) // (steps - 1) for one, other in pairs]

    def canvas(self, width: int, height: int) -> Canvas:
        """Return an empty board."""
        row = bytes((0, *[self.numbers["paper"]] * width))
        return Canvas(self, _Board(width + 1, row * height))


class Canvas:
    """A card in the making; places are pixels from its upper left corner.

    What is drawn is kept as acts: the picture is made for those rows alone that it is drawn on.
    """

    def __init__(self, press: Press, board: _Board) -> None:
        self._press, self._board = press, board
        self._acts: list[_Act] = []

    def copy(self) -> Canvas:
        """Return another one with the same on it, which is the board of all copies from now on."""
        if self._acts:
            self._board, self._acts = _Board(self._board.width, self._rows(0, self._board.height)), []
        return Canvas(self._press, self._board)

    def box(self, box: Box, colour: str, edge: str = "", thick: int = 0) -> None:
        """Fill a box, its last row and column included, and draw its edge inside it."""
        numbers = self._press.numbers
        self._acts.append(_Act(box[1], box[3] + 1, partial(_fill, box, numbers[colour], numbers[edge] if edge else None, thick)))

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
            boxes = [(across - left, down - top, across - left + one.size[0], down - top + one.size[1]) for across, down, one in drawn]
            layer = Image.new("L", (max(box[2] for box in boxes), max(box[3] for box in boxes)))
            # Image.paste looks at both pictures again for each letter, which takes five times as long as the letter.
            paste = layer.im.paste
            for box, (_, _, glyph) in zip(boxes, drawn, strict=True):
                paste(255, box, glyph)
            self._cover(layer, left, top, ground, ink)

    def strike(self, block: Block, style: str, x: int, y: int, colour: str) -> None:
        """Strike lines out that begin at *x*."""
        measures, thick = letters(style), max(3, block.size // 16)
        for number, line in enumerate(block.lines):
            middle = y + number * block.step - round(measures.middle * block.size / 1000) - thick // 2
            self.box((x, middle, x + round(measures.width(line) * block.size / 1000), middle + thick - 1), colour)

    def _cover(self, coverage: Image.Image, x: int, y: int, ground: str, ink: str) -> None:
        inked = Image.frombytes("L", coverage.size, coverage.tobytes().translate(self._press.ways[ground, ink]))
        self._acts.append(_Act(y, y + coverage.height, partial(_lay, inked, x, y)))

    def png(self) -> bytes:
        """Return the picture."""
        return png(self._board.width - 1, self._board.height, self._press.palette, self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        """Yield the rows from above to below; those of the board that nothing was drawn on were packed once."""
        board = self._board
        if any(one.top < board.top or one.bottom > board.bottom for one in self._acts):
            yield piece(self._rows(0, board.height))
            return
        yield board.above
        at = board.top
        for top, bottom in _together((one.top, one.bottom) for one in self._acts):
            yield board.flat(top - at)
            yield piece(self._rows(top, bottom))
            at = bottom
        yield board.flat(board.bottom - at)
        yield board.below

    def _rows(self, top: int, bottom: int) -> bytes:
        """Return rows as they are after all that was drawn, in the form of a board."""
        width = self._board.width
        picture = Image.frombytes("L", (width, bottom - top), self._board.rows[top * width : bottom * width])
        for one in self._acts:
            if one.top < bottom and one.bottom > top:
                one.draw(picture, -top)
        return picture.tobytes()


class _Board:
    """What many cards have in common.  Before each of its rows stands how a PNG filtered it: 0, not at all.

    The rows from ``top`` to before ``bottom`` are all alike; above and below them it is packed once.
    """

    def __init__(self, width: int, rows: bytes) -> None:
        self.width, self.rows, self.height = width, rows, len(rows) // width
        runs, at = [], 0
        for _, run in groupby(rows[place : place + width] for place in range(0, len(rows), width)):
            runs.append((sum(1 for _ in run), -at))
            at += runs[-1][0]
        longest, first = max(runs)
        self.top, self.bottom = -first, longest - first
        self.above, self.below = piece(rows[: self.top * width]), piece(rows[self.bottom * width :])
        self._flat: dict[int, Piece] = {}

    def flat(self, count: int) -> Piece:
        """Return so many of the rows that are alike."""
        if count not in self._flat:
            self._flat[count] = piece(self.rows[self.top * self.width : (self.top + count) * self.width])
        return self._flat[count]


@dataclass(frozen=True, slots=True)
class _Act:
    """Something drawn on the rows from ``top`` to before ``bottom``; ``draw`` gets a picture and how far down its row 0 lies."""

    top: int
    bottom: int
    draw: Callable[[Image.Image, int], None]


def _fill(box: Box, colour: int, edge: int | None, thick: int, picture: Image.Image, down: int) -> None:
    left, top, right, bottom = box
    ImageDraw.Draw(picture).rectangle((left + 1, top + down, right + 1, bottom + down), colour, edge, thick)


def _lay(inked: Image.Image, x: int, y: int, picture: Image.Image, down: int) -> None:
    picture.paste(inked, (x + 1, y + down))


def _together(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans of rows in their order, those that overlap or nearly meet as one."""
    found: list[list[int]] = []
    for top, bottom in sorted(spans):
        if found and top <= found[-1][1] + _NEAR:
            found[-1][1] = max(found[-1][1], bottom)
        else:
            found.append([top, bottom])
    yield from ((top, bottom) for top, bottom in found)


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
def _glyph(style: str, size: int, one: str, part: int) -> tuple[tuple[ImagingCore, int, int], ...]:
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
    return ((fine.reduce(_PARTS).im, left, top),)
