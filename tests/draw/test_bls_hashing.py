"""Points made of texts: the published examples, and the map between curves worked out a second way."""

import json
import random
from pathlib import Path

import pytest

from handbill.draw import bls_hashing
from handbill.draw.bls_fields import P
from handbill.draw.bls_hashing import hashed
from handbill.draw.bls_pairing import times

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))["hashed"]


@pytest.mark.parametrize("case", VECTORS["points"], ids=lambda case: case["message"][:16] or "nothing")
def test_a_text_becomes_the_point_that_the_standard_says(case):
    """RFC 9380, appendix J.9.1: all its examples of this suite."""
    expected = (int(case["x"], 16), 0), (int(case["y"], 16), 0)

    assert expected == hashed(case["message"].encode("ascii"), VECTORS["tag"].encode("ascii"))


def test_another_tag_is_another_point():
    """A signature that was made for something else must not count here."""
    assert hashed(b"abc", b"one") != hashed(b"abc", b"other")


def test_the_tables_are_those_of_the_map_between_the_curves():
    """53 long numbers, one digit of which could be wrong where no example meets it.

    The map has degree 11, and all of it follows from the curve and from the
    five points at whose x it goes to infinity (Kohel's formulas); each table is
    compared at more places than it has numbers.
    """
    a, b = bls_hashing._A, bls_hashing._B
    kernel = square_root_of(bls_hashing._X_UNDER)
    chance = random.Random(11)
    for x in [0, 1, *(chance.randrange(P) for _ in range(40))]:
        h, h1, h2, h3 = (value(derived(kernel, times_), x) for times_ in range(4))
        q, r = h1 * pow(h, -1, P), h2 * pow(h, -1, P)
        q1 = r - q * q
        q2 = h3 * pow(h, -1, P) - 3 * q * r + 2 * q**3
        cubic = 4 * x**3 + 4 * a * x + 4 * b
        new_x = 11 * x + 2 * kernel[-2] - (6 * x * x + 2 * a) * q - cubic * q1
        steepness = 11 - 12 * x * q - (6 * x * x + 2 * a) * q1 - (12 * x * x + 4 * a) * q1 - cubic * q2

        assert h**2 % P == value(bls_hashing._X_UNDER, x)
        assert h**3 % P == value(bls_hashing._Y_UNDER, x)
        assert new_x * h**2 * pow(11**2, -1, P) % P == value(bls_hashing._X_OVER, x)
        assert steepness * h**3 * pow(11**3, -1, P) % P == value(bls_hashing._Y_OVER, x)


def value(powers, x):
    return sum(one * pow(x, n, P) for n, one in enumerate(powers)) % P


def derived(powers, count):
    for _ in range(count):
        powers = [n * one % P for n, one in enumerate(powers)][1:]
    return powers


def square_root_of(powers):
    """Return the powers of which these are the square; the highest is 1."""
    half = len(powers) // 2
    found = [0] * half + [1]
    for n in reversed(range(half)):
        known = sum(found[i] * found[n + half - i] for i in range(n + 1, half))
        found[n] = (powers[n + half] - known) * pow(2, -1, P) % P
    return found


def test_the_numbers_that_divide_by_zero_do_not_end_the_program(monkeypatch):
    """Nobody will ever find a text for them; the standard says what happens all the same (§ 6.6.2 and 6.6.3, exceptional cases).

    The point of 0 is as py-ecc 8.0.0 has it.
    """
    x = 0x1956714E4244749BCDCEF542AC99A287D43CB887988B8ADABE76CC7D0153351193EA5769BA338D1AC61609AC3D3C8EAF
    y = 0x0ACADF436F71189445CF3148DB5DD35B045E00DE62E7E1B3C25164B5B097F5DE804BE566F90DBF69FC212C6D23D50639

    assert ((x, 0), (y, 0)) == bls_hashing._mapped(0)
    monkeypatch.setattr(bls_hashing, "_X_UNDER", (0,))

    assert bls_hashing._mapped(5) is None


def test_the_point_is_in_the_group():
    """One outside it could be told from a random one."""
    assert times(hashed(b"round", b"tag"), bls_hashing.Z**4 - bls_hashing.Z**2 + 1) is None
