"""The numbers under the signatures of the beacon: each rule that they have to keep, on numbers that nobody chose."""

import random

from handbill.draw.bls_fields import (
    ONE,
    P,
    R,
    Z,
    pair_inverse,
    pair_power,
    pair_root,
    pair_times,
    root,
    row_inverse,
    row_power,
    row_times,
    row_turned,
)

CHANCE = random.Random(12381)


def a_pair():
    return CHANCE.randrange(P), CHANCE.randrange(P)


def a_row():
    return tuple(a_pair() for _ in range(6))


def test_the_primes_are_those_of_the_curve():
    """They are worked out from one number; a slip there would verify nothing, or everything (RFC 9380, § 8.8.1)."""
    assert 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB == P
    assert 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001 == R
    assert (P**12 - 1) % R == 0


def test_a_root_is_one_or_is_nothing():
    """A point is told by half of it; the other half is a root."""
    for _ in range(20):
        a, f = CHANCE.randrange(1, P), a_pair()
        assert root(a * a % P) in (a, P - a)
        assert root(-a * a % P) is None
        assert pair_root(pair_times(f, f)) in (f, (-f[0] % P, -f[1] % P))


def test_every_whole_number_has_a_root_among_pairs():
    """Where a number has none by itself, it has one times u; and half of all pairs have none at all."""
    for a in (0, 1, 4, P - 1, P - 4, 7, P - 7):
        found = pair_root((a, 0))
        assert (a, 0) == pair_times(found, found)
    without = [f for f in (a_pair() for _ in range(40)) if pair_root(f) is None]
    assert 8 < len(without) < 32
    assert all(pair_power(f, (P * P - 1) // 2) == (P - 1, 0) for f in without)


def test_what_is_divided_by_itself_is_one():
    """The last power of the pairing divides once."""
    for _ in range(5):
        f, row = a_pair(), a_row()
        assert (1, 0) == pair_times(f, pair_inverse(f))
        assert ONE == row_times(row, row_inverse(row))


def test_rows_multiply_as_numbers_do():
    """In any order, over sums, and w⁶ is 1 + u."""
    f, g, h = a_row(), a_row(), a_row()
    w = ((0, 0), (1, 0), *ONE[2:])
    both = tuple(((a + c) % P, (b + d) % P) for (a, b), (c, d) in zip(g, h, strict=True))
    apart = tuple(((a + c) % P, (b + d) % P) for (a, b), (c, d) in zip(row_times(f, g), row_times(f, h), strict=True))

    assert row_times(f, g) == row_times(g, f)
    assert row_times(row_times(f, g), h) == row_times(f, row_times(g, h))
    assert apart == row_times(f, both)
    assert ((1, 1), *ONE[1:]) == row_power(w, 6)


def test_a_turned_row_is_the_row_to_the_power_p():
    """The short way must be the same as the long one."""
    f = a_row()

    assert row_power(f, P) == row_turned(f)
    assert f == row_turned(f, 12)


def test_the_last_power_of_the_pairing_is_what_it_says():
    """It is taken in parts, which multiply to three times the power that the definition has."""
    whole = (P**12 - 1) // R

    assert 3 * whole == (P**6 - 1) * (P**2 + 1) * ((Z + 1) ** 2 * (P - Z) * (P**2 + Z**2 - 1) + 3)
    assert R % 3 != 0
