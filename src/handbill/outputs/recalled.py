"""Cards and feeds that will come out as before → their keys, without being drawn.

A post's card shows the post but for its text, a feed shows its posts as they
are; besides that, both show what the whole hub decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from handbill.hub.item import Item
from handbill.outputs import feeds, social
from handbill.outputs.planned import Planned

#: The outputs whose keys are remembered.
NAMES = (social.name, feeds.name)

#: What a path showed at another time, and its key then, by path.
Remembered = Mapping[str, tuple[str, str]]


class Recalled:
    """What is known of cards and feeds of another time, and what they show now.

    *marked* tells the state of an item from every other, without its text and
    with it; both are only asked for items of that *kind*.  *outside* tells the
    state of the whole hub but for the texts of that kind.
    """

    def __init__(self, remembered: Remembered, marked: Callable[[Item], tuple[str, str]], outside: Callable[[], str], kind: str) -> None:
        self._remembered, self._marked, self._outside, self._kind = remembered, marked, outside, kind
        self._shown: list[tuple[Planned, str]] = []
        self._same: tuple[Sequence[Item], str] = (), ""

    def recall(self, planned: Iterable[Planned]) -> None:
        """Let those that show what they showed know their keys."""
        for one in planned:
            shown = self._what_shows(one)
            if shown is None:
                continue
            self._shown.append((one, shown))
            known = self._remembered.get(one.path)
            if known and known[0] == shown:
                one.finished_elsewhere(known[1])

    def remembered(self) -> Remembered:
        """Return what can be noted of all that show nothing else, once their keys are known."""
        return {one.path: (shown, one.key) for one, shown in self._shown}

    def _what_shows(self, planned: Planned) -> str | None:
        """Return what tells the items that a path shows from other ones and other states; ``None`` where it may show more."""
        if card := social.shown_on(planned):
            item, rest = card
            return f"{self._marked(item)[0]} {rest}" if item.kind == self._kind else None
        if feed := feeds.shown_in(planned):
            items, rest = feed
            if items is None:
                return f"{self._outside()} {rest}"
            return f"{self._all_of(items)} {rest}" if all(item.kind == self._kind for item in items) else None
        return None

    def _all_of(self, items: Sequence[Item]) -> str:
        # All forms of a feed come one after the other.
        if items is not self._same[0]:
            self._same = items, "\1".join(map(itemgetter(1), map(self._marked, items)))
        return self._same[1]
