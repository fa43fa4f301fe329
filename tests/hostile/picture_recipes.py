"""Recipes of pictures, as they stand in ``images/*.toml`` → the bytes of the files.  The words of a recipe are told at the head of each table."""

from __future__ import annotations

import struct
import tomllib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.photos import PILLOW, chunk, png, saved, scene, segment, telling

HERE = Path(__file__).parent / "images"

#: How a number is written, by the word of a recipe.
NUMBERS = {"u8": ">B", "u16": ">H", "u32": ">I", "u64": ">Q", "le16": "<H", "le32": "<I"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to make, and what is to become of it.

    ``code`` is that of the problem, "" where it is taken; ``found`` is how the
    message begins; ``size`` is what is read of one that is taken.
    """

    name: str
    file: str
    recipe: Sequence[Any]
    code: str = ""
    found: str = ""
    size: tuple[int, ...] = ()
    is_seen_in_pixels: bool = field(default=False)

    @property
    def raw(self) -> bytes:
        """Return the bytes of the file."""
        return bytes_of(self.recipe)


def pictures(table: str) -> list[Picture]:
    """Return the cases of a table."""
    written = tomllib.loads((HERE / f"{table}.toml").read_text(encoding="utf-8"))
    return [
        Picture(
            name, one["file"], one["bytes"], one.get("code", ""), one.get("found", ""), tuple(one.get("size", ())), one.get("pixels", False)
        )
        for name, one in written.items()
    ]


def bytes_of(recipe: Sequence[Any]) -> bytes:
    """Return what a recipe makes."""
    return b"".join(_piece(one) for one in recipe)


def _piece(one: Any) -> bytes:
    if isinstance(one, str):
        return one.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")
    word = next(iter(one))
    if word in NUMBERS:
        return struct.pack(NUMBERS[word], one[word])
    return WORDS[word](one, bytes_of(one.get("of", ())))


def _made(one: dict[str, Any], word: str) -> bytes:
    size = tuple(one.get("size", (16, 12)))
    if word == "telling":
        return telling(one[word], size)
    return _photo(one[word], size, tuple(sorted((name, value) for name, value in one.items() if name in ("progressive", "frames", "mode"))))


@cache
def _photo(ending: str, size: tuple[int, int], how: tuple[tuple[str, Any], ...]) -> bytes:
    more = dict(how)
    picture = scene(size).convert(more.pop("mode", "RGB"))
    if frames := more.pop("frames", 0):
        more |= {"save_all": True, "append_images": [scene(size, seed) for seed in range(2, frames + 1)], "duration": 100}
    assert ending in PILLOW
    return saved(picture, ending, **more)


def _riff(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _instead(one: dict[str, Any], content: bytes) -> bytes:
    old, new = bytes_of(one["instead"][:1]), bytes_of(one["instead"][1:])
    assert old in content, f"{old!r} is not there to be replaced"
    return content.replace(old, new, 1)


def _boxed(one: dict[str, Any], content: bytes) -> bytes:
    """Return an AVIF with a box in place of its own of that name, or behind it, and with sizes and places that fit again."""
    name = bytes_of([one["rebox"]])
    raw = bytes_of(one["in"])
    at = raw.index(name) - 4
    length = int.from_bytes(raw[at : at + 4], "big")
    meta = raw.index(b"meta") - 4
    new = struct.pack(">I", len(content) + 8) + name + content
    new = raw[at : at + length] + new if one.get("twice") else new
    size = int.from_bytes(raw[meta : meta + 4], "big") + len(new) - length
    return raw[:meta] + struct.pack(">I", size) + raw[meta + 4 : at] + new + raw[at + length :]


#: What each word of a recipe makes of its value and of what stands under ``of``.
WORDS: dict[str, Callable[[dict[str, Any], bytes], bytes]] = {
    "photo": lambda one, _: _made(one, "photo"),
    "telling": lambda one, _: _made(one, "telling"),
    "times": lambda one, content: content * one["times"],
    "deflated": lambda one, _: zlib.compress(bytes_of(one["deflated"]), 9),
    "chunk": lambda one, content: chunk(bytes_of([one["chunk"]]), content),
    "png": lambda one, _: png(bytes_of(one["png"]), width=one.get("width", 30), height=one.get("height", 20)),
    "ihdr": lambda one, _: chunk(b"IHDR", struct.pack(">II", *one["ihdr"]) + bytes(one.get("more", (8, 0, 0, 0, 0)))),
    "segment": lambda one, content: segment(one["segment"], content),
    "riff": lambda one, content: _riff(bytes_of([one["riff"]]), content),
    "webp": lambda one, _: _riff(b"RIFF", b"WEBP" + bytes_of(one["webp"])),
    "vp8x": lambda one, _: _riff(b"VP8X", b"\2\0\0\0" + b"".join((side - 1).to_bytes(3, "little") for side in one["vp8x"])),
    "vp8l": lambda one, _: _riff(b"VP8L", b"\x2f" + (one["vp8l"][0] - 1 | one["vp8l"][1] - 1 << 14).to_bytes(4, "little") + b"\0"),
    "gif": lambda one, _: b"GIF89a" + struct.pack("<HH", *one.get("canvas", (8, 8))) + b"\0\0\0" + bytes_of(one["gif"]) + b";",
    "frame": lambda one, _: b"," + struct.pack("<HHHH", *one.get("at", (0, 0)), *one["frame"]) + b"\0\2\1\0\0",
    "box": lambda one, content: struct.pack(">I", len(content) + 8) + bytes_of([one["box"]]) + content,
    "rebox": _boxed,
    "first": lambda one, content: content[: one["first"] if isinstance(one["first"], int) else int(len(content) * one["first"])],
    "without_first": lambda one, content: content[one["without_first"] :],
    "without_last": lambda one, content: content[: -one["without_last"]],
    "instead": _instead,
}
