"""Signatures that hold and those that do not, made by another library."""

import json
from pathlib import Path

import pytest

from handbill.draw.bls import TAG, is_signature
from handbill.draw.bls_hashing import hashed
from handbill.draw.bls_pairing import NoPoint, first_point, is_balanced, negative, plus, second_point

#: Shared with the check in the browser.  ``signatures`` were made with py-ecc 8.0.0, from six random keys.
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))


def parts(case):
    return tuple(bytes.fromhex(case[name]) for name in ("key", "message", "signature"))


@pytest.mark.parametrize("case", VECTORS["signatures"], ids=range(6))
def test_a_signature_of_another_library_holds_here(case):
    """Two programs that were written apart agree; one byte more of the message, and the signature is none."""
    key, message, signature = parts(case)

    assert is_signature(key, message, signature)
    assert not is_signature(key, message + b"\0", signature)


def test_a_signature_holds_for_its_key_alone():
    """Anybody can make a key."""
    (_, message, signature), (other, _, _) = (parts(case) for case in VECTORS["signatures"][:2])

    assert not is_signature(other, message, signature)


def test_a_second_signature_of_one_message_is_refused_although_the_pairing_takes_it():
    """Whoever adds a point of small order gets another text that pairs the same: a few of those, and one chooses the winners."""
    key, message, signature = parts(VECTORS["signatures"][2])
    small = ((0, 0), (2, 0))
    second = plus(first_point(signature), small)
    base = second_point(bytes.fromhex(BASE))

    assert is_balanced(((second, negative(base)), (hashed(message, TAG), second_point(key))))
    raw = bytearray(second[0][0].to_bytes(48, "big"))
    for larger in (0x80, 0xA0):
        assert not is_signature(key, message, bytes([raw[0] | larger]) + bytes(raw[1:]))


BASE = (
    "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
    "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
)


def test_a_key_that_is_none_is_a_fault_of_ours():
    """Keys are pinned in the code; a wrong one must not look like a wrong signature."""
    _, message, signature = parts(VECTORS["signatures"][0])

    with pytest.raises(NoPoint):
        is_signature(bytes(96), message, signature)
