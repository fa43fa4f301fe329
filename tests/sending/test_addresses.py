"""Addresses."""

import pytest

from handbill.sending.addresses import Unfit, checked


@pytest.mark.parametrize("written", ["ada@lettre.example", "Ada.Love+lace@lettre.example", "o'brien@x-y.example", "ada@mail.test.example"])
def test_a_plain_address_is_left_as_it_is(written):
    """What stands before the @ is the box's own business."""
    assert written == checked(written)


@pytest.mark.parametrize(
    "written", ["", "ada", "ada@", "@x.example", "a@b@c.example", "ada@x.example\r\nBcc: eve@x.example", "ada@localhost"]
)
def test_what_nobody_can_be_written_to_is_refused(written):
    """It would bounce, or worse, become a header."""
    with pytest.raises(Unfit):
        checked(written)
