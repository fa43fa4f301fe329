"""What of a proposal a person may have to look at twice, as plain values; a part of the record of a review (``record.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handbill.errors import Problem

#: What became of something that members get.
How = Literal["added", "changed", "removed"]

#: Parts of a repository by what a change of them can do; "content" is the only one that cannot run or reach anything.
Part = Literal["content", "archive", "locks", "handbook", "settings", "theme", "code", "workflow", "other"]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that members read and that becomes another: a date, a place, a subject."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AddressChange:
    """A public address that begins to answer, stops, or leads elsewhere; ``to`` is where it leads.

    ``is_declared`` says of one that stops that hub.toml names it as gone: whoever comes is told so.
    """

    address: str
    how: How
    to: str = ""
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Somebody who is named on the site for the first time, in other words, or no more; ``where`` are sources."""

    name: str
    how: How
    where: tuple[str, ...]
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainChange:
    """A site elsewhere that the hub begins or ceases to lead to.

    ``domain`` is what is asked for over the network, ``shown`` what a reader
    sees in its place, "" where that is the same.  ``marks`` are reasons to look
    twice (``alike``, ``shortener``, ``plain``, ``number``, ``name``), each
    explained in ``reviewing/outside.py``; ``like`` is the domain that it may be
    taken for.
    """

    domain: str
    how: How
    links: tuple[str, ...]
    where: tuple[str, ...]
    shown: str = ""
    marks: tuple[str, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class PictureChange:
    """A picture that comes, goes or is replaced: its description, width and height in pixels, and size in bytes.

    ``details`` are what became another where it was there before (``picture``,
    ``alt``, ``width``, ``size``); ``marks`` are ``big``, ``moving`` and
    ``undescribed``, which is right for a picture that only decorates.
    """

    source: str
    how: How
    alt: str
    width: int
    height: int
    size: int
    where: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Something by which a page would ask another server, or hand a reader over to one; ``what`` is an element or a setting."""

    what: str
    how: How
    target: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrustChange:
    """A table of hub.toml that lets texts of its ``folders`` hold more HTML than others.

    ``allows`` are elements such as ``<ruby>`` and classes such as ``.own-wide``,
    ``owners`` who is asked about the folders.  ``is_wider`` says that it allows
    more, or in more folders, than before; ``where`` are texts that may hold more
    than before under the same path: the new ones, and those that were moved there.
    """

    name: str
    how: How
    folders: tuple[str, ...]
    allows: tuple[str, ...]
    owners: tuple[str, ...] = ()
    is_wider: bool = False
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A file of the proposal: ``former`` is its path before it was renamed.

    ``what`` says in a word what is special: ``symlink``, ``executable``, ``binary`` or ``submodule``.
    """

    path: str
    how: How
    part: Part
    former: str = ""
    what: str = ""
    lines_new: int = 0
    lines_gone: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, and whether it comes with the proposal or was there before."""

    problem: Problem
    is_new: bool


@dataclass(frozen=True, slots=True)
class Hidden:
    """An item whose file changed and that members do not find.

    ``why`` is ``draft``, ``unlisted`` (it has a page, and no list names it),
    ``broken`` (its file cannot be read), or ``later``: it is scheduled for so
    far ahead that its day was not looked at.
    """

    source: str
    title: str
    why: Literal["draft", "unlisted", "broken", "later"]
