"""Two pictures of a page → the same with a frame around all that differs, and around nothing else."""

import io

from PIL import Image, ImageDraw

from handbill.reviewing.marking import differing, marked

PAPER, INK, FRAME = (247, 241, 229), (36, 30, 25), (163, 61, 25)


def page(*lines: tuple[int, int, int, int], high: int = 400) -> bytes:
    """Return a picture of a page with black bars on it, each of another shape within, as letters are."""
    picture = Image.new("RGB", (200, high), PAPER)
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in lines:
        pen.rectangle((left, top, right, bottom), fill=INK)
        for row in range(top, bottom):
            pen.point((left + ((row - top) * 7 + right) % max(1, right - left), row), fill=PAPER)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def framed(raw: bytes) -> tuple[int, int, int, int] | None:
    """Return where there is the colour of a frame, about."""
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    spots = [
        (x, y)
        for y in range(picture.height)
        for x in range(picture.width)
        if sum(abs(a - b) for a, b in zip(picture.getpixel((x, y)), FRAME, strict=True)) < 90
    ]
    return (min(x for x, _ in spots), min(y for _, y in spots), max(x for x, _ in spots), max(y for _, y in spots)) if spots else None


def test_two_equal_pictures_have_no_frame():
    """A frame around nothing sends a reviewer looking for it."""
    assert marked(page((20, 20, 100, 30)), page((20, 20, 100, 30))) is None


def test_what_came_is_framed_and_what_only_moved_is_not():
    """A line more at the top moves the whole page; it is not the whole page that is new."""
    same = (20, 200, 150, 212)
    result = marked(page((20, 20, 100, 32), same), page((20, 20, 100, 32), (20, 60, 120, 72), (20, 240, 150, 252), high=440))

    assert result
    box = framed(result[1])
    assert box
    assert 50 <= box[1] <= 60
    assert 72 <= box[3] <= 82


def test_a_word_in_a_line_is_framed_and_not_the_line():
    """Rows go across the page; what differs does not."""
    result = marked(page((20, 50, 60, 62), (150, 50, 180, 62)), page((20, 50, 60, 62), (150, 50, 192, 62)))

    assert result
    box = framed(result[1])
    assert box
    assert box[0] > 100


def test_a_drawing_that_moved_by_a_part_of_a_pixel_has_no_frame():
    """Below a text that grew by half a pixel every icon has other edges."""
    large = Image.new("RGB", (800, 800), PAPER)
    pen = ImageDraw.Draw(large)
    pen.ellipse((100, 200, 500, 600), outline=INK, width=12)
    pen.line((150, 650, 700, 250), fill=FRAME, width=10)
    before, after = io.BytesIO(), io.BytesIO()
    # Drawn at four times the size, so that two of its pixels are half of one.
    large.resize((200, 200), Image.Resampling.BOX).save(before, "PNG")
    large.transform(large.size, Image.Transform.AFFINE, (1, 0, 0, 0, 1, 2), fillcolor=PAPER).resize((200, 200), Image.Resampling.BOX).save(
        after, "PNG"
    )

    assert before.getvalue() != after.getvalue()
    assert marked(before.getvalue(), after.getvalue()) is None


def test_rows_are_matched_around_what_was_put_between():
    """The three things that can happen to rows: they come, they go, they become others."""
    assert [(1, 1, 1, 2)] == list(differing(list("abc"), list("axbc")))
    assert [(1, 2, 1, 1)] == list(differing(list("abc"), list("ac")))
    assert [(1, 2, 1, 2)] == list(differing(list("abc"), list("axc")))
    assert [] == list(differing(list("abc"), list("abc")))


def test_bare_paper_holds_nothing_together():
    """Most rows of a page are empty and all alike; they must not be matched across half of it."""
    old, new = ["-"] * 50 + ["a"] + ["-"] * 50, ["-"] * 50 + ["a"] + ["-"] * 30 + ["b"] + ["-"] * 20

    assert [(81, 81, 81, 82)] == list(differing(old, new))


def test_another_colour_of_the_same_brightness_is_seen():
    """A stamp that turns from green to red says the opposite."""
    pictures = []
    for colour in ((180, 40, 30), (30, 105, 60)):
        picture = Image.new("RGB", (100, 100), PAPER)
        ImageDraw.Draw(picture).rectangle((20, 40, 80, 60), fill=colour)
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        pictures.append(buffer.getvalue())

    assert marked(*pictures) is not None
