"""Where a new file lies, which address it will have, and whether another item has that already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbill.hub.address import slug_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.kind import Kind
from handbill.hub.written import Value


@dataclass(frozen=True, slots=True)
class Place:
    """The path of a file from the root of the hub; it ends in ``.<lang>.md`` where it says its language."""

    folder: str
    name: str
    lang: str = ""

    @property
    def path(self) -> str:
        """Return the path of the file."""
        return f"{self.folder}/{self.name}{f'.{self.lang}' if self.lang else ''}.md"


def slug_for(kind: Kind, values: Mapping[str, Value]) -> str:
    """Return the slug to propose: of a letter its month, of all else what its title makes; may be empty."""
    if kind.name == "issue":
        letter, month = _text(values, "letter") or "main", _text(values, "date")[:7]
        return month if letter == "main" else f"{letter}-{month}"
    return slug_of(_text(values, "title"))


def place_for(kind: Kind, slug: str, values: Mapping[str, Value], lang: str) -> Place:
    """Return where a file of that kind lies: events by year, posts by date, all else by slug."""
    folder = kind.folder
    if kind.name == "event" and re.match(r"\d{4}-", starts := _text(values, "starts")):
        folder = f"{folder}/{starts[:4]}"
    if kind.name == "post" and re.match(r"\d{4}-\d{2}-\d{2}", date := _text(values, "date")):
        return Place(folder, f"{date[:10]}-{slug}", lang)
    return Place(folder, slug, lang)


def others(slug: str, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield slugs to propose in the place of one that is taken: with the year, then counted."""
    year = next((found[0] for name in ("starts", "opens", "date") if (found := re.match(r"\d{4}", _text(values, name)))), "")
    if year and year not in slug.split("-"):
        yield f"{slug}-{year}"
    for number in range(2, 1000):
        yield f"{slug}-{number}"


def taken_by(item: Item, hub: Hub, gone: tuple[str, ...]) -> str:
    """Return what has the address or the identity of a new item already: a file, or the address itself; "" if nothing."""
    for other in (*hub.items, *hub.hidden):
        if other.source != item.source and (other.id == item.id or item.address in (other.address, *other.aliases)):
            return other.source
    promised = any(promise.address == item.address or promise.id == item.id for promise in hub.promises)
    return item.address if promised or item.address in gone else ""


def exists(root: Path, place: Place) -> bool:
    """Say whether there is a file at that place."""
    return (root / place.path).exists()


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
