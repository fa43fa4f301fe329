"""What decides where the beacon fails: said in the rules before anybody enters, so that nobody is left a choice (decision 0050)."""

from __future__ import annotations

from datetime import timedelta

from handbill.draw.entropy import source_bits

#: A chain that published nothing for so long has stopped, and the numbers of a public lottery decide.
STOPPED = timedelta(days=7)

#: One drawing of the French Loto, as two sources: how many numbers, and the highest.
LOTO = ((5, 49), (1, 10))

_LOTO_BITS = sum(source_bits(count, most) for count, most in LOTO)


def loto_sources(bits: float) -> tuple[tuple[int, int], ...]:
    """Return the sources of as many drawings of the Loto as bring *bits*, in the order of their days.

    >>> loto_sources(30)
    ((5, 49), (1, 10), (5, 49), (1, 10))
    """
    drawings = 1
    while drawings * _LOTO_BITS < bits:
        drawings += 1
    return LOTO * drawings
