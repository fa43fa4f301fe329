"""What hub.toml may say is told completely, once for each key."""

from __future__ import annotations

import pytest

from handbill.hub.fields import Field, Group, Many
from handbill.settings_fields import TABLES


def fields_of(fields: tuple[Field, ...]) -> list[Field]:
    """Return the fields of a table and of the tables within it."""
    found = list(fields)
    for one in fields:
        inner = one.type.of if isinstance(one.type, Many) else one.type
        if isinstance(inner, Group):
            found += fields_of(inner.fields)
    return found


@pytest.mark.parametrize(("name", "does", "fields"), TABLES, ids=[name for name, _, _ in TABLES])
def test_every_table_and_every_key_says_what_it_is_for(name, does, fields):
    """The handbook, the editor's help and `new` all show these words; a key without them cannot be understood."""
    assert does.endswith(".")
    for one in fields_of(fields):
        assert one.does[:1].islower(), f"{name}.{one.name}"
        assert not one.does.endswith("."), f"{name}.{one.name}"


@pytest.mark.parametrize(("name", "_does", "fields"), TABLES, ids=[name for name, _, _ in TABLES])
def test_a_key_stands_once_in_its_table(name, _does, fields):
    """The second would never be read."""
    names = [one.name for one in fields]

    assert sorted(set(names)) == sorted(names)
