"""Which folders may hold a little more HTML than others: the tables [trusted.<name>] of hub.toml, read.

A folder is trusted because somebody is asked about each change of it; one
about which nobody is asked cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from handbill.errors import Level, Said, said
from handbill.hub.allowed import BEYOND, OWN_CLASS, Beyond
from handbill.hub.fields import Choice, Desk, Field, Group, Many, Node, Slug, Table, Text, place_of
from handbill.hub.nodes import Listing, Scalar
from handbill.settings_sections import Section, section_of

#: Where such a folder may lie.  What is mailed is never among them: mail programs know less than browsers.
_PLACES = ("content", "events")

_RUNS = said("nothing: what runs or styles has no place in a text")
_ELSEWHERE = said("a link: a page shows nothing from elsewhere, and a film or a sound is no file of the hub")
_SENDS = said("a link to the form")
#: What people will ask for, and why it can never be.
_NEVER = (
    *((name, _RUNS) for name in ("script", "style", "link", "meta", "base", "template", "noscript", "svg", "math", "slot")),
    *((name, _ELSEWHERE) for name in ("iframe", "video", "audio", "source", "track", "embed", "object", "picture", "portal")),
    *((name, _SENDS) for name in ("form", "button", "select", "textarea", "option", "label", "fieldset")),
)

TRUSTED = (
    Field(
        "folders",
        Many(Text(300, use="key")),
        "the folders, from the root of the repository, below content or events; each must belong to a section with owners",
        required=True,
        default=(),
        example="[content/pages]",
    ),
    Field(
        "elements",
        Many(Choice(tuple(BEYOND), does=tuple(means for _, means in BEYOND.values()), never=_NEVER)),
        "elements of HTML that texts there may hold beyond those of all texts",
        default=(),
        example="[ruby, rt, rp]",
    ),
    Field(
        "classes",
        Many(Text(60, use="key")),
        "classes that texts there may use, for styles of your own theme; each begins with `own-`",
        default=(),
        example="[own-wide, own-two-columns]",
    ),
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Folders without a slash at the end, what their texts may hold beyond others, and who is asked about them."""

    key: str
    folders: tuple[str, ...]
    beyond: Beyond
    owners: tuple[str, ...] = ()


def trusted_fields(table: Table, desk: Desk) -> tuple[Field, ...]:
    """Return a field for each table of trust that hub.toml has."""
    node = place_of(table, "trusted")
    keys = [key for key, _ in node.pairs] if isinstance(node, Table) and node is not table else []
    for key in keys:
        Slug().read(key, "trusted", desk)
    return tuple(Field(key.text, Group(TRUSTED), "trusted folders") for key in keys)


def trusted_of(read: Mapping[str, Any], table: Table, sections: Mapping[str, Section], desk: Desk) -> Mapping[str, Trust]:
    """Return what is trusted; a folder about which nobody is asked, or a class that may be the program's, is put down and left out."""
    found: dict[str, Trust] = {}
    for key, one in read.items():
        if not one:
            continue
        folders, owners = [], dict[str, None]()
        for written, node in _each(table, key, "folders", one["folders"]):
            folder = written.removeprefix("./").rstrip("/")
            if _is_folder(folder, written, node, key, desk) and _is_asked_about(folder, sections, node, key, desk):
                folders.append(folder)
                section = section_of(folder, sections)
                owners |= dict.fromkeys(section.owners if section else ())
        classes = tuple(name for name, node in _each(table, key, "classes", one["classes"]) if _is_own(name, node, key, desk))
        beyond = Beyond(tuple(sorted(set(one["elements"]))), tuple(sorted(set(classes))))
        found[key] = Trust(key, tuple(dict.fromkeys(folders)), beyond, tuple(owners))
    return MappingProxyType(found)


def pairs_of(trusted: Mapping[str, Trust]) -> tuple[tuple[str, Beyond], ...]:
    """Return each folder with what its texts may hold beyond others, as the reading of texts asks for it."""
    return tuple(sorted(((folder, one.beyond) for one in trusted.values() for folder in one.folders), key=lambda pair: pair[0]))


def _each(table: Table, key: str, name: str, values: tuple[str, ...]) -> list[tuple[str, Node]]:
    """Return each entry of a list with where it is written; where that cannot be told, with the place of the list."""
    listing = place_of(table, "trusted", key, name)
    items: list[Node] = [one for one in listing.items if isinstance(one, Scalar)] if isinstance(listing, Listing) else []
    return list(zip(values, items if len(items) == len(values) else [listing] * len(values), strict=True))


def _is_folder(folder: str, written: str, node: Node, key: str, desk: Desk) -> bool:
    parts = folder.split("/")
    if parts[0] in _PLACES and "\\" not in folder and not any(part in ("", ".", "..") for part in parts):
        return True
    wanted = said("a folder such as {example}, below {places}", example="content/pages", places=", ".join(_PLACES))
    _refuse(desk, node, f"trusted.{key}.folders", said("“{path}”", path=written), wanted)
    return False


def _is_asked_about(folder: str, sections: Mapping[str, Section], node: Node, key: str, desk: Desk) -> bool:
    """Say whether somebody is asked about every file in a folder, however deep; put down where not."""
    inside = {one for section in sections.values() for one in section.folders if one.startswith(f"{folder}/")}
    for place in (folder, *sorted(inside)):
        section = section_of(place, sections)
        if not (section and section.owners):
            wanted = said("a section of {path} with owners, who are asked about each change", path=place)
            _refuse(desk, node, f"trusted.{key}.folders", said("“{path}”, about which nobody is asked", path=place), wanted)
            return False
    return True


def _is_own(name: str, node: Node, key: str, desk: Desk) -> bool:
    if re.fullmatch(OWN_CLASS, name):
        return True
    wanted = said("small letters, digits and hyphens after own-, such as {example}", example="own-wide")
    _refuse(desk, node, f"trusted.{key}.classes", said("“{name}”", name=name), wanted)
    return False


def _refuse(desk: Desk, node: Node, field: str, found: Said, wanted: Said) -> None:
    desk.refuse(node, field, found, wanted, "HB229", Level.ERROR)
