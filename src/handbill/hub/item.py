"""One thing the community publishes, complete on the day it is read, and never changed after."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handbill.hub.facets import Deadline, Occurrence, Online, Picture, Place, Series

#: Around the number of a link inside :attr:`Body.html`; control characters
#: cannot occur in content, because reading refuses them.
LINK_OPEN, LINK_CLOSE = "\x02", "\x03"
_MARK = re.compile(f"{LINK_OPEN}(\\d+){LINK_CLOSE}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: its level (1 to 6), anchor and text."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A text, rendered once for pages, feeds and letters alike.

    ``html`` is clean, well-formed HTML in which each address that belongs to
    the hub stands as a numbered mark; :meth:`with_links` fills the marks in.
    ``blocks`` is the plain text, a paragraph, heading or list entry each.
    """

    html: str = ""
    blocks: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[str, ...] = ()
    text: str = ""
    words: int = 0

    def with_links(self, complete: Callable[[str], str]) -> str:
        """Return the HTML with every link to the hub's own addresses completed."""
        return fill(self.html, self.links, complete)

    def text_with_links(self, complete: Callable[[str], str]) -> str:
        """Return the plain-text form, which carries every address of the HTML."""
        return fill(self.text, self.links, complete)


def fill(text: str, links: tuple[str, ...], complete: Callable[[str], str]) -> str:
    """Replace the numbered marks in *text* by completed addresses."""
    return _MARK.sub(lambda mark: complete(links[int(mark[1])]), text)


@dataclass(frozen=True, slots=True)
class Credit:
    """Someone who has a part in an item: a person of the hub, or only a name."""

    name: str
    role: str
    person: str | None = None


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
    facts: Any = field(default=None)
    places: Mapping[str, tuple[int, int, int]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def group(self) -> str:
        """Return the id that an item shares with its translations."""
        return self.original or self.id
