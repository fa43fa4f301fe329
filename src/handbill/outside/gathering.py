"""The hub → every address elsewhere that it leads to, and where each stands.  Asks nobody."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import HUB
from handbill.outside.record import Link, Place
from handbill.settings import Settings

_HREF = re.compile(r'href="((?i:https?)://[^"]+)"')
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def links_of(hub: Hub, settings: Settings, root: Path) -> tuple[Link, ...]:
    """Return what members can follow from the hub to elsewhere, in the order of addresses; what is not published yet, too."""
    found: dict[str, set[Place]] = {}
    own = _host(settings.base_url)
    texts: dict[str, list[str]] = {}
    for source, address in _all(hub, settings):
        plain = address.partition("#")[0]
        # One with a gap, such as {token}, is filled in for each member; as it stands it leads nowhere.
        if not _host(plain) or _host(plain) == own or "{" in plain:
            continue
        if source not in texts:
            texts[source] = _lines(root / source)
        found.setdefault(plain, set()).add(Place(source, _line(texts[source], address, plain)))
    return tuple(Link(address, tuple(sorted(places))) for address, places in sorted(found.items()))


def _all(hub: Hub, settings: Settings) -> Iterator[tuple[str, str]]:
    awaited = (item for item in hub.hidden if not item.is_draft)
    for item in (*hub.items, *awaited):
        # What was mailed stays as it was mailed: nobody could mend a link of it.
        if item.id not in hub.frozen:
            for address in _of_item(item):
                yield item.source, address
    for text in _texts(settings):
        if _WEB.fullmatch(text):
            yield HUB, text


def _of_item(item: Item) -> Iterator[str]:
    for written in _HREF.findall(item.body.html):
        yield html.unescape(written)
    for part in (item.facts, item.online, item.place, item.picture, item.disclosure):
        for text in _texts(part):
            if _WEB.fullmatch(text):
                yield text


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value of records, tables and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value) and not isinstance(value, (type, date, Item)):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _line(lines: list[str], *written: str) -> int:
    """Return the first line on which an address stands; 0 where it was put together from parts."""
    for text in (*written, *(html.escape(one, quote=False) for one in written)):
        for number, line in enumerate(lines, 1):
            if text in line:
                return number
    return 0
