"""One reading of a hub, kept for the next: its texts, and the items as they were resolved.

The next reading takes from it what provably comes out the same; it can be any
reading of the same repository, however long ago.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from handbill.errors import Problem
from handbill.hub.hub import Media, Promise
from handbill.hub.item import Body, Item
from handbill.reading.draft import Draft, Terms
from handbill.reading.history import Past
from handbill.reading.texts import Text

#: What other items are completed by; these are always resolved anew.
_GIVING = frozenset({"person", "place"})

#: To read so many texts again takes as long as to write down a whole reading of thousands.
_MANY = 40


@dataclass(frozen=True, slots=True)
class Frame:
    """What decides how items are resolved besides the texts: settings, pictures, old addresses, files that make no item."""

    settings: str
    media: Mapping[str, Media]
    promises: tuple[Promise, ...]
    broken: frozenset[str]


class Mark(NamedTuple):
    """What tells the state of an item from every other: without its text, and with it.  Equal marks, equal items."""

    outside: str
    whole: str


@dataclass(frozen=True, slots=True)
class Known:
    """What one reading found.

    ``texts`` hold for ``terms``; ``items`` are by their source, resolved with
    the ``past`` of each in that ``frame``, and ``told`` is what was wrong then.
    ``marks`` tell the states of the items apart; each is made when it is asked for.
    """

    terms: Terms
    texts: Mapping[str, Text]
    frame: Frame
    past: Mapping[str, Past]
    items: Mapping[str, Item]
    told: tuple[Problem, ...]
    marks: Mapping[str, Mark]

    def whole(self) -> Known:
        """Return the same with all marks, as it can be written down."""
        return replace(self, marks={source: self.marks[source] for source in self.items})

    def mark_of(self, item: Item) -> Mark:
        """Return what tells this state of an item from every other."""
        return self.marks[item.source] if self.items.get(item.source) is item else _mark(item)

    def texts_on(self, terms: Terms) -> Mapping[str, Text]:
        """Return the texts as read on these terms."""
        return self.texts if self.terms == terms else {}

    def settled(self, texts: Mapping[str, Text], past: Mapping[str, Past], frame: Frame) -> Mapping[str, Item]:
        """Return the items whose own text and past are the same; they hold if what others see of all the rest is the same too.

        A hub with files that make no item is resolved as a whole: their faults
        are told by what they may lead to.
        """
        if frame.broken or self.items.keys() != texts.keys() or not self._is_framed_alike(frame):
            return {}
        same = {
            source: item
            for source, item in self.items.items()
            if self.texts[source].key == texts[source].key and self.past.get(source) == past.get(source)
        }
        # An event holds the name and the address of its place: an event that was settled kept the old ones.
        if any(item.kind in _GIVING and source not in same for source, item in self.items.items()):
            return {}
        return {source: item for source, item in same.items() if item.kind not in _GIVING}

    def _is_framed_alike(self, frame: Frame) -> bool:
        if replace(self.frame, promises=()) != replace(frame, promises=()):
            return False
        return self.frame.promises == frame.promises or self._moved(self.frame) == self._moved(frame)

    def _moved(self, frame: Frame) -> dict[str, str]:
        """Return the old addresses of items with their ids: of promises these alone decide where a link leads."""
        now = {item.id: item.address for item in self.items.values()}
        return {one.address: one.id for one in frame.promises if now.get(one.id, one.address) != one.address}

    def is_near(self, other: Known) -> bool:
        """Say whether a reading from that *other* one would take hardly longer than from this one."""
        if self.terms != other.terms or self.texts.keys() != other.texts.keys() or not self._is_framed_alike(other.frame):
            return False
        return sum(1 for source, text in self.texts.items() if text is not other.texts[source]) < _MANY

    def looks_the_same(self, source: str, item: Item, draft: Draft) -> bool:
        """Say whether others see of a text what they saw: where it is, what it is to its translations, and where in it links can lead.

        While something is wrong, titles count too: they are offered for links that lead nowhere.
        """
        before = self.items[source]
        return _face(item, draft, bool(self.told)) == _face(before, self.texts[source].draft, bool(self.told))


class Marks(dict[str, Mark]):
    """The marks of *items* by their source, each made when it is first asked for: a hub that nobody built before needs none at once."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        super().__init__()
        self._items = items

    def __missing__(self, source: str) -> Mark:
        """Make a mark."""
        made = self[source] = _mark(self._items[source])
        return made


def marks_of(items: Mapping[str, Item], before: Known | None) -> Marks:
    """Return a mark for each item; those that are still the very same keep theirs."""
    marks = Marks(items)
    if before:
        marks.update({source: before.marks[source] for source, item in items.items() if item is before.items.get(source)})
    return marks


def _mark(item: Item) -> Mark:
    outside = _digest(replace(item, body=Body(), places={}))
    return Mark(outside, _digest((outside, item.body)))


def _digest(value: object) -> str:
    return hashlib.blake2b(pickle.dumps(value, protocol=5), digest_size=16).hexdigest()


def _face(item: Item, draft: Draft, is_titled: bool) -> tuple[object, ...]:
    own = (item.id, item.kind, item.slug, item.lang, item.address, item.aliases, item.is_listed, item.original)
    return (*own, draft.name, draft.lang, draft.anchors, item.title if is_titled else "")
