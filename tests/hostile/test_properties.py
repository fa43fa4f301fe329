"""What must hold of whatever somebody writes, tried on a few hundred examples of each; ``python -m tests.hostile.properties`` tries thousands."""

import pytest
from tests.hostile.properties.all import PROPERTIES
from tests.hostile.properties.holding import try_out

#: How many times as many a long run tries.
LONGER = 20


@pytest.mark.parametrize("name", PROPERTIES)
def test_it_holds_of_whatever_is_drawn(name):
    """Nobody thinks of every text; the examples are the same each time, so that who breaks one sees it at once."""
    try_out(PROPERTIES[name], PROPERTIES[name].few)


@pytest.mark.long
@pytest.mark.parametrize("name", PROPERTIES)
def test_it_holds_of_much_that_is_drawn(name):
    """Rare texts need many examples."""
    try_out(PROPERTIES[name], LONGER * PROPERTIES[name].few)


def test_a_property_that_does_not_hold_is_told():
    """Else all of the above would say nothing."""
    from hypothesis import strategies as st
    from tests.hostile.properties.holding import Property

    def none_is_large(number: int) -> None:
        assert number < 100

    with pytest.raises(AssertionError):
        try_out(Property("none_is_large", {"number": st.integers()}, none_is_large, 1), 200)
