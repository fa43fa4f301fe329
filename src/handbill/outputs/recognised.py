"""Pages of posts that will come out as before → their keys, without their records being drawn.

A post's own page shows the post, what the whole hub decides, and in a few
places another item: its neighbours, what resembles it, the parts of its series
and its translations.  Where all of these are the very same as at another time,
so is the record, and with it the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from handbill.engine import engine_digest
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.onward import Onward
from handbill.outputs.pages import item_page
from handbill.outputs.planned import Planned, digest
from handbill.outputs.sheet import Sheet
from handbill.settings import Settings

#: The kind whose pages show nothing that a moment decides, and of which there are thousands.
_KIND = "post"

#: Returns what tells one state of an item from every other.
Mark = Callable[[Item], str]


@dataclass(frozen=True, eq=False)
class Recognised(Planned):
    """The page of a post: ``sign`` is the digest of all that it shows, ``known`` its key where that is known from another time."""

    sign: str = ""
    known: str = ""

    @property
    def key(self) -> str:
        """Return the digest of everything that decides the bytes."""
        return self.known or self._finished[0]


@dataclass(frozen=True, slots=True)
class Notes:
    """The signs and keys of pages at another time, by path; they hold from ``since`` until before ``until``."""

    since: datetime
    until: datetime
    pages: Mapping[str, tuple[str, str]]

    def at(self, moment: datetime) -> Mapping[str, tuple[str, str]]:
        """Return what holds at that moment."""
        return self.pages if self.since <= moment < self.until else {}


def notes_of(planned: Iterable[Planned], hub: Hub) -> Notes:
    """Return what can be noted of pages whose keys are known."""
    return Notes(hub.as_of, hub.stays_until(), {one.path: (one.sign, one.key) for one in planned if isinstance(one, Recognised)})


def recognised(planned: Sequence[Planned], hub: Hub, settings: Settings, mark: Mark, notes: Notes | None) -> Iterator[Planned]:
    """Yield what the site planned, the pages of posts with the keys that are known from *notes*."""
    known = notes.at(hub.as_of) if notes else {}
    marks: dict[str, str] = {}
    commons: dict[str, str] = {}

    def marked(item: Item) -> str:
        if item.id not in marks:
            marks[item.id] = mark(item)
        return marks[item.id]

    for one in planned:
        item = _post_of(one)
        if item is None:
            yield one
            continue
        sheet, theme, _, frames = one.finish.args  # type: ignore[attr-defined]
        if item.lang not in commons:
            commons[item.lang] = _common(hub, settings, theme.template_digest(f"{_KIND}.html"), frames[item.lang], marked)
        onward: Onward = sheet.draw.args[-1]
        shown = ((marked(other) if other else "-" for other in group) for group in (*onward.shown(item), hub.translations(item)))
        sign = digest("\0".join((commons[item.lang], marked(item), *("\1".join(group) for group in shown))).encode())
        before, key = known.get(one.path, ("", ""))
        yield Recognised(one.path, one.sources, one.promise, one.finish, sign, key if before == sign else "")


def _post_of(planned: Planned) -> Item | None:
    """Return the post whose own page is planned; ``None`` for any other page."""
    if not isinstance(planned.finish, partial) or not planned.finish.args:
        return None
    sheet = planned.finish.args[0]
    if not isinstance(sheet, Sheet) or not isinstance(sheet.draw, partial) or sheet.draw.func is not item_page:
        return None
    item: Item = sheet.draw.args[0]
    return item if item.kind == _KIND else None


def _common(hub: Hub, settings: Settings, template: str, frame: str, mark: Mark) -> str:
    """Return the digest of what decides every such page: whatever is no single item, and the people whom cards name."""
    people = [mark(item) for item in hub.items if item.kind == "person"]
    tags = [(tag.slug, tag.name) for tag in hub.tags.values()]
    own = repr(replace(settings, jobs=1))
    return digest(engine_digest(), own, template, frame, people, tags, hub.media, sorted(hub.frozen), hub.languages, hub.lang, hub.zone)
