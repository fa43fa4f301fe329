"""Whether a colour can be read on another is counted as the guidelines do."""

import pytest

from handbill.hub.colour import contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#000000", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#123456", "#123456", 1),
    ],
)
def test_the_contrast_is_that_of_the_guidelines(one, other, ratio):
    """#767676 is the lightest grey that may carry text on white; known from every contrast tool."""
    assert ratio == pytest.approx(contrast(one, other), abs=0.005)
