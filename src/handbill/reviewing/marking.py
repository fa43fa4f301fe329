"""Two pictures of a page → the same with a frame around all that differs.  Knows Pillow.

A line more at the top moves everything below it: rows are matched first, so
that what only moved is not taken for other.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

#: Stretches of rows with less between them are framed as one.
_NEAR = 12

#: Two stretches whose heights differ by no more may be the same, moved by a part of a pixel.
_SLACK = 2

#: How much lighter or darker than all around it a pixel is that was not there before, of 255.
_SEEN = 40

#: In a square of so many pixels each way, so many of them are not yet a difference.
_CELL, _SPECK = 8, 6

#: Between what differs and its frame.
_MARGIN = 6
_INK = (163, 61, 25)

#: Rows of one picture and of the other, from and to, that differ.
Block = tuple[int, int, int, int]

#: Left, top, right and bottom of what differs.
Box = tuple[int, int, int, int]


def marked(before: bytes, after: bytes) -> tuple[bytes, bytes] | None:
    """Return both pictures, framed, as WebP; ``None`` where not a single pixel differs.

    Frames have dashes where something went, and are whole where something came.
    """
    old, new = (Image.open(io.BytesIO(raw), formats=["PNG"]).convert("RGB") for raw in (before, after))
    blocks = _joined(list(differing(_rows(old), _rows(new))))
    if not blocks:
        return None
    boxes = [_boxes(old, new, block) for block in blocks]
    if not any(box for pair in boxes for box in pair):
        return None
    return _drawn(old, [box for box, _ in boxes if box], is_dashed=True), _drawn(new, [box for _, box in boxes if box], is_dashed=False)


def differing(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[Block]:
    """Yield stretches of rows that differ; rows that stand once in each picture, in the same order, hold the two together."""
    once_old, once_new = ({row for row, n in Counter(rows).items() if n == 1} for rows in (old, new))
    places = {row: place for place, row in enumerate(new) if row in once_new}
    pairs = [(place, places[row]) for place, row in enumerate(old) if row in once_old and row in places]
    i = j = 0
    for a, b in [*_rising(pairs), (len(old), len(new))]:
        if a < i or b < j:
            continue
        # Rows that are there many times, such as bare paper, match beside those that hold.
        while i < a and j < b and old[i] == new[j]:
            i, j = i + 1, j + 1
        end_i, end_j = a, b
        while end_i > i and end_j > j and old[end_i - 1] == new[end_j - 1]:
            end_i, end_j = end_i - 1, end_j - 1
        if end_i > i or end_j > j:
            yield i, end_i, j, end_j
        i, j = a, b


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of these pairs that stand in the same order on both sides."""
    ends: list[int] = []
    last: list[int] = []
    former: list[int] = []
    for number, (_, b) in enumerate(pairs):
        place = bisect_left(ends, b)
        former.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(b)
            last.append(number)
        else:
            ends[place], last[place] = b, number
    chosen: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = former[at]
    return chosen[::-1]


def _rows(picture: Image.Image) -> list[bytes]:
    raw, stride = picture.tobytes(), picture.width * 3
    return [raw[start : start + stride] for start in range(0, len(raw), stride)]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    joined: list[Block] = []
    for i, end_i, j, end_j in blocks:
        if joined and i - joined[-1][1] < _NEAR and j - joined[-1][3] < _NEAR:
            joined[-1] = (joined[-1][0], end_i, joined[-1][2], end_j)
        else:
            joined.append((i, end_i, j, end_j))
    return joined


def _boxes(old: Image.Image, new: Image.Image, block: Block) -> tuple[Box | None, Box | None]:
    """Return what is framed in each picture; where about as many rows differ, only what the other one does not explain."""
    i, end_i, j, end_j = block
    rows = min(end_i - i, end_j - j)
    if rows and abs(end_i - i - (end_j - j)) <= _SLACK and old.width == new.width:
        # A row more on each side, for what stands there may have been moved across the edge.
        top, bottom = min(1, i, j), min(1, old.height - i - rows, new.height - j - rows)
        upper, lower = old.crop((0, i - top, old.width, i + rows + bottom)), new.crop((0, j - top, new.width, j + rows + bottom))
        gone, came = _unexplained(upper, lower), _unexplained(lower, upper)
        return _moved(gone, i - top), _moved(came, j - top)
    return _filled(old, i, end_i), _filled(new, j, end_j)


def _unexplained(picture: Image.Image, other: Image.Image) -> Box | None:
    """Return where a picture is lighter or darker than all that is around the same place in the other one.

    Drawings that moved by a part of a pixel have other edges, and nobody sees it.
    """
    lightest, darkest = other.filter(ImageFilter.MaxFilter(3)), other.filter(ImageFilter.MinFilter(3))
    beyond = ImageChops.lighter(ImageChops.subtract(picture, lightest), ImageChops.subtract(darkest, picture))
    red, green, blue = beyond.split()
    spots = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda value: 255 if value > _SEEN else 0)
    # A single spot here and there is none that anybody sees, either.
    cells = spots.reduce(_CELL).point(lambda value: 255 if value > _SPECK * 255 // _CELL**2 else 0)
    box = cells.getbbox()
    if box is None:
        return None
    left, top, right, bottom = (side * _CELL for side in box)
    return left, top, min(right, picture.width), min(bottom, picture.height)


def _filled(picture: Image.Image, start: int, end: int) -> Box | None:
    """Return where between two rows there is anything but the paper, which is what stands at the left edge."""
    if start >= end:
        return None
    piece = picture.crop((0, start, picture.width, end))
    paper = Image.new("RGB", piece.size, piece.getpixel((0, 0)))
    box = ImageChops.difference(piece, paper).getbbox()
    return _moved(box, start)


def _moved(box: Box | None, down: int) -> Box | None:
    if box is None:
        return None
    left, top, right, bottom = box
    return left, top + down, right, bottom + down


def _drawn(picture: Image.Image, boxes: Sequence[Box], *, is_dashed: bool) -> bytes:
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        right, bottom = min(picture.width - 2, right + _MARGIN), min(picture.height - 2, bottom + _MARGIN)
        corners = max(1, left - _MARGIN), max(1, top - _MARGIN), right, bottom
        if is_dashed:
            _dashes(pen, corners)
        else:
            pen.rectangle(corners, outline=_INK, width=3)
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=78, method=4)
    return buffer.getvalue()


def _dashes(pen: ImageDraw.ImageDraw, corners: Box) -> None:
    left, top, right, bottom = corners
    for x in range(left, right, 14):
        for y in (top, bottom):
            pen.line((x, y, min(x + 8, right), y), fill=_INK, width=3)
    for y in range(top, bottom, 14):
        for x in (left, right):
            pen.line((x, y, x, min(y + 8, bottom)), fill=_INK, width=3)
