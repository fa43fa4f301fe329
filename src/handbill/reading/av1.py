"""The begin of an AV1 stream → the largest frame that it announces.  Standard library only.

Boxes around a stream say how large the picture is; whoever decodes it makes
room for what the stream says.

Source: AV1 bitstream specification, sections 5.3 to 5.5.
"""

from __future__ import annotations

from collections.abc import Iterator

#: Units of a stream that are looked at; a picture has four.
_MOST_UNITS = 100

_SEQUENCE_HEADER = 1


class _Bits:
    """Bytes read bit by bit; what is missing at their end reads as zeros."""

    def __init__(self, raw: bytes) -> None:
        self._number, self._left = int.from_bytes(raw, "big"), 8 * len(raw)

    def take(self, many: int) -> int:
        self._left -= many
        return (self._number >> self._left if self._left >= 0 else 0) & ((1 << many) - 1)


def frame_of(stream: bytes) -> tuple[int, int]:
    """Return the width and height of the largest frame of a stream, or ``(0, 0)`` where it announces none."""
    sizes = [_size(header) for header in _headers(stream)]
    return max((width for width, _ in sizes), default=0), max((height for _, height in sizes), default=0)


def _headers(stream: bytes) -> Iterator[bytes]:
    place = 0
    for _ in range(_MOST_UNITS):
        if place >= len(stream):
            return
        first = stream[place]
        place += 2 if first & 4 else 1
        size = len(stream) - place
        if first & 2:
            size = 0
            for number in range(8):
                byte = stream[place] if place < len(stream) else 0
                place += 1
                size |= (byte & 0x7F) << (7 * number)
                if not byte & 0x80:
                    break
        if (first >> 3) & 15 == _SEQUENCE_HEADER:
            # The sizes stand within the first bytes, however many ways to play it are listed.
            yield stream[place : place + min(size, 200)]
        place += size


def _size(header: bytes) -> tuple[int, int]:
    bits = _Bits(header)
    bits.take(4)
    if bits.take(1):
        bits.take(5)
    else:
        _skip_timing(bits)
    wide, high = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(wide) + 1, bits.take(high) + 1


def _skip_timing(bits: _Bits) -> None:
    """Pass over what says when frames are shown."""
    delay = 0
    if bits.take(1):
        bits.take(64)
        if bits.take(1):
            zeros = 0
            while zeros < 32 and not bits.take(1):
                zeros += 1
            bits.take(zeros)
        if bits.take(1):
            delay = bits.take(5) + 1
            bits.take(42)
    has_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay and bits.take(1):
            bits.take(2 * delay + 1)
        if has_delay and bits.take(1):
            bits.take(4)
