"""Artifacts that a stranger's job could leave to make a trusted one do what it must not; each with what it is refused for.

A zip file is written here byte by byte, because libraries refuse to write most of these.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class File:
    """One file of a zip file: what stands before it, and what the list at the end says where that is something else."""

    name: bytes
    content: bytes = b"{}"
    packed: bytes | None = None
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    crc: int | None = None
    size: int | None = None
    extra: bytes = b""
    listed_name: bytes | None = None
    listed_flags: int | None = None
    listed_size: int | None = None
    start: int | None = None
    descriptor: bytes | None = None
    listed_extra: bytes = b""
    needs: int = 20
    listed_needs: int = 20


def zipped(
    *files: File, gap: bytes = b"", end: bytes = b"", count: int | None = None, offset: int = 0, comment: bytes = b"", first: bytes = b""
) -> bytes:
    """Return a zip file, as wrong as it is wanted."""
    # Joining bytes a hundred thousand times would take minutes.
    body, listed = bytearray(first), bytearray()
    for one in files:
        pressed = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = (
            one.packed if one.packed is not None else pressed.compress(one.content) + pressed.flush() if one.method == 8 else one.content
        )
        crc = zlib.crc32(one.content) if one.crc is None else one.crc
        size = len(one.content) if one.size is None else one.size
        start = len(body) if one.start is None else one.start
        told = (0, 0, 0) if one.flags & 8 else (crc, len(packed), size)
        body += b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", one.needs, one.flags, one.method, 0, 0, *told, len(one.name), len(one.extra))
        body += one.name + one.extra + packed
        if one.flags & 8:
            body += one.descriptor if one.descriptor is not None else b"PK\x07\x08" + struct.pack("<III", crc, len(packed), size)
        name = one.name if one.listed_name is None else one.listed_name
        flags = one.flags if one.listed_flags is None else one.listed_flags
        size = size if one.listed_size is None else one.listed_size
        listed += b"PK\x01\x02" + struct.pack(
            "<HHHHHHIIIHHHHHII", 3 << 8 | 20, one.listed_needs, flags, one.method, 0, 0, crc, len(packed), size, len(name), len(one.listed_extra), 0, 0, 0, one.mode << 16, start
        )  # fmt: skip
        listed += name + one.listed_extra
    body += gap
    number = len(files) if count is None else count
    tail = struct.pack("<HHHHIIH", 0, 0, number & 0xFFFF, number & 0xFFFF, len(listed), len(body) + offset, len(comment))
    return bytes(body + listed + b"PK\x05\x06" + tail + comment + end)


GOOD = File(b"review.json")
MORE = File(b"review.md", b"# ok")


def named(name: bytes, **more: Any) -> Callable[[], bytes]:
    return lambda: zipped(GOOD, File(name, flags=0 if name.isascii() else 1 << 11, **more))


def changed(**more: Any) -> Callable[[], bytes]:
    return lambda: zipped(replace(GOOD, **more), MORE)


def _shared() -> bytes:
    """Two names for the same bytes: the second is not where its own would be."""
    return zipped(GOOD, replace(GOOD, name=b"a.json", start=0))


def _quine() -> bytes:
    """Many files whose bytes are one and the same bomb: small to send, without end to unpack."""
    bomb = b"\0" * (1 << 20)
    one = File(b"review.json", bomb)
    return zipped(one, *(replace(File(b"x%d" % n, b"", packed=b"", size=len(bomb), crc=zlib.crc32(bomb)), start=0) for n in range(50)))


#: What it is called → what the bytes are, and a word of the reason.
SHAPES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a way up": (named(b"../review.json"), "leads elsewhere"),
    "a way up inside": (named(b"letters/../../x"), "leads elsewhere"),
    "a way up at the end": (named(b"letters/.."), "leads elsewhere"),
    "an absolute path": (named(b"/etc/passwd"), "leads elsewhere"),
    "an empty name": (named(b""), "leads elsewhere"),
    "two slashes": (named(b"letters//x"), "leads elsewhere"),
    "a drive": (named(b"C:/Windows/x.dll"), "leads elsewhere"),
    "another stream of a file": (named(b"review.json:evil"), "leads elsewhere"),
    "a way up for Windows": (named(b"..\\..\\x"), "leads elsewhere"),
    "a share of a network": (named(b"\\\\host\\share"), "leads elsewhere"),
    "a dot that Windows drops": (named(b"review.json."), "leads elsewhere"),
    "a space that Windows drops": (named(b"review.json "), "leads elsewhere"),
    "a device of Windows": (named(b"letters/NUL.txt"), "name of a device"),
    "a second device": (named(b"com1"), "name of a device"),
    "a nought in the name": (named(b"review.json\0.png"), "cannot be seen"),
    "an end of line in the name": (named(b"x\n::error::owned"), "cannot be seen"),
    "letters that turn around": (named("x\u202egnp.js".encode()), "cannot be seen"),
    "letters without width": (named("rev\u200biew.json".encode()), "cannot be seen"),
    "a name of another writing": (named("e\u0301te.html".encode()), "some systems rewrite"),
    "a name that is no UTF-8": (named(b"\xff\xfe"), "no UTF-8"),
    "a name of unknown letters": (lambda: zipped(File("été".encode())), "no UTF-8"),
    "a name without end": (named(b"x" * 300), "more than 255"),
    "a path without end": (named(b"/".join([b"x" * 200] * 6)), "more than 255"),
    "a link": (named(b"x.json", content=b"/etc/passwd", mode=0o120777), "link or a device"),
    "a device": (named(b"x.json", mode=0o060644), "link or a device"),
    "a pipe": (named(b"x.json", mode=0o010644), "link or a device"),
    "a file that says it is a folder": (named(b"x.json", mode=0o040755), "link or a device"),
    "a folder with content": (named(b"letters/", mode=0o040755), "folder that has content"),
    "encrypted": (changed(flags=1), "encrypted"),
    "encrypted with names and all": (changed(flags=1 << 13), "encrypted"),
    "packed in another way": (changed(method=93, packed=b"x"), "not used here"),
    "packed for a program to come": (changed(listed_needs=98), "not used here"),
    "packed for a program to come, it says before the data": (changed(needs=98), "not used here"),
    "packed in a way of 1990": (changed(method=6, packed=b"x"), "not used here"),
    "the same name twice": (lambda: zipped(GOOD, GOOD), "twice"),
    "the same name for some systems": (lambda: zipped(GOOD, replace(GOOD, name=b"Review.JSON")), "twice"),
    "a file as a folder": (lambda: zipped(GOOD, replace(GOOD, name=b"review.json/x")), "folder that is a file"),
    "100,000 files": (lambda: zipped(*(File(b"%d" % n, b"", method=0) for n in range(100_000)), count=34_464), "34464 files"),
    "more files than it says": (lambda: zipped(GOOD, MORE, count=1), "another number"),
    "fewer files than it says": (lambda: zipped(GOOD, count=2), "another number"),
    "1:1000": (changed(content=b" " * (8 << 20)), "times its size"),
    "larger than allowed": (changed(content=bytes(range(256)) * (1 << 17), method=0), "at most"),
    "many names for one bomb": (_quine, "shares bytes"),
    "two files that share bytes": (_shared, "shares bytes"),
    "more than it says": (changed(content=b"{}" * 50, size=2), "another size"),
    "less than it says": (changed(size=9), "another size"),
    "another size in the list": (changed(listed_size=9), "says one thing"),
    "another name in the list": (changed(listed_name=b"review.txt1"), "says one thing"),
    "other flags in the list": (changed(listed_flags=1 << 11), "says one thing"),
    "other sizes behind the data": (changed(flags=8, descriptor=struct.pack("<III", 1, 2, 3)), "behind the end"),
    "a wrong sum": (changed(crc=7), "is broken"),
    "broken data": (changed(packed=b"\xff\xff\xff"), "is broken"),
    "data behind the data": (changed(packed=b"\x03\x00" + b"hidden", content=b""), "another size"),
    "a size of 64 bits": (changed(listed_extra=struct.pack("<HHQ", 1, 8, 1 << 40)), "second size"),
    "sizes for 64 bits": (changed(listed_size=0xFFFFFFFF), "four gigabytes"),
    "a list for 64 bits": (lambda: zipped(GOOD, count=0xFFFF), "four gigabytes"),
    "a second name": (changed(listed_extra=struct.pack("<HHBI", 0x7075, 5, 1, 0)), "second name"),
    "a second name before the data": (changed(extra=struct.pack("<HHBI", 0x7075, 5, 1, 0)), "second name"),
    "remarks that do not end": (changed(extra=struct.pack("<HH", 9, 400)), "second name or a second size"),
    "bytes of nobody": (lambda: zipped(GOOD, gap=b"hidden"), "belong to no file"),
    "another file before it": (lambda: zipped(GOOD, first=b"#!/bin/sh\n"), "shares bytes with another file, or leaves some"),
    "another file behind it": (lambda: zipped(GOOD, end=zipped(MORE)), "not where it says"),
    "a page behind it": (lambda: zipped(GOOD, end=b"<script>alert(1)</script>"), "does not end"),
    "a remark at the end": (lambda: zipped(GOOD, comment=b"PK\x05\x06" + b"\0" * 18), "not where it says"),
    "a list that is elsewhere": (lambda: zipped(GOOD, offset=-3), "not where it says"),
    "an empty list": (lambda: b"hidden" + zipped(offset=6), "belong to no file"),
    "truncated": (lambda: zipped(GOOD, MORE)[:-30], "does not end"),
    "half of it": (lambda: zipped(GOOD, MORE)[40:], "not where it says"),
    "nothing": (lambda: b"", "no zip file"),
    "a page": (lambda: b"<!doctype html><title>502</title>", "no zip file"),
    "another sort of archive": (lambda: b"\x1f\x8b\x08" + b"\0" * 60, "no zip file"),
    "a zip file in it": (named(b"review.json.zip", content=zipped(GOOD)), "is not wanted"),
}


def review(**changes: Any) -> dict[str, Any]:
    """Return the least review there is, as JSON has it, with some keys changed."""
    from handbill.reviewing.as_json import text
    from handbill.reviewing.record import Review, State

    plain = json.loads(text(Review(State("main"), State("HEAD"), "2026-11-22T00:00:00+01:00", "fr", "Essai", "https://essai.example/")))
    return {**plain, **changes}


#: Records that are JSON, or nearly, and no review.
RECORDS: dict[str, Callable[[], bytes]] = {
    "deep": lambda: b"[" * 200_000,
    "deep inside": lambda: json.dumps(review()).encode()[:-1] + b', "pages": ' + b"[" * 50 + b"]" * 50 + b"}",
    "too large": lambda: b" " * (17 << 20),
    "no UTF-8": lambda: b'{"version": "\xff"}',
    "no number": lambda: json.dumps(review()).encode().replace(b'"version": 1', b'"version": NaN'),
    "half a number": lambda: json.dumps(review(version=1.5)).encode(),
    "a number of proposal of its own": lambda: json.dumps(review(number=1)).encode(),
    "another version": lambda: json.dumps(review(version=2)).encode(),
    "a key twice": lambda: json.dumps(review()).encode()[:-1] + b', "hub": "x"}',
    "a list instead": lambda: b"[]",
    "a word instead": lambda: json.dumps(review(is_whole="yes")).encode(),
    "a number as large as it likes": lambda: json.dumps(review(sizes={**review()["sizes"], "files": [0, 10**400]})).encode(),
    "a negative size": lambda: json.dumps(review(sizes={**review()["sizes"], "files": [0, -1]})).encode(),
    "half a sign": lambda: json.dumps(review(hub="\ud800")).encode(),
    "a nought": lambda: json.dumps(review(hub="\0")).encode(),
    "a text without end": lambda: json.dumps(review(hub="x" * 100_000)).encode(),
    "a missing key": lambda: json.dumps({key: value for key, value in review().items() if key != "pages"}).encode(),
    "nothing": lambda: b"",
}
