"""A problem points at what is to be changed."""

from __future__ import annotations

from tests.hubs import load_village

from handbill.checking.pointing import at
from handbill.errors import Level, said


def test_a_problem_stands_where_its_field_was_written():
    """The caret in the excerpt is made of it."""
    item = load_village()[0].hub.by_id["post:le-puits"]
    line, column, width = item.places["title"]
    one = at(item, "title", said("x"), "", "HB315", Level.WARNING)

    assert (item.source, line, column, width, "title", Level.WARNING) == (one.path, one.line, one.column, one.width, one.field, one.level)
    assert (2, 8) == (line, column)
    assert width > 0


def test_a_field_that_was_not_written_has_no_line():
    """A wrong line sends people searching."""
    item = load_village()[0].hub.by_id["post:le-puits"]

    one = at(item, "id", said("x"), "", "HB310")

    assert (0, 0, 0) == (one.line, one.column, one.width)
    assert "registration.opens" == at(item, "registration", said("x"), "", "HB504", named="registration.opens").field
