"""A picture's pixels → the same picture upright, no longer than asked for, in the colours of the web, and light.  Knows Pillow."""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageChops, JpegImagePlugin

from handbill.pixels import Unreadable, as_seen, is_of_the_web, is_photograph, opened, saved

#: Looked at beside the original on a good screen, a photograph shows no difference from here on.
QUALITY = 82
AVIF_QUALITY = 65

#: How the table for brightness adds up in a JPEG of that quality; a finer one weighs more than anybody sees.
_OUR_TABLE = 1326

#: What one opened picture may take; a plain JPEG is made smaller while it is read, so a telephone's 200 million pixels fit.
MOST_PIXELS = 40_000_000
MOST_JPEG_PIXELS = 250_000_000


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
        with opened(raw, form) as source:
            is_plain_jpeg = source.format == "JPEG" and not source.info.get("progressive")
            if source.width * source.height > (MOST_JPEG_PIXELS if is_plain_jpeg else MOST_PIXELS):
                raise Unreadable
            profile = source.info.get("icc_profile") or b""
            self._tables: dict[int, list[int]] = getattr(source, "quantization", None) or {}
            self._sampling = JpegImagePlugin.get_sampling(source) if source.format == "JPEG" else -1
            self._is_exact = form == "PNG" or (form == "WebP" and b"VP8L" in raw[:64])
            self._had_few_colours = source.mode in ("P", "1")
            self.is_shortened = max(source.size) > longest
            turn = source.getexif().get(0x0112, 1)
            self.must_change = turn in range(2, 9) or source.mode == "CMYK" or not is_of_the_web(profile)
            self.former_size = source.size[::-1] if turn in (5, 6, 7, 8) else source.size
            if self.is_shortened and is_plain_jpeg:
                # It is read at a half, a quarter or an eighth, never below twice the size wanted.
                source.draft(None, (2 * longest, 2 * longest))
            picture = as_seen(source)
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
        return is_photograph(self._picture)

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
            return saved(picture, "WEBP", method=6, **how)
        if form == "AVIF":
            # One thread: how many there are would show in the bytes.
            return saved(picture, "AVIF", quality=AVIF_QUALITY, max_threads=1, **how)
        return saved(picture, "GIF", optimize=True)

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
        return saved(picture, "JPEG", optimize=True, progressive=True, **how)

    def _png(self, how: dict[str, Any]) -> bytes:
        exact = saved(_with_table(self._picture) or self._picture, "PNG", optimize=True, **how)
        if not (self._had_few_colours and self.is_shortened) or self.is_seen_through:
            return exact
        # Made smaller, a drawing of few colours has thousands, all along its edges; 256 of them show the same.
        few = self._picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        return min(exact, saved(few, "PNG", optimize=True, **how), key=len)


def _with_table(picture: Image.Image) -> Image.Image | None:
    """Return a picture of few colours with a table of them, and not a pixel changed; ``None`` where it has too many."""
    if picture.mode != "RGB" or picture.getcolors(256) is None:
        return None
    table = picture.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return table if ImageChops.difference(table.convert("RGB"), picture).getbbox() is None else None
