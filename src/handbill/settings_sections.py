"""The tables ``[sections.*]`` of hub.toml: which part of the repository is looked after by whom, and whether it takes proposals.

A file belongs to the section that names it, or the nearest folder around it.
Nobody's mail address stands here: what Git keeps, it keeps for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from handbill.errors import Level, said
from handbill.hub.fields import Desk, Field, Flag, Group, Integer, Many, Node, Slug, Table, Text, place_of
from handbill.hub.nodes import Listing, Scalar

#: Stands for every file that no other section names.
REST = "."

SECTION = (
    Field("name", Text(80), "what people call it; default: the word in the table's name", default="", example=said("The newsroom")),
    Field(
        "folders",
        Many(Text(300, use="key")),
        'the folders and files that belong to it, from the root of the repository; "." for all that no other section names',
        required=True,
        default=(),
        example="[content/posts, content/people]",
    ),
    Field(
        "owners",
        Many(Text(140, use="key")),
        "who is asked to look at a proposal: names or teams at the forge, each with its @",
        default=(),
        example='["@atelier/redaction", "@ines"]',
    ),
    Field("open", Flag(), "false: no proposals from outside for now; forms say so kindly", default=True, example="false"),
    Field(
        "closed_because", Text(300), "why, in a sentence for those who wanted to propose", default="", example=said("Back in September.")
    ),
    Field(
        "most_waiting",
        Integer(0, 100),
        "how many proposals of one person may wait at the same time; 0 for any number",
        default=0,
        example="3",
    ),
)

#: What of it is said in each language of the hub.
SECTION_TEXTS = (
    Field("name", Text(80), "the same in that language", default="", example="The newsroom"),
    Field("closed_because", Text(300), "the same in that language", default="", example="Back in September."),
)

#: A name or a team as forges know them; groups of GitLab lie in each other.
_OWNER = re.compile(r"@[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?(?:/[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)*")

#: What a file of owners cannot say of a path, at one forge or another.
_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f*?\[\]!#\\:\"<>|^]|[^\S ]|^ | $")


#: The same, as people are told.
_SIGNS = "* ? [ ] ! # : ^ \\"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the repository: its ``folders`` without a slash at the end, its ``owners`` with their @."""

    key: str
    folders: tuple[str, ...]
    owners: tuple[str, ...] = ()
    is_open: bool = True
    most_waiting: int = 0
    name: str = ""
    closed_because: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def says(self, name: str, lang: str) -> str:
        """Return its ``name`` or ``closed_because`` in that language, else in the hub's own; "" where nobody says it."""
        return self.texts.get(lang, {}).get(name) or str(getattr(self, name))

    def called(self, lang: str) -> str:
        """Return what people call it."""
        return self.says("name", lang) or self.key


def section_of(path: str, sections: Mapping[str, Section]) -> Section | None:
    """Return the section that a file or folder belongs to: the one that names the nearest folder around it, or itself."""
    named = {folder: one for one in sections.values() for folder in one.folders}
    for folder in (path, *(str(parent) for parent in PurePosixPath(path).parents)):
        if folder in named:
            return named[folder]
    return named.get(REST)


def section_fields(table: Table, desk: Desk, in_languages: Callable[[tuple[Field, ...]], tuple[Field, ...]]) -> tuple[Field, ...]:
    """Return a field for each section that hub.toml names."""
    node = place_of(table, "sections")
    keys = [key for key, _ in node.pairs] if isinstance(node, Table) and node is not table else []
    for key in keys:
        Slug().read(key, "sections", desk)
    return tuple(Field(key.text, Group(SECTION + in_languages(SECTION_TEXTS)), "a section") for key in keys)


def sections_of(read: Mapping[str, Any], table: Table, desk: Desk, lang: str, shown: Callable[[str, str], str]) -> Mapping[str, Section]:
    """Return the sections by their words; a folder of two, or one or an owner that no forge understands, is put down and left out."""
    taken: dict[str, str] = {}
    found: dict[str, Section] = {}
    for key, one in read.items():
        if not one:
            continue
        folders = tuple(
            folder
            for written, node in zip(one["folders"], _nodes(table, key, "folders", len(one["folders"])), strict=True)
            if (folder := _folder(written, node, key, taken, desk))
        )
        owners = tuple(
            owner
            for owner, node in zip(one["owners"], _nodes(table, key, "owners", len(one["owners"])), strict=True)
            if _is_owner(owner, node, key, desk)
        )
        texts = {
            other: MappingProxyType({name: shown(text or "", other) for name, text in values.items()})
            for other, values in one.items()
            if isinstance(values, Mapping)
        }
        said_here = {name: shown(one[name], lang) for name in ("name", "closed_because")}
        found[key] = Section(
            key, folders, tuple(dict.fromkeys(owners)), one["open"], one["most_waiting"], **said_here, texts=MappingProxyType(texts)
        )
    return MappingProxyType(found)


def _nodes(table: Table, key: str, name: str, many: int) -> list[Node]:
    """Return where each entry of a list is written; where that cannot be told, the place of the list."""
    listing = place_of(table, "sections", key, name)
    items = [one for one in listing.items if isinstance(one, Scalar)] if isinstance(listing, Listing) else []
    return list(items) if len(items) == many else [listing] * many


def _folder(written: str, node: Node, key: str, taken: dict[str, str], desk: Desk) -> str:
    """Return a folder as git names it, "" where it cannot be one of this section's."""
    folder = written.removeprefix("./").rstrip("/") or REST
    parts = folder.split("/")
    if written.startswith("/") or _UNSAYABLE.search(folder) or (folder != REST and any(part in ("", ".", "..") for part in parts)):
        wanted = said(
            "a folder or file of this repository such as {example}, without any of {signs}", example="content/posts", signs=_SIGNS
        )
        desk.refuse(node, f"sections.{key}.folders", said("“{path}”", path=written), wanted, "HB228", Level.ERROR)
        return ""
    if folder in taken:
        found = said("“{path}”, which belongs to the section {other} already", path=folder, other=taken[folder])
        desk.refuse(node, f"sections.{key}.folders", found, said("each folder in one section"), "HB228", Level.ERROR)
        return ""
    taken[folder] = key
    return folder


def _is_owner(owner: str, node: Node, key: str, desk: Desk) -> bool:
    if _OWNER.fullmatch(owner):
        return True
    # What was written is not shown again: an address would be repeated in every report.
    found = said("a mail address") if "@" in owner[1:] else said("“{owner}”", owner=owner)
    wanted = said("a name or a team at the forge, such as {name} or {team}", name='"@ines"', team='"@atelier/redaction"')
    desk.refuse(node, f"sections.{key}.owners", found, wanted, "HB228", Level.ERROR)
    return False
