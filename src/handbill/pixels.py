"""A picture file → its pixels, upright, with eight bits a colour and in the colours of the web.  Knows Pillow."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageOps

_GREY, _COLOUR = ("L", "LA"), ("RGB", "RGBA")

#: In a photograph few pixels are the very same as the one beside them; on a screen or in a drawing most are.
_SAME_IN_PHOTO = 0.4

_SHOWN = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")

#: The tag of EXIF that tells how the camera was held, and the first of its values that lay it on its side.
_TURN, _ON_ITS_SIDE = 0x0112, 5

# Damaged files raise many sorts of errors in Pillow; each means the same to an editor.
_DAMAGES = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, MemoryError)

# Our own limits stand in reading/pictures.py and with those who open pictures; Pillow's would warn before they are reached.
Image.MAX_IMAGE_PIXELS = None


class Unreadable(Exception):
    """The pixels cannot be read, whatever the headers promised."""


def size_of(raw: bytes) -> tuple[int, int] | None:
    """Return the width and height in pixels, as browsers show the picture, of a file of any format that they show; None for others."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(raw), formats=_SHOWN) as picture:
                width, height = picture.size
                return (height, width) if picture.getexif().get(_TURN, 1) >= _ON_ITS_SIDE else (width, height)
    except _DAMAGES:
        return None


@contextmanager
def opened(raw: bytes, form: str) -> Iterator[Image.Image]:
    """Open a picture of that format, as :mod:`handbill.reading.forms` calls it.

    Raises:
        Unreadable: the bytes are damaged; also whenever that shows only as the pixels are read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(raw), formats=["WEBP" if form == "WebP" else form]) as picture:
                yield picture
    except _DAMAGES as error:
        raise Unreadable from error


def as_seen(picture: Image.Image) -> Image.Image:
    """Return an opened picture as browsers show it: turned, eight bits a colour, in sRGB, seen through where it was."""
    return _of_the_web(_plain(ImageOps.exif_transpose(picture)), picture.info.get("icc_profile") or b"")


def is_of_the_web(profile: bytes) -> bool:
    """Say whether colours are those that every program assumes: sRGB, by its name or because nothing is said."""
    return not profile or b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile


def is_photograph(picture: Image.Image) -> bool:
    """Say whether it is a photograph rather than a drawing or a page on a screen."""
    grey = picture.convert("L")
    same = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0)).histogram()[0]
    return same < _SAME_IN_PHOTO * grey.width * grey.height


def saved(picture: Image.Image, name: str, **how: Any) -> bytes:
    """Return the bytes of a picture in a format by Pillow's name, without a note in them unless *how* has one."""
    clean = picture.copy()
    # Pillow writes back what it read of notes, unless there is nothing.
    clean.info = {}
    buffer = io.BytesIO()
    clean.save(buffer, name, **how)
    return buffer.getvalue()


def _plain(picture: Image.Image) -> Image.Image:
    """Return the picture with eight bits a colour and no table of colours, as all that follows wants it."""
    if picture.mode.startswith("I;16"):
        # Sixteen bits of grey; a plain conversion would take all but the darkest for white.
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode in ("I", "F"):
        return picture.point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("LA" if picture.mode in ("L", "LA") else "RGBA")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("L" if picture.mode == "1" else "RGB")


def _of_the_web(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture in sRGB, for which mail programs and old browsers take every picture."""
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    if picture.mode in _GREY or (is_of_the_web(profile) and picture.mode in _COLOUR):
        return picture
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            translated = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=wanted)
        except (ImageCms.PyCMSError, OSError):
            # Browsers, too, pass over a profile that is none, or one of other inks than the picture's.
            translated = None
        if translated is not None:
            return translated
    return picture.convert(wanted)
