"""A feed → RSS 2.0 or Atom (RFC 4287).  The one module that knows feedgen, and closes its traps.

feedgen 1.0 puts the newest entry first, stamps the clock on whatever has no
date, drops ``rel``, ``type`` and ``length`` from the links of Atom entries,
takes the last link of a feed for its home, knows no WebSub in RSS, and leaves
the parsing of dates to a guess unless it is given moments.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from html.entities import html5
from typing import Any

from handbill.outputs.feed_record import Channel, Entry, apart

_TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: What a program may take for HTML in a plain text: the end of an element, or an entity.
_LIKE_HTML = re.compile(r"</\w|&#?\w")

#: Where HTML would see a tag or an entity, with what follows.
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=(#?\w+))")

#: Stands between what would be one sign together, and shows nothing (U+2060).
_JOINER = "\u2060"

#: What RSS readers show as the picture of a feed.  Source: RSS 2.0, image.
_RSS_PICTURES = (".png", ".jpg", ".jpeg", ".gif")


def xml_feed(channel: Channel) -> bytes:
    """Return the feed as Atom or RSS, by its ending."""
    from feedgen.feed import FeedGenerator

    is_atom = channel.ending == "atom.xml"
    feed = FeedGenerator()
    feed.id(channel.id)
    title = channel.title if is_atom else as_text(channel.title)
    feed.title(title)
    feed.subtitle(channel.description)
    feed.description(channel.description if is_atom else as_text(channel.description))
    feed.language(channel.lang)
    feed.updated(channel.updated)
    feed.generator("Handbill")
    feed.link(href=channel.self_address, rel="self", type=_TYPES[channel.ending])
    if channel.hub and is_atom:
        feed.link(href=channel.hub, rel="hub")
    # The last link becomes the home of the feed.
    feed.link(href=channel.home, rel="alternate", type="text/html")
    if is_atom:
        feed.author({"name": channel.name, "uri": channel.front})
        feed.icon(channel.icon)
        if channel.logo:
            feed.logo(channel.logo)
    elif channel.logo.endswith(_RSS_PICTURES):
        feed.image(channel.logo, title=title, link=channel.home)
    whole, single = _additions()
    feed.register_extension("own", whole)
    feed.own.channel = channel
    for entry, updated in zip(channel.entries, apart(channel.entries), strict=True):
        one = feed.add_entry(order="append")
        one.register_extension("own", single)
        one.own.entry, one.own.lang = entry, channel.lang
        one.guid(entry.id, permalink=False)
        one.title(entry.title if is_atom else as_text(entry.title))
        one.link(href=entry.address, rel="alternate", type="text/html")
        if entry.picture:
            one.enclosure(entry.picture.address, entry.picture.length, entry.picture.type)
        one.published(entry.published)
        one.updated(updated)
        one.category([{"term": tag, "scheme": channel.subjects} for tag in entry.tags])
        _fill(one, entry, is_atom=is_atom)
    xml: bytes = feed.atom_str(pretty=True) if is_atom else feed.rss_str(pretty=True)
    return xml


def as_text(text: str) -> str:
    """Return a plain text of RSS that no program can take for HTML.

    RSS has no way to say what a title is, and programs disagree: `<b>` would be
    lost in some, and `&amp;lt;b>` be shown in others.  With nothing to see
    between the sign and the letter it is text to all of them.
    """
    return _MARKUP.sub(lambda sign: sign[0] + _JOINER if sign[1] is None or _is_entity(sign[1]) else sign[0], text)


def _is_entity(name: str) -> bool:
    # Some are known without the semicolon at their end, and whatever follows.
    return name.startswith("#") or f"{name};" in html5 or any(name[:end] in html5 for end in range(2, len(name) + 1))


def _fill(one: Any, entry: Entry, *, is_atom: bool) -> None:
    """Give an entry its texts; what is empty is left out, because validators take it for forgotten."""
    if entry.content:
        # Escaped, never as CDATA, which a text with its end in it would break.
        one.content(entry.content, type="html" if is_atom else None)
    if is_atom:
        if entry.summary:
            one.summary(entry.summary)
        for author in entry.authors:
            one.author({"name": author.name} | ({"uri": author.address} if author.address else {}))
    elif entry.summary:
        # What RSS calls a description is HTML, by the use of all programs.
        one.description(escape(entry.summary, quote=False))


@cache
def _additions() -> tuple[type, type]:
    """Return what is added to feeds and to entries where feedgen stops."""
    from feedgen.ext.base import BaseEntryExtension, BaseExtension
    from feedgen.util import xml_elem

    class Whole(BaseExtension):  # type: ignore[misc]
        channel: Channel

        def extend_ns(self) -> dict[str, str]:
            return {} if self.channel.ending == "atom.xml" else {"dc": _DC}

        def extend_atom(self, feed: Any) -> Any:
            _mark_html(feed, "title", "subtitle")
            return feed

        def extend_rss(self, feed: Any) -> Any:
            if self.channel.hub:
                xml_elem(f"{{{_ATOM}}}link", feed[0], rel="hub", href=self.channel.hub)
            return feed

    class Single(BaseEntryExtension):  # type: ignore[misc]
        entry: Entry
        lang: str

        def extend_atom(self, node: Any) -> Any:
            if self.entry.lang != self.lang:
                node.set(_LANG, self.entry.lang)
            for link in node.findall("link"):
                picture = self.entry.picture
                if picture and link.get("href") == picture.address:
                    link.set("rel", "enclosure")
                    link.set("type", picture.type)
                    link.set("length", str(picture.length))
                else:
                    link.set("rel", "alternate")
                    link.set("type", "text/html")
            _mark_html(node, "title", "summary")
            return node

        def extend_rss(self, node: Any) -> Any:
            for author in self.entry.authors:
                xml_elem(f"{{{_DC}}}creator", node).text = as_text(author.name)
            return node

    return Whole, Single


def _mark_html(node: Any, *names: str) -> None:
    """Write a plain text that looks like HTML as HTML that shows it: nobody can take it for something else then."""
    for name in names:
        child = node.find(name)
        if child is not None and child.text and _LIKE_HTML.search(child.text):
            child.text = escape(child.text, quote=False)
            child.set("type", "html")
