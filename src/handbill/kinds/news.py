"""Which changes of a date are news to those who read the letters before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from handbill.hub.frozen import is_same

if TYPE_CHECKING:
    from handbill.hub.facets import Occurrence
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item


def news(item: Item, dates: Iterable[Occurrence], earlier: Sequence[Item], hub: Hub, is_new: bool) -> tuple[Occurrence, ...]:
    """Return those of an item's changed dates that the letters before have not told as they are now.

    *earlier* are these letters, the latest first.  What none of them wrote down
    is news if *is_new*, which is guessed: from when the file changed, and from
    what a letter that was never frozen may have announced.
    """
    return tuple(when for when in dates if _is_news(item, when, earlier, hub, is_new))


def _is_news(item: Item, when: Occurrence, earlier: Sequence[Item], hub: Hub, is_new: bool) -> bool:
    is_sure = True
    for letter in earlier:
        frozen = hub.frozen.get(letter.id)
        if frozen is None:
            # It may have told the change; nobody wrote down what it said.
            is_sure = False
        elif told := frozen.told_of(item.id, when):
            return not is_same(told, when) and (is_sure or is_new)
    return is_new
