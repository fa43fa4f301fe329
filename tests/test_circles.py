"""While thousands of values are made, nobody looks for circles among them."""

import gc

import pytest

from handbill.circles import no_looking_for_circles


def test_circles_are_looked_for_again_afterwards():
    """A preview lives for hours, also after a build that failed."""

    @no_looking_for_circles()
    def fails():
        assert not gc.isenabled()
        raise ValueError("as a build does")

    with pytest.raises(ValueError, match="as a build does"):
        fails()

    assert gc.isenabled()


def test_one_who_looked_for_none_is_left_so():
    """A process that ends soon may have switched it off for good."""
    gc.disable()
    try:
        with no_looking_for_circles():
            pass

        assert not gc.isenabled()
    finally:
        gc.enable()
