"""How much chance a draw needs and gets."""

from math import comb, log2, perm

import pytest

from handbill.draw.entropy import BEACON_BITS, MARGIN_BITS, is_enough, needed_bits, source_bits


@pytest.mark.parametrize(
    ("bits", "found"),
    [
        ("24.18", source_bits(5, 49) + source_bits(1, 10)),
        ("27.06", source_bits(5, 50) + source_bits(2, 12)),
        ("22.9", needed_bits(200, 3, ordered=True)),
        ("122.9", needed_bits(5000, 10, ordered=True)),
        ("256", BEACON_BITS),
        ("0.0", needed_bits(1, 1, ordered=True)),
        ("0.0", needed_bits(12, 12, ordered=False)),
    ],
    ids=["Loto", "EuroMillions", "3 of 200", "10 of 5,000", "a round", "one of one", "all alike"],
)
def test_the_bits_are_those_of_the_examples(bits, found):
    """The rules tell these figures to readers."""
    places = len(bits.partition(".")[2])

    assert bits == f"{found:.{places}f}"


@pytest.mark.parametrize(("pool", "winners"), [(5, 2), (90, 90), (1000, 17), (300, 299)])
def test_the_bits_are_the_logarithm_of_how_many_results_there_are(pool, winners):
    """The sum of small logarithms is what the definition says about huge numbers."""
    assert needed_bits(pool, winners, ordered=True) == pytest.approx(log2(perm(pool, winners)), abs=1e-9)
    assert needed_bits(pool, winners, ordered=False) == pytest.approx(log2(comb(pool, winners)), abs=1e-9)


def test_more_prizes_than_entrants_need_no_more_than_all_of_them():
    """Everybody wins something, and only who wins what is open."""
    assert needed_bits(7, 7, ordered=True) == needed_bits(7, 50, ordered=True)
    assert 0.0 == needed_bits(0, 3, ordered=True)


def test_a_drawing_with_little_chance_may_not_decide_a_large_draw():
    """With as many results of the lottery as of the draw, some entrants would have twice the chances of others."""
    loto = source_bits(5, 49) + source_bits(1, 10)

    assert 10.0 == MARGIN_BITS
    assert not is_enough(loto, 200, 3, ordered=True)
    assert is_enough(2 * loto, 200, 3, ordered=True)
    assert is_enough(loto, 200, 1, ordered=True)
    assert is_enough(needed_bits(200, 3, ordered=True) + 10, 200, 3, ordered=True)
    assert not is_enough(needed_bits(200, 3, ordered=True) + 9.999, 200, 3, ordered=True)
    # A round of the beacon is enough for 20 of 5,000, and not for 22.
    assert is_enough(BEACON_BITS, 5000, 20, ordered=True)
    assert not is_enough(BEACON_BITS, 5000, 22, ordered=True)
