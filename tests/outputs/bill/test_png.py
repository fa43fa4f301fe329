"""A picture put together from pieces is the one that was drawn."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import pairwise

import pytest
from PIL import Image

from handbill.outputs.bill import press
from handbill.outputs.bill.bill import COLOURS
from handbill.outputs.bill.png import piece, png
from handbill.outputs.bill.press import Press

ROWS = [bytes((0, number % 7, *range(19), number % 3)) for number in range(50)]
PALETTE = [value for number in range(20) for value in (number, 2 * number, 255 - number)]
SHADES = dict(zip(COLOURS, ("#f0e0d0", "#ffffff", "#000000", "#555555", "#cc0000", "#775500", "#990033"), strict=True))


def chunks(raw: bytes) -> dict[bytes, bytes]:
    """Return what a PNG holds, by name, every sum compared."""
    found, at = {}, 8
    while at < len(raw):
        size, name = struct.unpack_from(">L4s", raw, at)
        found[name] = raw[at + 8 : at + 8 + size]
        assert struct.unpack_from(">L", raw, at + 8 + size)[0] == zlib.crc32(name + found[name])
        at += 12 + size
    return found


@pytest.mark.parametrize("cuts", [(), (25,), (1, 2, 3), (0, 50), (10, 10, 20, 49)], ids=str)
def test_pieces_give_the_picture_wherever_it_was_cut(cuts: tuple[int, ...]):
    """A sum that is not right is told by some programs and passed over by others; `decompress` tells."""
    places = (0, *cuts, 50)
    raw = png(21, 50, PALETTE, [piece(b"".join(ROWS[a:b])) for a, b in pairwise(places)])

    assert b"".join(ROWS) == zlib.decompress(chunks(raw)[b"IDAT"])
    assert b"".join(row[1:] for row in ROWS) == Image.open(io.BytesIO(raw)).tobytes()


def test_the_sum_of_a_long_picture_is_right():
    """It is counted in remainders, which begin again after a few hundred bytes of white."""
    long = bytes([255]) * 1_000_003
    raw = png(1, 1, PALETTE, [piece(long), piece(long), piece(b""), piece(long[:7])])

    assert 2_000_013 == len(zlib.decompress(chunks(raw)[b"IDAT"]))


def whole(canvas: press.Canvas) -> bytes:
    """Return the pixels of a card whose rows are all packed together."""
    raw = png(300, 200, canvas._press.palette, [piece(canvas._rows(0, 200))])
    return Image.open(io.BytesIO(raw)).convert("RGB").tobytes()


def board() -> press.Canvas:
    """Return a sheet with something above and below, as that of a card."""
    canvas = Press(SHADES).canvas(300, 200)
    canvas.box((0, 0, 299, 19), "ink", "stop", 2)
    canvas.box((0, 180, 299, 199), "accent")
    return canvas


@pytest.mark.parametrize(
    "boxes",
    [
        [],
        [(10, 50, 20, 60)],
        [(10, 50, 20, 60), (5, 64, 8, 70), (30, 120, 40, 140), (12, 55, 14, 170)],
        [(0, 20, 299, 22), (0, 177, 299, 179)],
        [(10, 5, 20, 60)],
        [(10, 150, 20, 199)],
    ],
    ids=["nothing", "one", "some that meet", "at both edges", "above", "below"],
)
def test_a_card_in_pieces_shows_what_was_drawn(boxes: list[press.Box]):
    """A row that is packed with the sheet and was drawn on would be missing."""
    card = board().copy()
    for box in boxes:
        card.box(box, "sheet", "wait", 1)

    assert whole(card) == Image.open(io.BytesIO(card.png())).convert("RGB").tobytes()


def test_only_the_rows_that_were_drawn_on_are_packed_anew(monkeypatch):
    """A card is a sheet that is empty for the most part; the whole of it took longer to pack than to draw."""
    sheet, packed = board(), []
    sheet.copy().png()
    monkeypatch.setattr(press, "piece", lambda rows: packed.append(len(rows) // 301) or piece(rows))
    for _ in range(2):
        card = sheet.copy()
        card.box((10, 50, 20, 60), "ink")
        card.box((10, 62, 20, 64), "ink")
        card.box((10, 120, 20, 130), "ink")
        card.png()

    assert [30, 15, 55, 11, 49, 15, 11] == packed


def test_what_is_drawn_on_a_board_after_a_copy_is_on_the_next_copy_alone():
    """The sheet of a language is copied for each card."""
    board = Press(SHADES).canvas(300, 200)
    first = board.copy()
    board.box((0, 0, 9, 9), "stop")
    second = board.copy()

    assert {1} == {len(Image.open(io.BytesIO(first.png())).convert("RGB").getcolors() or ())}
    assert [(100, (0x99, 0, 0x33)), (59_900, (0xF0, 0xE0, 0xD0))] == sorted(Image.open(io.BytesIO(second.png())).convert("RGB").getcolors() or ())
