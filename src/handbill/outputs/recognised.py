"""Pages that will come out as before → their keys, without their records being drawn.

A post's own page shows the post, what the whole hub decides, and in a few
places another item: its neighbours, what resembles it, the parts of its series
and its translations.  All other pages show of a post everything but its text.
Where all of that is the very same as at another time, so is the record, and
with it the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple

from handbill.engine import engine_digest
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.swift import swift
from handbill.outputs.cards import minutes_of
from handbill.outputs.onward import Onward
from handbill.outputs.pages import item_page
from handbill.outputs.planned import Finished, Output, Planned, digest
from handbill.outputs.recalled import NAMES, Recalled, Remembered
from handbill.outputs.sheet import Sheet
from handbill.outputs.theme import Theme
from handbill.outputs.views import Page, PlainPage
from handbill.settings import Settings

#: The kind whose text only its own page shows, and of which there are thousands.
_KIND = "post"

#: Returns what tells one state of an item from every other: without its text, and with it.
Mark = Callable[[Item], tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Recognised(Planned):
    """A page: ``sign`` gives the digest of all that it shows, ``known`` is what is known of it from another time."""

    sign: Callable[[], str]
    known: Note | None = None

    @cached_property
    def key(self) -> str:
        """Return the digest of everything that decides the bytes."""
        return self.known.key if self.known else self._finished[0]

    @cached_property
    def listing(self) -> Listing:
        """Return what lists of all pages say of it."""
        return self.known.listing if self.known else listing_of(self.work)

    def listed_elsewhere(self, listing: Listing) -> None:
        """Take over what another process found that lists say of it."""
        self.__dict__["listing"] = listing


class Listing(NamedTuple):
    """What lists of all pages say of one: whether search engines may list it, and (language, address) of the same page."""

    is_indexed: bool
    alternates: tuple[tuple[str, str], ...]


def listing_of(finished: Finished) -> Listing:
    """Return what lists of all pages say of a page that was drawn."""
    page: Page = finished.givens["page"]
    return Listing(page.is_indexed, tuple((one.title, one.address) for one in page.alternates))


@swift
@dataclass(frozen=True, slots=True)
class Note:
    """What is kept of a page.

    That is its key, what lists say of it, the digest of all that it shows, and
    the mark of its post, "" for any other page.
    """

    key: str
    listing: Listing
    sign: str
    post: str


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes on pages at another time, by path; they hold from ``since`` until before ``until``.

    ``outside`` is the digest of all that pages show but the texts of posts,
    ``around`` of what no single post decides; while it is the same, the keys
    of cards and feeds are ``others``.
    """

    since: datetime
    until: datetime
    outside: str
    pages: Mapping[str, Note]
    around: str
    others: Remembered


class Recognition:
    """What tells the pages of a hub in this state from those of any other state."""

    def __init__(self, hub: Hub, settings: Settings, mark: Mark, notes: Notes | None) -> None:
        self._hub, self._settings, self._mark = hub, settings, mark
        self._notes = notes if notes and notes.since <= hub.as_of < notes.until else None
        self._marks: dict[str, tuple[str, str]] = {}
        self._commons: dict[str, str] = {}
        self._shown: tuple[Theme, object, Mapping[str, str]] | None = None
        self._signs: dict[str, str] = {}
        self._recalled: Recalled | None = None

    def all_recognised(self, plans: Iterable[tuple[Output, tuple[Planned, ...]]]) -> tuple[tuple[Output, tuple[Planned, ...]], ...]:
        """Return what the outputs planned, with the keys that are known."""
        found = tuple((one, tuple(self.recognised(own)) if one.name == "site" else own) for one, own in plans)
        for one, own in found:
            if one.name in NAMES:
                self._recall(own)
        return found

    def recognised(self, planned: Sequence[Planned]) -> Iterator[Planned]:
        """Yield what the site planned, pages with the keys that are known."""
        for one in planned:
            sheet = _sheet_of(one)
            if sheet is None:
                yield one
                continue
            self._shown = self._shown or one.finish.args[1:]  # type: ignore[attr-defined]
            item = _post_of(sheet)
            sign = partial(self._sign, item, *one.finish.args) if item else partial(str)  # type: ignore[attr-defined]
            yield Recognised(one.path, one.sources, one.promise, one.finish, sign, self._known(one.path, item, sign))

    def _recall(self, planned: Sequence[Planned]) -> None:
        """Let cards and feeds know the keys that are known of them; pages come first, which say what all of them share."""
        if self._shown:
            if self._recalled is None:
                is_same = self._notes is not None and self._notes.around == self._around
                self._recalled = Recalled(self._notes.others if self._notes and is_same else {}, self._marked, lambda: self._outside, _KIND)
            self._recalled.recall(planned)

    def prepare(self, planned: Iterable[Planned]) -> None:
        """Find out what notes tell besides keys, which are not known before all pages are made; until then there is time."""
        for one in planned:
            if isinstance(one, Recognised) and one.known is None:
                self._signs[one.path] = one.sign()
        _ = self._outside

    def notes(self, planned: Iterable[Planned]) -> Notes:
        """Return what can be noted of pages whose keys are all known."""
        others = self._recalled.remembered() if self._recalled else {}
        return Notes(self._hub.as_of, self._hub.stays_until(), self._outside, dict(self._noted(planned)), self._around, others)

    def _noted(self, planned: Iterable[Planned]) -> Iterator[tuple[str, Note]]:
        before = self._notes.pages if self._notes and self._notes.outside == self._outside else {}
        for one in planned:
            if isinstance(one, Recognised):
                item = _post_of(one.finish.args[0])  # type: ignore[attr-defined]
                if item is None:
                    yield one.path, Note(one.key, one.listing, "", "")
                    continue
                same = before.get(one.path)
                mark = self._marked(item)[1]
                yield (
                    one.path,
                    same if same and same.post == mark else Note(one.key, one.listing, self._signs.get(one.path) or one.sign(), mark),
                )

    def _known(self, path: str, item: Item | None, sign: Callable[[], str]) -> Note | None:
        note = self._notes.pages.get(path) if self._notes else None
        if note is None or self._notes is None:
            return None
        if self._notes.outside == self._outside:
            # The same hub but for texts of posts: a post whose own is the same has the same page.
            return note if item is None or note.post == self._marked(item)[1] else None
        return note if item is not None and note.sign == sign() else None

    def _marked(self, item: Item) -> tuple[str, str]:
        if item.id not in self._marks:
            outside, whole = self._mark(item)
            self._marks[item.id] = (f"{outside} {minutes_of(item)}" if item.kind == _KIND else whole, whole)
        return self._marks[item.id]

    def _sign(self, item: Item, sheet: Sheet, theme: Theme, _shells: object, frames: Mapping[str, str]) -> str:
        """Return the digest of all that the page of a post shows."""
        if item.lang not in self._commons:
            self._commons[item.lang] = self._common(theme.template_digest(f"{_KIND}.html"), frames[item.lang])
        onward: Onward = sheet.draw.args[-1]  # type: ignore[attr-defined]
        groups = (*onward.shown(item), self._hub.translations(item))
        shown = ("\1".join(self._marked(other)[0] if other else "-" for other in group) for group in groups)
        return digest("\0".join((self._commons[item.lang], self._marked(item)[1], *shown)).encode())

    def _common(self, *parts: str) -> str:
        """Return the digest of what decides every page of a post: whatever is no single item, and the people whom cards name."""
        hub = self._hub
        people = [self._marked(item)[0] for item in hub.items if item.kind == "person"]
        tags = [(tag.slug, tag.name) for tag in hub.tags.values()]
        return digest(*parts, self._setting(), people, tags)

    @cached_property
    def _outside(self) -> str:
        """The digest of everything that decides pages but the texts of posts; "" where there are none."""
        if self._shown is None:
            return ""
        hub, (theme, _, frames) = self._hub, self._shown
        items = [f"{item.source} {self._marked(item)[0]}" for item in hub.items]
        hidden = [self._marked(item)[1] for item in hub.hidden]
        told = repr((dict(hub.frozen), dict(hub.letters), hub.ledger))
        promises = "\0".join(f"{one.address} {one.id}" for one in hub.promises)
        return digest(
            "\0".join(items).encode(), promises.encode(), hidden, told, self._setting(), theme.templates_digest, sorted(frames.items())
        )

    @cached_property
    def _around(self) -> str:
        """The digest of what decides every card and every feed besides its posts; "" where there are no pages."""
        return self._common(self._shown[0].words_digest) if self._shown else ""

    def _setting(self) -> str:
        hub, own = self._hub, repr(replace(self._settings, jobs=1))
        return digest(engine_digest(), own, hub.media, sorted(hub.frozen), hub.host)


def _sheet_of(planned: Planned) -> Sheet | None:
    """Return the page that is planned, unless addresses of other times decide it."""
    if not isinstance(planned.finish, partial) or not planned.finish.args:
        return None
    sheet = planned.finish.args[0]
    if not isinstance(sheet, Sheet) or not isinstance(sheet.draw, partial) or sheet.draw.func is PlainPage:
        return None
    return sheet


def _post_of(sheet: Sheet) -> Item | None:
    """Return the post whose own page it is; ``None`` for any other page."""
    if not isinstance(sheet.draw, partial) or sheet.draw.func is not item_page:
        return None
    item: Item = sheet.draw.args[0]
    return item if item.kind == _KIND else None
