"""The numbers of BLS12-381: whole numbers modulo P, pairs of them, and rows of six pairs.

A pair (a, b) is a + b·u with u² = -1; a row (c₀, …, c₅) of pairs is
c₀ + c₁·w + … + c₅·w⁵ with w⁶ = 1 + u.  Source: draft-irtf-cfrg-pairing-friendly-curves, § 4.2.1.

Nothing here runs in constant time, and nothing has to: every number is public.
"""

from __future__ import annotations

from functools import cache

Pair = tuple[int, int]
Row = tuple[Pair, ...]

#: The number from which the curve is made is -Z, and the two primes follow from it.
Z = 0xD201000000010000
#: So many points has each of the two groups between which the pairing is taken.
R = Z**4 - Z**2 + 1
#: Whole numbers are taken modulo this one.
P = (Z + 1) ** 2 * R // 3 - Z

ONE: Row = ((1, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0))


def root(a: int) -> int | None:
    """Return a square root, or nothing where there is none."""
    # P is 3 modulo 4, so that this power is a root if there is any.
    found = pow(a, (P + 1) // 4, P)
    return found if (found * found - a) % P == 0 else None


def pair_times(f: Pair, g: Pair) -> Pair:
    """Return the product of two pairs."""
    (a, b), (c, d) = f, g
    return (a * c - b * d) % P, (a * d + b * c) % P


def pair_minus(f: Pair, g: Pair) -> Pair:
    """Return the difference of two pairs."""
    return (f[0] - g[0]) % P, (f[1] - g[1]) % P


def pair_inverse(f: Pair) -> Pair:
    """Return one divided by a pair that is not zero."""
    a, b = f
    over = pow(a * a + b * b, -1, P)
    return a * over % P, -b * over % P


def pair_power(f: Pair, power: int) -> Pair:
    """Return a pair, *power* times with itself."""
    found = (1, 0)
    for bit in f"{power:b}":
        found = pair_times(found, found)
        found = pair_times(found, f) if bit == "1" else found
    return found


def pair_root(f: Pair) -> Pair | None:
    """Return a square root of a pair, or nothing where there is none."""
    a, b = f
    if not b:
        real = root(a)
        return (real, 0) if real is not None else (0, root(-a % P) or 0)
    length = root((a * a + b * b) % P)
    if length is None:
        return None
    half = (P + 1) // 2
    real = root((a + length) * half % P) or root((a - length) * half % P)
    return None if real is None else (real, b * pow(2 * real, -1, P) % P)


def row_times(f: Row, g: Row) -> Row:
    """Return the product of two rows; cheapest where the zeros stand in *g*."""
    real, imaginary = [0] * 12, [0] * 12
    filled = [(j, c, d) for j, (c, d) in enumerate(g) if c or d]
    for i, (a, b) in enumerate(f):
        for j, c, d in filled:
            real[i + j] += a * c - b * d
            imaginary[i + j] += a * d + b * c
    # From w⁶ on, each stands for 1 + u times what is six places before it.
    return tuple(((real[k] + real[k + 6] - imaginary[k + 6]) % P, (imaginary[k] + imaginary[k + 6] + real[k + 6]) % P) for k in range(6))


@cache
def _turns() -> Row:
    """Return what each place of a row is multiplied by when the row is taken to the power P: w to the power P - 1, and its powers."""
    return tuple(pair_power((1, 1), k * (P - 1) // 6) for k in range(6))


def row_turned(f: Row, times: int = 1) -> Row:
    """Return a row to the power P, *times* over (the Frobenius map)."""
    for _ in range(times):
        f = tuple(pair_times((a, -b), turn) for (a, b), turn in zip(f, _turns(), strict=True))
    return f


def row_inverse(f: Row) -> Row:
    """Return one divided by a row that is not zero: its other turns, over the product of all, which is a pair alone."""
    others = ONE
    for turn in range(2, 12, 2):
        others = row_times(others, row_turned(f, turn))
    over = pair_inverse(row_times(f, others)[0])
    return tuple(pair_times(pair, over) for pair in others)


def row_power(f: Row, power: int) -> Row:
    """Return a row, *power* times with itself."""
    found = ONE
    for bit in f"{power:b}":
        found = row_times(found, found)
        found = row_times(found, f) if bit == "1" else found
    return found
