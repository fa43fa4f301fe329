"""A feed → JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from handbill.outputs.feed_record import Author, Channel, Entry


def json_feed(channel: Channel) -> bytes:
    """Return the feed as JSON; what it does not know is left out."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.home,
        "feed_url": channel.self_address,
        "icon": channel.logo,
        "favicon": channel.icon,
        "authors": [{"name": channel.name, "url": channel.front}],
        "language": channel.lang,
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
    }
    known: dict[str, Any] = {key: value for key, value in feed.items() if value not in ("", [])}
    known["items"] = [_item(entry) for entry in channel.entries]
    return (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _item(entry: Entry) -> dict[str, Any]:
    # The fields that every item has, empty ones too, and then those that some have.
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": entry.lang,
    }
    if entry.picture:
        item["image"] = entry.picture.address
    if entry.authors:
        item["authors"] = [_author(one) for one in entry.authors]
    if entry.tags:
        item["tags"] = list(entry.tags)
    if entry.told:
        item["_handbill"] = json.loads(entry.told)
    return item


def _author(author: Author) -> dict[str, str]:
    known = {"name": author.name, "url": author.address, "avatar": author.portrait}
    return {key: value for key, value in known.items() if value}
