"""An AVIF file → its size and where its notes lie, from its boxes alone.  Standard library only.

Source: ISO/IEC 14496-12 (boxes) and 23008-12 (pictures in them).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from handbill.errors import said
from handbill.reading.av1 import frame_of
from handbill.reading.parts import MOST_PARTS, Damaged, cut_short, overfull

#: Brands of the same family of files that browsers do not show.
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})

#: Boxes of which there is one, as one reader takes the first of two and another the last.
_ONCE = frozenset({b"meta", b"moov", b"iloc", b"idat", b"iinf", b"pitm", b"iprp", b"ipco", b"iref"})

#: As many bytes of a stream tell how large its frames are.
_BEGIN = 4096

#: A stream that lies in more pieces than this is put together no further.
_MOST_PIECES = 100


@dataclass(frozen=True, slots=True)
class Avif:
    """What the boxes say: the size as stored, the frames, and the begin and end of each piece of notes.

    ``thumbs`` counts the smaller copies, ``is_turned`` says that it is shown on
    its side.  ``sizes`` are those of all that is decoded on the way to what is shown,
    ``beside`` the places that nobody needs to show it.
    """

    width: int
    height: int
    frames: int
    exif: tuple[tuple[int, int], ...]
    xmp: tuple[tuple[int, int], ...]
    thumbs: int
    is_turned: bool
    sizes: tuple[tuple[int, int], ...]
    beside: tuple[tuple[int, int], ...]


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
    top = _by_name(raw, 0, len(raw))
    meta = _by_name(raw, top[b"meta"][0] + 4, top[b"meta"][1])
    where = _locations(raw, *meta[b"iloc"], base=meta.get(b"idat", (0, 0))[0])
    sorts = dict(_items(raw, *meta[b"iinf"]))
    pieces = {
        sort: tuple(piece for item, one in sorts.items() if one == sort for piece in where.get(item, ())) for sort in (b"Exif", b"xmp")
    }
    if any(end > len(raw) for places in where.values() for _, end in places):
        raise cut_short("AVIF")
    if sum(end - start for places in pieces.values() for start, end in places) > len(raw):
        raise Damaged(said("a damaged {form} picture", form="AVIF"))
    width, height, is_turned = _size(raw, meta)
    references = [name for name, _, _ in _boxes(raw, meta[b"iref"][0] + 4, meta[b"iref"][1])] if b"iref" in meta else []
    frames = _frames(raw, *top[b"moov"]) if b"moov" in top else 1
    beside = [(inner, stop) for name, inner, stop in _boxes(raw, 0, len(raw)) if name in (b"uuid", b"free", b"skip", b"udta")]
    sizes = [*_announced(raw, meta), *_streamed(raw, sorts, where)]
    if b"moov" in top:
        sizes += _filmed(raw, *top[b"moov"])
    return Avif(width, height, frames, pieces[b"Exif"], pieces[b"xmp"], references.count(b"thmb"), is_turned, tuple(sizes), tuple(beside))


def _by_name(raw: bytes, start: int, end: int) -> dict[bytes, tuple[int, int]]:
    """Return where the content of each box is, by its name."""
    found: dict[bytes, tuple[int, int]] = {}
    for name, inner, stop in _boxes(raw, start, end):
        if name in _ONCE and name in found:
            raise Damaged(said("a damaged {form} picture", form="AVIF"))
        found[name] = inner, stop
    return found


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
    parts = 0
    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        inside = (number(2) & 15) == 1 if version else False
        number(2)
        begin = number(base_size) + (base if inside else 0)
        pieces = []
        many = number(2)
        # Where each place takes no byte to write, a file of a kilobyte names millions.
        parts += many + 1
        if parts > MOST_PARTS:
            raise overfull("AVIF")
        for _ in range(many):
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
    properties = list(_boxes(raw, *_by_name(raw, *meta[b"iprp"])[b"ipco"]))
    size, is_turned = (0, 0), False
    lists = [(inner, stop) for name, inner, stop in _boxes(raw, *meta[b"iprp"]) if name == b"ipma"]
    for index in (index for one in lists for index in _properties_of(raw, primary, *one)):
        name, inner, _ = properties[index - 1]
        if name == b"ispe":
            size = struct.unpack_from(">II", raw, inner + 4)
        elif name == b"irot":
            is_turned = bool(raw[inner] & 1)
    if not all(size):
        raise Damaged(said("a damaged {form} picture", form="AVIF"))
    return *size, is_turned


def _announced(raw: bytes, meta: dict[bytes, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield every size that a box names: of the picture, of its pieces, of what shows through it."""
    for name, inner, stop in _boxes(raw, *_by_name(raw, *meta[b"iprp"])[b"ipco"]):
        if name == b"ispe":
            yield struct.unpack_from(">II", raw, inner + 4)
        elif name == b"av1C":
            yield frame_of(raw[inner + 4 : min(stop, inner + _BEGIN)])


def _streamed(raw: bytes, sorts: dict[int, bytes], where: dict[int, tuple[tuple[int, int], ...]]) -> Iterator[tuple[int, int]]:
    """Yield the sizes that the streams of the picture and its pieces announce."""
    for item, sort in sorts.items():
        begin = b""
        for start, end in where.get(item, ())[:_MOST_PIECES]:
            begin += raw[start : min(end, start + _BEGIN - len(begin))]
        if sort == b"av01":
            yield frame_of(begin)
        elif sort == b"grid" and len(begin) >= 8:
            # Laid side by side: how many each way, and how large that is.
            yield struct.unpack_from(">II" if begin[1] & 1 and len(begin) >= 12 else ">HH", begin, 4)


def _filmed(raw: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sizes of a film's frames, as its tables and its first frames say."""
    for name, inner, stop in _inside(raw, start, end):
        if name == b"stsd" and stop >= inner + 44:
            # Behind the number of entries: the first one's size, its name, 24 bytes, then width and height.
            yield struct.unpack_from(">HH", raw, inner + 40)
        elif name in (b"stco", b"co64") and raw[inner + 4 : inner + 8] != b"\0\0\0\0":
            place = int.from_bytes(raw[inner + 8 : inner + (12 if name == b"stco" else 16)], "big")
            yield frame_of(raw[place : place + _BEGIN])


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
        width = 2 if is_wide else 1
        if here == item:
            for at in range(place, place + width * many, width):
                if index := int.from_bytes(raw[at : at + width], "big") & (0x7FFF if is_wide else 0x7F):
                    yield index
            return
        place += width * many


def _frames(raw: bytes, start: int, end: int) -> int:
    """Return how many frames the longest track has."""
    samples = (int.from_bytes(raw[inner + 8 : inner + 12], "big") for name, inner, _ in _inside(raw, start, end) if name == b"stsz")
    return max(samples, default=1) or 1


def _inside(raw: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the boxes of a film, and those inside of them."""
    pending = [(start, end)]
    number = 0
    while pending:
        for name, inner, stop in _boxes(raw, *pending.pop()):
            number += 1
            if number > MOST_PARTS:
                raise overfull("AVIF")
            if name in (b"trak", b"mdia", b"minf", b"stbl"):
                pending.append((inner, stop))
            else:
                yield name, inner, stop
