"""The bytes of a calendar that this program wrote → its events as blocks of bytes, and a block → its properties.

A literal reading (RFC 5545, 3.1): an event that is the same is the same bytes
in every calendar, so only blocks that differ need be taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_EVENT = re.compile(rb"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", re.DOTALL)
_ZONE = re.compile(rb"BEGIN:VTIMEZONE\r?\n.*?END:VTIMEZONE\r?\n", re.DOTALL)
_UID = re.compile(rb"\nUID:((?:[^\r\n]|\r?\n[ \t])*)")
_FOLD = re.compile(rb"\r?\n[ \t]")
# No other sign ends a line here, whatever Python takes for an end.
_BREAK = re.compile(r"\r?\n")
_LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*)*):(?P<value>.*)'
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^":;]*)')
_ESCAPED = re.compile(r"\\(.)")
_SEPARATOR = re.compile(r"(?<!\\)((?:\\\\)*),")


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its value as it was written, and the zone by whose clock it is ("" for a day, ``UTC`` for the world's)."""

    value: str
    zone: str = ""

    @property
    def text(self) -> str:
        """Return the value as a text, its signs no longer escaped."""
        return _unescaped(self.value)

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the values of a list of texts."""
        return tuple(_unescaped(one) for one in _SEPARATOR.sub("\\1\0", self.value).split("\0")) if self.value else ()

    @property
    def moments(self) -> tuple[datetime | date, ...]:
        """Return the days or moments of the line, the latter with their zone."""
        return tuple(_moment(one, self.zone) for one in self.value.split(",") if one)


#: The lines of an event by their names; lines of one name in their order.
Properties = Mapping[str, tuple[Property, ...]]


@dataclass(frozen=True, slots=True)
class Blocks:
    """A calendar: what it says of itself, and its events."""

    head: bytes
    events: frozenset[bytes]


def blocks_of(raw: bytes) -> Blocks:
    """Return the parts of a calendar; what it says of zones follows from its events, and is no part of its head."""
    return Blocks(_ZONE.sub(b"", _EVENT.sub(b"", raw)), frozenset(_EVENT.findall(raw)))


def uid_of(block: bytes) -> bytes:
    """Return the UID of an event as it is written, without taking apart the rest."""
    found = _UID.search(block)
    return _FOLD.sub(b"", found[1]) if found else b""


def properties_of(block: bytes) -> Properties:
    """Return the lines of an event."""
    found: dict[str, list[Property]] = {}
    for line in _BREAK.split(_FOLD.sub(b"", block).decode("utf-8", "replace")):
        parts = _LINE.fullmatch(line)
        if parts is None or parts["name"] in ("BEGIN", "END"):
            continue
        parameters = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(parts["parameters"])}
        zone = parameters.get("TZID", "UTC" if re.fullmatch(r"[\dT,Z]*\d{6}Z", parts["value"]) else "")
        found.setdefault(parts["name"].upper(), []).append(Property(parts["value"], zone))
    return {name: tuple(some) for name, some in found.items()}


def zone_of(head: bytes) -> str:
    """Return the zone that a calendar names as its own, "" where it names none."""
    found = re.search(rb"^X-WR-TIMEZONE:([^\r\n]+)", head, re.MULTILINE)
    return found[1].decode("utf-8", "replace") if found else ""


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)


def _moment(value: str, zone: str) -> datetime | date:
    if len(value) == len("20260501"):
        return date.fromisoformat(f"{value[:4]}-{value[4:6]}-{value[6:]}")
    moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")
    return moment.replace(tzinfo=UTC if value.endswith("Z") or not zone else ZoneInfo(zone))
