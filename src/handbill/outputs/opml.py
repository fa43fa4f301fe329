"""The feeds of a language → the list of them that reading programs import (OPML 2.0, http://opml.org/spec2.opml).

It carries no date: a list changes with its feeds, not with the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from handbill.outputs.subscriptions import Subscription, sort_of
from handbill.outputs.words import Words
from handbill.outputs.xml_text import attribute, escape
from handbill.settings import Settings


def opml(feeds: Iterable[Subscription], settings: Settings, say: Words) -> str:
    """Return the list, in the groups of the page of feeds: those of everything, and a folder each for kinds and subjects."""
    folders = {"kinds": say("By kind"), "tags": say("By subject")}
    lines: list[str] = []
    for sort, group in groupby(feeds, key=lambda one: sort_of(one, settings)):
        outlines = _outlines(group, settings)
        if sort in folders:
            lines += [f"    <outline text={attribute(folders[sort])}>", *(f"  {line}" for line in outlines), "    </outline>"]
        else:
            lines += outlines
    home = settings.absolute(settings.home(say.lang))
    return "\n".join([
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{escape(settings.name)}</title>",
        f"    <ownerName>{escape(settings.name)}</ownerName>",
        f"    <ownerId>{escape(home)}</ownerId>",
        "  </head>",
        "  <body>",
        *lines,
        "  </body>",
        "</opml>",
        "",
    ])  # fmt: skip


def _outlines(feeds: Iterable[Subscription], settings: Settings) -> Iterator[str]:
    for feed in feeds:
        values = {
            "text": feed.title,
            "title": feed.title,
            "xmlUrl": settings.absolute(feed.address("feeds", "atom.xml", settings)),
            "htmlUrl": settings.absolute(feed.page or settings.home(feed.lang)),
            "language": feed.lang,
        }
        yield '    <outline type="rss" ' + " ".join(f"{key}={attribute(value)}" for key, value in values.items()) + "/>"
