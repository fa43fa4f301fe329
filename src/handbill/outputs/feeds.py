"""The hub → RSS, Atom and JSON Feed, and an OPML list of them.  Knows feedgen; does not know Pelican or the disk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from handbill.hub.address import output_path
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.alerts import with_alert_titles
from handbill.outputs.cards import Cards
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.outputs.subscriptions import FORMS, Subscription, feeds
from handbill.outputs.theme import Theme
from handbill.outputs.views import Card
from handbill.outputs.words import Words, words_for
from handbill.settings import Settings

name = "feeds"

#: When an empty feed last changed: never; but the W3C's validator believes no date before 1990.
NEVER = "2000-01-01T00:00:00+00:00"

#: What may stand in a tag URI besides letters and digits; the rest is written as %xx.
_PLAIN = "-._~!$&'()*+,;=:@/?"

#: A link within a page; attributes are quoted and text is escaped, because the reader wrote them.
_WITHIN = re.compile(r'(<a(?:\s+[a-z-]+="[^"]*")*?\s+href=")(?=#)')

TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; moments in ISO 8601 with their offset, addresses whole."""

    id: str
    address: str
    title: str
    summary: str
    content: str
    published: str
    updated: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed before it is written in one of its forms."""

    id: str
    title: str
    description: str
    home: str
    self_address: str
    updated: str
    lang: str
    ending: str
    entries: tuple[Entry, ...]


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield each feed in each of its forms, and the list of feeds of each language."""
    theme = Theme(settings.root)
    for lang in settings.languages:
        say = words_for(lang, theme.locale(lang))
        show = partial(_shown, entries={}, settings=settings, cards=Cards(hub, settings, lang, settings.absolute), say=say)
        found = list(feeds(hub, settings, lang, say))
        for feed in found:
            for _, ending in FORMS:
                path = output_path(feed.address("feeds", ending, settings))
                yield Planned(path, (), feed.promise("feeds", ending), partial(_finish, feed, ending, settings, show))
        address = f"{settings.home(lang)}feeds/hub.opml"
        opml = _opml(found, settings, lang)
        yield settled(output_path(address), digest(opml), (), opml, f"opml:{lang}")


def _shown(item: Item, entries: dict[str, Entry], settings: Settings, cards: Cards, say: Words) -> Entry:
    """Return the entry of an item, made once for all feeds of a language."""
    if item.id not in entries:
        entries[item.id] = _entry(item, settings, cards, say)
    return entries[item.id]


def _finish(feed: Subscription, ending: str, settings: Settings, show: Callable[[Item], Entry]) -> tuple[str, Channel]:
    channel = _channel(feed, ending, settings, tuple(show(item) for item in feed.items))
    return digest(channel), channel


def _channel(feed: Subscription, ending: str, settings: Settings, entries: tuple[Entry, ...]) -> Channel:
    updated = max((entry.updated for entry in entries), key=_instant, default=NEVER)
    return Channel(
        id=tag_uri(settings, f"feed:{feed.lang}:{feed.name}"),
        title=feed.title,
        description=settings.text("description", feed.lang) or feed.title,
        home=settings.absolute(settings.home(feed.lang)),
        self_address=settings.absolute(feed.address("feeds", ending, settings)),
        updated=updated,
        lang=feed.lang,
        ending=ending,
        entries=entries,
    )


def _entry(item: Item, settings: Settings, cards: Cards, say: Words) -> Entry:
    assert item.published is not None
    # What is said is what held when the entry last changed: a feed does not change by the clock alone.
    changed = max(item.updated or item.published, item.published)
    card = cards.card(item, at=changed)
    body = _WITHIN.sub(lambda link: link[1] + card.address, item.body.with_links(settings.absolute))
    body = with_alert_titles(body, say)
    return Entry(
        id=tag_uri(settings, item.id),
        address=card.address,
        title=_titled(item, card.state, say),
        summary=item.summary,
        content=_facts_line(item, card, say) + body,
        published=item.published.isoformat(),
        updated=changed.isoformat(),
        authors=tuple(person.name for person in card.people if person.role == "author"),
        tags=tuple(tag.title for tag in card.tags),
        lang=item.lang,
    )


def _titled(item: Item, state: str, say: Words) -> str:
    """Return the title, with the word for what members must not miss in front."""
    words = {"cancelled": say("Cancelled"), "postponed": say("Postponed")}
    return f"{words[state]}{say(': ')}{item.title}" if state in words else item.title


def _facts_line(item: Item, card: Card, say: Words) -> str:
    """Return a paragraph with date and place, which the text itself often leaves out."""
    parts: list[str] = []
    if card.when:
        parts.append(say.span(card.when))
    if item.place and card.place:
        parts.append(item.place.line)
    if card.left and not card.when:
        parts.append(say("Entries close on {day}", day=say.deadline(card.left.closes)))
    note = card.when.note if card.when else ""
    line = " · ".join(parts)
    return (f"<p><strong>{escape(line)}</strong></p>\n" if line else "") + (f"<p>{escape(note)}</p>\n" if note else "")


def tag_uri(settings: Settings, identity: str) -> str:
    """Return an id that no change of address touches: a tag URI of the hub's host.

    Source: RFC 4151.  The date is when the scheme was chosen, the same for all.
    """
    return f"tag:{urlsplit(settings.base_url).hostname},2026:{quote(identity, safe=_PLAIN)}"


def _instant(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


def _opml(found: list[Subscription], settings: Settings, lang: str) -> str:
    lines = [
        f'    <outline type="rss" text={quoteattr(feed.title)} title={quoteattr(feed.title)}'
        f" xmlUrl={quoteattr(settings.absolute(feed.address('feeds', 'atom.xml', settings)))}"
        f" htmlUrl={quoteattr(settings.absolute(settings.home(lang)))}/>"
        for feed in found
    ]
    return "\n".join([
        '<?xml version="1.0" encoding="utf-8"?>', '<opml version="2.0">',
        f"  <head><title>{escape(settings.name)}</title></head>", "  <body>", *lines, "  </body>", "</opml>", "",
    ])  # fmt: skip


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Write each feed in its form."""
    for one in planned:
        if isinstance(one.work, str):
            yield Artifact(one.path, one.work.encode("utf-8"))
        elif one.work.ending == "json":
            yield Artifact(one.path, _json(one.work))
        else:
            yield Artifact(one.path, _xml(one.work))


def _json(channel: Channel) -> bytes:
    """Return the feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    items: list[dict[str, Any]] = []
    for entry in channel.entries:
        item: dict[str, Any] = {
            "id": entry.id, "url": entry.address, "title": entry.title, "summary": entry.summary, "content_html": entry.content,
            "date_published": entry.published, "date_modified": entry.updated, "language": entry.lang,
        }  # fmt: skip
        if entry.authors:
            item["authors"] = [{"name": name} for name in entry.authors]
        if entry.tags:
            item["tags"] = list(entry.tags)
        items.append(item)
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": channel.title, "description": channel.description,
        "home_page_url": channel.home, "feed_url": channel.self_address, "language": channel.lang, "items": items,
    }  # fmt: skip
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _xml(channel: Channel) -> bytes:
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id(channel.id)
    feed.title(channel.title)
    feed.subtitle(channel.description)
    feed.description(channel.description)
    feed.language(channel.lang)
    # feedgen stamps the clock unless told, and the last link added becomes the channel's.
    feed.updated(channel.updated)
    feed.lastBuildDate(_instant(channel.updated))
    feed.generator("Handbill")
    feed.link(href=channel.self_address, rel="self", type=TYPES[channel.ending])
    feed.link(href=channel.home, rel="alternate", type="text/html")
    if channel.ending == "atom.xml":
        feed.author({"name": channel.title})
    links = _links()
    for entry in channel.entries:
        one = feed.add_entry(order="append")
        one.id(entry.id)
        one.guid(entry.id, permalink=False)
        one.title(entry.title)
        one.link(href=entry.address, rel="alternate", type="text/html")
        one.register_extension("links", links, rss=False)
        one.published(entry.published)
        one.updated(entry.updated)
        if channel.ending == "atom.xml":
            # What is empty is left out: the W3C's validator takes it for forgotten.
            if entry.summary:
                one.summary(entry.summary)
            if entry.content:
                one.content(entry.content, type="html")
            for author in entry.authors:
                one.author({"name": author})
        else:
            if entry.summary:
                one.description(entry.summary)
            if entry.content:
                one.content(entry.content, type="CDATA")
            if entry.authors:
                one.load_extension("dc")
                one.dc.dc_creator(list(entry.authors))
        one.category([{"term": tag} for tag in entry.tags])
    xml: bytes = feed.atom_str(pretty=True) if channel.ending == "atom.xml" else feed.rss_str(pretty=True)
    return xml


@cache
def _links() -> type:
    """Return what restores ``rel`` and ``type`` on the link of an entry, which feedgen 1.0 drops in Atom."""
    from feedgen.ext.base import BaseEntryExtension

    class Links(BaseEntryExtension):  # type: ignore[misc]
        def extend_atom(self, entry: Any) -> Any:
            for link in entry.findall("link"):
                link.set("rel", "alternate")
                link.set("type", "text/html")
            return entry

    return Links
