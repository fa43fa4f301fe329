"""The pictures of the content: two states → those that come, go, are replaced or are described in other words."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.errors import Said, said
from handbill.hub.hub import Hub, Media
from handbill.hub.item import LINK_CLOSE, LINK_OPEN, Item
from handbill.kinds import KINDS
from handbill.options import Options
from handbill.reading.media import media_address
from handbill.reading.walk import walk
from handbill.reviewing.coming import awaited, seen_or_awaited
from handbill.reviewing.record import Detail, How, PictureChange
from handbill.settings import Settings

#: From here on a picture is big: a reader on the road pays for it, although pages show a smaller one where they can.
BIG_BYTES = 1_000_000

#: What is told of a picture, by the name that it has in a review.
NAMES: Mapping[str, Said] = {
    "file": said("file"),
    "picture": said("picture"),
    "description": said("description"),
    "size in pixels": said("size in pixels"),
    "size in bytes": said("size in bytes"),
}

_IMG = re.compile(f'<img src="{LINK_OPEN}(\\d+){LINK_CLOSE}"([^>]*)>')
_ALT = re.compile(r' alt="([^"]*)"')
_SIZE = re.compile(r' width="(\d+)" height="(\d+)"')


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a state shows it: its digest, sizes, the descriptions that it has, and the files that show it."""

    digest: str
    width: int
    height: int
    size: int
    is_moving: bool
    alts: tuple[str, ...]
    where: tuple[str, ...]


def facts(hub: Hub, settings: Settings, _options: Options, _scratch: Path) -> dict[str, Shown]:
    """Return every picture that is published, or will be with a text that waits, by its file."""
    uses: dict[str, list[tuple[str, str]]] = {}
    for item in seen_or_awaited(hub):
        for address, alt in _uses(item):
            uses.setdefault(address, []).append((item.source, alt))
    media = (*hub.media, *_media_of(awaited(hub), hub.pictures, settings.root))
    return {one.source: _shown(one, uses.get(one.address, ())) for one in sorted(media, key=lambda one: one.source)}


def changes(before: Mapping[str, Shown], after: Mapping[str, Shown]) -> tuple[PictureChange, ...]:
    """Return the pictures that differ; one under another name is the same picture, moved."""
    gone = {source: one for source, one in before.items() if source not in after}
    new = {source: one for source, one in after.items() if source not in before}
    told = [(source, source, before[source], one) for source, one in after.items() if before.get(source, one) != one]
    for source, former in _moved(gone, new).items():
        told.append((former, source, gone.pop(former), new.pop(source)))
    found = [_change(source, "added", one) for source, one in new.items()]
    found += [_change(source, "removed", one) for source, one in gone.items()]
    for former, source, old, one in told:
        if details := tuple(_details(former, source, old, one)):
            found.append(replace(_change(source, "changed", one), details=details))
    return tuple(sorted(found, key=lambda one: (one.source, one.how)))


def _uses(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the address and the description of each picture that an item shows."""
    if item.picture:
        yield item.picture.path, item.picture.alt
    if item.place and item.place.map:
        yield item.place.map.path, item.place.map.alt
    if "<img" in item.body.html:
        for number, rest in _IMG.findall(item.body.html):
            alt = _ALT.search(rest)
            yield item.body.links[int(number)], html.unescape(alt[1]) if alt else ""


def _media_of(items: Iterable[Item], published: Mapping[str, Media], root: Path) -> list[Media]:
    """Return the pictures that only texts show whose time has not come; the hub does not know them yet."""
    sizes: dict[str, tuple[int, int]] = {}
    for item in items:
        for one in (item.picture, item.place.map if item.place else None):
            if one and one.path not in published:
                sizes[one.path] = (one.width, one.height)
        for number, rest in _IMG.findall(item.body.html) if "<img" in item.body.html else ():
            address, size = item.body.links[int(number)], _SIZE.search(rest)
            if address not in published and size:
                sizes[address] = (int(size[1]), int(size[2]))
    if not sizes:
        return []
    found: list[Media] = []
    for file, _ in ((one.source, one.kind) for one in walk(root, KINDS)[0] if not one.kind):
        address = media_address(file)
        if address in sizes:
            raw = (root / file).read_bytes()
            found.append(Media(file, address, hashlib.sha256(raw).hexdigest(), *sizes[address], size=len(raw)))
    return found


def _shown(one: Media, uses: Iterable[tuple[str, str]]) -> Shown:
    alts = tuple(sorted({alt for _, alt in uses}))
    return Shown(one.digest, one.width, one.height, one.size, one.is_moving, alts, tuple(sorted({source for source, _ in uses})))


def _moved(gone: Mapping[str, Shown], new: Mapping[str, Shown]) -> dict[str, str]:
    """Return the former file of each new one that is the same picture; of several copies nobody knows which was moved."""
    times = Counter(one.digest for one in (*gone.values(), *new.values()))
    former = {one.digest: source for source, one in gone.items()}
    return {source: former[one.digest] for source, one in new.items() if one.digest in former and times[one.digest] == 2}


def _change(source: str, how: How, one: Shown) -> PictureChange:
    marks = {"big": one.size > BIG_BYTES, "moving": one.is_moving, "undescribed": bool(one.where) and not any(one.alts)}
    told = tuple(mark for mark, holds in marks.items() if holds and how != "removed")
    return PictureChange(source, how, _said(one), one.width, one.height, one.size, one.where, marks=told)


def _details(former: str, source: str, old: Shown, new: Shown) -> Iterator[Detail]:
    if former != source:
        yield Detail("file", former, source)
    if old.digest != new.digest:
        # Eight signs of a digest are enough for a person to see that it is another one.
        yield Detail("picture", old.digest[:8], new.digest[:8])
    if old.alts != new.alts and _said(old) != _said(new):
        yield Detail("description", _said(old), _said(new))
    if (old.width, old.height) != (new.width, new.height):
        yield Detail("size in pixels", f"{old.width} × {old.height}", f"{new.width} × {new.height}")
    if old.size != new.size:
        yield Detail("size in bytes", str(old.size), str(new.size))


def _said(one: Shown) -> str:
    return " / ".join(alt for alt in one.alts if alt)
