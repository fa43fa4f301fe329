"""Raw front-matter values with their places → typed values, or problems that name the place.

Every scalar arrives as text and the field decides its type, so ``18:30`` is
a time, ``NO`` is Norway and ``1.10`` keeps its zero (decision 0005).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from handbill.errors import Level, Problem
from handbill.hub.zone import is_zone


class Scalar(NamedTuple):
    """One value as it was written; ``plain`` says that it stood without quotes.

    ``width`` is how many characters it takes on its line, 0 where that is not known.
    """

    text: str
    plain: bool
    line: int
    column: int
    width: int = 0


class Listing(NamedTuple):
    """Several values as they were written."""

    items: tuple[Any, ...]
    line: int
    column: int


class Table(NamedTuple):
    """Keys and values as they were written, in their order."""

    pairs: tuple[tuple[Scalar, Any], ...]
    line: int
    column: int


Node = Scalar | Listing | Table

#: Plain scalars that mean "nothing here" (YAML 1.2, 10.3.2).
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True)
class Desk:
    """Where the values of one file are read, and where its problems are put down.

    ``zone`` is the zone of local times in this file; it may be set by a field
    of the file before the others are read.
    """

    path: str
    zone: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(
        self,
        node: Node | None,
        name: str,
        found: str,
        wanted: str,
        code: str = "HB201",
        level: Level = Level.ERROR,
    ) -> None:
        """Put down a problem at the place of *node* (``None``: the whole file)."""
        line, column = (node.line, node.column) if node is not None else (0, 0)
        width = node.width if isinstance(node, Scalar) else 0
        self.problems.append(Problem(self.path, line, column, name, found, wanted, code, level, width))

    @property
    def has_errors(self) -> bool:
        """Say whether anything put down so far forbids using the file."""
        return any(problem.level is Level.ERROR for problem in self.problems)


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


def shown(node: Node) -> str:
    """Return a value as a message quotes it: short, on one line."""
    if isinstance(node, Listing):
        return "a list"
    if isinstance(node, Table):
        return "a group of keys"
    text = one_line(node.text)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def one_line(text: str) -> str:
    """Return a text without line ends and runs of spaces; no-break spaces are meant, and stay."""
    return " ".join(part for part in re.split(r"[ \t\r\n\f\v]+", text) if part)


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


def place_of(table: Table, *names: str) -> Node:
    """Return where the value under these keys was written, or the nearest place around it."""
    node: Node = table
    for name in names:
        if not isinstance(node, Table):
            break
        node = next((value for key, value in node.pairs if key.text == name), node)
    return node


def _scalar(node: Node, name: str, desk: Desk, wanted: str) -> str | None:
    if isinstance(node, Scalar):
        return node.text.strip()
    desk.refuse(node, name, shown(node), wanted)
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """One text on one line, at most ``longest`` characters long."""

    longest: int = 1000
    may_be_empty: bool = False

    @property
    def wanted(self) -> str:
        return f"a text of at most {self.longest} characters"

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        text = _scalar(node, name, desk, self.wanted)
        if text is None:
            return None
        text = one_line(text)
        if not text and not self.may_be_empty:
            desk.refuse(node, name, "an empty text", self.wanted)
            return None
        if len(text) > self.longest:
            desk.refuse(node, name, f"a text of {len(text)} characters", self.wanted, "HB204")
            return None
        return text


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no, written ``true`` or ``false``."""

    wanted: str = "true or false"

    def read(self, node: Node, name: str, desk: Desk) -> bool | None:
        if isinstance(node, Scalar) and node.text.lower() in ("true", "false"):
            return node.text.lower() == "true"
        desk.refuse(node, name, shown(node), self.wanted)
        return None


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number within bounds."""

    least: int = 0
    most: int = 10**9

    @property
    def wanted(self) -> str:
        return f"a whole number from {self.least} to {self.most}"

    def read(self, node: Node, name: str, desk: Desk) -> int | None:
        if isinstance(node, Scalar) and re.fullmatch(r"-?[0-9]{1,12}", node.text):
            number = int(node.text)
            if self.least <= number <= self.most:
                return number
        desk.refuse(node, name, shown(node), self.wanted)
        return None


@dataclass(frozen=True, slots=True)
class Degrees:
    """A coordinate in degrees (WGS 84), with a decimal point."""

    most: int

    @property
    def wanted(self) -> str:
        return f"a number from -{self.most} to {self.most} with a decimal point"

    def read(self, node: Node, name: str, desk: Desk) -> float | None:
        if isinstance(node, Scalar) and re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,8})?", node.text):
            number = float(node.text)
            if -self.most <= number <= self.most:
                return number
        desk.refuse(node, name, shown(node), self.wanted)
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One word out of a closed list."""

    words: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return "one of: " + ", ".join(self.words)

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and node.text in self.words:
            return node.text
        near = difflib.get_close_matches(getattr(node, "text", ""), self.words, n=1)
        hint = f"“{near[0]}”, perhaps ({self.wanted})" if near else self.wanted
        desk.refuse(node, name, shown(node), hint)
        return None


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a moment in local time, as ISO 8601 writes them."""

    day: bool = True
    moment: bool = True

    @property
    def wanted(self) -> str:
        forms = ["a day such as 2026-05-01"] * self.day + ["a moment such as 2026-05-01 18:30"] * self.moment
        return " or ".join(forms)

    def read(self, node: Node, name: str, desk: Desk) -> date | datetime | None:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        try:
            if self.day and (match := _DAY.fullmatch(text)):
                return date.fromisoformat(text)
            if self.moment and (match := _MOMENT.fullmatch(text)):
                clock = time(int(match[2]), int(match[3]), int(match[4] or 0))
                return self._in_zone(datetime.combine(date.fromisoformat(match[1]), clock), node, name, desk)
        except ValueError:
            desk.refuse(node, name, f"{shown(node)}, which is no date of the calendar", self.wanted, "HB205")
            return None
        desk.refuse(node, name, shown(node), self.wanted, "HB205")
        return None

    @staticmethod
    def _in_zone(naive: datetime, node: Node, name: str, desk: Desk) -> datetime | None:
        zone = ZoneInfo(desk.zone)
        aware = naive.replace(tzinfo=zone)
        back = aware.astimezone(ZoneInfo("UTC")).astimezone(zone)
        if back.replace(tzinfo=None) == naive:
            return aware
        desk.refuse(node, name, f"{shown(node)}, which the clocks in {desk.zone} skip that night", "an hour that exists", "HB206")
        return None


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the web, https or http, without a user name in it."""

    wanted: str = "an address that begins with https://"

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        text = _scalar(node, name, desk, self.wanted)
        if text is None:
            return None
        try:
            parts = urlsplit(text)
            good = parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc
        except ValueError:
            good = False
        if not good or re.search(r"[\s<>\"\\\x00-\x20]", text):
            desk.refuse(node, name, shown(node), self.wanted, "HB207")
            return None
        return text


@dataclass(frozen=True, slots=True)
class Slug:
    """The last part of an address: lower-case letters, digits and hyphens."""

    wanted: str = "lower-case letters a to z, digits and single hyphens"

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", node.text) and len(node.text) <= 100:
            return node.text
        desk.refuse(node, name, shown(node), self.wanted)
        return None


@dataclass(frozen=True, slots=True)
class HubAddress:
    """An address of the hub itself, from its root, such as an old one that must keep answering."""

    wanted: str = "an address within the hub such as /old/place/"

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        text = _scalar(node, name, desk, self.wanted)
        if text is None:
            return None
        if re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?", text) and len(text) <= 300:
            return text
        desk.refuse(node, name, shown(node), self.wanted)
        return None


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name."""

    wanted: str = "a time zone such as Europe/Paris"

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and is_zone(node.text):
            return node.text
        desk.refuse(node, name, shown(node), self.wanted)
        return None


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
