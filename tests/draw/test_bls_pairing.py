"""Points, how they are written, and the pairing: against published constants and the laws that make it a pairing."""

import json
import random
from pathlib import Path

import pytest

from handbill.draw.beacon import QUICKNET
from handbill.draw.bls_fields import P, R
from handbill.draw.bls_pairing import NoPoint, first_point, is_balanced, negative, plus, second_point, slope, times

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
CHANCE = random.Random(4)

#: The points from which all others of the two groups are made (draft-irtf-cfrg-pairing-friendly-curves, § 4.2.1).
FIRST = (
    (0x17F1D3A73197D7942695638C4FA9AC0FC3688C4F9774B905A14E3A3F171BAC586C55E83FF97A1AEFFB3AF00ADB22C6BB, 0),
    (0x08B3F481E3AAA0F1A09E30ED741D8AE4FCF5E095D5D00AF600DB18CB2C04B3EDD03CC744A2888AE40CAA232946C5E7E1, 0),
)
SECOND = (
    (
        0x024AA2B2F08F0A91260805272DC51051C6E47AD4FA403B02B4510B647AE3D1770BAC0326A805BBEFD48056C8C121BDB8,
        0x13E02B6052719F607DACD3A088274F65596BD0D09920B61AB5DA61BBDC7F5049334CF11213945D57E5AC7D055D042B7E,
    ),
    (
        0x0CE5D527727D6E118CC9CDC6DA2E351AADFD9BAA8CBDD3A76D429A695160D12C923AC9CC3BACA289E193548608B82801,
        0x0606C4A02EA734CC32ACD2B02BC28B99CB3E287E85A763AF267492AB572E99AB3F370D275CEC1DA1AAA9075FF05F79BE,
    ),
)


def written(point, *, is_larger):
    """Return how a point of the first group is written, worked out by hand."""
    raw = bytearray(point[0][0].to_bytes(48, "big"))
    raw[0] |= 0x80 | (0x20 if is_larger else 0)
    return bytes(raw)


def test_a_point_is_read_from_its_first_coordinate():
    """That is how the beacon and its key are written; the other coordinate has two choices and one bit."""
    assert FIRST == first_point(written(FIRST, is_larger=FIRST[1][0] > P // 2))
    assert negative(FIRST) == first_point(written(FIRST, is_larger=FIRST[1][0] <= P // 2))
    raw = SECOND[0][1].to_bytes(48, "big") + SECOND[0][0].to_bytes(48, "big")
    for flag, y in ((0x80, SECOND[1]), (0xA0, negative(SECOND)[1])):
        assert (SECOND[0], y) == second_point(bytes([raw[0] | flag]) + raw[1:])


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["why"])
def test_what_is_no_point_of_the_group_is_refused(case):
    """Two texts of one signature would be two results to choose from."""
    raw = bytes.fromhex(case["signature"])
    is_point = case["why"] in (
        "the signature of another round",
        "the signature of the round before",
        "another point of the group",
        "the opposite point",
    )
    if is_point or case["why"].startswith(("round 0", "a round before")):
        first_point(raw)
    else:
        with pytest.raises(NoPoint):
            first_point(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        bytes(96),
        b"\xc0" + bytes(95),
        QUICKNET.public_key[:-1],
        QUICKNET.public_key[:48],
        bytes([QUICKNET.public_key[0] & 0x7F]) + QUICKNET.public_key[1:],
        # Not on the curve; on the curve and outside the group.
        b"\x80" + bytes(94) + b"\x01",
        b"\x80" + bytes(94) + b"\x02",
        # P in front, P behind.
        (P | 1 << 383).to_bytes(48, "big") + bytes(48),
        b"\x80" + bytes(47) + P.to_bytes(48, "big"),
        # The key itself, with P more in its second half.
        QUICKNET.public_key[:48] + (int.from_bytes(QUICKNET.public_key[48:], "big") + P).to_bytes(48, "big"),
    ],
)
def test_what_is_no_key_is_refused(raw):
    """A key outside its group would make signatures of strangers hold."""
    with pytest.raises(NoPoint):
        second_point(raw)


def test_the_two_faults_above_are_two():
    """A test that meets the first refusal only would not notice the second one gone."""
    told = []
    for last in (1, 2):
        with pytest.raises(NoPoint) as refused:
            second_point(b"\x80" + bytes(94) + bytes([last]))
        told.append(str(refused.value))

    assert ["not on the curve", "outside the group"] == told


@pytest.mark.parametrize("point", [FIRST, SECOND], ids=["first", "second"])
def test_points_add_up_as_numbers_do(point):
    """Times R is nothing, one more is the point again."""
    a, b = CHANCE.randrange(R), CHANCE.randrange(R)

    assert times(point, R) is None
    assert point == times(point, R + 1)
    assert times(point, (a + b) % R) == plus(times(point, a), times(point, b))
    assert times(point, a * b % R) == times(times(point, a), b)
    assert plus(point, negative(point)) is None
    assert point == plus(point, None) == plus(None, point)
    assert slope(point, negative(point)) is None
    assert times(point, 0) is None


def test_a_point_that_is_its_own_opposite_adds_up_to_nothing():
    """The tangent there is upright, and dividing by zero would end the program."""
    assert plus(((1, 0), (0, 0)), ((1, 0), (0, 0))) is None


def test_the_pairing_moves_a_number_from_one_side_to_the_other():
    """This is the law that signatures rest on; and a pairing that is always one would keep it too."""
    a = CHANCE.randrange(2, R)

    assert is_balanced([(times(FIRST, a), SECOND), (negative(FIRST), times(SECOND, a))])
    assert not is_balanced([(times(FIRST, a), SECOND), (negative(FIRST), times(SECOND, a + 1))])
    assert not is_balanced([(FIRST, SECOND)])
    assert is_balanced([(FIRST, SECOND), (FIRST, negative(SECOND))])
