"""A sum or a weight: as it was written, and no other."""

from decimal import Decimal

import pytest

from handbill.hub.amount import Amount
from handbill.hub.nodes import Desk, Listing, Scalar


def read(text, places=2):
    desk = Desk("a.md", "Europe/Paris")
    return Amount(places).read(Scalar(text, True, 1, 1), "unit_value", desk), [(one.code, one.wanted) for one in desk.problems]


@pytest.mark.parametrize("text", ["0", "45", "12.5", "12.50", "0.05", " 45 ", "999999999.99"])
def test_a_number_stays_the_one_that_was_written(text):
    """A tenth is no binary fraction, and 12.50 is what the rules print."""
    assert (Decimal(text.strip()), []) == read(text)
    assert text.strip() == str(read(text)[0])


@pytest.mark.parametrize(
    ("text", "meant"),
    [("12,50", "12.50"), ("45 €", "45"), ("12,50 €", "12.50"), ("12,50\u00a0€", "12.50"), ("12€", "12")],
)
def test_a_comma_and_a_sign_are_understood(text, meant):
    """So French people write."""
    value, problems = read(text)

    assert value is None
    assert [("HB201", f"“{meant}”, perhaps: a number with at most 2 decimals, such as 12.50")] == problems


@pytest.mark.parametrize("text", ["", "-1", "1e3", "1.234", "1.", ".5", "12.50.1", "douze", "٤٥", "1234567890", "NaN", "1_000", "1 000"])
def test_what_is_no_sum_is_refused(text):
    """A rule that adds it up would add up something else."""
    assert (None, [("HB201", "a number with at most 2 decimals, such as 12.50")]) == read(text)


def test_weights_have_more_places():
    """A third is 0.3333 there."""
    assert Decimal("0.3333") == read("0.3333", 4)[0]
    assert [("HB201", "a number with at most 4 decimals, such as 12.50")] == read("0.33333", 4)[1]


def test_a_list_is_no_sum():
    """A hyphen too many makes one."""
    desk = Desk("a.md", "Europe/Paris")

    assert None is Amount().read(Listing((), 1, 1), "unit_value", desk)
    assert 1 == len(desk.problems)
