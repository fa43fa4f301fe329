"""Sizes are read from the header, and what is no picture is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from handbill.reading.pictures import size_of


def picture(form, size=(30, 20), **more):
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, form, **more)
    return buffer.getvalue()


@pytest.mark.parametrize(("form", "ending"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp"), ("GIF", ".gif")])
def test_width_and_height_are_known_before_the_page_loads(form, ending):
    """A page that knows them does not jump."""
    assert (30, 20) == size_of(picture(form), ending)


def test_a_turned_phone_photo_has_the_size_that_it_is_shown_at():
    """Phones save portraits lying down and say so in the metadata."""
    exif = Image.Exif()
    exif[0x0112] = 6

    assert (20, 30) == size_of(picture("JPEG", exif=exif), ".jpg")


@pytest.mark.parametrize("raw", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", picture("JPEG")])
def test_what_is_no_picture_of_that_format_is_refused(raw):
    """A text renamed to .png would be a broken picture on every page."""
    with pytest.raises(ValueError, match="no readable PNG"):
        size_of(raw, ".png")


def test_a_picture_bomb_is_refused_from_its_header():
    """Twenty kilobytes can unfold to a gigabyte; the pixels are never touched."""
    header = struct.pack(">IIBBBBB", 13_000, 13_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    raw = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + picture("PNG")[33:]

    with pytest.raises(ValueError, match="13000 × 13000"):
        size_of(raw, ".png")
