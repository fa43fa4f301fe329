"""The notes inside a picture file (EXIF, XMP) → what they tell about people and places, and who is to be credited.

It says *that* something is told, never what: a place must not come out by way
of a message.  Standard library only.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape


class Tells(StrEnum):
    """What a picture file can tell that nobody meant to publish."""

    PLACE = "place"
    SERIAL = "serial"
    OWNER = "owner"
    PEOPLE = "people"
    MAKER = "maker"
    COPY = "copy"
    BEHIND = "behind"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made the picture and who holds the rights; to take these away would be unlawful."""

    artist: bytes = b""
    rights: bytes = b""


#: Tags of TIFF and EXIF by what they tell; sources: EXIF 3.0 (CIPA DC-008), DNG 1.7.
_TAGS = {0x927C: Tells.MAKER, 0xC634: Tells.MAKER, 0xA431: Tells.SERIAL, 0xA435: Tells.SERIAL, 0xC62F: Tells.SERIAL, 0xA430: Tells.OWNER}
_GPS, _EXIF, _MAKER_OF_COPY, _ARTIST, _RIGHTS, _TURN = 0x8825, 0x8769, 0x0201, 0x013B, 0x8298, 0x0112
#: Photoshop's resources and XMP can stand inside EXIF.
_XMP = 0x02BC
#: A camera writes five tables of sixty entries.
_MOST_ENTRIES, _MOST_TABLES = 1000, 20

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 129: 1}

#: Names in XMP; the prefix before the colon is the writer's choice, the name is not.
_NAMES = (
    (Tells.PLACE, rb"gps(?!versionid)\w+"),
    (Tells.SERIAL, rb"\w*serialnumber"),
    (Tells.OWNER, rb"(?:camera)?ownername"),
    (Tells.PEOPLE, rb"personinimage\w*|persondisplayname|regionlist|regions"),
    (Tells.COPY, rb"thumbnails"),
)
_IN_XMP = tuple((tells, re.compile(rb"(?i):(?:" + names + rb")\b")) for tells, names in _NAMES)
_CREATOR, _RIGHTS_IN_XMP = b"dc:creator", b"dc:rights"
_LI = re.compile(rb"<rdf:li[^<>]*>([^<]*)</rdf:li>")
#: More of XMP than this is no credit.
_MOST_CREDIT = 16 * 1024


def told_by(exif: Iterable[bytes], xmp: Iterable[bytes]) -> frozenset[Tells]:
    """Return what EXIF blocks (each begins with its TIFF header) and XMP packets tell."""
    found: set[Tells] = set()
    packets = list(xmp)
    for block in exif:
        tags = _Tags(block)
        for folder, tag, value in tags.entries():
            if tag in _TAGS:
                found.add(_TAGS[tag])
            elif folder == "gps" and tag:
                found.add(Tells.PLACE)
            elif folder == "copy":
                found.add(Tells.COPY)
            elif tag == _XMP:
                packets.append(value)
        if not tags.is_sound:
            found.add(Tells.UNREAD)
    for packet in packets:
        # Some programs write it in two bytes a letter.
        plain = packet.replace(b"\0", b"")
        found |= {tells for tells, pattern in _IN_XMP if pattern.search(plain)}
    return frozenset(found)


def turn_of(exif: Iterable[bytes]) -> int:
    """Return how the picture is to be turned before it is shown: 1 is upright, 2 to 8 as in EXIF."""
    for block in exif:
        for folder, tag, value in _Tags(block).entries():
            if folder == "first" and tag == _TURN and len(value) >= 2:
                number = int.from_bytes(value[:2], "big" if block[:1] == b"M" else "little")
                return number if 1 <= number <= 8 else 1
    return 1


def credit_in(exif: Iterable[bytes], xmp: Iterable[bytes]) -> Credit:
    """Return whom the notes credit; what EXIF says goes before XMP."""
    artist = rights = b""
    for block in exif:
        for folder, tag, value in _Tags(block).entries():
            if folder == "first" and tag == _ARTIST:
                artist = artist or _line(value)
            elif folder == "first" and tag == _RIGHTS:
                rights = rights or _line(value)
    for packet in xmp:
        artist = artist or _listed(_CREATOR, packet)
        rights = rights or _listed(_RIGHTS_IN_XMP, packet)
    return Credit(artist, rights)


def exif_of(credit: Credit) -> bytes:
    """Return an EXIF block that holds a credit and nothing else; empty without one."""
    lines = [(tag, text + b"\0") for tag, text in ((_ARTIST, credit.artist), (_RIGHTS, credit.rights)) if text]
    if not lines:
        return b""
    start = 8 + 2 + 12 * len(lines) + 4
    table, texts = b"", b""
    for tag, text in lines:
        # Up to four bytes stand in the table itself.
        where = text.ljust(4, b"\0") if len(text) <= 4 else struct.pack(">I", start + len(texts))
        table += struct.pack(">HHI", tag, 2, len(text)) + where
        texts += text if len(text) > 4 else b""
    return b"MM\0*" + struct.pack(">IH", 8, len(lines)) + table + b"\0\0\0\0" + texts


def _line(value: bytes) -> bytes:
    # A rights text may name photographer and editor, with a zero between the two.
    return b", ".join(part.strip() for part in value.split(b"\0") if part.strip())[:500]


def _listed(name: bytes, packet: bytes) -> bytes:
    # Looked for by hand: a pattern from one sign to another takes the square of the length where the second one is missing.
    start = packet.find(b"<" + name + b">")
    end = packet.find(b"</" + name + b">", start)
    parts = _LI.findall(packet[start : min(end, start + _MOST_CREDIT)]) if 0 <= start < end else []
    return ", ".join(unescape(one.decode("utf-8", "replace")).strip() for one in parts).encode()[:500].strip()


class _Tags:
    """The tables of a TIFF header; what points outside of the block is passed over.

    ``is_sound`` turns false where the tables are no TIFF's, or have more in them than any camera writes; only then is anything left out.
    """

    def __init__(self, block: bytes) -> None:
        self._block = block
        self._order = {b"II": "<", b"MM": ">"}.get(block[:2], "")
        self.is_sound = bool(self._order) and len(block) >= 8

    def entries(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield the name of the table, the tag and the bytes of the value; a pointer's value is its four bytes."""
        if not self.is_sound:
            return
        first = self._number("I", 4)
        seen: set[int] = set()
        room = len(self._block)
        pending = [("first", first)]
        while pending:
            folder, place = pending.pop()
            if place in seen or not 8 <= place <= len(self._block) - 2:
                continue
            seen.add(place)
            many = self._number("H", place)
            if len(seen) > _MOST_TABLES or many > _MOST_ENTRIES:
                self.is_sound = False
                return
            for at in range(place + 2, min(place + 2 + 12 * many, len(self._block) - 11), 12):
                tag, sort, amount = struct.unpack_from(self._order + "HHI", self._block, at)
                if tag in (_GPS, _EXIF):
                    pending.append(("gps" if tag == _GPS else "exif", self._number("I", at + 8)))
                else:
                    value = self._value(at, sort, amount)
                    room -= len(value)
                    if room < 0:
                        # Values that lie on each other unfold a file without end.
                        self.is_sound = False
                        return
                    yield folder, tag, value
            after = place + 2 + 12 * many
            if folder == "first" and after + 4 <= len(self._block):
                pending.append(("copy", self._number("I", after)))

    def _number(self, sort: str, place: int) -> int:
        return int(struct.unpack_from(self._order + sort, self._block, place)[0])

    def _value(self, at: int, sort: int, amount: int) -> bytes:
        size = _SIZES.get(sort, 0) * amount
        place = at + 8 if size <= 4 else self._number("I", at + 8)
        return self._block[place : place + size]
