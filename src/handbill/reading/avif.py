"""An AVIF file → its size and where its notes lie, from its boxes alone.  Standard library only.

Source: ISO/IEC 14496-12 (boxes) and 23008-12 (pictures in them).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from handbill.errors import said
from handbill.reading.parts import MOST_PARTS, Damaged, cut_short, overfull

#: Brands of the same family of files that browsers do not show.
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class Avif:
    """What the boxes say: the size as stored, the frames, and the begin and end of each piece of notes.

    ``thumbs`` counts the smaller copies, ``is_turned`` says that it is shown on its side.
    """

    width: int
    height: int
    frames: int
    exif: tuple[tuple[int, int], ...]
    xmp: tuple[tuple[int, int], ...]
    thumbs: int
    is_turned: bool


def brands_of(raw: bytes) -> frozenset[bytes]:
    """Return the brands that a file of this family names at its begin; none for other files."""
    if raw[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(raw[:4], "big"), len(raw))
    return frozenset({raw[8:12], *(raw[place : place + 4] for place in range(16, end - 3, 4))})


def read_avif(raw: bytes) -> Avif:
    """Return what the boxes of an AVIF say.

    Raises:
        Damaged: they do not fit together.
    """
    try:
        return _read(raw)
    except (struct.error, IndexError, KeyError, ValueError) as error:
        if isinstance(error, Damaged):
            raise
        raise Damaged(said("a damaged {form} picture", form="AVIF")) from error


def _read(raw: bytes) -> Avif:
    top = {name: (start, end) for name, start, end in _boxes(raw, 0, len(raw))}
    meta = {name: (start, end) for name, start, end in _boxes(raw, top[b"meta"][0] + 4, top[b"meta"][1])}
    where = _locations(raw, *meta[b"iloc"], base=meta.get(b"idat", (0, 0))[0])
    sorts = dict(_items(raw, *meta[b"iinf"]))
    pieces = {
        sort: tuple(piece for item, one in sorts.items() if one == sort for piece in where.get(item, ())) for sort in (b"Exif", b"xmp")
    }
    if any(end > len(raw) for places in where.values() for _, end in places):
        raise cut_short("AVIF")
    width, height, is_turned = _size(raw, meta)
    references = [name for name, _, _ in _boxes(raw, meta[b"iref"][0] + 4, meta[b"iref"][1])] if b"iref" in meta else []
    frames = _frames(raw, *top[b"moov"]) if b"moov" in top else 1
    return Avif(width, height, frames, pieces[b"Exif"], pieces[b"xmp"], references.count(b"thmb"), is_turned)


def _boxes(raw: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, begin and end of the content of each box in a stretch of the file."""
    place = start
    number = 0
    while place + 8 <= end:
        size, name = struct.unpack_from(">I4s", raw, place)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", raw, place + 8)[0], 16
        elif size == 0:
            size = end - place
        if size < head or place + size > end:
            raise cut_short("AVIF")
        number += 1
        if number > MOST_PARTS:
            raise overfull("AVIF")
        yield name, place + head, place + size
        place += size


def _items(raw: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each item and its sort, ``xmp`` for notes in XML."""
    wide = raw[start] > 0
    for name, inner, _ in _boxes(raw, start + (8 if wide else 6), end):
        if name != b"infe" or raw[inner] < 2:
            continue
        number = 2 if raw[inner] == 2 else 4
        item = int.from_bytes(raw[inner + 4 : inner + 4 + number], "big")
        sort = raw[inner + 6 + number : inner + 10 + number]
        yield item, b"xmp" if sort == b"mime" else sort


def _locations(raw: bytes, start: int, end: int, base: int) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return where the bytes of each item lie in the file; *base* is the begin of those kept inside ``meta``."""
    version, sizes = raw[start], int.from_bytes(raw[start + 4 : start + 6], "big")
    offset_size, length_size, base_size, index_size = (sizes >> 12) & 15, (sizes >> 8) & 15, (sizes >> 4) & 15, sizes & 15
    place = start + 6

    def number(size: int) -> int:
        nonlocal place
        place += size
        if place > end:
            raise cut_short("AVIF")
        return int.from_bytes(raw[place - size : place], "big")

    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        inside = (number(2) & 15) == 1 if version else False
        number(2)
        begin = number(base_size) + (base if inside else 0)
        pieces = []
        for _ in range(number(2)):
            if version and index_size:
                number(index_size)
            offset = begin + number(offset_size)
            pieces.append((offset, offset + number(length_size)))
        found[item] = tuple(pieces)
    return found


def _size(raw: bytes, meta: dict[bytes, tuple[int, int]]) -> tuple[int, int, bool]:
    """Return the size of the picture that is shown, and whether it is shown on its side."""
    start, _ = meta[b"pitm"]
    primary = int.from_bytes(raw[start + 4 : start + (6 if raw[start] == 0 else 8)], "big")
    parts = {name: (inner, stop) for name, inner, stop in _boxes(raw, *meta[b"iprp"])}
    properties = list(_boxes(raw, *parts[b"ipco"]))
    size, is_turned = (0, 0), False
    for index in _properties_of(raw, primary, *parts[b"ipma"]):
        name, inner, _ = properties[index - 1]
        if name == b"ispe":
            size = struct.unpack_from(">II", raw, inner + 4)
        elif name == b"irot":
            is_turned = bool(raw[inner] & 1)
    if not all(size):
        raise Damaged(said("a damaged {form} picture", form="AVIF"))
    return *size, is_turned


def _properties_of(raw: bytes, item: int, start: int, end: int) -> Iterator[int]:
    """Yield the numbers of the properties of an item, counted from 1."""
    version, is_wide = raw[start], bool(raw[start + 3] & 1)
    place = start + 8
    for _ in range(int.from_bytes(raw[start + 4 : start + 8], "big")):
        step = 4 if version else 2
        if place + step >= end:
            raise cut_short("AVIF")
        here = int.from_bytes(raw[place : place + step], "big")
        many = raw[place + step]
        place += step + 1
        for _ in range(many):
            width = 2 if is_wide else 1
            index = int.from_bytes(raw[place : place + width], "big") & (0x7FFF if is_wide else 0x7F)
            place += width
            if here == item and index:
                yield index


def _frames(raw: bytes, start: int, end: int) -> int:
    """Return how many frames the longest track has."""
    most = 1
    pending = [(start, end)]
    while pending:
        for name, inner, stop in _boxes(raw, *pending.pop()):
            if name in (b"trak", b"mdia", b"minf", b"stbl"):
                pending.append((inner, stop))
            elif name == b"stsz":
                most = max(most, int.from_bytes(raw[inner + 8 : inner + 12], "big"))
    return most
