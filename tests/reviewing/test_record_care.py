"""The part of a review's record that is looked at twice."""

from dataclasses import fields, is_dataclass

import pytest

from handbill.reviewing import record, record_care


@pytest.mark.parametrize("name", sorted(name for name, one in vars(record_care).items() if is_dataclass(one) and name != "Problem"))
def test_one_record_is_found_under_one_name(name):
    """Whoever reads a review asks one module for its values."""
    assert getattr(record, name) is getattr(record_care, name)


def test_what_is_strange_has_its_own_fields():
    """A reviewer should not have to know the names of shorteners."""
    assert {"marks", "like", "shown"} < {one.name for one in fields(record_care.DomainChange)}
    assert ((), "") == (record_care.DomainChange("a.example", "added", (), ()).marks, record_care.DomainChange("a.example", "added", (), ()).like)
