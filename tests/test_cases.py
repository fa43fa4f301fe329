"""Cases that share a test fail by their names, and none hides another."""

from __future__ import annotations

import pytest
from tests.cases import for_each


def seen_by(cases, ids=None):
    """Return the test that fails for odd numbers, and the list of those that it saw."""
    seen = []

    @for_each("number", cases, ids)
    def looks(number):
        seen.append(number)
        assert number % 2 == 0, f"{number} is odd"

    return looks, seen


def test_every_case_is_looked_at_and_each_that_fails_is_told_by_its_name():
    """One fault that hides three others is mended four times."""
    looks, seen = seen_by([1, 2, 3], ids=["first", "second", "third"])

    with pytest.raises(AssertionError, match="2 of 3 cases fail") as told:
        looks()

    assert [1, 2, 3] == seen
    assert "\nfirst: AssertionError: 1 is odd" in str(told.value)
    assert "\nthird: AssertionError: 3 is odd" in str(told.value)
    assert "second" not in str(told.value)
    assert "1 is odd" in str(told.value.__cause__)


def test_a_case_is_told_by_the_name_that_it_was_given_or_by_what_it_is():
    """Nobody counts to the hundredth line of a table."""
    for ids, cases, name in (
        (None, [1], "\n1: "),
        (lambda one: f"number {one}", [1], "\nnumber 1: "),
        (None, [pytest.param(1, id="the odd one")], "\nthe odd one: "),
    ):
        with pytest.raises(AssertionError) as told:
            seen_by(cases, ids)[0]()
        assert name in str(told.value)


def test_nothing_fails_where_no_case_does():
    """And each was looked at."""
    looks, seen = seen_by([2, 4])
    looks()

    assert [2, 4] == seen


@for_each(("left", "right"), [(1, 2), (3, 4)])
@for_each("more", [5, 6])
def test_cases_are_of_several_values_and_one_above_the_other(left, right, more, tmp_path):
    """As those of pytest are; what pytest itself gives is the same for all."""
    assert left < right < more
    assert tmp_path.is_dir()


def test_no_case_at_all_is_a_mistake():
    """A table that came out empty would hold of nothing."""
    with pytest.raises(AssertionError, match="there is no case of one"):
        for_each("one", [])
    with pytest.raises(AssertionError, match="does not take other"):
        for_each("other", [1])(lambda one: one)


def test_what_pytest_does_to_a_test_it_does_to_all_of_its_cases():
    """A case that is skipped would take those after it along."""

    @for_each("one", [1, 2])
    def skips(one):
        pytest.skip("not here")

    with pytest.raises(AssertionError, match="cannot be skipped alone"):
        skips()
    with pytest.raises(AssertionError, match="cannot be marked"):
        for_each("one", [pytest.param(1, marks=pytest.mark.long)])
