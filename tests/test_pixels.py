"""A picture is opened as browsers show it, whoever opens it and why."""

from __future__ import annotations

import pytest
from PIL import Image, ImageCms
from tests.photos import PILLOW, drawing, notes, saved, scene, wide_profile

from handbill.pixels import Unreadable, as_seen, is_of_the_web, is_photograph, opened
from handbill.pixels import saved as written
from handbill.reading.forms import FORMATS


def seen(raw: bytes, form: str = "PNG") -> Image.Image:
    with opened(raw, form) as picture:
        return as_seen(picture)


def test_a_photo_held_on_its_side_is_seen_upright():
    """A small picture that lies beside a large one that stands would look like a mistake of ours."""
    assert (240, 320) == seen(saved(scene(), exif=notes(turn=6)), "JPEG").size


def test_the_profile_of_the_web_is_known_by_its_name():
    """Writing a photo anew for a profile that says nothing new would wear it down."""
    assert is_of_the_web(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert is_of_the_web(b"")
    assert not is_of_the_web(wide_profile())


def test_other_colours_are_translated_and_glass_stays_glass():
    """Without its profile a member's red coat is brown."""
    red, green, _, glass = seen(saved(Image.new("RGBA", (8, 8), (200, 60, 60, 100)), ".png", icc_profile=wide_profile())).getpixel((1, 1))

    assert (True, True, 100) == (red > 225, green <= 60, glass)


@pytest.mark.parametrize(
    ("mode", "becomes"), [("1", "L"), ("L", "L"), ("LA", "LA"), ("P", "RGB"), ("RGB", "RGB"), ("RGBA", "RGBA"), ("I;16", "L")]
)
def test_every_sort_of_pixels_becomes_one_of_four(mode, becomes):
    """What follows is written once, not once for each way of storing a colour."""
    picture = Image.new("I;16", (8, 8), 32768) if mode == "I;16" else drawing((60, 40)).convert(mode)

    assert becomes == seen(saved(picture, ".png")).mode


@pytest.mark.parametrize("ending", PILLOW)
def test_damaged_bytes_have_one_name_whatever_is_broken(ending):
    """Pillow raises an error of its own for each sort of damage, and says it in English."""
    whole = saved(scene(), ending)

    with pytest.raises(Unreadable):
        seen(whole[: len(whole) // 2], FORMATS[ending])


def test_a_photograph_is_told_from_a_drawing():
    """What is right for the one blurs the other, or makes it ten times as heavy."""
    assert (True, False) == (is_photograph(scene()), is_photograph(drawing()))


def test_what_is_written_has_no_note_of_what_was_read():
    """Pillow hands on the words that it found in the file."""
    with opened(saved(scene(), exif=notes(), comment=b"by me"), "JPEG") as picture:
        raw = written(as_seen(picture), "JPEG")

    assert (False, False) == (b"Marie" in raw, b"by me" in raw)
