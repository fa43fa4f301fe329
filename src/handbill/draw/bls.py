"""Whether a signature is one: BLS over BLS12-381, signatures in the first group and keys in the second (decision 0052).

Source: draft-irtf-cfrg-bls-signature, § 2 (the basic scheme, "minimal signature size").
"""

from __future__ import annotations

from functools import lru_cache

from handbill.draw.bls_hashing import hashed
from handbill.draw.bls_pairing import NoPoint, Point, first_point, is_balanced, negative, second_point

#: What tells this use of the curve from all others (§ 4.2.1).
TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"

#: The second group's point that every key is a multiple of.
_BASE = bytes.fromhex(
    "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
    "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
)


# A proof is made again and again over the same few rounds, while other files change.
@lru_cache(maxsize=512)
def is_signature(key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the owner of a public key of 96 bytes signed a message with these 48 bytes.

    Each message has one such signature and no other: a point outside the group
    is refused although the pairing alone would take it, because whoever may
    choose among several signatures chooses what is drawn from them.

    Raises:
        NoPoint: the *key* is none.
    """
    owner = _second(key)
    try:
        signed = first_point(signature)
    except NoPoint:
        return False
    text = hashed(message, TAG)
    return text is not None and is_balanced(((signed, negative(_second(_BASE))), (text, owner)))


@lru_cache(maxsize=8)
def _second(raw: bytes) -> Point:
    return second_point(raw)
