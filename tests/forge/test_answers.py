"""What is believed of an answer of the forge: each field only where it is of the sort that was expected."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handbill.errors import ServiceFailed
from handbill.forge.answers import Told


def told(**fields):
    return Told.of(fields, lambda found: ServiceFailed(found))


@pytest.mark.parametrize(
    ("ask", "value"),
    [
        ("number", "12"), ("number", True), ("number", 0), ("number", -3), ("number", 1.0), ("number", 1 << 70), ("number", None),
        ("text", 12), ("text", None), ("commit", "HEAD"), ("commit", "a" * 39), ("commit", "A" * 40), ("commit", "a" * 40 + "\n"),
        ("moment", "yesterday"), ("moment", "2026-11-22T00:00:00"), ("moment", 5), ("inside", []), ("inside", None), ("several", {}), ("several", [1]),
    ],
)  # fmt: skip
def test_a_field_of_another_sort_is_not_guessed_at(ask, value):
    """A number of a proposal that is a text would be joined into an address."""
    with pytest.raises(ServiceFailed, match="“field”"):
        getattr(told(field=value), ask)("field")


def test_what_is_as_expected_is_read():
    """All of it, and nothing is lost on the way."""
    one = told(n=12, t="x", c="a" * 40, m="2026-11-22T01:02:03Z", o={"n": 3}, l=[{"n": 4}], none=None)

    assert (12, "x", "a" * 40) == (one.number("n"), one.text("t"), one.commit("c"))
    assert datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC) == one.moment("m")
    assert (3, [4], "") == (one.inside("o").number("n"), [each.number("n") for each in one.several("l")], one.text("none", ""))


@pytest.mark.parametrize("value", [None, [], "x", 5])
def test_what_is_no_object_is_refused(value):
    """A page of a proxy may be JSON, too."""
    with pytest.raises(ServiceFailed):
        Told.of(value, lambda found: ServiceFailed(found))
