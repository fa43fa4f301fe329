"""Words as somebody types them → values of fields, in the shape of front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handbill.errors import WrongUse, said
from handbill.hub.fields import Field, Flag, Group, Many
from handbill.hub.likeness import Names
from handbill.hub.sample import leaves
from handbill.hub.written import Value

#: The values of a file's fields, by their names.
Values = dict[str, Value]


def field_named(fields: Sequence[Field], name: str) -> Field:
    """Return the field of that name, its parts after a dot: ``venue.name``, ``prizes.name``.

    Raises:
        WrongUse: there is no such field; the nearest one is named.
    """
    known = {whole.replace("[]", ""): one for whole, one in leaves(fields)}
    if name in known:
        return known[name]
    near = Names(known).near(name)
    if near:
        raise WrongUse(said("“{name}” is no field; “{near}”, perhaps", name=name, near=near))
    raise WrongUse(said("“{name}” is no field; known: {known}", name=name, known=", ".join(one.name for one in fields)))


def put(values: Values, fields: Sequence[Field], name: str, text: str) -> None:
    """Add what was typed for a field to the values.

    What is typed for a list is taken apart at its commas, and added to what is
    there.  What is typed for a group is its first key, such as the name of a
    venue.  In a list of groups, a key that is there already begins the next.
    """
    one = field_named(fields, name)
    if "." not in name:
        values[name] = _join(values.get(name), value_of(one, text))
        return
    head, _, rest = name.partition(".")
    outer = next(field for field in fields if field.name == head)
    group = outer.type.of if isinstance(outer.type, Many) else outer.type
    assert isinstance(group, Group)
    if not isinstance(outer.type, Many):
        inner = dict(_mapping(values.get(head)))
        put(inner, group.fields, rest, text)
        values[head] = inner
        return
    entries = list(_entries(values.get(head)))
    if not entries or (rest in entries[-1] and not isinstance(next(f for f in group.fields if f.name == rest).type, Many)):
        entries.append({})
    put(entries[-1], group.fields, rest, text)
    values[head] = tuple(entries)


def value_of(one: Field, text: str) -> Value:
    """Return what was typed for a field as its value."""
    # No-break spaces are the business of whoever sets the page, not of whoever types.
    text = re.sub("[\u00a0\u202f]", " ", text).strip()
    if isinstance(one.type, Group):
        return {_first(one.type).name: text}
    if not isinstance(one.type, Many):
        return text.lower() if isinstance(one.type, Flag) else text
    parts = tuple(part for part in _split(text) if part)
    inner = one.type.of
    return tuple({_first(inner).name: part} for part in parts) if isinstance(inner, Group) else parts


def has(values: Mapping[str, Value], name: str) -> bool:
    """Say whether there is a value for a field as problems name it: ``venue.name``, ``prizes[2].name``."""
    head, _, rest = name.partition(".")
    head, _, index = head.rstrip("]").partition("[")
    value = values.get(head)
    if isinstance(value, tuple):
        value = value[int(index or 1) - 1] if len(value) >= int(index or 1) else None
    return value is not None and (not rest or (isinstance(value, Mapping) and has(value, rest)))


def without(values: Values, name: str) -> None:
    """Take the value of a field out, that of a part with what is around it kept."""
    head, _, rest = name.partition(".")
    inner = values.get(head)
    if rest and isinstance(inner, Mapping) and len(inner) > 1:
        values[head] = {key: value for key, value in inner.items() if key != rest}
    else:
        values.pop(head, None)


def _first(group: Group) -> Field:
    return next((part for part in group.fields if part.required), group.fields[0])


def _split(text: str) -> list[str]:
    """Return the entries of a list as typed: ``ines, "Vauzelle, Hortense"``, with or without brackets around."""
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return [(quoted or plain).strip() for quoted, plain in re.findall(r'\s*(?:"([^"]*)"|([^,]+))\s*(?:,|$)', inner)]


def _join(there: Value | None, more: Value) -> Value:
    return there + more if isinstance(there, tuple) and isinstance(more, tuple) else more


def _mapping(value: Value | None) -> Mapping[str, Value]:
    return value if isinstance(value, Mapping) else {}


def _entries(value: Value | None) -> list[Values]:
    return [dict(_mapping(one)) for one in value] if isinstance(value, tuple) else []
