"""Small pictures show what the large one shows, in as few bytes as it takes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat
from tests.cases import for_each
from tests.photos import drawing, notes, saved, scene, wide_profile

from handbill.outputs.twins import height_of, twins_of
from handbill.pixels import Unreadable

#: The drawings of the community in this repository.
DRAWINGS = sorted((Path(__file__).parents[2] / "content" / "pictures").glob("*.png"))


def shown(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how much two pictures differ on the average, of 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean) / 3


def test_each_width_is_made_in_webp_with_the_same_proportions():
    """A page says width and height before anything has come; a twin of other proportions would jump."""
    made = dict(twins_of(saved(scene((901, 600))), "JPEG", (200, 400, 800)))

    assert {200: (200, 133), 400: (400, 266), 800: (800, 533)} == {width: shown(raw).size for width, raw in made.items()}
    assert {"WEBP"} == {shown(raw).format for raw in made.values()}


def test_a_strip_keeps_a_line_of_pixels():
    """Rounded down, its height would be nothing, and nothing cannot be written."""
    assert 1 == height_of(200, (2000, 3))
    assert (200, 1) == shown(dict(twins_of(saved(drawing((2000, 3)), ".png"), "PNG", (200,)))[200]).size


@pytest.mark.parametrize(("ending", "form", "more"), [(".jpg", "JPEG", {}), (".png", "PNG", {}), (".webp", "WebP", {"quality": 95})])
def test_a_photograph_shows_what_it_showed(ending, form, more):
    """Whatever saves bytes and is seen is a loss."""
    raw = saved(scene((900, 600)), ending, **more)
    made = dict(twins_of(raw, form, (800,)))[800]
    wanted = shown(raw).convert("RGB").resize((800, 533), Image.Resampling.LANCZOS)

    assert difference(wanted, shown(made)) < 5
    assert len(made) < len(saved(wanted, ".jpg", quality=82))


def test_a_large_photograph_is_made_small_without_reading_every_pixel():
    """A JPEG can be read at a quarter; what comes out must be the same picture."""
    large = scene((3200, 2400))
    made = shown(dict(twins_of(saved(large), "JPEG", (400,)))[400])

    assert (400, 300) == made.size
    assert difference(large.resize((400, 300), Image.Resampling.LANCZOS), made) < 5


@for_each("file", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_keeps_its_ground_and_its_lines(file):
    """The paper of a drawing is the paper of the page; one shade beside it shows as a box."""
    whole = Image.open(file).convert("RGB")
    narrow = [width for width in (200, 400) if width * 2 <= whole.width]
    made = dict(twins_of(file.read_bytes(), "PNG", (*narrow, whole.width)))
    ground = whole.getpixel((3, 3))

    assert ImageChops.difference(whole, shown(made[whole.width]).convert("RGB")).getbbox() is None
    assert len(made[whole.width]) < file.stat().st_size
    assert narrow
    for width in narrow:
        small = shown(made[width]).convert("RGB")
        assert ground == small.getpixel((1, 1))
        assert difference(whole.resize(small.size, Image.Resampling.LANCZOS), small) < 3
        assert len(made[width]) < len(made[whole.width])


def test_two_grounds_that_are_almost_alike_stay_two():
    """Paper and the sheet on it differ by a breath; drawn as one, the sheet would be gone."""
    picture = Image.new("RGB", (900, 600), (247, 241, 229))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((450, 0, 900, 600), fill=(255, 252, 245))
    for n in range(0, 900, 30):
        pen.line((n, 0, 900 - n, 600), fill=(36, 30, 25), width=3)
    small = shown(dict(twins_of(saved(picture, ".png"), "PNG", (300,)))[300]).convert("RGB")
    colours = [colour for _, colour in sorted(small.getcolors(90_000), reverse=True)]

    assert {(247, 241, 229), (255, 252, 245)} <= set(colours[:3])


def test_what_shows_through_goes_on_showing_through():
    """A logo without its hole is a box, and a dark one on dark pages."""
    picture = drawing((800, 600)).convert("RGBA")
    ImageDraw.Draw(picture).rectangle((300, 200, 500, 400), fill=(0, 0, 0, 0))
    small = shown(dict(twins_of(saved(picture, ".png"), "PNG", (400,)))[400])

    assert (0, 255) == (small.getpixel((200, 150))[3], small.getpixel((20, 20))[3])


def test_a_page_of_a_screen_with_many_colours_is_no_drawing_of_few():
    """Forty-eight shades make stripes of a sky."""
    bands = [Image.linear_gradient("L").rotate(turn).resize((900, 600)) for turn in (0, 90, 180)]
    picture = Image.merge("RGB", bands)
    ImageDraw.Draw(picture).rectangle((0, 0, 900, 400), fill="white")
    small = shown(dict(twins_of(saved(picture, ".png"), "PNG", (400,)))[400]).convert("RGB")

    assert len(small.getcolors(1 << 18)) > 1000


def test_a_photo_held_on_its_side_stands_in_every_width():
    """A telephone notes how it was held; WebP made of the pixels alone would lie on its side."""
    made = dict(twins_of(saved(scene((800, 600)), exif=notes(turn=6)), "JPEG", (200, 400)))

    assert [(200, 267), (400, 533)] == sorted(shown(raw).size for raw in made.values())


def test_colours_of_a_good_camera_are_translated_and_no_note_stays():
    """A twin without its profile would be dull beside the original."""
    made = shown(
        dict(twins_of(saved(Image.new("RGB", (800, 600), (200, 60, 60)), icc_profile=wide_profile(), exif=notes()), "JPEG", (400,)))[400]
    )

    assert made.getpixel((9, 9))[0] > 225
    assert {"icc_profile", "exif", "xmp"}.isdisjoint(made.info)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_sort_of_pixels_is_taken(mode):
    """Programs write what they like."""
    assert (200, 150) == shown(dict(twins_of(saved(drawing((800, 600)).convert(mode), ".png"), "PNG", (200,)))[200]).size


def test_the_same_picture_gives_the_same_bytes():
    """A build that changed nothing must publish nothing."""
    raw = saved(scene((900, 600)))

    assert list(twins_of(raw, "JPEG", (200, 800))) == list(twins_of(raw, "JPEG", (800, 200)))


def test_a_damaged_picture_says_so():
    """Its headers are sound, so that nothing before the pixels told."""
    raw = saved(scene((900, 600)))

    with pytest.raises(Unreadable):
        list(twins_of(raw[: len(raw) // 2], "JPEG", (200,)))
