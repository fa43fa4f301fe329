"""A picture file → its parts (segments, chunks, blocks), without decoding a pixel.  Standard library only.

A part is its name and where it begins and ends.  What lies behind the end of
the picture is a part too, named :data:`BEHIND`, because cameras and cropping
programs leave films and former pictures there.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import count

from handbill.errors import Said, said

#: The name of a part, and the bytes from its begin until before its end.
Part = tuple[bytes, int, int]

#: The name of what lies behind the end of the picture.
BEHIND = b""

#: No honest picture has more parts; counting further is what a bomb wants.
MOST_PARTS = 20_000
_MOST_BLOCKS = 200_000

#: Inside the compressed pixels of a JPEG, an FF is followed by 00 or a restart.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
#: A marker may be preceded by any number of these; reading them one by one, four megabytes took half a second.
_FILL = re.compile(rb"\xff+")
_STANDS_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_PADDING = b"\0\r\n \xff"


class Damaged(ValueError):
    """The bytes are no whole picture; ``found`` is the end of the sentence "found …"."""

    def __init__(self, found: Said) -> None:
        super().__init__(found)
        self.found = found


def cut_short(form: str) -> Damaged:
    """Return what is said of a picture that lacks its end."""
    return Damaged(said("a {form} picture that stops before its end", form=form))


def overfull(form: str) -> Damaged:
    """Return what is said of a picture of countless parts."""
    return Damaged(said("a {form} picture of more than {most} parts", form=form, most=MOST_PARTS))


def jpeg_parts(raw: bytes) -> Iterator[Part]:
    """Yield the segments of a JPEG, each named by its marker; a scan holds its compressed pixels.

    Source: ITU-T T.81, annex B.
    """
    place = 2
    for number in count():
        # Between two segments, readers pass over stray bytes; so must who looks for what is there.
        filled = _FILL.search(raw, place)
        if not filled or filled.end() > len(raw) - 1:
            raise cut_short("JPEG")
        place = filled.end() - 1
        if number > MOST_PARTS:
            raise overfull("JPEG")
        marker = raw[place + 1]
        if marker == 0xD9:
            yield b"\xd9", place, place + 2
            yield from _behind(raw, place + 2)
            return
        if marker in _STANDS_ALONE or marker == 0:
            place += 2
            continue
        if place + 4 > len(raw):
            raise cut_short("JPEG")
        end = place + 2 + int.from_bytes(raw[place + 2 : place + 4], "big")
        if marker == 0xDA:
            found = _NEXT_MARKER.search(raw, end)
            if not found:
                raise cut_short("JPEG")
            end = found.start()
        if end > len(raw):
            raise cut_short("JPEG")
        yield raw[place + 1 : place + 2], place, end
        place = end


def png_parts(raw: bytes) -> Iterator[Part]:
    """Yield the chunks of a PNG, each named as it is written; those that every reader needs are sound.

    Source: PNG specification (third edition), section 5.
    """
    place = 8
    for number in count():
        if number > MOST_PARTS:
            raise overfull("PNG")
        if place + 12 > len(raw):
            raise cut_short("PNG")
        length, name = struct.unpack_from(">I4s", raw, place)
        end = place + 12 + length
        if end > len(raw):
            raise cut_short("PNG")
        # Of two headers, one reader believes the first and another one the last.
        if (name == b"IHDR") != (number == 0):
            raise Damaged(said("a damaged {form} picture", form="PNG"))
        # A capital first letter means: without this chunk there is no picture.
        if name[:1].isupper() and zlib.crc32(memoryview(raw)[place + 4 : end - 4]) != int.from_bytes(raw[end - 4 : end], "big"):
            raise Damaged(said("a damaged {form} picture", form="PNG"))
        yield name, place, end
        place = end
        if name == b"IEND":
            yield from _behind(raw, place)
            return


def webp_parts(raw: bytes, start: int = 12, end: int | None = None, most: int = MOST_PARTS) -> Iterator[Part]:
    """Yield the chunks of a WebP, or those inside one of its frames.

    Source: RFC 9649, section 2.
    """
    whole = end is None
    until = 8 + int.from_bytes(raw[4:8], "little") if end is None else end
    if until > len(raw):
        raise cut_short("WebP")
    place = start
    for number in count():
        if place + 8 > until:
            break
        if number > most:
            raise overfull("WebP")
        size = int.from_bytes(raw[place + 4 : place + 8], "little")
        stop = place + 8 + size
        if stop > until:
            raise cut_short("WebP")
        # A chunk of odd length is followed by a byte that belongs to nothing.
        stop = min(stop + size % 2, until)
        yield raw[place : place + 4], place, stop
        place = stop
    if whole:
        yield from _behind(raw, until)


def gif_parts(raw: bytes) -> Iterator[Part]:
    """Yield the blocks of a GIF after its colours: ``,`` is a frame, ``!`` and a label an extension, ``;`` the end.

    Source: GIF89a specification, sections 18 to 27.
    """
    if len(raw) < 14:
        raise cut_short("GIF")
    place = 13 + _colours(raw[10])
    blocks = 0
    for number in count():
        if number > MOST_PARTS:
            raise overfull("GIF")
        sort = raw[place : place + 1]
        if not sort or sort == b";":
            # Some programs leave the last byte out; browsers do not mind.
            yield b";", place, place + len(sort)
            yield from _behind(raw, place + len(sort))
            return
        if sort == b"!":
            name, inner = raw[place : place + 2], place + 2
        elif sort == b",":
            if place + 10 > len(raw):
                raise cut_short("GIF")
            name, inner = sort, place + 11 + _colours(raw[place + 9])
        else:
            raise Damaged(said("a damaged {form} picture", form="GIF"))
        while True:
            blocks += 1
            if inner >= len(raw):
                raise cut_short("GIF")
            if blocks > _MOST_BLOCKS:
                raise overfull("GIF")
            length = raw[inner]
            inner += length + 1
            if not length:
                break
        yield name, place, inner
        place = inner


def _colours(flags: int) -> int:
    """Return the length of the table of colours that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _behind(raw: bytes, end: int) -> Iterator[Part]:
    """Yield what lies behind the picture, unless it only fills the file up."""
    if end < len(raw) and raw[end:].strip(_PADDING):
        yield BEHIND, end, len(raw)
