"""As much CBOR (RFC 8949) as it takes to read the search index and to put the entries of its lists in order."""

from __future__ import annotations

from collections.abc import Iterable


def items(raw: bytes) -> list[bytes]:
    """Return the entries of an array, each as it is encoded."""
    kind, count, at = _head(raw, 0)
    if kind != 4:
        raise ValueError("no array where the search index should have one")
    entries = []
    for _ in range(count):
        end = _end(raw, at)
        entries.append(raw[at:end])
        at = end
    return entries


def text(raw: bytes) -> str:
    """Return an encoded text."""
    _, length, at = _head(raw, 0)
    return raw[at : at + length].decode("utf-8")


def numbers(raw: bytes) -> list[int]:
    """Return the entries of an array of whole numbers from 0 on."""
    _, count, at = _head(raw, 0)
    found = []
    for _ in range(count):
        _, number, at = _head(raw, at)
        found.append(number)
    return found


def as_array(entries: Iterable[bytes]) -> bytes:
    """Return encoded entries as an encoded array."""
    listed = list(entries)
    return _as_head(4, len(listed)) + b"".join(listed)


def as_text(plain: str) -> bytes:
    """Return a text encoded."""
    raw = plain.encode("utf-8")
    return _as_head(3, len(raw)) + raw


def _head(raw: bytes, at: int) -> tuple[int, int, int]:
    """Return major type, argument, and where the item's content begins."""
    kind, small = raw[at] >> 5, raw[at] & 31
    if small < 24:
        return kind, small, at + 1
    size = {24: 1, 25: 2, 26: 4, 27: 8}[small]
    return kind, int.from_bytes(raw[at + 1 : at + 1 + size], "big"), at + 1 + size


def _end(raw: bytes, at: int) -> int:
    kind, argument, at = _head(raw, at)
    if kind in (2, 3):
        return at + argument
    for _ in range({4: argument, 5: 2 * argument, 6: 1}.get(kind, 0)):
        at = _end(raw, at)
    return at


def _as_head(kind: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([kind << 5 | argument])
    size = next(size for size in (1, 2, 4, 8) if argument < 1 << 8 * size)
    return bytes([kind << 5 | 23 + size.bit_length()]) + argument.to_bytes(size, "big")
