"""Bytes → the same bytes packed as browsers unpack them, alike on every machine that has the locked libraries.

The zlib of one Python packs otherwise than that of another, and files of the
index are named after their content; Pillow brings a packer of its own.
"""

from __future__ import annotations

import importlib.util
import io
import struct
import zlib
from pathlib import Path

# A gzip member of deflated bytes, without name and moment (RFC 1952, section 2.3).
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_PLACE, _LENGTH = 273, 279


def packed(raw: bytes) -> bytes:
    """Return *raw* as a gzip file."""
    # Named too, as all formats that Pillow knows are imported for one that is not there yet.
    from PIL import Image, TiffImagePlugin  # noqa: F401

    file = io.BytesIO()
    # A picture of one line is its bytes and nothing else; only this format adds no byte of its own before packing.
    Image.frombuffer("L", (len(raw), 1), raw, "raw", "L", 0, 1).save(file, "TIFF", compression="tiff_adobe_deflate")
    tiff = file.getvalue()
    start, length = _strip(tiff)
    # Without the two bytes that zlib puts before, and its four behind.
    deflated = tiff[start + 2 : start + length - 4]
    return _HEAD + deflated + struct.pack("<II", zlib.crc32(raw), len(raw) & 0xFFFFFFFF)


def version() -> str:
    """Return the version of the packer from the name of its folder."""
    spec = importlib.util.find_spec("PIL")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return ",".join(sorted(one.name.lower() for one in folder.parent.glob("[Pp]illow-*.dist-info"))) if folder else ""


def _strip(tiff: bytes) -> tuple[int, int]:
    """Return where the one strip of pixels begins, and how long it is.

    Source: TIFF 6.0, section 2.
    """
    order = "<" if tiff.startswith(b"II") else ">"
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    values = {}
    for number in range(count):
        tag, kind, many = struct.unpack_from(f"{order}HHI", tiff, at + 2 + 12 * number)
        if tag in (_PLACE, _LENGTH):
            if many != 1:
                raise ValueError("a picture of one line has more than one strip")
            (values[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", tiff, at + 10 + 12 * number)
    return values[_PLACE], values[_LENGTH]
