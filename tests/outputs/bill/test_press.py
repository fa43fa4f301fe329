"""What is drawn on a card, down to its pixels."""

from __future__ import annotations

import io
from itertools import groupby, pairwise

import pytest
from PIL import Image

from handbill.outputs.bill.bill import COLOURS
from handbill.outputs.bill.letters import letters
from handbill.outputs.bill.lines import Block
from handbill.outputs.bill.press import Press

SHADES = {
    "paper": "#f0e0d0", "sheet": "#ffffff", "ink": "#000000", "soft": "#555555", "accent": "#cc0000", "wait": "#775500", "stop": "#990033",
}  # fmt: skip


def picture(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw)).convert("RGB")


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box around all that is darker than a sheet."""
    return image.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox() or (0, 0, 0, 0)


def sheet(width: int = 400, height: int = 200):  # type: ignore[no-untyped-def]
    canvas = Press(SHADES).canvas(width, height)
    canvas.box((0, 0, width - 1, height - 1), "sheet")
    return canvas


def test_colours_are_those_of_the_hub_and_nothing_else():
    """A green between a red and a white would come from a palette that was counted wrong."""
    canvas = sheet()
    canvas.text(Block(("Réparer",), 80), "Bold", 20, 120, "accent")

    found = {shade for _, shade in picture(canvas.png()).getcolors(4096) or ()}
    assert {(255, 255, 255), (204, 0, 0)} <= found
    assert all(red >= 204 and green == blue for red, green, blue in found)


def test_an_empty_board_is_paper():
    """Its colour is that of the pages, so that a card beside a page is the same sheet."""
    assert [(200, (240, 224, 208))] == picture(Press(SHADES).canvas(20, 10).png()).getcolors()


@pytest.mark.parametrize(("align", "left", "right"), [(0.0, 200, 320), (0.5, 140, 260), (1.0, 80, 200)])
def test_text_begins_ends_or_lies_around_its_place(align: float, left: int, right: int):
    """Host and name stand at the two edges of the sheet."""
    canvas = sheet()
    width = 120
    size = round(width * 1000 / letters("Bold").width("HHHH"))
    canvas.text(Block(("HHHH",), size), "Bold", 200, 100, "ink", align=align)

    box = inked(picture(canvas.png()))
    assert (left, right) == (pytest.approx(box[0], abs=5), pytest.approx(box[2], abs=5))


def test_a_line_stands_on_its_foot_and_the_next_one_a_step_below():
    """What is drawn must be what was measured, or lines run into each other."""
    block = Block(("H", "H"), 60)
    canvas = sheet()
    canvas.text(block, "Bold", 50, 80, "ink")

    _, top, _, bottom = inked(picture(canvas.png()))
    assert (80 - round(letters("Bold").capitals * 60 / 1000), 80 + block.step) == (pytest.approx(top, abs=1), pytest.approx(bottom, abs=1))


def test_accents_of_a_second_line_do_not_wipe_out_what_hangs_from_the_first():
    """Lines are set close; drawn one after the other, each É erased the g above it."""
    one, both = sheet(), sheet()
    one.text(Block(("ggggg",), 60), "Bold", 20, 80, "ink")
    both.text(Block(("ggggg", "ÉÉÉÉÉ"), 60), "Bold", 20, 80, "ink")

    below = (0, 82, 400, 94)
    dark = picture(one.png()).convert("L").crop(below).histogram()[0]
    assert 0 < dark <= picture(both.png()).convert("L").crop(below).histogram()[0]


def test_letters_stand_between_pixels_where_they_must():
    """On whole pixels, every t of a byline ran into the i after it."""
    canvas, size = sheet(), 38
    canvas.text(Block(("lllllllllll",), size), "Regular", 20, 120, "ink")

    row = [255 - value for value in picture(canvas.png()).convert("L").crop((0, 105, 400, 106)).get_flattened_data()]
    stems = [list(group) for is_inked, group in groupby(enumerate(row), key=lambda one: one[1] > 0) if is_inked]
    middles = [sum(x * value for x, value in stem) / sum(value for _, value in stem) for stem in stems]
    step = letters("Regular").width("l") * size / 1000
    assert 0.2 < step % 1 < 0.8, "a step of whole pixels would prove nothing"
    assert [pytest.approx(step, abs=0.3)] * 10 == [after - before for before, after in pairwise(middles)]


def test_letters_stand_as_close_as_measured():
    """Pillow's own way to set a line would forget the kerning."""
    canvas = sheet(700)
    canvas.text(Block(("TATATA",), 100), "Bold", 20, 120, "ink")

    left, _, right, _ = inked(picture(canvas.png()))
    assert letters("Bold").width("TATATA") / 10 == pytest.approx(right - left, abs=5)


def test_what_is_struck_out_has_a_line_through_every_line():
    """A cancelled evening with a title in two lines is cancelled on both."""
    canvas = sheet()
    block = Block(("nnnn", "nnnn"), 60)
    canvas.strike(block, "Bold", 50, 80, "stop")

    image = picture(canvas.png())
    rows = {y for y in range(200) if image.getpixel((60, y)) == (153, 0, 51)}
    assert {80 - 14, 80 + block.step - 14} <= rows
    assert 6 == len(rows)


def test_dashes_leave_gaps_in_every_edge():
    """A state is never told by its colour alone."""
    canvas = sheet()
    canvas.dashes((50, 50, 349, 149), "wait", "sheet", 4, 10)

    image = picture(canvas.png())
    for line in (
        [(x, 50) for x in range(50, 350)],
        [(x, 149) for x in range(50, 350)],
        [(50, y) for y in range(50, 150)],
        [(349, y) for y in range(50, 150)],
    ):
        assert {(255, 255, 255), (119, 85, 0)} == {image.getpixel(place) for place in line}
    assert {(119, 85, 0)} == {image.getpixel(corner) for corner in ((50, 50), (349, 50), (50, 149), (349, 149))}


def test_a_pin_is_round_on_both_of_its_grounds():
    """Its upper half lies on the board and its lower half on the sheet; neither may have a rim of the other's colour."""
    canvas = Press(SHADES).canvas(100, 100)
    canvas.box((0, 50, 99, 99), "sheet")
    canvas.pin(50, 50, 20)

    image = picture(canvas.png())
    assert (204, 0, 0) == image.getpixel((50, 35)) == image.getpixel((50, 65)) == image.getpixel((32, 50))
    assert (240, 224, 208) == image.getpixel((32, 32))
    assert (255, 255, 255) == image.getpixel((32, 67))


def test_a_copy_is_drawn_on_by_itself():
    """All cards of a language begin with the same sheet."""
    canvas = sheet()
    other = canvas.copy()
    other.box((0, 0, 399, 199), "ink")

    assert [(80_000, (255, 255, 255))] == picture(canvas.png()).getcolors()


def test_the_palette_has_room_for_every_way():
    """A PNG counts to 256; a colour too many would be drawn as the first one."""
    press = Press(SHADES)

    assert len(press.palette) // 3 <= 256
    assert len(COLOURS) == len(press.numbers)
    assert max(number for way in press.ways.values() for number in way) < len(press.palette) // 3
