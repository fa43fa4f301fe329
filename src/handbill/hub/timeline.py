"""Items → all their occurrences in order of time, and those that lie ahead of a moment, without a look at all the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from handbill.hub.facets import Occurrence
from handbill.hub.item import Item

#: How many occurrences, one after the other, are passed over together.
RUN = 64

#: By how much the clocks of a zone may jump: two moments of one zone compare as its clocks show them, here as elsewhere.
_JUMP = timedelta(days=2)


class Timeline:
    """Occurrences with their items in order of time, for many questions about different moments."""

    def __init__(self, items: Iterable[Item]) -> None:
        # In order of instants: clocks that are put back show an hour twice, and what they show would be no order at all.
        order = sorted(
            ((when.begins.timestamp(), when.finishes.timestamp(), item.id, (when, item)) for item in items for when in item.occurrences),
            key=lambda one: one[:3],
        )
        self.pairs: tuple[tuple[Occurrence, Item], ...] = tuple(one[3] for one in order)
        self._begins = [one[0] for one in order]
        # Of each run by itself: if the latest end so far were kept, an exhibition of three years would have all of them looked at.
        self._ends = [max(one[1] for one in order[start : start + RUN]) for start in range(0, len(order), RUN)]

    def coming(self, at: datetime, before: datetime | None = None) -> Iterator[tuple[Occurrence, Item]]:
        """Yield what has not finished at one moment and begins before the other, soonest first."""
        stop = len(self.pairs) if before is None else bisect_left(self._begins, (before + _JUMP).timestamp())
        over = (at - _JUMP).timestamp()
        for start, ends in zip(range(0, stop, RUN), self._ends, strict=False):
            if ends > over:
                for pair in self.pairs[start : start + RUN]:
                    if pair[0].finishes > at and (before is None or pair[0].begins < before):
                        yield pair
