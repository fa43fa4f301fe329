"""As much CBOR (RFC 8949) as the search index is made of: texts, whole numbers and arrays of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_NUMBER, _BELOW_ZERO, _TEXT, _ARRAY = 0, 1, 3, 4


def decoded(raw: bytes) -> Any:
    """Return the value that *raw* begins with; arrays are lists.

    Raises:
        ValueError: it is something else than a text, a whole number or an array.
    """
    return _decoded(raw, 0)[0]


def as_array(entries: Iterable[bytes]) -> bytes:
    """Return encoded entries as an encoded array."""
    listed = list(entries)
    return as_head(_ARRAY, len(listed)) + b"".join(listed)


def as_text(plain: str) -> bytes:
    """Return a text encoded."""
    raw = plain.encode("utf-8")
    return as_head(_TEXT, len(raw)) + raw


def as_number(number: int) -> bytes:
    """Return a whole number from 0 on encoded."""
    return as_head(_NUMBER, number)


def head(raw: bytes, at: int) -> tuple[int, int, int]:
    """Return major type, argument, and where the item's content begins."""
    kind, small = raw[at] >> 5, raw[at] & 31
    if small < 24:
        return kind, small, at + 1
    size = {24: 1, 25: 2, 26: 4, 27: 8}.get(small)
    if size is None:
        raise ValueError("the search index is not written as it used to be")
    return kind, int.from_bytes(raw[at + 1 : at + 1 + size], "big"), at + 1 + size


def as_head(kind: int, argument: int) -> bytes:
    """Return the first bytes of an item: its major type and its argument."""
    if argument < 24:
        return bytes([kind << 5 | argument])
    size = next(size for size in (1, 2, 4, 8) if argument < 1 << 8 * size)
    return bytes([kind << 5 | 23 + size.bit_length()]) + argument.to_bytes(size, "big")


def _decoded(raw: bytes, at: int) -> tuple[Any, int]:
    kind, argument, at = head(raw, at)
    if kind == _NUMBER:
        return argument, at
    if kind == _BELOW_ZERO:
        return -1 - argument, at
    if kind == _TEXT:
        return raw[at : at + argument].decode("utf-8"), at + argument
    if kind != _ARRAY:
        raise ValueError("the search index is not written as it used to be")
    entries = []
    for _ in range(argument):
        entry, at = _decoded(raw, at)
        entries.append(entry)
    return entries, at
