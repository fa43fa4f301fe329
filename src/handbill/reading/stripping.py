"""A picture file → the same picture without what cameras and programs noted in it; not a pixel changes.

What is left is what a browser needs to draw the picture, and whom to credit.
"""

from __future__ import annotations

import struct
import zlib

from handbill.reading.avif import read_avif
from handbill.reading.containers import NO_NOTES, NO_XMP, Container
from handbill.reading.metadata import exif_of
from handbill.reading.parts import gif_parts, jpeg_parts, png_parts, webp_parts

#: What of a PNG is needed to draw it, moving pictures included; other chunks are notes.
_PNG_NEEDED = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP"}
)
_WEBP_NEEDED = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
#: Extensions of a GIF that say how it moves; the others are comments and notes.
_GIF_NEEDED = (b"NETSCAPE2.0", b"ANIMEXTS1.0")

_JFIF = b"\xff\xe0\x00\x10JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def stripped(raw: bytes, found: Container) -> bytes:
    """Return the picture without its notes; *found* is what its headers say.

    To strip twice gives what stripping once gave.
    """
    return {"JPEG": _jpeg, "PNG": _png, "WebP": _webp, "GIF": _gif, "AVIF": _avif}[found.form](raw, exif_of(found.credit))


def _jpeg(raw: bytes, exif: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    notes = b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif if exif else b""
    is_jfif = False
    for name, start, end in jpeg_parts(raw):
        marker = name[:1]
        content = raw[start + 4 : start + 16]
        if marker == b"\xe0" and content.startswith(b"JFIF") and not is_jfif:
            is_jfif = True
            kept.append(_JFIF)
        elif marker in (b"\xee", b"\xe2") and content.startswith((b"Adobe", b"ICC_PROFILE")):
            # Without them a reader takes inks for light, and one red for another.
            kept.append(raw[start:end])
        elif marker and marker != b"\xfe" and not b"\xe0" <= marker <= b"\xef":
            kept.append(raw[start:end])
    kept.insert(2 if is_jfif else 1, notes)
    return b"".join(kept)


def _png(raw: bytes, exif: bytes) -> bytes:
    kept = [raw[:8]]
    for name, start, end in png_parts(raw):
        if name == b"IDAT" and exif:
            kept.append(struct.pack(">I", len(exif)) + b"eXIf" + exif + struct.pack(">I", zlib.crc32(b"eXIf" + exif)))
            exif = b""
        if name in _PNG_NEEDED:
            kept.append(raw[start:end])
    return b"".join(kept)


def _webp(raw: bytes, exif: bytes) -> bytes:
    kept = []
    for name, start, end in webp_parts(raw):
        if name == b"VP8X":
            # Its flags say that notes follow: 8 for EXIF, 4 for XMP.
            flags = raw[start + 8] & ~0x0C | (0x08 if exif else 0)
            kept.append(raw[start : start + 8] + bytes([flags]) + raw[start + 9 : end])
        elif name in _WEBP_NEEDED:
            kept.append(raw[start:end])
    if exif:
        kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2))
    content = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def _gif(raw: bytes, _: bytes) -> bytes:
    parts = [(name, start, end) for name, start, end in gif_parts(raw) if name]
    kept = [raw[: parts[0][1]]]
    for name, start, end in parts:
        is_program = name == b"!\xff" and raw[start + 3 : start + 14] not in _GIF_NEEDED
        if not is_program and name != b"!\xfe":
            kept.append(raw[start:end] or b";")
    return b"".join(kept)


def _avif(raw: bytes, exif: bytes) -> bytes:
    """Return the file with its notes painted over: to take them out would move all that its tables point at."""
    boxes = read_avif(raw)
    new = bytearray(raw)
    for start, end in boxes.exif:
        # The first four bytes say how far behind them the block begins.
        block = exif if len(exif) <= end - start - 4 else NO_NOTES
        new[start:end] = (b"\0\0\0\0" + block).ljust(end - start, b"\0")[: end - start]
        exif = b""
    for start, end in boxes.xmp:
        new[start:end] = (NO_XMP if len(NO_XMP) <= end - start else b"").ljust(end - start)
    return bytes(new)
