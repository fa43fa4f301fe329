"""The hub → RSS, Atom and JSON Feed, and an OPML list of them.  Knows neither feedgen nor Pelican nor the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from handbill.hub.address import output_path
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.digests import SPANS, digests
from handbill.outputs.feed_entries import Entries
from handbill.outputs.feed_json import json_feed
from handbill.outputs.feed_record import Channel, Entry, check, tag_uri
from handbill.outputs.feed_xml import xml_feed
from handbill.outputs.opml import opml
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.outputs.subscriptions import ALL_LANGUAGES, FORMS, Subscription, feeds
from handbill.settings import Settings

name = "feeds"


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield each feed in each of its forms, and the list of feeds of each language."""
    entries = Entries(hub, settings)
    for lang in settings.languages:
        say = entries.words(lang)
        found = tuple(feeds(hub, settings, lang, say))
        for feed in found:
            # What gathers all languages is listed with the feeds of each, and made once.
            if feed.name == ALL_LANGUAGES and lang != settings.lang:
                continue
            drawn = _Drawn(feed, hub, settings, entries)
            for _, ending in FORMS:
                path = output_path(feed.address("feeds", ending, settings))
                yield Planned(path, (), feed.promise("feeds", ending), partial(drawn.finish, ending))
        listed = opml(found, settings, say)
        yield settled(output_path(f"{settings.home(lang)}feeds/hub.opml"), digest(listed), (), listed, f"opml:{lang}")


def shown_in(planned: Planned) -> tuple[Sequence[Item] | None, str] | None:
    """Return the items whose text the feed that is planned shows, and what else it is of its own; ``None`` for any other path.

    A digest shows of all items of the hub all but their text, for which ``None`` stands.
    """
    drawn = getattr(getattr(planned.finish, "func", None), "__self__", None)
    if not isinstance(drawn, _Drawn):
        return None
    feed = drawn.feed
    return None if feed.name in SPANS else feed.items, repr((feed.name, feed.title, feed.lang, feed.page))


class _Drawn:
    """A feed whose entries are drawn once for all its forms, when one of them is made."""

    def __init__(self, feed: Subscription, hub: Hub, settings: Settings, entries: Entries) -> None:
        self.feed, self._hub, self._settings, self._entries = feed, hub, settings, entries
        self._found: tuple[tuple[str, Entry], ...] | None = None

    def finish(self, ending: str) -> tuple[str, Channel]:
        """Return key and work of one form."""
        if self._found is None:
            self._found = tuple(self._draw())
        channel = self._channel(ending)
        key = digest(channel, [key for key, _ in self._found])
        return key, replace(channel, entries=tuple(entry for _, entry in self._found))

    def _draw(self) -> Iterator[tuple[str, Entry]]:
        feed = self.feed
        if feed.name in SPANS:
            return digests(feed, self._hub, self._settings, self._entries)
        return (self._entries.entry(item) for item in feed.items)

    def _channel(self, ending: str) -> Channel:
        feed, settings = self.feed, self._settings
        home = settings.home(feed.lang)
        return Channel(
            id=tag_uri(self._hub.host, f"feed:{feed.lang}:{feed.name}"),
            title=feed.title,
            description=settings.text("description", feed.lang) or feed.title,
            home=settings.absolute(feed.page or home),
            self_address=settings.absolute(feed.address("feeds", ending, settings)),
            lang=feed.lang,
            ending=ending,
            name=settings.name,
            front=settings.absolute(home),
            subjects=settings.absolute(f"{home}{settings.words['tags']}/"),
            icon=settings.absolute("/theme/favicon.svg"),
            logo=settings.absolute(f"/theme/{settings.logo}") if settings.logo else "",
            hub=settings.feed_hub,
            entries=(),
        )


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Write each feed in its form.

    Raises:
        NotWritable: an item holds what no feed can carry.
    """
    for one in planned:
        if isinstance(one.work, str):
            yield Artifact(one.path, one.work.encode("utf-8"))
            continue
        check(one.work)
        yield Artifact(one.path, json_feed(one.work) if one.work.ending == "json" else xml_feed(one.work))
