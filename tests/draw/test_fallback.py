"""What decides where the beacon fails leaves nobody a choice."""

from handbill.draw.entropy import MARGIN_BITS, needed_bits, source_bits
from handbill.draw.fallback import loto_sources


def test_so_many_drawings_are_taken_as_the_draw_needs_and_no_more():
    """Whoever could take one drawing more or less could wait for the result that pleases."""
    for pool, winners in ((2, 1), (200, 3), (5000, 10), (100_000, 100)):
        needed = needed_bits(pool, winners, ordered=True) + MARGIN_BITS
        sources = loto_sources(needed)
        bits = [source_bits(count, most) for count, most in sources]

        assert ((5, 49), (1, 10)) == sources[:2]
        assert sum(bits[:-2]) < needed <= sum(bits)


def test_three_prizes_among_two_hundred_need_two_drawings():
    """22.9 bits and the margin of ten; one drawing of the Loto brings 24.18."""
    assert ((5, 49), (1, 10), (5, 49), (1, 10)) == loto_sources(32.9)


def test_one_drawing_is_taken_as_long_as_it_brings_enough():
    """The number of drawings follows from the pool to the last bit, and from nobody's judgement."""
    one = source_bits(5, 49) + source_bits(1, 10)

    assert (2, 4) == (len(loto_sources(one)), len(loto_sources(one + 0.01)))
