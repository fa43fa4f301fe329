"""The types of single values: what is wanted, what a written value becomes, and what was probably meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from handbill.errors import Level, Said, said
from handbill.hub import guess
from handbill.hub.address import slug_of
from handbill.hub.nodes import Desk, Listing, Node, Scalar, one_line, shown
from handbill.hub.typography import typeset, typeset_name
from handbill.hub.zone import is_zone


class Type(Protocol):
    """A type of field: what is wanted, and how a written value becomes a typed one."""

    @property
    def wanted(self) -> str:
        """Return what an editor should write, as the end of the sentence "wanted …"."""

    def read(self, node: Node, name: str, desk: Desk) -> Any:
        """Return the typed value, or ``None`` after putting down a problem."""


def refuse(type_: Type, node: Node, name: str, desk: Desk, meant: str = "", code: str = "HB201", found: Said | None = None) -> None:
    """Put down that a value is none of the type, with what was *meant* if that is one."""
    wanted = type_.wanted
    trial = Desk(desk.path, desk.zone)
    if meant and meant != _text(node) and type_.read(Scalar(meant, True, 0, 0), name, trial) is not None and not trial.problems:
        wanted = said("“{guess}”, perhaps: {wanted}", guess=meant, wanted=wanted)
    desk.refuse(node, name, found or shown(node), wanted, code)


def _text(node: Node) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


@dataclass(frozen=True, slots=True)
class Text:
    """One text on one line, at most ``longest`` characters long.

    ``use`` says who reads it: members (``prose``), members and addresses that
    are made from it (``name``), or this program (``key``).  The first two are
    set as printers would, once their length was found right.
    """

    longest: int = 1000
    may_be_empty: bool = False
    use: Literal["prose", "name", "key"] = "prose"

    @property
    def wanted(self) -> str:
        return said("a text of at most {n} characters", n=self.longest)

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if not isinstance(node, Scalar):
            desk.refuse(node, name, shown(node), self._wanted_for(node))
            return None
        text = one_line(node.text.strip())
        if not text and not self.may_be_empty:
            desk.refuse(node, name, said("an empty text"), self.wanted)
            return None
        if len(text) > self.longest:
            desk.refuse(node, name, said("a text of {n} characters", n=len(text)), self.wanted, "HB204")
            return None
        if node.plain and text[:1] in ("“", "‘") and re.fullmatch("“[^“”]*”|‘[^‘’]*’", text):
            found = said("{value}, whose quotes members would see", value=_cut(text))
            desk.refuse(node, name, found, said("{value} without them", value=_cut(text[1:-1].strip())), "HB218", Level.WARNING)
        if not desk.lang or self.use == "key":
            return text
        return typeset(text, desk.lang) if self.use == "prose" else typeset_name(text, desk.lang)

    def _wanted_for(self, node: Node) -> Said:
        sign = "[" if isinstance(node, Listing) else "{"
        return said("a text, between quotes where it begins with “{sign}”", sign=sign)


def _cut(text: str) -> str:
    return f"{text[:60]}…" if len(text) > 60 else text


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no, written ``true`` or ``false``."""

    wanted: str = said("true or false")

    def read(self, node: Node, name: str, desk: Desk) -> bool | None:
        if isinstance(node, Scalar) and node.text.lower() in ("true", "false"):
            return node.text.lower() == "true"
        refuse(self, node, name, desk, guess.flag(_text(node)))
        return None


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number within bounds."""

    least: int = 0
    most: int = 10**9

    @property
    def wanted(self) -> str:
        return said("a whole number from {least} to {most}", least=self.least, most=self.most)

    def read(self, node: Node, name: str, desk: Desk) -> int | None:
        if isinstance(node, Scalar) and re.fullmatch(r"-?[0-9]{1,12}", node.text):
            number = int(node.text)
            if self.least <= number <= self.most:
                return number
        refuse(self, node, name, desk, guess.number(_text(node)))
        return None


@dataclass(frozen=True, slots=True)
class Degrees:
    """A coordinate in degrees (WGS 84), with a decimal point."""

    most: int

    @property
    def wanted(self) -> str:
        return said("a number from -{most} to {most} with a decimal point", most=self.most)

    def read(self, node: Node, name: str, desk: Desk) -> float | None:
        if isinstance(node, Scalar) and re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,8})?", node.text):
            number = float(node.text)
            if -self.most <= number <= self.most:
                return number
        refuse(self, node, name, desk, guess.degrees(_text(node)))
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One word out of a closed list; ``does`` says what each means for members, in their order.

    ``never`` are words that people ask for, each with what is wanted instead and why.
    """

    words: tuple[str, ...]
    does: tuple[str, ...] = ()
    never: tuple[tuple[str, str], ...] = ()

    @property
    def wanted(self) -> str:
        return said("one of: {words}", words=", ".join(self.words))

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and node.text in self.words:
            return node.text
        text = _text(node)
        if why := dict(self.never).get(slug_of(text)):
            desk.refuse(node, name, shown(node), why)
            return None
        meant = guess.choice(text, self.words)
        words = [meant, *(word for word in guess.nearest(text, self.words) if word != meant)] if meant else guess.nearest(text, self.words)
        wanted = said("one of: {words}", words=", ".join(words))
        desk.refuse(node, name, shown(node), said("“{guess}”, perhaps: {wanted}", guess=meant, wanted=wanted) if meant else wanted)
        return None


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the web, https or http, without a user name in it."""

    wanted: str = said("an address that begins with https://")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        text = _text(node)
        try:
            parts = urlsplit(text)
            good = parts.scheme in ("https", "http") and bool(parts.hostname)
            host = parts.netloc
        except ValueError:
            good, host = False, ""
        if not good and re.fullmatch(r"(mailto:)?[^\s@/]+@[^\s@/]+\.[^\s@/]+", text):
            # A mail address or a password is not repeated in messages, which end up in public logs.
            desk.refuse(node, name, said("a mail address"), said("the address of a page, which begins with https://"), "HB207")
        elif "@" in host:
            found = said("an address with a user name or a password in it")
            refuse(self, node, name, desk, text.replace(host, host.rpartition("@")[2]), "HB207", found)
        elif not good or re.search(r"[\s<>\"\\\x00-\x20]", text):
            refuse(self, node, name, desk, guess.link(text), "HB207")
        else:
            return text
        return None


@dataclass(frozen=True, slots=True)
class Slug:
    """The last part of an address: lower-case letters, digits and hyphens."""

    wanted: str = said("lower-case letters a to z, digits and single hyphens")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if not isinstance(node, Scalar) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", node.text):
            refuse(self, node, name, desk, slug_of(_text(node)))
        elif len(node.text) > 100:
            desk.refuse(node, name, said("a text of {n} characters", n=len(node.text)), Text(100).wanted, "HB204")
        else:
            return node.text
        return None


@dataclass(frozen=True, slots=True)
class HubAddress:
    """An address of the hub itself, from its root, such as an old one that must keep answering."""

    wanted: str = said("an address within the hub such as /old/place/")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        text = _text(node)
        if re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?", text) and len(text) <= 300:
            return text
        refuse(self, node, name, desk, guess.hub_address(text))
        return None


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name."""

    wanted: str = said("a time zone such as Europe/Paris")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and is_zone(node.text):
            return node.text
        refuse(self, node, name, desk, guess.zone(_text(node)))
        return None


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as pages write it."""

    wanted: str = said("a colour such as #b5451f")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and re.fullmatch(r"#[0-9a-fA-F]{6}", node.text):
            return node.text
        refuse(self, node, name, desk, guess.colour(_text(node)))
        return None


FILE_NAME = r"([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.[a-z0-9]+"


@dataclass(frozen=True, slots=True)
class FileName:
    """The name of a file in a folder that is known, without a path to elsewhere."""

    wanted: str = said("the name of a file such as logo.svg")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        text = _text(node)
        if re.fullmatch(FILE_NAME, text):
            return text
        refuse(self, node, name, desk, text.replace("\\", "/").removeprefix("theme/static/"))
        return None


@dataclass(frozen=True, slots=True)
class Lang:
    """A language by its short name."""

    wanted: str = said("the short name of a language such as fr or en")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        if isinstance(node, Scalar) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", node.text):
            return node.text
        refuse(self, node, name, desk, guess.language(_text(node)))
        return None


@dataclass(frozen=True, slots=True)
class Leaving:
    """The address by which a member leaves a letter: of the web, with ``{token}`` in the member's place, or of mail."""

    wanted: str = said("an address that begins with https:// and holds {mark}, or one that begins with mailto:", mark="{token}")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        text = _text(node)
        if re.fullmatch(r"mailto:[^\s<>@]+@[^\s<>@]+", text):
            return text
        if not re.fullmatch(r"https?://[^\s<>\"]+", text):
            refuse(self, node, name, desk, guess.link(text) if "{token}" in text else "", "HB207")
        elif "{token}" not in text:
            found = said("{value}, which does not say who leaves", value=shown(node))
            desk.refuse(node, name, found, self.wanted, "HB207")
        else:
            return text
        return None
