"""Raw front-matter values with their places → typed values, or problems that name the place.

Every scalar arrives as text and the field decides its type, so ``18:30`` is
a time, ``NO`` is Norway and ``1.10`` keeps its zero (decision 0005).
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from handbill.hub.nodes import NOTHING, Desk, Listing, Node, Scalar, Table, one_line, place_of, shown
from handbill.hub.types import Choice, Colour, Degrees, Flag, HubAddress, Integer, Lang, Link, Slug, Text, Zone
from handbill.hub.when import When


class Type(Protocol):
    """A type of field: what is wanted, and how a written value becomes a typed one."""

    @property
    def wanted(self) -> str:
        """Return what an editor should write, as the end of the sentence "wanted …"."""

    def read(self, node: Node, name: str, desk: Desk) -> Any:
        """Return the typed value, or ``None`` after putting down a problem."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of front matter: its type, whether it must be there, and what it does for members."""

    name: str
    type: Type
    does: str
    required: bool = False
    default: Any = None
    example: str = ""


def read_table(table: Table, fields: Sequence[Field], desk: Desk, prefix: str = "") -> dict[str, Any]:
    """Return a typed value for every field, its default where it is absent.

    Unknown, missing and unreadable keys are put down at the desk, all of them.
    """
    known = {one.name: one for one in fields}
    values = {one.name: one.default for one in fields}
    written: dict[str, Node] = {}
    for key, node in table.pairs:
        name = prefix + key.text
        if key.text not in known:
            near = difflib.get_close_matches(key.text.lower(), known, n=1, cutoff=0.6)
            wanted = f"“{near[0]}”, perhaps" if near else "one of: " + ", ".join(sorted(known))
            desk.refuse(key, name, "an unknown field", wanted, "HB202")
        elif not (isinstance(node, Scalar) and node.plain and node.text in NOTHING):
            written[key.text] = node
    for one in fields:
        if one.name in written:
            value = one.type.read(written[one.name], prefix + one.name, desk)
            if value is not None:
                values[one.name] = value
        elif one.required:
            desk.refuse(table, prefix + one.name, "nothing", one.type.wanted, "HB203")
    return values


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one type; a single value stands for a list of one."""

    of: Type
    most: int = 200

    @property
    def wanted(self) -> str:
        return f"a list, each {self.of.wanted}"

    def read(self, node: Node, name: str, desk: Desk) -> tuple[Any, ...] | None:
        items = node.items if isinstance(node, Listing) else (node,)
        if len(items) > self.most:
            desk.refuse(node, name, f"a list of {len(items)}", f"at most {self.most}", "HB204")
            return None
        values = [self.of.read(item, f"{name}[{n}]" if len(items) > 1 else name, desk) for n, item in enumerate(items, 1)]
        return tuple(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class Group:
    """Keys below a key, each a field of its own; read as a dictionary by name."""

    fields: tuple[Field, ...]

    @property
    def wanted(self) -> str:
        return "the keys " + ", ".join(one.name for one in self.fields)

    def read(self, node: Node, name: str, desk: Desk) -> dict[str, Any] | None:
        if not isinstance(node, Table):
            desk.refuse(node, name, shown(node), self.wanted)
            return None
        return read_table(node, self.fields, desk, prefix=f"{name}.")


__all__ = [
    "NOTHING",
    "Choice",
    "Colour",
    "Degrees",
    "Desk",
    "Field",
    "Flag",
    "Group",
    "HubAddress",
    "Integer",
    "Lang",
    "Link",
    "Listing",
    "Many",
    "Node",
    "Scalar",
    "Slug",
    "Table",
    "Text",
    "Type",
    "When",
    "Zone",
    "one_line",
    "place_of",
    "read_table",
    "shown",
]
