"""The points of BLS12-381, their encodings, and the pairing that tells whether products of points agree.

Points of both groups are pairs of pairs: the first group's stand on
y² = x³ + 4 and have whole numbers alone, the second's on y² = x³ + 4·(1 + u).
Source: draft-irtf-cfrg-pairing-friendly-curves, § 4.2.1 and appendix C; draft-irtf-cfrg-bls-signature.
"""

from __future__ import annotations

from collections.abc import Iterable

from handbill.draw.bls_fields import (
    ONE,
    P,
    Pair,
    R,
    Row,
    Z,
    pair_inverse,
    pair_minus,
    pair_root,
    pair_times,
    root,
    row_inverse,
    row_power,
    row_times,
    row_turned,
)

Point = tuple[Pair, Pair]

#: Where the coordinates of a point are told to be in one half only, what stands in front of them.
_COMPRESSED, _INFINITY, _LARGER = 0x80, 0x40, 0x20


class NoPoint(ValueError):
    """Some bytes are no point of the group that was wanted."""


def first_point(raw: bytes) -> Point:
    """Return the point of the first group that 48 bytes stand for.

    Raises:
        NoPoint: they stand for none, for the point at infinity, or for one outside the group.
    """
    (x,), is_larger = _numbers(raw, 1)
    y = root(pow(x, 3, P) + 4)
    if y is None:
        raise NoPoint("not on the curve")
    if is_larger != (y > P // 2):
        y = -y % P
    return _checked(((x, 0), (y, 0)))


def second_point(raw: bytes) -> Point:
    """Return the point of the second group that 96 bytes stand for.

    Raises:
        NoPoint: they stand for none, for the point at infinity, or for one outside the group.
    """
    (imaginary, real), is_larger = _numbers(raw, 2)
    x = (real, imaginary)
    a, b = pair_times(pair_times(x, x), x)
    y = pair_root(((a + 4) % P, (b + 4) % P))
    if y is None:
        raise NoPoint("not on the curve")
    if is_larger != ((y[1] or y[0]) > P // 2):
        y = (-y[0] % P, -y[1] % P)
    return _checked((x, y))


def _numbers(raw: bytes, count: int) -> tuple[tuple[int, ...], bool]:
    if len(raw) != 48 * count:
        raise NoPoint(f"{len(raw)} bytes")
    if raw[0] & (_COMPRESSED | _INFINITY) != _COMPRESSED:
        raise NoPoint("at infinity, or with both coordinates")
    told = bytes([raw[0] & 0x1F]) + raw[1:]
    numbers = tuple(int.from_bytes(told[48 * n : 48 * n + 48], "big") for n in range(count))
    # A number written as itself plus P would be a second text of the same point.
    if max(numbers) >= P:
        raise NoPoint("a number that is too large")
    return numbers, bool(raw[0] & _LARGER)


def _checked(point: Point) -> Point:
    if times(point, R) is not None:
        raise NoPoint("outside the group")
    return point


def negative(point: Point) -> Point:
    """Return the point that adds up to nothing with this one."""
    return point[0], pair_minus((0, 0), point[1])


def slope(one: Point, other: Point) -> Pair | None:
    """Return how steep the line through two points is, or the tangent where they are one; nothing for an upright one."""
    (x, y), (x2, y2) = one, other
    if x != x2:
        return pair_times(pair_minus(y2, y), pair_inverse(pair_minus(x2, x)))
    if y != y2 or y == (0, 0):
        return None
    a, b = pair_times(x, x)
    return pair_times((3 * a, 3 * b), pair_inverse((2 * y[0], 2 * y[1])))


def plus(one: Point | None, other: Point | None) -> Point | None:
    """Return the sum of two points; nothing stands for the point at infinity."""
    if one is None or other is None:
        return one or other
    steep = slope(one, other)
    return None if steep is None else _third(one, other, steep)


def _third(one: Point, other: Point, steep: Pair) -> Point:
    x = pair_minus(pair_minus(pair_times(steep, steep), one[0]), other[0])
    return x, pair_minus(pair_times(steep, pair_minus(one[0], x)), one[1])


def times(point: Point | None, count: int) -> Point | None:
    """Return a point, *count* times added to itself."""
    found = None
    for bit in f"{count:b}":
        found = plus(found, found)
        found = plus(found, point) if bit == "1" else found
    return found


def is_balanced(pairs: Iterable[tuple[Point, Point]]) -> bool:
    """Say whether the pairings of points of the first group with points of the second multiply to one.

    This is the optimal ate pairing.  All points must be of their groups.
    """
    return _last_power(_lines(tuple(pairs))) == ONE


def _lines(pairs: tuple[tuple[Point, Point], ...]) -> Row:
    """Return the product of the lines that are met on the way to Z times each second point, at the first points."""
    found = ONE
    reached = [second for _, second in pairs]
    for bit in f"{Z:b}"[1:]:
        found = row_times(found, found)
        for n, (first, second) in enumerate(pairs):
            for goal in (reached[n], second) if bit == "1" else (reached[n],):
                steep = slope(reached[n], goal)
                assert steep is not None, "no multiple on the way is another's opposite"
                found = row_times(found, _line(reached[n], steep, first))
                reached[n] = _third(reached[n], goal, steep)
    return found


def _line(through: Point, steep: Pair, at: Point) -> Row:
    """Return how far a point of the first group lies from a line on the second's curve.

    The second's point (x, y) is (x/w², y/w³) on the first's curve, so the
    distance is ``at.y - y/w³ - steep/w·(at.x - x/w²)``; here it is that times
    w³, which the last power makes to one.
    """
    x, y = through
    a, b = pair_minus(pair_times(steep, x), y)
    across = -at[0][0]
    return (a, b), (0, 0), (steep[0] * across % P, steep[1] * across % P), at[1], (0, 0), (0, 0)


def _last_power(row: Row) -> Row:
    """Return a row to three times the power (P¹² - 1)/R, after which all that means the same is the same.

    The power is (P⁶ - 1)·(P² + 1)·(P⁴ - P² + 1)/R, and three times its last
    factor is (Z + 1)²·(P - Z)·(P² + Z² - 1) + 3 (eprint 2020/875).
    """
    row = row_times(row_turned(row, 6), row_inverse(row))
    row = row_times(row_turned(row, 2), row)
    found = row_power(row_power(row, Z + 1), Z + 1)
    # From here on one divided by a row is the row turned six times.
    found = row_times(row_turned(found), row_turned(row_power(found, Z), 6))
    found = row_times(row_times(row_turned(found, 2), row_turned(found, 6)), row_power(row_power(found, Z), Z))
    return row_times(found, row_times(row, row_times(row, row)))
