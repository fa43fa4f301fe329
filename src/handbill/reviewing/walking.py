"""A value of the hub or of its settings → every text in it, however deep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def texts_in(value: object) -> Iterator[str]:
    """Yield each text in a record, in its records, lists and tables, in the order in which they stand."""
    # A stack and no recursion of generators: thousands of items are walked in a review of one.
    pending: list[Any] = [value]
    while pending:
        one = pending.pop()
        if type(one) is str:
            yield one
        elif isinstance(one, tuple | list):
            pending += reversed(one)
        elif isinstance(one, Mapping):
            pending += reversed(list(one.values()))
        elif is_dataclass(one):
            pending += [getattr(one, name) for name in reversed(_names(one))]


#: The names of the fields of each sort of record, by the sort's own name.
_FIELDS: dict[type[Any], tuple[str, ...]] = {}


def _names(record: Any) -> tuple[str, ...]:
    sort = type(record)
    if sort not in _FIELDS:
        _FIELDS[sort] = tuple(one.name for one in fields(record))
    return _FIELDS[sort]
