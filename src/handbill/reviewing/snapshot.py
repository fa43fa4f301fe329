"""What one state of a repository tells the other: plain values that cross from process to process and stay on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from handbill.errors import Level, Problem


# These two are named tuples: a large hub has twelve thousand, and a dataclass takes six times as long to cross.
class Sheet(NamedTuple):
    """A path that would be published: equal keys are equal bytes, ``sources`` asked for it, ``promise`` answers its address."""

    key: str
    sources: tuple[str, ...]
    promise: str


class About(NamedTuple):
    """An item in short; moments are ISO, "" where there is none.

    ``why_hidden`` is "" for what members see, "draft", "waiting" for its day, or "unlisted" for what is shown and in no list.
    """

    id: str
    source: str
    address: str
    title: str
    kind: str
    lang: str
    published: str = ""
    updated: str = ""
    why_hidden: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state at one moment: what it would publish under which key, who is in it, and what is wrong with it.

    It holds from ``since`` until before ``until`` while no file changes.
    ``awaited`` are moments at which items say that they will be updated.
    ``is_readable`` is false where hub.toml cannot be read, and nothing else is known then.
    """

    since: str
    until: str
    problems: tuple[Problem, ...]
    is_readable: bool = True
    name: str = ""
    lang: str = ""
    base_url: str = ""
    awaited: tuple[str, ...] = ()
    keys: Mapping[str, Sheet] = field(default_factory=dict)
    items: Mapping[str, About] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Say whether it could be published."""
        return self.is_readable and not any(one.level is Level.ERROR for one in self.problems)

    def kinds(self) -> Mapping[str, str]:
        """Return the kinds of the items by their address."""
        return {one.address: one.kind for one in self.items.values()}

    def by_source(self) -> Mapping[str, About]:
        """Return the items by their source."""
        return MappingProxyType({one.source: one for one in self.items.values()})


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it would be published, and of a page its title, its language, and the template that renders it."""

    path: str
    content: bytes
    title: str = ""
    lang: str = ""
    template: str = ""
