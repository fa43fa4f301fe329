"""What becomes of a form: a file, or what is missing, or nothing at all; told later in sentences (replies)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from handbill.errors import Said

#: How it went: a file is ready, something is missing, something private is in it, the section takes nothing now,
#: somebody is told where the words stand, a report is noted, or it was none of our forms.
State = Literal["ready", "lacking", "private", "closed", "located", "noted", "unknown"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing or wrong, and the question that it is about; "" for the whole."""

    label: str
    why: Said


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something that is there already and may be the same; ``why`` is what speaks for it."""

    title: str
    source: str
    why: Said


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a source file on which the words in question stand; its number counts from 1."""

    source: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is known of a form that was filled in.

    ``content`` is the file that is to be proposed at ``path``.  ``notices`` is
    what was done to the answers or is to be looked at, ``others`` what was
    there before, ``closed`` why a section takes nothing.
    """

    state: State
    form: str = "unknown"
    lang: str = "en"
    kind: str = ""
    path: str = ""
    content: bytes = b""
    title: str = ""
    lacking: tuple[Lacking, ...] = ()
    notices: tuple[Said, ...] = ()
    others: tuple[Earlier, ...] = ()
    spots: tuple[Spot, ...] = ()
    closed: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Say whether there is a file to be proposed."""
        return self.state == "ready"
