"""The headings of a text are an outline below the title of its page."""

from __future__ import annotations

import pytest

from handbill.reading.outline import outline


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ((2, 3, 3, 2), (2, 3, 3, 2)),
        # The title of the page is the only first one.
        ((1, 2, 1), (2, 3, 2)),
        ((1, 1), (2, 2)),
        # Chosen because it looks right.
        ((3, 3, 4), (2, 2, 3)),
        ((2, 4, 4, 2), (2, 3, 3, 2)),
        ((2, 4, 3, 5), (2, 3, 3, 4)),
        # What comes first may be smaller than what follows.
        ((4, 2, 3), (2, 2, 3)),
        ((1, 2, 3, 4, 5, 6), (2, 3, 4, 5, 6, 6)),
        ((), ()),
    ],
)
def test_levels_begin_below_the_title_and_leave_none_out(written, wanted):
    """Those who hear a page go through it by its headings."""
    assert wanted == outline(written)


def test_levels_in_order_stay_as_they_are():
    """Most texts are right, and what is right must not change."""
    right = (2, 3, 4, 3, 2, 3)

    assert right == outline(outline(right)) == outline(right)
