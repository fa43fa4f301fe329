"""The code of an address can be read by a telephone."""

from __future__ import annotations

import re

from handbill.outputs.qr import squares

ADDRESS = "https://atelier-garonne.example/events/fete-de-la-recup/"


def drawn(size, path):
    """Return the squares that a pen sets when it follows the path."""
    dark = set()
    for y, line in enumerate(path.split("M")[1:]):
        assert line.startswith(f"0 {y}.5")
        x = 0
        for act, width in re.findall(r"([hm])(\d+)", line[len(f"0 {y}.5") :]):
            if act == "h":
                dark |= {(x + n, y) for n in range(int(width))}
            x += int(width)
        assert x == size
    return dark


def test_the_drawing_has_the_three_eyes_by_which_it_is_found():
    """ISO/IEC 18004: seven squares wide, in three corners and not in the fourth."""
    size, path = squares(ADDRESS)
    dark = drawn(size, path)

    def is_eye(left, top):
        ring = {(left + x, top + y) for x in range(7) for y in range(7) if x in (0, 6) or y in (0, 6)}
        heart = {(left + x, top + y) for x in range(2, 5) for y in range(2, 5)}
        gap = {(left + x, top + y) for x in range(1, 6) for y in range(1, 6)} - heart
        return ring | heart <= dark and not gap & dark

    assert [True, True, True, False] == [is_eye(0, 0), is_eye(size - 7, 0), is_eye(0, size - 7), is_eye(size - 7, size - 7)]


def test_the_same_address_gives_the_same_code():
    first = squares(ADDRESS)
    squares.cache_clear()

    assert first == squares(ADDRESS)
    assert first != squares(ADDRESS + "x")


def test_a_code_stays_small_in_the_page():
    """It stands in the page of each event, and is seen on paper only."""
    assert len(squares(ADDRESS)[1]) < 2500
