"""The draw of RFC 3797: numbers of public drawings → the order in which lines of a pool win."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from handbill.errors import Said, said

NAME = "rfc3797"

#: The turn is hashed as two bytes (RFC 3797, § 4.2), so there is no selection after these.
MOST = 1 << 16


class TooMany(ValueError):
    """More selections are asked for than there can be; ``found`` says so."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


def key_of(sources: Sequence[Sequence[int]]) -> str:
    """Return the key of some drawings: the numbers of each ascending, each ended by a dot, each drawing by a slash (RFC 3797, § 4).

    >>> key_of([[9319], [2, 5, 12, 8, 10]])
    '9319./2.5.8.10.12./'
    """
    return "".join("".join(f"{number}." for number in sorted(one)) + "/" for one in sources)


def digest_of(key: str, turn: int) -> bytes:
    """Return the MD5 that decides a turn, counted from 0: of the key between the turn's number, as two bytes, on both sides."""
    around = turn.to_bytes(2, "big")
    return hashlib.md5(around + key.encode("ascii") + around, usedforsecurity=False).digest()


def numbers_of(key: str, size: int) -> Iterator[int]:
    """Yield the numbers from 1 to *size* in the order in which they are selected.

    Raises:
        TooMany: after :data:`MOST` of them.
    """
    left = list(range(1, size + 1))
    for turn in range(size):
        if turn == MOST:
            raise TooMany(said("a draw after RFC 3797 ends after {n} selections", n=MOST))
        yield left.pop(int.from_bytes(digest_of(key, turn), "big") % len(left))


def order_of(sources: Sequence[Sequence[int]], lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a pool in the order in which they win, as far as somebody asks.

    Raises:
        TooMany: after :data:`MOST` of them.
    """
    return (lines[number - 1] for number in numbers_of(key_of(sources), len(lines)))
