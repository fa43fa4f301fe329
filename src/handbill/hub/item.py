"""One thing the community publishes, complete on the day it is read, and never changed after."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from handbill.hub.facets import Deadline, Disclosure, Occurrence, Online, Picture, Place, Series
from handbill.hub.lean import lean
from handbill.hub.swift import swift

#: Around the number of a link inside :attr:`Body.html`; control characters
#: cannot occur in content, because reading refuses them.
LINK_OPEN, LINK_CLOSE = "\x02", "\x03"
_MARK = re.compile(f"{LINK_OPEN}(\\d+){LINK_CLOSE}")

#: Around the number of an automatic section, at its place in a letter's HTML and text.
SECTION_OPEN, SECTION_CLOSE = "\x0e", "\x0f"
_SECTION = re.compile(f"\n*{SECTION_OPEN}(\\d+){SECTION_CLOSE}\n*")


@swift
@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: its level (1 to 6), anchor and text."""

    level: int
    anchor: str
    text: str


@lean("html", "blocks", "text")
@dataclass(frozen=True, slots=True)
class Body:
    """A text, rendered once for pages, feeds and letters alike.

    ``html`` is clean, well-formed HTML in which each address that belongs to
    the hub stands as a numbered mark; :meth:`with_links` fills the marks in.
    ``blocks`` is the plain text, a paragraph, heading or list entry each: all of
    them of letters and of what happens on a day, of other texts the first.  Where
    a letter has a section between its paragraphs, ``html`` and ``text`` hold a
    mark; :meth:`pieces` takes the two apart there, all else leaves it out.
    """

    html: str = ""
    blocks: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[str, ...] = ()
    text: str = ""
    words: int = 0

    def leading_to(self, links: tuple[str, ...]) -> Body:
        """Return the same text with other *links*; it is not held twice."""
        if links == self.links:
            return self
        other = copy(self)
        object.__setattr__(other, "links", links)
        return other

    def with_links(self, complete: Callable[[str], str]) -> str:
        """Return the HTML with every link to the hub's own addresses completed."""
        html = self.html
        # Only letters have sections, and to look for a line end after line ends took longer than all links.
        return fill(_SECTION.sub("\n", html) if SECTION_OPEN in html else html, self.links, _in_html(complete))

    def pieces(self, complete: Callable[[str], str]) -> tuple[Piece, ...]:
        """Return what was written by hand and the numbers of the sections between, in the order of the letter.

        In each piece of text every link to the hub's own addresses is completed.
        """
        # Both hold the same marks in the same order, because one was made of the other.
        html, text = _SECTION.split(self.html), _SECTION.split(self.text)
        found: list[Piece] = []
        for number in range(0, len(html), 2):
            if number:
                found.append(Piece(section=int(html[number - 1])))
            written = Piece(
                fill(html[number].strip("\n"), self.links, _in_html(complete)), fill(text[number].strip("\n"), self.links, complete)
            )
            if written.html:
                found.append(written)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a letter: HTML and plain text written by hand, or the number of a section that stands there."""

    html: str = ""
    text: str = ""
    section: int | None = None


def _in_html(complete: Callable[[str], str]) -> Callable[[str], str]:
    """Return what completes an address so that it can stand in a value of HTML, whatever signs it has."""
    return lambda link: escape(complete(link))


def fill(text: str, links: tuple[str, ...], complete: Callable[[str], str]) -> str:
    """Replace the numbered marks in *text* by completed addresses."""
    return _MARK.sub(lambda mark: complete(links[int(mark[1])]), text)


@swift
@dataclass(frozen=True, slots=True)
class Credit:
    """Someone who has a part in an item: a person of the hub, or only a name."""

    name: str
    role: str
    person: str | None = None


@swift
@dataclass(frozen=True, slots=True)
class Item:
    """An item of any kind: who it is, where it is, what it says, and its facets.

    ``id`` is the identity that feeds, calendars and mails hang on; ``address``
    is the path part of its public address, from the root of the hub.
    ``published`` and ``updated`` carry the hub's zone.  ``facts`` is the record
    of the item's kind, which only that kind reads.  ``places`` tells line,
    column and width of each field as it was written, for messages.
    """

    id: str
    kind: str
    source: str
    slug: str
    lang: str
    address: str
    title: str
    summary: str
    body: Body
    published: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    picture: Picture | None = None
    aliases: tuple[str, ...] = ()
    is_draft: bool = False
    is_listed: bool = True
    original: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    series: Series | None = None
    place: Place | None = None
    online: Online | None = None
    deadline: Deadline | None = None
    disclosure: Disclosure | None = None
    facts: Any = field(default=None)
    places: Mapping[str, tuple[int, int, int]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def group(self) -> str:
        """Return the id that an item shares with its translations."""
        return self.original or self.id
