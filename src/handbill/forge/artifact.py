"""The bytes of a zip file that a stranger's job left → the bytes of the files in it that are wanted.

Nothing is written, and nothing is guessed: where a zip says one thing twice it
must say the same, and every byte of it must belong to something.  Whatever two
programs could open differently is refused, so that nobody is shown one file
and given another.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from stat import S_IFDIR, S_IFMT, S_IFREG

from handbill.errors import HandbillError, Said, said

#: Names that Windows takes for devices, whatever ending they have.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in "0123456789¹²³")})
_FORBIDDEN = frozenset('\\:*?"<>|')
#: Controls, what reorders or hides other letters, and what is no letter at all.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_DESCRIPTOR = b"PK\x07\x08"
_STORED, _DEFLATED = 0, 8
#: How the file is packed, sizes after the data, names in UTF-8: what a plain packer sets.
_PLAIN_FLAGS = 0b110 | 1 << 3 | 1 << 11
_ENCRYPTED = 1 | 1 << 6 | 1 << 13
#: Extra fields by which a file gets another size, or another name.
_ZIP64, _OTHER_NAME = 0x0001, 0x7075
#: The latest edition of the format that programs commonly open; what we pack needs the second.
_LATEST = 63
_UNIX, _MACOS = 3, 19


class Poisoned(HandbillError):
    """What a stranger's job left is not what our own would have; nothing of it was used."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is opened at most: files, bytes of one and of all of them, and how many times its size one may become."""

    files: int = 10_000
    file: int = 32 << 20
    whole: int = 512 << 20
    times: int = 200


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the list at the end says of one file."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int
    is_folder: bool


def opened(raw: bytes, wanted: Callable[[str], bool], limits: Limits = Limits()) -> dict[str, bytes]:
    """Return the files whose names are *wanted*, by name; the others are looked at and not unpacked.

    Raises:
        Poisoned: something in it is not as a plain packer writes it, is too much, or has a name that no file of ours has.
    """
    entries = _listed(raw, limits)
    _check_names(entries)
    found: dict[str, bytes] = {}
    left = limits.whole
    for entry, start, end in _placed(raw, entries):
        if not entry.is_folder and wanted(entry.name):
            found[entry.name] = _unpacked(raw[start:end], entry, min(limits.file, left), limits.times)
            left -= len(found[entry.name])
    return dict(sorted(found.items()))


def _listed(raw: bytes, limits: Limits) -> list[_Entry]:
    """Return what the list at the end names."""
    # With a comment or other bytes behind the end, programs look for the end in different places.
    if len(raw) < 22 or raw[-22:-18] != _END or raw[-2:] != b"\0\0":
        raise Poisoned(said("the artifact is no zip file, or does not end where a zip file ends"))
    disk, first, here, count, size, offset = struct.unpack("<HHHHII", raw[-18:-2])
    if 0xFFFF in (disk, first, here, count) or 0xFFFFFFFF in (size, offset):
        raise Poisoned(said("the artifact says that it is larger than four gigabytes"))
    if disk or first or here != count or offset + size != len(raw) - 22:
        raise Poisoned(said("the list of files in the artifact is not where it says"))
    if count > limits.files:
        raise Poisoned(said("the artifact holds {n} files, wanted at most {most}", n=count, most=limits.files))
    entries: list[_Entry] = []
    place = offset
    while place < offset + size:
        entry, place = _entry(raw, place, offset + size)
        entries.append(entry)
    if place != offset + size or len(entries) != count:
        raise Poisoned(said("the artifact holds another number of files than it says"))
    if not entries and offset:
        raise Poisoned(said("the artifact holds bytes that belong to no file"))
    return entries


def _entry(raw: bytes, place: int, end: int) -> tuple[_Entry, int]:
    if raw[place : place + 4] != _CENTRAL or place + 46 > end:
        raise Poisoned(said("the list of files in the artifact is broken"))
    made, needs, flags, method, _, _, crc, packed, size, named, extra, comment, disk, _, outer, start = struct.unpack(
        "<HHHHHHIIIHHHHHII", raw[place + 4 : place + 46]
    )
    after = place + 46 + named + extra + comment
    if after > end:
        raise Poisoned(said("the list of files in the artifact is broken"))
    raw_name = raw[place + 46 : place + 46 + named]
    name = _name(raw_name, flags)
    if disk or 0xFFFFFFFF in (packed, size, start):
        raise Poisoned(said("the artifact says that it is larger than four gigabytes"))
    _check_extra(raw[place + 46 + named : place + 46 + named + extra], name)
    if needs > _LATEST:
        raise Poisoned(said("{name}: is packed in a way that is not used here", name=_shown(name)))
    is_folder = name.endswith("/")
    mode = S_IFMT(outer >> 16) if made >> 8 in (_UNIX, _MACOS) else 0
    if mode not in ((0, S_IFDIR) if is_folder else (0, S_IFREG)):
        raise Poisoned(said("{name}: a link or a device, wanted a plain file", name=_shown(name)))
    if is_folder and (size or packed > 2):
        raise Poisoned(said("{name}: a folder that has content", name=_shown(name)))
    return _Entry(name.rstrip("/"), raw_name, flags, method, crc, packed, size, start, is_folder), after


def _name(raw: bytes, flags: int) -> str:
    try:
        # Without the sign for UTF-8, other letters mean different ones to different programs.
        name = raw.decode("utf-8" if flags & 1 << 11 else "ascii")
    except UnicodeDecodeError:
        raise Poisoned(said("the artifact holds a name that is no UTF-8")) from None
    parts = name.removesuffix("/").split("/")
    if len(raw) > 1000 or any(len(part.encode()) > 255 for part in parts):
        raise Poisoned(said("the artifact holds a name of more than 255 bytes"))
    if any(unicodedata.category(sign) in _UNSEEN for sign in name):
        raise Poisoned(said("{name}: a name with signs that cannot be seen", name=_shown(name)))
    if _FORBIDDEN & set(name) or any(
        part.strip() in ("", ".", "..") or part.endswith((".", " ")) or part.startswith(" ") for part in parts
    ):
        raise Poisoned(said("{name}: a name that leads elsewhere", name=_shown(name)))
    if any(part.split(".")[0].rstrip().casefold() in _DEVICES for part in parts):
        raise Poisoned(said("{name}: the name of a device", name=_shown(name)))
    if name != unicodedata.normalize("NFC", name):
        raise Poisoned(said("{name}: a name written in a way that some systems rewrite", name=_shown(name)))
    return name


def _check_extra(extra: bytes, name: str) -> None:
    place = 0
    while place < len(extra):
        if place + 4 > len(extra):
            raise Poisoned(said("{name}: broken remarks in the artifact", name=_shown(name)))
        kind, length = struct.unpack("<HH", extra[place : place + 4])
        place += 4 + length
        if kind in (_ZIP64, _OTHER_NAME) or place > len(extra):
            raise Poisoned(said("{name}: has a second name or a second size", name=_shown(name)))


def _check_names(entries: list[_Entry]) -> None:
    """Refuse two names that one and the same file could have, here or on another system."""
    kinds: dict[str, bool] = {}
    for entry in entries:
        key = unicodedata.normalize("NFC", entry.name.casefold())
        if key in kinds:
            raise Poisoned(said("{name}: stands in the artifact twice", name=_shown(entry.name)))
        kinds[key] = entry.is_folder
    for key in kinds:
        parts = key.split("/")
        if any(kinds.get("/".join(parts[:n])) is False for n in range(1, len(parts))):
            raise Poisoned(said("{name}: lies in a folder that is a file", name=_shown(key)))


def _placed(raw: bytes, entries: list[_Entry]) -> Iterator[tuple[_Entry, int, int]]:
    """Yield where the bytes of each file begin and end; between them there is nothing, and none is used twice."""
    place = 0
    offset = struct.unpack("<I", raw[-6:-2])[0]
    for entry in sorted(entries, key=lambda one: one.start):
        if entry.start != place:
            raise Poisoned(said("{name}: shares bytes with another file, or leaves some to none", name=_shown(entry.name)))
        if raw[place : place + 4] != _LOCAL or place + 30 > offset:
            raise Poisoned(said("{name}: is not where the list says", name=_shown(entry.name)))
        needs, flags, method, _, _, crc, packed, size, named, extra = struct.unpack("<HHHHHIIIHH", raw[place + 4 : place + 30])
        start = place + 30 + named + extra
        is_after = bool(flags & 1 << 3)
        own = (raw[place + 30 : place + 30 + named], flags, method, crc, packed, size)
        listed = (entry.raw_name, entry.flags, entry.method, entry.crc, entry.packed, entry.size)
        # Where the sizes come after the data, those before it are nought, or right already.
        if own != listed and not (is_after and own[:3] == listed[:3] and own[3:] == (0, 0, 0)):
            raise Poisoned(said("{name}: says one thing in the list and another before the file", name=_shown(entry.name)))
        if flags & _ENCRYPTED:
            raise Poisoned(said("{name}: is encrypted", name=_shown(entry.name)))
        if flags & ~_PLAIN_FLAGS or method not in (_STORED, _DEFLATED) or needs > _LATEST:
            raise Poisoned(said("{name}: is packed in a way that is not used here", name=_shown(entry.name)))
        _check_extra(raw[start - extra : start], entry.name)
        end = start + entry.packed
        place = end
        if is_after:
            after = struct.pack("<III", entry.crc, entry.packed, entry.size)
            place += 16 if raw[end : end + 16] == _DESCRIPTOR + after else 12 if raw[end : end + 12] == after else len(raw)
        if place > offset:
            raise Poisoned(said("{name}: ends behind the end of all files", name=_shown(entry.name)))
        yield entry, start, end
    if place != offset:
        raise Poisoned(said("the artifact holds bytes that belong to no file"))


def _unpacked(packed: bytes, entry: _Entry, most: int, times: int) -> bytes:
    name = _shown(entry.name)
    if entry.size > most:
        raise Poisoned(said("{name}: {n} bytes, wanted at most {most}", name=name, n=entry.size, most=most))
    if entry.size > 1 << 20 and entry.size > times * max(1, entry.packed):
        raise Poisoned(said("{name}: unpacks to more than {n} times its size", name=name, n=times))
    if entry.method == _STORED:
        content = packed
    else:
        unpacker = zlib.decompressobj(-15)
        try:
            content = unpacker.decompress(packed, entry.size + 1)
        except zlib.error:
            raise Poisoned(said("{name}: is broken", name=name)) from None
        if not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail:
            raise Poisoned(said("{name}: has another size than it says", name=name))
    if len(content) != entry.size:
        raise Poisoned(said("{name}: has another size than it says", name=name))
    if zlib.crc32(content) != entry.crc:
        raise Poisoned(said("{name}: is broken", name=name))
    return content


def _shown(name: str) -> Said:
    """Return a name of a stranger as it may stand in a message: short, and with what cannot be seen written out."""
    plain = "".join(sign if unicodedata.category(sign) not in _UNSEEN else f"<U+{ord(sign):04X}>" for sign in name[:80])
    return said("“{name}”", name=plain)
