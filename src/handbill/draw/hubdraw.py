"""``hubdraw-1``: one random value and a pool → the order in which its lines win (decision 0050).

Each line's place depends on that line alone, so that taking one away leaves
all others in their order.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

NAME = "hubdraw-1"


def secret_of(contest: str, randomness: bytes) -> bytes:
    """Return the key of a contest's draw, salted with the algorithm and the contest, so that one round serves many contests."""
    return extracted(f"{NAME}\n{contest}".encode(), randomness)


def extracted(salt: bytes, randomness: bytes) -> bytes:
    """Return HKDF-Extract with SHA-256 (RFC 5869, § 2.2)."""
    return hmac.digest(salt, randomness, "sha256")


def position_of(secret: bytes, line: str) -> str:
    """Return a line's position: HKDF-Expand with SHA-256 (RFC 5869) for that line, 32 bytes in hexadecimal digits."""
    return hmac.digest(secret, line.encode() + b"\x01", "sha256").hex()


def order_of(contest: str, randomness: bytes, lines: Iterable[str]) -> tuple[str, ...]:
    """Return the lines in the order in which they win: by position, equal positions by the line itself."""
    secret = secret_of(contest, randomness)
    return tuple(line for _, line in sorted((position_of(secret, line), line) for line in lines))
