"""The types of single values: what is wanted, and what a written value becomes."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from handbill.errors import said
from handbill.hub.nodes import Desk, Node, Scalar, one_line, shown
from handbill.hub.zone import is_zone


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
    """One word out of a closed list; ``does`` says what each means for members, in their order."""

    words: tuple[str, ...]
    does: tuple[str, ...] = ()

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
class Colour:
    """A colour as pages write it."""

    wanted: str = said("a colour such as #b5451f")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and re.fullmatch(r"#[0-9a-fA-F]{6}", node.text):
            return node.text
        desk.refuse(node, name, shown(node), self.wanted)
        return None


@dataclass(frozen=True, slots=True)
class Lang:
    """A language by its short name."""

    wanted: str = said("a language such as fr or en")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", node.text):
            return node.text
        desk.refuse(node, name, shown(node), self.wanted)
        return None
