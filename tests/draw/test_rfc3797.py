"""The draw of RFC 3797, by its own example and by a draw that was held."""

from itertools import islice

import pytest

from handbill.draw.rfc3797 import MOST, TooMany, digest_of, key_of, numbers_of, order_of

#: RFC 3797, § 6: 25 names, and what three drawings brought.
EXAMPLE = ((9319,), (2, 5, 12, 8, 10), (9, 18, 26, 34, 41, 45))
#: The nominating committee of the IETF of 2022: 267 people, four drawings, main numbers and stars in one list.
IETF_2022 = "7.8.11.18.28.40.48./15.16.21.31.36.65./8.12.13.17.21.26.35.42./1.5.10.13.14.16.21.25.27./"


def test_the_example_of_the_rfc_comes_out():
    """An implementation that reproduces it agrees with all others."""
    key = "9319./2.5.8.10.12./9.18.26.34.41.45./"

    assert key == key_of(EXAMPLE)
    assert "990DD0A5692A029A98B5E01AA28F3459" == digest_of(key, 0).hex().upper()
    assert [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4] == list(islice(numbers_of(key, 25), 16))


def test_a_draw_that_was_held_comes_out():
    """267 people accepted these numbers in 2022."""
    assert [171, 245, 68, 190, 70, 126, 110, 128, 138, 173] == list(islice(numbers_of(IETF_2022, 267), 10))


def test_everybody_is_selected_once():
    """Whoever asks for all gets the pool in another order."""
    assert list(range(1, 268)) == sorted(numbers_of(IETF_2022, 267))


def test_the_lines_of_a_pool_are_selected_by_their_place():
    """The numbers of RFC 3797 count from 1."""
    lines = [f"t{number:02}" for number in range(1, 26)]

    assert ["t17", "t07", "t02"] == list(islice(order_of(EXAMPLE, lines), 3))


def test_more_selections_than_two_bytes_count_are_refused():
    """A turn after the last would repeat an earlier one's digest, unseen."""
    asked = numbers_of("1./", MOST + 10)

    assert MOST == sum(1 for _ in islice(asked, MOST))
    with pytest.raises(TooMany, match="after 65536 selections"):
        next(asked)
