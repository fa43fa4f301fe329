"""Picture files → their size in pixels, read from the header alone.  Knows Pillow."""

from __future__ import annotations

import io
import warnings

#: Larger pictures are refused before they are decoded; 40 million pixels is a good camera.
MOST_PIXELS = 40_000_000

#: The file endings that are pictures, with the format that the bytes must be.
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF", ".avif": "AVIF"}


def size_of(raw: bytes, ending: str) -> tuple[int, int]:
    """Return width and height in pixels, as the picture is shown.

    Raises:
        ValueError: the bytes are no picture of that format, or too large a one;
            the message is the end of the sentence "found …".
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=[FORMATS[ending]]) as picture:
                width, height = picture.size
                # Pillow decodes a whole PNG to find its EXIF; cameras turn JPEGs.
                turned = picture.format == "JPEG" and picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    except Exception as error:
        # Pillow raises many sorts of errors on damaged files; each means the same to an editor.
        raise ValueError(f"no readable {FORMATS[ending]} picture ({type(error).__name__})") from error
    if width * height > MOST_PIXELS:
        raise ValueError(f"a picture of {width} × {height} pixels")
    return (height, width) if turned else (width, height)
