"""What a stream of AV1 announces is read from its first bytes, whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.photos import saved, scene

from handbill.reading.av1 import frame_of


def stream(size, **more):
    raw = saved(scene(size), ".avif", **more)
    return raw[raw.rindex(b"mdat") + 4 :]


@pytest.mark.parametrize("size", [(64, 48), (300, 200), (1, 1), (17, 900)])
@pytest.mark.parametrize("frames", [1, 3])
def test_the_size_is_that_of_the_picture(size, frames):
    """Of a picture that stands still and of one that moves, whose headers differ."""
    more = {"save_all": True, "append_images": [scene(size, seed) for seed in range(2, frames + 1)]} if frames > 1 else {}

    assert size == frame_of(stream(size, **more))


def bits(*pairs):
    """Return the bytes of numbers, each written in so many bits."""
    text = "".join(f"{number:0{many}b}" for number, many in pairs)
    return int(text.ljust(-(-len(text) // 8) * 8, "0"), 2).to_bytes(-(-len(text) // 8), "big")


SIZE = ((9, 4), (8, 4), (999, 10), (499, 9))

DECODER = ((1, 1), (1, 32), (25, 32), (0, 1), (1, 1), (9, 5), (1, 32), (9, 5), (9, 5), (0, 1), (0, 5), (0, 12), (4, 5))

#: Every way to say when frames are shown.
TIMED = {
    "nothing": ((0, 1), (0, 1), (0, 5), (0, 12), (4, 5)),
    "steps": ((1, 1), (1, 32), (25, 32), (0, 1), (0, 1), (0, 1), (0, 5), (0, 12), (4, 5)),
    "even steps": ((1, 1), (1, 32), (25, 32), (1, 1), (0b00101, 5), (0, 1), (0, 1), (0, 5), (0, 12), (4, 5)),
    "a decoder": (*DECODER, (1, 1), (0, 21)),
    "a decoder, not for this": (*DECODER, (0, 1)),
    "a delay": ((0, 1), (1, 1), (0, 5), (0, 12), (4, 5), (1, 1), (7, 4)),
    "two ways, one of a high level": ((0, 1), (0, 1), (1, 5), (0, 12), (9, 5), (1, 1), (0, 12), (4, 5)),
}


@pytest.mark.parametrize("timed", TIMED)
def test_the_size_is_found_behind_everything_that_may_stand_before_it(timed):
    """Whoever reads one bit too few finds another size."""
    header = bits((0, 3), (0, 1), (0, 1), *TIMED[timed], *SIZE)

    assert (1000, 500) == frame_of(b"\x0a" + bytes([len(header)]) + header)


def unit(header, first=0x0A):
    return bytes([first]) + bytes([len(header)]) + header


SMALL, LARGE = bits((0, 3), (1, 1), (1, 1), (0, 5), (0, 4), (0, 4), (0, 1), (0, 1)), bits((0, 3), (1, 1), (1, 1), (0, 5), *SIZE)


@pytest.mark.parametrize(
    "units",
    [
        unit(LARGE),
        unit(b"", 0x12) + unit(LARGE),
        unit(b"abc", 0x7A) + unit(LARGE),
        unit(SMALL) + unit(LARGE),
        unit(LARGE) + unit(SMALL),
        b"\x0e\0" + bytes([len(LARGE)]) + LARGE,
        b"\x08" + LARGE,
        b"\x0a" + bytes([len(LARGE) | 0x80, 0]) + LARGE,
    ],
)
def test_the_largest_header_counts_wherever_it_stands(units):
    """One reader takes the first, another one the last."""
    assert (1000, 500) == frame_of(units)


def test_a_header_behind_a_hundred_units_is_not_looked_for():
    """A file of nothing but empty units must cost no time."""
    assert (1000, 500) == frame_of(unit(b"", 0x12) * 99 + unit(LARGE))
    assert (0, 0) == frame_of(unit(b"", 0x12) * 100 + unit(LARGE))


@given(st.binary(max_size=60))
def test_no_bytes_make_it_stumble(raw):
    """They come from strangers."""
    width, height = frame_of(raw)

    assert 0 <= width <= 65_536
    assert 0 <= height <= 65_536
