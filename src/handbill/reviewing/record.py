"""What a proposal changes for members, as plain values: page, comment and JSON of a review are written from this record alone.

Nothing here holds a path of a machine, a moment of the clock or an address of
a person; tuples are in a fixed order, so equal states give an equal record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from handbill.errors import Problem
from handbill.reviewing.record_care import AddressChange as AddressChange
from handbill.reviewing.record_care import Detail as Detail
from handbill.reviewing.record_care import DomainChange as DomainChange
from handbill.reviewing.record_care import Found as Found
from handbill.reviewing.record_care import Hidden as Hidden
from handbill.reviewing.record_care import How as How
from handbill.reviewing.record_care import Part as Part
from handbill.reviewing.record_care import PersonChange as PersonChange
from handbill.reviewing.record_care import PictureChange as PictureChange
from handbill.reviewing.record_care import SourceChange as SourceChange
from handbill.reviewing.record_care import ThirdParty as ThirdParty
from handbill.reviewing.record_care import TrustChange as TrustChange


@dataclass(frozen=True, slots=True)
class State:
    """One of the two states: as it was called, and the commit that it is, "" for the files as they lie there."""

    name: str
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in a comparison of two texts; ``how`` is "same", "gone" or "new"."""

    how: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page whose bytes will be others, or that will come or go.

    ``is_own`` says that a file of the page itself was changed; other pages only
    follow (lists, neighbours, a new name in the foot).  ``since`` is the ISO
    moment from which members see it, "" for as soon as it is published.
    ``words`` compares what can be read, ``marks`` names what else differs
    (``picture``, ``link``, ``style``, ``head``, ``markup``), so that a change
    without another word is explained.  ``former`` is the address that the page
    had until now, where it moves with its item.  ``before`` and ``after`` are
    the HTML as it would be published; they are no part of the JSON.
    """

    address: str
    how: How
    title: str
    lang: str
    kind: str = ""
    sources: tuple[str, ...] = ()
    is_own: bool = True
    since: str = ""
    words: tuple[Run, ...] = ()
    marks: tuple[str, ...] = ()
    former: str = ""
    before: bytes | None = field(default=None, repr=False)
    after: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FileChange:
    """Another published file that differs: a picture, a style, a file for machines; sizes in bytes, 0 where there is none."""

    path: str
    how: How
    before: int
    after: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class FeedChange:
    """An entry that feed readers will get: a new one, one that they show again as updated, or one that leaves in silence.

    ``is_told`` says whether the entry's ``updated`` moves, which is what makes
    readers show it again.  ``left`` are feeds that hold it no more, while others do.
    """

    id: str
    how: How
    title: str
    address: str
    feeds: tuple[str, ...]
    is_told: bool = True
    updated: str = ""
    words: tuple[Run, ...] = ()
    since: str = ""
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateChange:
    """An entry of calendars: one event, or one date of a series that is otherwise than its rule.

    ``starts`` is an ISO day, or a moment by the clock of ``zone``, which is ""
    where it is the hub's own.  ``sequence`` is the number of the new entry;
    ``is_told`` says that it grew or is new, so that programs ask members to
    look again.  ``is_cancelled`` says that the new entry calls off what the old
    one did not; removed without it means: it vanishes in silence.  Details are
    in neutral words (:mod:`handbill.reviewing.details`).
    """

    uid: str
    how: How
    title: str
    starts: str
    calendars: tuple[str, ...]
    details: tuple[Detail, ...] = ()
    sequence: int = 0
    is_cancelled: bool = False
    since: str = ""
    zone: str = ""
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class LetterChange:
    """A letter as it would be mailed on its day, or one that was frozen.

    ``forms`` and ``former`` are bytes by the names of the archive (``mail.html``,
    ``mail.txt``, ``mail.eml``), and no part of the JSON.  ``words`` compares the
    plain texts, ``headers`` what the mail's head says, those too that stay as
    they are; ``details`` are what else becomes another: its state, its day.
    ``frozen`` is the digest of the manifest where the letter is frozen;
    ``since_freeze`` tells what was frozen before and is other now, which is
    never right.
    """

    name: str
    how: How
    subject: str
    preheader: str
    lang: str
    state: str
    sent: str
    source: str
    bytes_html: int
    bytes_wire: int
    words: tuple[Run, ...] = ()
    headers: tuple[Detail, ...] = ()
    frozen: str = ""
    since_freeze: tuple[Run, ...] = ()
    problems: tuple[Problem, ...] = ()
    details: tuple[Detail, ...] = ()
    forms: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    former: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is, before and after: published files, pages, and the bytes of those pages (HTML) that the proposal changes."""

    files: tuple[int, int] = (0, 0)
    pages: tuple[int, int] = (0, 0)
    page_bytes: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Review:
    """All that a proposal changes; ``as_of`` is the ISO moment for which both states were made.

    ``is_whole`` is false where errors keep one of the states from being
    published: then what is told of pages is what could be made.
    ``seconds`` is how long each step took, and no part of the JSON.
    """

    base: State
    head: State
    as_of: str
    lang: str
    hub: str
    base_url: str
    is_whole: bool = True
    pages: tuple[PageChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    feeds: tuple[FeedChange, ...] = ()
    dates: tuple[DateChange, ...] = ()
    letters: tuple[LetterChange, ...] = ()
    addresses: tuple[AddressChange, ...] = ()
    people: tuple[PersonChange, ...] = ()
    domains: tuple[DomainChange, ...] = ()
    pictures: tuple[PictureChange, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()
    trusted: tuple[TrustChange, ...] = ()
    sources: tuple[SourceChange, ...] = ()
    problems: tuple[Found, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    sizes: Sizes = field(default_factory=Sizes)
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def is_silent(self) -> bool:
        """Say whether members would notice nothing at all."""
        return not (self.pages or self.files or self.feeds or self.dates or self.letters or self.addresses)

    @property
    def loud(self) -> tuple[SourceChange, ...]:
        """Return the files that change what runs, what every page looks like, or who may do what."""
        return tuple(one for one in self.sources if one.part in ("settings", "theme", "code", "workflow") or one.what)
