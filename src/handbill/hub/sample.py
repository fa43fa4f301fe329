"""A field → a value that shows how it is written; keys below keys show the samples of their parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from handbill.hub.fields import Field, Group, Listing, Many, Node, Scalar, Table
from handbill.hub.written import Value

#: Turns an English example into that of another language.
Tell = Callable[[str], str]


def english(text: str) -> str:
    """Return the text as it is."""
    return text


def sample(one: Field, tell: Tell = english, *, whole: bool = False) -> Value:
    """Return the example of a field; of a group what must be there, or else its first key, or all keys (*whole*)."""
    group = one.type.of if isinstance(one.type, Many) else one.type
    if isinstance(group, Group):
        parts = [part for part in group.fields if whole or part.required] or list(group.fields[:1])
        keys = {part.name: sample(part, tell, whole=whole) for part in parts}
        return (keys,) if isinstance(one.type, Many) else keys
    text = tell(one.example)
    return entries(text) if isinstance(one.type, Many) else text


def entries(text: str) -> tuple[str, ...]:
    """Return the entries of a list as an example writes it: ``[wood, tools]``."""
    inner = text.removeprefix("[").removesuffix("]")
    return tuple(inner.split(", ")) if inner else ()


def node(value: Value) -> Node:
    """Return a value as if somebody had written it in quotes."""
    if isinstance(value, str):
        return Scalar(value, False, 0, 0)
    if isinstance(value, Mapping):
        return Table(tuple((Scalar(key, True, 0, 0), node(one)) for key, one in value.items()), 0, 0)
    return Listing(tuple(node(one) for one in value), 0, 0)


def leaves(fields: Sequence[Field], before: str = "") -> list[tuple[str, Field]]:
    """Return every field with its whole name, groups before their parts: ``venue``, ``venue.name``, ``prizes[].name``."""
    found: list[tuple[str, Field]] = []
    for one in fields:
        found.append((before + one.name, one))
        if isinstance(one.type, Group):
            found += leaves(one.type.fields, f"{before}{one.name}.")
        elif isinstance(one.type, Many) and isinstance(one.type.of, Group):
            found += leaves(one.type.of.fields, f"{before}{one.name}[].")
    return found
