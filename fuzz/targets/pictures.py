"""Any bytes as a picture in each format: its size and what it tells, or why it is none; and what a build says of the file."""

from __future__ import annotations

from handbill.reading.avif import brands_of
from handbill.reading.containers import read_container
from handbill.reading.media import refusal_of
from handbill.reading.metadata import told_by, turn_of
from handbill.reading.parts import Damaged

SEEDS = ("content/**/*.png", "content/**/*.jpg", "content/**/*.webp", "content/**/*.avif", "content/**/*.gif", "tests/sites/village/**/*.png")  # fmt: skip
WORDS = (
    "\x89PNG\r\n\x1a\n", "IHDR", "IDAT", "IEND", "tEXt", "zTXt", "iTXt", "eXIf", "iCCP", "acTL", "fcTL", "RIFF", "WEBP", "VP8X", "VP8 ", "VP8L", "ANMF", "EXIF", "XMP ",
    "GIF89a", "ftypavif", "meta", "iloc", "iinf", "infe", "ispe", "iprp", "ipco", "Exif\0\0", "MM\0*", "II*\0", "8BIM", "Photoshop 3.0\0", "XMP DataXMP", "NETSCAPE2.0",
)  # fmt: skip
MOST_BYTES = 6000

_FORMS = {"JPEG": ".jpg", "PNG": ".png", "WebP": ".webp", "GIF": ".gif", "AVIF": ".avif"}


def seeds() -> list[bytes]:
    """Return one small picture of each format, with notes in it."""
    from tests.photos import PILLOW, telling

    return [bytes([number]) + telling(ending)[:MOST_BYTES] for number, ending in enumerate(_FORMS.values()) if ending in PILLOW]


def one(raw: bytes) -> None:
    """Look at what follows the first byte, which says in which format; and at all of it as a file of the hub."""
    form = tuple(_FORMS)[raw[0] % len(_FORMS)] if raw else "PNG"
    content = raw[1:]
    brands_of(content)
    problem = refusal_of(f"content/pictures/a{_FORMS[form]}", content)
    try:
        found = read_container(content, form)
    except Damaged as damage:
        assert damage.found
    else:
        assert found.area >= found.width * found.height > 0
        assert turn_of(found.exif) in range(9)
        assert isinstance(found.has_notes, bool)
        told_by(found.exif, found.xmp)
        assert len(found.credit.artist) <= len(content)
    assert problem is None or str(problem)
