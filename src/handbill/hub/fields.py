"""Raw front-matter values with their places → typed values, or problems that name the place.

Every scalar arrives as text and the field decides its type, so ``18:30`` is
a time, ``NO`` is Norway and ``1.10`` keeps its zero (decision 0005).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handbill.errors import Level, Said, said
from handbill.hub import guess
from handbill.hub.guess_when import is_range
from handbill.hub.likeness import is_slip
from handbill.hub.nodes import NOTHING, Desk, Listing, Node, Scalar, Table, Unread, one_line, place_of, shown
from handbill.hub.types import Choice, Colour, Degrees, FileName, Flag, HubAddress, Integer, Lang, Leaving, Link, Slug, Text, Type, Zone
from handbill.hub.when import When

#: For so many unknown fields of a table it is worked out what may have been meant, which takes a millisecond each.
MOST_STRANGE = 20

#: How a list of dates is written, for messages.
_DATES = "[2026-05-02, 2026-05-09]"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of front matter: its type, whether it must be there, and what it does for members.

    ``after`` names the field whose day is meant where only a clock time is written.
    """

    name: str
    type: Type
    does: str
    required: bool = False
    default: Any = None
    example: str = ""
    after: str = ""


def read_table(
    table: Table, fields: Sequence[Field], desk: Desk, prefix: str = "", elsewhere: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return a typed value for every field, its default where it is absent.

    Unknown, missing and unreadable keys are put down at the desk, all of them.
    *elsewhere* tells in which folder a field belongs that is none of these.
    """
    known = {one.name: one for one in fields}
    values = {one.name: one.default for one in fields}
    written = {key.text: node for key, node in table.pairs if key.text in known and not _is_nothing(node)}
    strange = [(key, node) for key, node in table.pairs if key.text not in known]
    meant = {_unknown(key, node, table, known, desk, prefix, elsewhere or {}) for key, node in strange[:MOST_STRANGE]}
    if len(strange) > MOST_STRANGE:
        found = said("{n} more unknown fields from here on", n=len(strange) - MOST_STRANGE)
        desk.refuse(strange[MOST_STRANGE][0], prefix.rstrip("."), found, said("fields that there are"), "HB202")
    empty = {key.text: key for key, node in table.pairs if _is_nothing(node)}
    for one in fields:
        node = written.get(one.name)
        if node is None:
            # A misspelt name is told as such, and not a second time as a field that is missing.
            if one.required and one.name not in meant:
                desk.refuse(empty.get(one.name, table), prefix + one.name, said("nothing"), _line(one, desk), "HB203")
        elif isinstance(one.type, Text) and not one.type.may_be_empty and isinstance(node, Scalar) and not node.text.strip():
            desk.refuse(node, prefix + one.name, said("an empty text"), _line(one, desk))
        elif not isinstance(node, Unread):
            after = values.get(one.after)
            desk.beside = after.date() if isinstance(after, datetime) else after if isinstance(after, date) else None
            value = one.type.read(node, prefix + one.name, desk)
            if value is not None:
                values[one.name] = value
    return values


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text in NOTHING


def _line(one: Field, desk: Desk) -> str:
    """Return the line that an editor should write, by example; the type's own words where there is none."""
    if one.example:
        is_bare = desk.sign == ": " or re.fullmatch(r"[0-9.]+|true|false|\[.*\]", one.example)
        pattern = said("a line such as {name}{sign}{example}", name=one.name, sign=desk.sign, example=one.example)
        return pattern if is_bare else said('a line such as {name}{sign}"{example}"', name=one.name, sign=desk.sign, example=one.example)
    inner = one.type.of if isinstance(one.type, Many) else one.type
    if isinstance(inner, Group) and desk.sign == " = ":
        return said("a line [{name}] and its settings below it", name=one.name)
    if isinstance(inner, Group) and (first := next((key for key in inner.fields if key.example), None)):
        hyphen = "- " if isinstance(one.type, Many) else ""
        line = said("{hyphen}{name}: {example}", hyphen=hyphen, name=first.name, example=first.example)
        return said("a line “{name}:” and below it, two spaces to the right, “{line}”", name=one.name, line=line)
    return one.type.wanted


def _unknown(
    key: Scalar, written: Node, table: Table, known: Mapping[str, Field], desk: Desk, prefix: str, elsewhere: Mapping[str, str]
) -> str:
    """Put down an unknown key; return the name of the field that was probably meant."""
    taken = {other.text for other, node in table.pairs if not _is_nothing(node)}
    group = _group_of(key, table, known)
    meant = "" if group else _field_meant(key, written, known)
    meant = meant if key.text not in elsewhere or is_slip(key.text, meant) else ""
    group = group or ("" if meant else next((name for name, one in known.items() if key.text in _names_below(one)), ""))
    found, wanted = said("an unknown field"), said("one of: {words}", words=", ".join(guess.nearest(key.text, sorted(known))))
    if group:
        wanted = said("it two spaces to the right, below “{group}:”", group=group)
    elif meant and re.sub(r"[^\w-]", "", unicodedata.normalize("NFKC", key.text)) == meant:
        found, wanted = said("a field with an invisible sign in its name"), said("“{name}”, typed anew", name=meant)
    elif meant in taken:
        wanted = said("what it says in “{name}”, which is there already, or the line taken out", name=meant)
    elif meant:
        # Elsewhere one says that a text is published, here that it is not yet.
        line = meant
        if isinstance(written, Scalar) and meant != guess.field_name(key.text, known):
            line = f"draft: {'false' if guess.flag(written.text) == 'true' else 'true'}"
        wanted = said("“{name}”, perhaps", name=line)
    elif key.text in elsewhere:
        wanted = said("the file in {folder}, where such a field belongs, or the line taken out", folder=elsewhere[key.text])
    if not isinstance(written, Unread):
        # What stands on a line that could not be read may belong elsewhere once the line is mended.
        desk.refuse(key, prefix + one_line(key.text).strip()[:60], found, wanted, "HB202")
    return meant


def _field_meant(key: Scalar, written: Node, known: Mapping[str, Field]) -> str:
    """Return the field that was probably meant; a yes or no to what elsewhere is a date asks whether the text is finished."""
    meant = guess.field_name(key.text, known)
    return "draft" if meant == "date" and "draft" in known and isinstance(written, Scalar) and guess.flag(written.text) else meant


def _group_of(key: Scalar, table: Table, known: Mapping[str, Field]) -> str:
    """Return the field that stands empty above a key which belongs below it; "" if none does."""
    group = ""
    for other, node in table.pairs:
        if other is key:
            return group if group and key.text in _names_below(known[group]) else ""
        if other.text in known:
            group = other.text if _is_nothing(node) else ""
    return ""


def _takes(type_: Type, node: Node) -> bool:
    trial = Desk("", "UTC")
    type_.read(node, "", trial)
    return not trial.problems


def _names_below(one: Field) -> set[str]:
    inner = one.type.of if isinstance(one.type, Many) else one.type
    return {below.name for below in inner.fields} if isinstance(inner, Group) else set()


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one type; a single value stands for a list of one."""

    of: Type
    most: int = 200

    @property
    def wanted(self) -> str:
        return said("a list, each {wanted}", wanted=self.of.wanted)

    def read(self, node: Node, name: str, desk: Desk) -> tuple[Any, ...] | None:
        items = node.items if isinstance(node, Listing) else (node,)
        if len(items) > self.most:
            desk.refuse(node, name, said("a list of {n}", n=len(items)), said("at most {n}", n=self.most), "HB204")
            return None
        if isinstance(node, Scalar) and self._is_a_list_in_one(node, name, desk):
            return None
        if isinstance(node, Scalar) and isinstance(self.of, When) and is_range(node.text):
            desk.refuse(node, name, shown(node), said("each date by itself, between brackets: {list}", list=_DATES), "HB205")
            return None
        values = [self.of.read(item, f"{name}[{n}]" if len(items) > 1 else name, desk) for n, item in enumerate(items, 1)]
        return tuple(value for value in values if value is not None)

    def _is_a_list_in_one(self, node: Scalar, name: str, desk: Desk) -> bool:
        """Put down that several values were written as one text; say whether it cannot be used so."""
        signs = r"[,;]" if isinstance(self.of, Text) else r"[,;/]|\s+(?:et|and)\s+"
        parts = [part.strip() for part in re.split(signs, node.text) if part.strip()]
        if node.plain and re.fullmatch(r"-\S.*( -\S.*)+", node.text):
            parts = [part.strip() for part in re.split(r"(?:^| )-(?=\S)", node.text) if part.strip()]
        if len(parts) < 2:
            return False
        quote = "" if desk.sign == ": " else '"'
        wanted = said("brackets around them: {list}", list=f"[{', '.join(quote + part + quote for part in parts)}]")
        if isinstance(self.of, Text):
            if node.plain:
                found = said("{value}, which counts as one and not as {n}", value=shown(node), n=len(parts))
                desk.refuse(node, name, found, wanted, "HB217", Level.WARNING)
            return False
        trial = Desk(desk.path, desk.zone, sign=desk.sign)
        for part in parts:
            self.of.read(Scalar(part, True, node.line, node.column), name, trial)
        if not trial.problems:
            desk.refuse(node, name, shown(node), wanted)
        return not trial.problems


@dataclass(frozen=True, slots=True)
class Group:
    """Keys below a key, each a field of its own; read as a dictionary by name.

    A text in its place stands for the one key ``short``, where that is named,
    and one of the keys ``either`` must be there.
    """

    fields: tuple[Field, ...]
    short: str = ""
    either: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        return said("the keys {keys}", keys=", ".join(one.name for one in self.fields))

    def read(self, node: Node, name: str, desk: Desk) -> dict[str, Any] | None:
        if self.short and isinstance(node, Scalar) and node.text.strip() and not self._glued(node):
            node = Table(((Scalar(self.short, True, node.line, node.column), node),), node.line, node.column)
        if not isinstance(node, Table):
            desk.refuse(node, name, shown(node), self._wanted_for(node, name))
            return None
        values = read_table(node, self.fields, desk, prefix=f"{name}.")
        written = {key.text for key, value in node.pairs if not _is_nothing(value)}
        if self.either and not written & set(self.either) and written <= {one.name for one in self.fields}:
            first = next(one for one in self.fields if one.name == self.either[0])
            desk.refuse(node, f"{name}.{first.name}", said("nothing"), _line(first, desk), "HB203")
            return None
        return values

    def _glued(self, node: Scalar) -> re.Match[str] | None:
        """Return the key and the rest of a text such as ``name:Quay``, which lacks the space."""
        match = re.match(r"([A-Za-z_]+):(\S.*)", node.text)
        return match if match and match[1] in {one.name for one in self.fields} else None

    def _wanted_for(self, node: Node, name: str) -> Said | str:
        # A text goes into the field that asks for more than any text, such as an address.
        ranked = sorted((one for one in self.fields if one.example), key=lambda one: isinstance(one.type, Text))
        fits = [one for one in ranked if isinstance(node, Scalar) and _takes(one.type, node)]
        first = next(iter(fits + ranked), None)
        if isinstance(node, Listing):
            return said("{keys}, without hyphens", keys=self.wanted)
        if first is None:
            return self.wanted
        if isinstance(node, Scalar) and (glued := self._glued(node)):
            return said("a space after each colon, such as {line}", line=f"{glued[1]}: {re.split(' [A-Za-z_]+:', glued[2])[0]}")
        value = node.text if isinstance(node, Scalar) and fits else first.example
        line = said("{key}: {value}", key=first.name, value=value)
        if name.endswith("]"):
            # An entry of a list, in brackets or behind a hyphen: this stands in either.
            quote = '"' if re.search(r"[,:#{}\[\]]", value) and '"' not in value else ""
            return said("“{line}” in its place", line=f"{{{first.name}: {quote}{value}{quote}}}")
        return said("“{name}:” alone and below it, two spaces to the right, “{line}”", name=name.rpartition(".")[2], line=line)


__all__ = [
    "NOTHING",
    "Choice",
    "Colour",
    "Degrees",
    "Desk",
    "Field",
    "FileName",
    "Flag",
    "Group",
    "HubAddress",
    "Integer",
    "Lang",
    "Leaving",
    "Link",
    "Listing",
    "Many",
    "Node",
    "Scalar",
    "Slug",
    "Table",
    "Text",
    "Type",
    "Unread",
    "When",
    "Zone",
    "one_line",
    "place_of",
    "read_table",
    "shown",
]
