"""How much chance a draw needs and how much its sources bring, in bits: too little, and some results could never come (decision 0052)."""

from __future__ import annotations

from math import fsum, log2

#: What one round of the beacon brings.
BEACON_BITS = 256.0
#: A draw is refused below what it needs and so much more: about a thousand values of the source then stand for each result.
MARGIN_BITS = 10.0


def needed_bits(pool: int, winners: int, ordered: bool) -> float:
    """Return the bits that tell which of a pool's lines win, and in which order where the prizes are *ordered* and not all equal.

    >>> round(needed_bits(200, 3, ordered=True), 1)
    22.9
    """
    drawn = min(winners, pool)
    bits = fsum(log2(pool - n) for n in range(drawn))
    return bits if ordered else bits - fsum(log2(n) for n in range(1, drawn + 1))


def source_bits(count: int, most: int) -> float:
    """Return the bits of one drawing of *count* different numbers from 1 to *most*, told in no order.

    >>> round(source_bits(5, 49) + source_bits(1, 10), 2)
    24.18
    """
    return needed_bits(most, count, ordered=False)


def is_enough(given: float, pool: int, winners: int, ordered: bool) -> bool:
    """Say whether sources of so many bits may decide a draw."""
    return given >= needed_bits(pool, winners, ordered) + MARGIN_BITS
