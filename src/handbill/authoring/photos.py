"""A picture's pixels → the same picture upright, no longer than asked for, in the colours of the web, and light.  Knows Pillow."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageOps, JpegImagePlugin

#: Looked at beside the original on a good screen, a photograph shows no difference from here on.
QUALITY = 82
AVIF_QUALITY = 65

#: How the table for brightness adds up in a JPEG of that quality; a finer one weighs more than anybody sees.
_OUR_TABLE = 1326

#: What one opened picture may take; a plain JPEG is made smaller while it is read, so a telephone's 200 million pixels fit.
MOST_PIXELS = 40_000_000
MOST_JPEG_PIXELS = 250_000_000

#: In a photograph few pixels are the very same as the one beside them; on a screen or in a drawing most are.
_SAME_IN_PHOTO = 0.4

_GREY, _COLOUR = ("L", "LA"), ("RGB", "RGBA")

# Our own limits stand above and in reading/pictures.py; Pillow's would warn before they are reached.
Image.MAX_IMAGE_PIXELS = None


class Unreadable(Exception):
    """The pixels cannot be read, whatever the headers promised."""


class Photo:
    """An opened picture, in the shape that it is published in: grey or coloured, seen through or not.

    ``former_size`` is width and height as shown before.  ``must_change`` says
    that it had to be turned or its colours translated, ``is_shortened`` that it
    was longer than wanted.
    """

    def __init__(self, raw: bytes, form: str, longest: int) -> None:
        """Open a picture and bring it into shape.

        Raises:
            Unreadable: the bytes are damaged, or more than this machine should try.
        """
        with _readable(), Image.open(io.BytesIO(raw), formats=["WEBP" if form == "WebP" else form]) as opened:
            is_plain_jpeg = opened.format == "JPEG" and not opened.info.get("progressive")
            if opened.width * opened.height > (MOST_JPEG_PIXELS if is_plain_jpeg else MOST_PIXELS):
                raise Unreadable
            profile = opened.info.get("icc_profile") or b""
            self._tables: dict[int, list[int]] = getattr(opened, "quantization", None) or {}
            self._sampling = JpegImagePlugin.get_sampling(opened) if opened.format == "JPEG" else -1
            self._is_exact = form == "PNG" or (form == "WebP" and b"VP8L" in raw[:64])
            self._had_few_colours = opened.mode in ("P", "1")
            self.is_shortened = max(opened.size) > longest
            turn = opened.getexif().get(0x0112, 1)
            self.must_change = turn in range(2, 9) or opened.mode == "CMYK" or not is_of_the_web(profile)
            self.former_size = opened.size[::-1] if turn in (5, 6, 7, 8) else opened.size
            if self.is_shortened and is_plain_jpeg:
                # It is read at a half, a quarter or an eighth, never below twice the size wanted.
                opened.draft(None, (2 * longest, 2 * longest))
            picture = _of_the_web(_plain(ImageOps.exif_transpose(opened)), profile)
            if self.is_shortened:
                picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            if picture.mode in ("RGBA", "LA") and picture.getchannel("A").getextrema()[0] == 255:
                picture = picture.convert(picture.mode[:-1])
            self._picture = picture

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height of what is written."""
        return self._picture.size

    @property
    def is_seen_through(self) -> bool:
        """Say whether what lies behind the picture shows."""
        return self._picture.mode in ("RGBA", "LA")

    @property
    def is_photograph(self) -> bool:
        """Say whether it is a photograph rather than a drawing or a page on a screen."""
        grey = self._picture.convert("L")
        same = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0)).histogram()[0]
        return same < _SAME_IN_PHOTO * grey.width * grey.height

    @property
    def is_too_fine(self) -> bool:
        """Say whether a JPEG was written finer than anybody sees, so that writing it again pays."""
        return bool(self._tables) and sum(self._tables[0]) < 0.9 * _OUR_TABLE

    def written(self, form: str, exif: bytes = b"") -> bytes:
        """Return the bytes of the picture in a format, with no note but *exif*."""
        how: dict[str, Any] = {"exif": b"Exif\0\0" + exif} if exif else {}
        picture = self._picture
        if form == "JPEG":
            return self._jpeg(how)
        if form == "PNG":
            return self._png(how)
        if form == "WebP":
            how |= {"lossless": True} if self._is_exact else {"quality": QUALITY}
            return _saved(picture, "WEBP", method=6, **how)
        if form == "AVIF":
            # One thread: how many there are would show in the bytes.
            return _saved(picture, "AVIF", quality=AVIF_QUALITY, max_threads=1, **how)
        return _saved(picture, "GIF", optimize=True)

    def _jpeg(self, how: dict[str, Any]) -> bytes:
        picture = self._picture
        if self.is_seen_through:
            # What shows through is paper.
            paper = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(paper, picture.convert("RGBA")).convert(picture.mode[:-1])
        if len(self._tables) in (1, 2) and sum(self._tables[0]) >= _OUR_TABLE:
            # Finer than it came, it would weigh more and show no more.
            how |= {"qtables": self._tables, "subsampling": max(self._sampling, 0)}
        else:
            how |= {"quality": QUALITY}
        return _saved(picture, "JPEG", optimize=True, progressive=True, **how)

    def _png(self, how: dict[str, Any]) -> bytes:
        exact = _saved(_with_table(self._picture) or self._picture, "PNG", optimize=True, **how)
        if not (self._had_few_colours and self.is_shortened) or self.is_seen_through:
            return exact
        # Made smaller, a drawing of few colours has thousands, all along its edges; 256 of them show the same.
        few = self._picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        return min(exact, _saved(few, "PNG", optimize=True, **how), key=len)


def is_of_the_web(profile: bytes) -> bool:
    """Say whether colours are those that every program assumes: sRGB, by its name or because nothing is said."""
    return not profile or b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile


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


def _with_table(picture: Image.Image) -> Image.Image | None:
    """Return a picture of few colours with a table of them, and not a pixel changed; ``None`` where it has too many."""
    if picture.mode != "RGB" or picture.getcolors(256) is None:
        return None
    table = picture.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return table if ImageChops.difference(table.convert("RGB"), picture).getbbox() is None else None


def _saved(picture: Image.Image, name: str, **how: Any) -> bytes:
    clean = picture.copy()
    # Pillow writes back what it read of notes, unless there is nothing.
    clean.info = {}
    buffer = io.BytesIO()
    clean.save(buffer, name, **how)
    return buffer.getvalue()


@contextmanager
def _readable() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, MemoryError) as error:
        # Damaged files raise many sorts of errors in Pillow; each means the same to an editor.
        raise Unreadable from error
