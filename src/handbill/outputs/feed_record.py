"""What a feed is before it is written in one of its forms, and the ids that its entries keep for ever (decision 0030)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from handbill.errors import HandbillError, said

#: When an empty feed last changed: never; but the W3C's validator believes no date before 1990.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

#: What may stand in a tag URI besides letters and digits; the rest is written as %xx.
_PLAIN = "-._~!$&'()*+,;=:@/?"

#: What no XML document can hold, escaped or not.  Source: XML 1.0, section 2.2.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an entry; page and portrait where the hub has them, a mail address never."""

    name: str
    address: str = ""
    portrait: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an entry: its whole address, its media type, and its length in bytes as published."""

    address: str
    type: str
    length: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; addresses whole, ``content`` is HTML and all other texts are plain.

    ``told`` is what programs need not read out of the text, as a JSON object
    (handbook: reference/outputs).
    """

    id: str
    address: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    lang: str
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    picture: Enclosure | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed; ``ending`` is that of its form.

    ``home`` is the page that shows the same, ``front`` the hub's own, ``subjects``
    the list that its entries' tags are from.  ``hub`` is who tells subscribers at
    once (WebSub), "" for nobody.
    """

    id: str
    title: str
    description: str
    home: str
    self_address: str
    lang: str
    ending: str
    name: str
    front: str
    subjects: str
    icon: str
    logo: str
    hub: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """Return when its latest changed entry did."""
        return max((entry.updated for entry in self.entries), default=NEVER)


class NotWritable(HandbillError):
    """A feed would hold what no reading program can read: a fault of ours, because reading refuses it."""

    exit_code = 3


def tag_uri(host: str, identity: str) -> str:
    """Return an id that no change of address touches: a tag URI of the hub's first host.

    Source: RFC 4151.  The date is when the scheme was chosen, the same for all.
    """
    return f"tag:{host},2026:{quote(identity, safe=_PLAIN)}"


def apart(entries: tuple[Entry, ...]) -> tuple[datetime, ...]:
    """Return when each entry changed, no two at the same instant: within its second by its id.

    A date without a clock time is the same instant for all that appeared that
    day, and programs take entries of one instant for one (decision 0030).
    """
    taken: set[datetime] = set()
    found = []
    for entry in entries:
        moment = entry.updated.replace(microsecond=_fraction(entry.id))
        while moment.astimezone(UTC) in taken:
            moment += timedelta(microseconds=1)
        taken.add(moment.astimezone(UTC))
        found.append(moment)
    return tuple(found)


def _fraction(identity: str) -> int:
    """Return microseconds that follow from the id alone; never 0, which is written without its digits."""
    return 1 + int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=8).digest(), "big") % 999_999


def check(channel: Channel) -> None:
    """Refuse a text that no XML document can hold, naming whose it is.

    Raises:
        NotWritable: reading let something pass.
    """
    for whose, field, text in _texts(channel):
        if bad := _UNWRITABLE.search(text):
            raise NotWritable(said("{item}: {field}: U+{code} cannot stand in a feed", item=whose, field=field, code=f"{ord(bad[0]):04X}"))


def _texts(channel: Channel) -> Iterator[tuple[str, str, str]]:
    for field in ("title", "description", "name"):
        yield channel.self_address, field, getattr(channel, field)
    for entry in channel.entries:
        for field in ("address", "title", "summary", "content"):
            yield entry.id, field, getattr(entry, field)
        for author in entry.authors:
            yield entry.id, "authors", author.name
        for tag in entry.tags:
            yield entry.id, "tags", tag
