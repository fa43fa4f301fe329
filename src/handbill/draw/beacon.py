"""The public beacon: which of its rounds a moment means, and whether what somebody hands us for a round is the beacon's own.

Knows drand's chain "quicknet" and no network: who signed is known from the
signature alone, also when nobody answers any more (decision 0052).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handbill.draw.bls import is_signature
from handbill.errors import Said, said


class NoRound(ValueError):
    """A moment or a number means no round of the beacon; ``found`` says why."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Chain:
    """A beacon: round 1 comes at ``genesis``, each other one ``period`` after the one before it, all signed for ``public_key``."""

    name: str
    hash: str
    public_key: bytes
    genesis: datetime
    period: timedelta


#: The chain that draws go by.  It is pinned, so that a draw stays provable after the beacon has gone.
QUICKNET = Chain(
    "drand quicknet",
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
        "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
    datetime.fromtimestamp(1692803367, UTC),
    timedelta(seconds=3),
)

#: How long the named round may be missing before the first later one of the chain stands in for it.
PATIENCE = timedelta(hours=48)

#: A round is signed as a number of eight bytes.
_LAST = 2**64 - 1


def round_at(moment: datetime, chain: Chain = QUICKNET) -> int:
    """Return the first round that comes at a moment or after it.

    >>> round_at(datetime(2026, 4, 20, tzinfo=UTC))
    27946612

    Raises:
        NoRound: the moment lies before the first round, which everybody knows by now.
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    if moment < chain.genesis:
        raise NoRound(said("a moment before {moment} UTC, when the beacon began", moment=f"{chain.genesis:%Y-%m-%d %H:%M:%S}"))
    # Whole numbers of microseconds: nothing is left to how a machine rounds.
    return -((chain.genesis - moment) // chain.period) + 1


def moment_of(round_: int, chain: Chain = QUICKNET) -> datetime:
    """Return the moment at which a round comes, in UTC.

    Raises:
        NoRound: there is none of that number, or it comes after the end of the calendar.
    """
    if 1 <= round_ <= _LAST:
        try:
            return chain.genesis + (round_ - 1) * chain.period
        except OverflowError:
            pass
    raise NoRound(said("{round}, which is the number of no round", round=round_))


def may_stand_in(named: int, used: int, at: datetime, chain: Chain = QUICKNET) -> bool:
    """Say whether a draw that was made *at* a moment may go by a round although the rules named another.

    Only a later one may, once the named one has been missing for as long as the
    rules say.  That it was missing, and those between, no file can prove.

    Raises:
        NoRound: there is no round of the one number or the other.
    """
    return used == named or (used > named and at - moment_of(named, chain) >= PATIENCE and at >= moment_of(used, chain))


def randomness_of(signature: bytes) -> bytes:
    """Return what a round gives to chance: the SHA-256 of its signature."""
    return hashlib.sha256(signature).digest()


def is_signed(round_: int, signature: bytes, chain: Chain = QUICKNET) -> bool:
    """Say whether this is the signature of the chain for a round, the only one there is."""
    if not 1 <= round_ <= _LAST:
        return False
    return is_signature(chain.public_key, hashlib.sha256(round_.to_bytes(8, "big")).digest(), signature)
