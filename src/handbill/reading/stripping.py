"""A picture file → the same picture without what cameras and programs noted in it; not a pixel changes.

What is left is what a browser needs to draw the picture, and whom to credit.
"""

from __future__ import annotations

import struct
import zlib

from handbill.reading.avif import read_avif
from handbill.reading.containers import GIF_NEEDED, NO_NOTES, NO_XMP, PNG_NEEDED, WEBP_NEEDED, Container
from handbill.reading.metadata import exif_of
from handbill.reading.parts import gif_parts, jpeg_parts, png_parts, webp_parts

_JFIF = b"\xff\xe0\x00\x10JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"


#: From byte to byte of a file, or other bytes.
Piece = tuple[int, int] | bytes


def stripped(raw: bytes, found: Container) -> bytes:
    """Return the picture without its notes; *found* is what its headers say.

    To strip twice gives what stripping once gave.
    """
    return b"".join(one if isinstance(one, bytes) else raw[slice(*one)] for one in silent_pieces(raw, found))


def silent_pieces(raw: bytes, found: Container) -> tuple[Piece, ...]:
    """Return the pieces of which the picture without its notes consists."""
    pieces: list[Piece] = []
    for one in {"JPEG": _jpeg, "PNG": _png, "WebP": _webp, "GIF": _gif, "AVIF": _avif}[found.form](raw, exif_of(found.credit)):
        last = pieces[-1] if pieces else b""
        if isinstance(one, tuple) and isinstance(last, tuple) and last[1] == one[0]:
            pieces[-1] = last[0], one[1]
        elif one:
            pieces.append(one)
    return tuple(pieces)


def _jpeg(raw: bytes, exif: bytes) -> list[Piece]:
    kept: list[Piece] = [b"\xff\xd8"]
    notes = b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif if exif else b""
    is_jfif = False
    for name, start, end in jpeg_parts(raw):
        if name == b"\xe0" and raw.startswith(b"JFIF", start + 4, end) and not is_jfif:
            is_jfif = True
            kept.append(_JFIF)
        elif name in (b"\xee", b"\xe2") and raw.startswith((b"Adobe", b"ICC_PROFILE"), start + 4, end):
            # Without them a reader takes inks for light, and one red for another.
            kept.append((start, end))
        elif name and name != b"\xfe" and not b"\xe0" <= name <= b"\xef":
            kept.append((start, end))
    kept.insert(2 if is_jfif else 1, notes)
    return kept


def _png(raw: bytes, exif: bytes) -> list[Piece]:
    kept: list[Piece] = [(0, 8)]
    for name, start, end in png_parts(raw):
        if name == b"IDAT" and exif:
            kept.append(struct.pack(">I", len(exif)) + b"eXIf" + exif + struct.pack(">I", zlib.crc32(b"eXIf" + exif)))
            exif = b""
        if name in PNG_NEEDED:
            kept.append((start, end))
    return kept


def _webp(raw: bytes, exif: bytes) -> list[Piece]:
    kept: list[Piece] = []
    for name, start, end in webp_parts(raw):
        if name == b"VP8X":
            # Its flags say that notes follow: 8 for EXIF, 4 for XMP.
            flags = raw[start + 8] & ~0x0C | (0x08 if exif else 0)
            kept += [(start, start + 8), bytes([flags]), (start + 9, end)]
        elif name in WEBP_NEEDED:
            kept.append((start, end))
    if exif:
        kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2))
    size = 4 + sum(len(one) if isinstance(one, bytes) else one[1] - one[0] for one in kept)
    return [b"RIFF" + struct.pack("<I", size) + b"WEBP", *kept]


def _gif(raw: bytes, _: bytes) -> list[Piece]:
    parts = [(name, start, end) for name, start, end in gif_parts(raw) if name]
    kept: list[Piece] = [(0, parts[0][1])]
    for name, start, end in parts:
        is_program = name == b"!\xff" and raw[start + 3 : start + 14] not in GIF_NEEDED
        if not is_program and name not in (b"!\xfe", b"!\1"):
            kept.append((start, end) if start < end else b";")
    return kept


def _avif(raw: bytes, exif: bytes) -> list[Piece]:
    """Return the file with its notes painted over: to take them out would move all that its tables point at."""
    boxes = read_avif(raw)
    painted = [(start, bytes(end - start)) for start, end in boxes.beside]
    for start, end in boxes.exif:
        room = end - start
        # The first four bytes say how far behind them the block begins.
        block = b"\0\0\0\0" + (exif if len(exif) <= room - 4 else NO_NOTES)
        painted.append((start, block.ljust(room, b"\0")[:room]))
        exif = b""
    for start, end in boxes.xmp:
        room = end - start
        painted.append((start, (NO_XMP if len(NO_XMP) <= room else b"").ljust(room)))
    kept: list[Piece] = []
    place = 0
    for start, paint in sorted(painted):
        kept += [(place, max(place, start)), paint[max(0, place - start) :]]
        place = max(place, start + len(paint))
    return [*kept, (place, len(raw))]
