"""The draw of RFC 3797: numbers of public drawings → the order in which lines of a pool win."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice

NAME = "rfc3797"


def key_of(sources: Sequence[Sequence[int]]) -> str:
    """Return the key of some drawings: the numbers of each ascending, each ended by a dot, each drawing by a slash (RFC 3797, § 4).

    >>> key_of([[9319], [2, 5, 12, 8, 10]])
    '9319./2.5.8.10.12./'
    """
    return "".join("".join(f"{number}." for number in sorted(one)) + "/" for one in sources)


def numbers_of(key: str, size: int) -> Iterator[int]:
    """Yield the numbers from 1 to *size* in the order in which they are selected."""
    left = list(range(1, size + 1))
    for turn in range(size):
        around = turn.to_bytes(2, "big")
        digest = hashlib.md5(around + key.encode("ascii") + around, usedforsecurity=False).digest()
        yield left.pop(int.from_bytes(digest, "big") % len(left))


def order_of(sources: Sequence[Sequence[int]], lines: Sequence[str], most: int) -> tuple[str, ...]:
    """Return the first *most* lines of a pool in the order in which they win."""
    return tuple(lines[number - 1] for number in islice(numbers_of(key_of(sources), len(lines)), most))
