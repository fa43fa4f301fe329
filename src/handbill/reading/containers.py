"""The bytes of a picture file → its size, and the notes and pieces it carries besides the picture.

Every format is read from its headers; nothing is decoded, so that a small file
cannot become a large one here.  Knows no limit of the hub and no library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from handbill.errors import said
from handbill.reading.avif import read_avif
from handbill.reading.metadata import Credit, Tells, credit_in, exif_of
from handbill.reading.packed import MOST_PACKED, take_text, unpacked
from handbill.reading.parts import BEHIND, Damaged, gif_parts, jpeg_parts, png_parts, webp_parts

#: No honest JPEG is sent in more passes than this; each costs a browser a whole decoding.
MOST_SCANS = 100

#: An EXIF block without an entry, and without the zeros at its end.
NO_NOTES = b"MM\0*\0\0\0\x08"

#: An XMP packet without a word.
NO_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

#: Where the first chunk of a WebP stands, and how many of them a frame of an animation has at most.
_FIRST_OF_WEBP, _MOST_IN_FRAME = 12, 10

#: What of a PNG is needed to draw it, moving pictures included; other chunks are notes, but for some that say no more than
#: how large a point is.
PNG_NEEDED = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP"}
)
_PNG_SILENT = frozenset({b"pHYs", b"sBIT", b"bKGD", b"hIST", b"mDCV", b"cLLI", b"mDCv", b"cLLi"})
WEBP_NEEDED = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
#: Extensions of a GIF that say how it moves; the others are comments and notes.
GIF_NEEDED = (b"NETSCAPE2.0", b"ANIMEXTS1.0")

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_EXIF = b"Exif\0\0"


@dataclass(slots=True)
class Container:
    """What a file says of its picture.  Sizes in pixels as stored; ``area`` is that of the largest frame.

    ``tells`` is what is known without reading ``exif`` and ``xmp``.
    """

    form: str
    width: int = 0
    height: int = 0
    area: int = 0
    frames: int = 1
    exif: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    icc: bytes = b""
    tells: set[Tells] = field(default_factory=set)
    named: Credit = field(default_factory=Credit)
    has_more_notes: bool = False
    is_turned: bool = False

    @property
    def credit(self) -> Credit:
        """Return whom the file credits."""
        noted = credit_in(self.exif, self.xmp)
        return Credit(noted.artist or self.named.artist, noted.rights or self.named.rights)

    @property
    def has_notes(self) -> bool:
        """Say whether the file carries anything that a camera or a program noted, besides a credit."""
        noted = [one for one in self.exif if one.rstrip(b"\0") not in (NO_NOTES, exif_of(credit_in([one], ())).rstrip(b"\0"))]
        return bool(noted or [one for one in self.xmp if one.strip() not in (b"", NO_XMP)] or self.tells or self.has_more_notes)

    def grow(self, width: int, height: int) -> None:
        """Take a frame into account."""
        self.area = max(self.area, width * height)


def read_container(raw: bytes, form: str) -> Container:
    """Return what a file of that format carries.

    Raises:
        Damaged: it is none, or not whole.
    """
    try:
        found = _READERS[form](raw)
    except IndexError as error:
        raise Damaged(said("a damaged {form} picture", form=form)) from error
    if not found.width or not found.height:
        raise Damaged(said("a damaged {form} picture", form=form))
    found.grow(found.width, found.height)
    return found


def _jpeg(raw: bytes) -> Container:
    found = Container("JPEG")
    scans = 0
    icc: dict[int, bytes] = {}
    more: list[bytes] = []
    last = 2
    for name, start, end in jpeg_parts(raw):
        # Words between two segments are passed over by every reader, and go along with the picture.
        found.has_more_notes |= start > last and raw[last] != 0xFF
        last = end
        if name == BEHIND:
            found.tells.add(Tells.BEHIND)
            continue
        marker, content = name[0], raw[start + 4 : min(end, start + 65_540)]
        if marker == 0xDA:
            scans += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            # Browsers draw three of the thirteen sorts of JPEG, and those with eight bits a colour.
            if found.width or marker > 0xC2 or content[0] != 8:
                raise Damaged(said("a {form} picture of a sort that browsers do not draw", form="JPEG"))
            found.height, found.width = int.from_bytes(content[1:3], "big"), int.from_bytes(content[3:5], "big")
        elif marker == 0xE1 and content.startswith(_EXIF):
            found.exif.append(content[6:])
        elif marker == 0xE1 and content.startswith(_XMP):
            found.xmp.append(content[len(_XMP) :])
        elif marker == 0xE1 and content.startswith(_MORE_XMP):
            more.append(content[len(_MORE_XMP) + 40 :])
        elif marker == 0xE2 and content.startswith(b"ICC_PROFILE\0"):
            icc[content[12]] = content[14:]
        elif marker == 0xED and content.startswith(b"Photoshop 3.0\0"):
            _photoshop(content[14:], found)
        elif marker == 0xE0 and (content.startswith(b"JFXX") or (content.startswith(b"JFIF") and content[12] and content[13])):
            found.tells.add(Tells.COPY)
        elif 0xE1 <= marker <= 0xEF and not content.startswith((b"ICC_PROFILE\0", b"Adobe")):
            found.has_more_notes = True
            if not content.startswith((b"MPF\0", b"Ducky", b"JP", b"urn:iso:")):
                found.tells.add(Tells.MAKER)
        elif marker == 0xFE:
            found.has_more_notes = True
    if scans > MOST_SCANS:
        raise Damaged(said("a {form} picture in {n} passes", form="JPEG", n=scans))
    if not scans:
        raise Damaged(said("a damaged {form} picture", form="JPEG"))
    if more:
        found.xmp.append(b"".join(more))
    found.icc = b"".join(icc[one] for one in sorted(icc))
    return found


def _photoshop(content: bytes, found: Container) -> None:
    """Take in the resources that Photoshop keeps: small copies, EXIF and XMP again, captions."""
    found.has_more_notes = True
    place = 0
    while content[place : place + 4] == b"8BIM" and place + 12 <= len(content):
        number = int.from_bytes(content[place + 4 : place + 6], "big")
        place += 6
        place += (content[place] + 2) & ~1
        size = int.from_bytes(content[place : place + 4], "big")
        value = content[place + 4 : place + 4 + size]
        place += 4 + size + size % 2
        if number in (0x0409, 0x040C):
            found.tells.add(Tells.COPY)
        elif number in (0x0422, 0x0423):
            found.exif.append(value)
        elif number == 0x0424:
            found.xmp.append(value)


def _png(raw: bytes) -> Container:
    found = Container("PNG")
    budget = MOST_PACKED
    drawn, has_pixels = 0, False
    for name, start, end in png_parts(raw):
        content = raw[start + 8 : end - 4] if name not in (b"IDAT", b"fdAT", BEHIND) else b""
        if name == BEHIND:
            found.tells.add(Tells.BEHIND)
        elif name == b"IHDR":
            found.width, found.height = int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big")
        elif name == b"acTL":
            found.frames = max(1, int.from_bytes(content[:4], "big"))
        elif name == b"fcTL":
            drawn += 1
            found.grow(int.from_bytes(content[4:8], "big"), int.from_bytes(content[8:12], "big"))
        elif name == b"eXIf":
            found.exif.append(content.removeprefix(_EXIF))
        elif name == b"iCCP":
            found.icc = unpacked(content.partition(b"\0")[2][1:], budget)
            budget -= len(found.icc)
        elif name in (b"tEXt", b"zTXt", b"iTXt"):
            budget -= take_text(name, content, budget, found)
        elif name[:2] == b"mk" or name == b"prVW":
            # Fireworks keeps the whole drawing with all that was painted over.
            found.tells.add(Tells.COPY)
        else:
            found.has_more_notes |= name not in PNG_NEEDED and name not in _PNG_SILENT
        has_pixels |= name == b"IDAT"
    if not has_pixels:
        raise Damaged(said("a damaged {form} picture", form="PNG"))
    if found.frames > 1:
        # Some readers go by what is announced, others by what is there.
        found.frames = max(found.frames, drawn)
    return found


def _webp(raw: bytes) -> Container:
    found = Container("WebP")
    frames = 0
    for name, start, end in webp_parts(raw):
        content = raw[start + 8 : start + 38]
        if name == BEHIND:
            found.tells.add(Tells.BEHIND)
        elif name == b"VP8X":
            if start != _FIRST_OF_WEBP:
                raise Damaged(said("a damaged {form} picture", form="WebP"))
            found.width, found.height = _three(content, 4) + 1, _three(content, 7) + 1
        elif name in (b"VP8 ", b"VP8L"):
            _webp_frame(name, content, found)
        elif name == b"ANMF":
            frames += 1
            found.grow(_three(content, 6) + 1, _three(content, 9) + 1)
            for inner, at, _ in webp_parts(raw, start + 24, end, _MOST_IN_FRAME):
                if inner in (b"VP8 ", b"VP8L"):
                    _webp_frame(inner, raw[at + 8 : at + 18], found)
        elif name == b"EXIF":
            found.exif.append(_whole(raw, start).removeprefix(_EXIF))
        elif name == b"XMP ":
            found.xmp.append(_whole(raw, start))
        elif name == b"ICCP":
            found.icc = _whole(raw, start)
        else:
            found.has_more_notes |= name not in WEBP_NEEDED
    found.frames = max(1, frames)
    return found


def _webp_frame(name: bytes, content: bytes, found: Container) -> None:
    """Take in the size that a frame itself claims: a small canvas may hold a large frame."""
    if name == b"VP8 ":
        width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    else:
        bits = int.from_bytes(content[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    found.grow(width, height)
    if not found.width:
        found.width, found.height = width, height


def _whole(raw: bytes, start: int) -> bytes:
    return raw[start + 8 : start + 8 + int.from_bytes(raw[start + 4 : start + 8], "little")]


def _three(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 3], "little")


def _gif(raw: bytes) -> Container:
    found = Container("GIF", int.from_bytes(raw[6:8], "little"), int.from_bytes(raw[8:10], "little"))
    frames = 0
    for name, start, end in gif_parts(raw):
        if name == BEHIND:
            found.tells.add(Tells.BEHIND)
        elif name == b",":
            frames += 1
            left, top, width, height = (int.from_bytes(raw[start + at : start + at + 2], "little") for at in (1, 3, 5, 7))
            found.grow(left + width, top + height)
        elif name == b"!\xff" and raw[start + 3 : start + 14] == b"XMP DataXMP":
            found.xmp.append(raw[start + 14 : end])
        elif name in (b"!\xfe", b"!\1") or (name == b"!\xff" and raw[start + 3 : start + 14] not in GIF_NEEDED):
            found.has_more_notes = True
    if not frames:
        raise Damaged(said("a damaged {form} picture", form="GIF"))
    found.frames = frames
    return found


def _avif(raw: bytes) -> Container:
    boxes = read_avif(raw)
    found = Container("AVIF", boxes.width, boxes.height, frames=boxes.frames, is_turned=boxes.is_turned)
    # Four bytes before the block say how much stands between them and its begin.
    found.exif = [raw[start + 4 + int.from_bytes(raw[start : start + 4], "big") : end] for start, end in boxes.exif]
    xmp = b"".join(raw[start:end] for start, end in boxes.xmp)
    found.xmp = [xmp] if xmp else []
    for size in boxes.sizes:
        found.grow(*size)
    found.has_more_notes = any(raw[start:end].strip(b"\0") for start, end in boxes.beside)
    if boxes.thumbs:
        found.tells.add(Tells.COPY)
    return found


_READERS: dict[str, Callable[[bytes], Container]] = {"JPEG": _jpeg, "PNG": _png, "WebP": _webp, "GIF": _gif, "AVIF": _avif}
