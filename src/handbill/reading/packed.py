"""The texts of a PNG, packed or plain → the notes among them.  Standard library only."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from handbill.errors import said
from handbill.reading.metadata import Credit, Tells
from handbill.reading.parts import Damaged

if TYPE_CHECKING:
    from handbill.reading.containers import Container

#: Texts inside a PNG are packed; more than this, unpacked, is no caption.
MOST_PACKED = 4 * 1024**2

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF = b"Exif\0\0"


def take_text(name: bytes, content: bytes, budget: int, found: Container) -> int:
    """Take in a text of a PNG, and return how much it was unpacked to."""
    key, _, rest = content.partition(b"\0")
    spent = 0
    if name == b"zTXt":
        rest = unpacked(rest[1:], budget)
        spent = len(rest)
    elif name == b"iTXt":
        is_packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        if is_packed:
            rest = unpacked(rest, budget)
            spent = len(rest)
    if key == b"XML:com.adobe.xmp":
        found.xmp.append(rest)
    elif key.startswith(b"Raw profile type "):
        _raw_profile(key[17:], rest, found)
    elif key.lower().startswith((b"exif:", b"xmp:")):
        # Older ImageMagick wrote each tag as a text of its own.
        found.xmp.append(b":" + key.partition(b":")[2])
    elif key == b"Author":
        found.named = Credit(rest[:500], found.named.rights)
    elif key == b"Copyright":
        found.named = Credit(found.named.artist, rest[:500])
    else:
        found.has_more_notes = True
    return spent


def _raw_profile(sort: bytes, text: bytes, found: Container) -> None:
    """Take in notes that ImageMagick wrote as hexadecimal text: a name, a length, the digits."""
    try:
        value = bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))
    except ValueError:
        found.tells.add(Tells.UNREAD)
        return
    if sort in (b"exif", b"APP1") and value.startswith(_EXIF):
        found.exif.append(value[6:])
    elif sort == b"exif":
        found.exif.append(value)
    elif sort in (b"xmp", b"APP1"):
        found.xmp.append(value.removeprefix(_XMP))
    else:
        found.has_more_notes |= sort not in (b"icc", b"icm")


def unpacked(packed: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        value = unpacker.decompress(packed, most + 1)
    except zlib.error as error:
        raise Damaged(said("a damaged {form} picture", form="PNG")) from error
    if len(value) > most:
        raise Damaged(said("a picture with more than {most} MB of packed text inside", most=MOST_PACKED // 1024**2))
    return value
