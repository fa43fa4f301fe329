"""The bytes of a feed that this program wrote → its entries, each with all that a reading program gets of it.

JSON Feed says most; what it leaves out, such as the length of a picture, is
in the Atom form, so an entry is the same only where both say so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

#: The forms of a feed by the ends of their names; the first that is there is the one under which a feed is named.
RSS, ATOM, JSON = ".rss.xml", ".atom.xml", ".json"
FORMS = (RSS, ATOM, JSON)

#: Files that are published as they lie there, whatever they are called.
OF_THEME = "theme/"

_SPACE = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as it stands in a feed; ``whole`` is everything that this one feed says of it, and another feed may say it otherwise."""

    id: str
    address: str
    title: str
    summary: str
    content: str
    published: str
    updated: str
    whole: Any


def stem_of(path: str) -> str:
    """Return the name that all forms of a feed share, "" for a file that is no feed, as what a community's own theme holds."""
    if path.startswith(OF_THEME):
        return ""
    return next((path.removesuffix(form) for form in FORMS if path.endswith(form)), "")


def named(stem: str, paths: Mapping[str, bytes]) -> str:
    """Return the path by which a feed is named: that of its most usual form among *paths*."""
    return next((stem + form for form in FORMS if stem + form in paths), stem + RSS)


def entries_of(stem: str, files: Mapping[str, bytes]) -> tuple[FeedEntry, ...]:
    """Return the entries of a feed in their order, from its best form among *files*; RSS alone tells too little and is not asked."""
    atoms = _atom_entries(files[stem + ATOM]) if stem + ATOM in files else {}
    if stem + JSON not in files:
        return tuple(_of_atom(name, node) for name, node in atoms.items())
    told = json.loads(files[stem + JSON])
    return tuple(
        FeedEntry(
            one["id"], one["url"], one["title"], one["summary"], one["content_html"], one["date_published"], one["date_modified"],
            (one, _bytes_of(atoms[one["id"]]) if one["id"] in atoms else b""),
        )
        for one in told["items"]
    )  # fmt: skip


def _atom_entries(raw: bytes) -> dict[str, ElementTree.Element]:
    # Our own writer's: it knows no entity, and what people wrote is escaped in it.
    feed = ElementTree.fromstring(raw)  # noqa: S314
    return {node.findtext(f"{_SPACE}id", ""): node for node in feed.findall(f"{_SPACE}entry")}


def _of_atom(name: str, node: ElementTree.Element) -> FeedEntry:
    link = next((one for one in node.findall(f"{_SPACE}link") if one.get("rel") == "alternate"), None)
    title, summary, content, published, updated = (
        node.findtext(f"{_SPACE}{part}", "") for part in ("title", "summary", "content", "published", "updated")
    )
    address = link.get("href", "") if link is not None else ""
    return FeedEntry(name, address, title, summary, content, published, updated, _bytes_of(node))


def _bytes_of(node: ElementTree.Element) -> bytes:
    # What follows the entry belongs to the feed: it is another in front of its end.
    node.tail = None
    return ElementTree.tostring(node)
