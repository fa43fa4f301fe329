"""What events say of other texts: the post that tells how it was."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at, by_address
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub


def check_recaps(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each text that is said to tell of an event and was published before it began."""
    for item in (*hub.items, *hub.hidden):
        recap = by_address(hub).get(getattr(item.facts, "recap", "") or "")
        if recap is None or recap.published is None or not item.occurrences:
            continue
        first = min(item.occurrences, key=lambda one: one.begins).begins
        if recap.published < first:
            found = said(
                "{source} of {day}, before the event ({start})",
                source=recap.source, day=recap.published.date().isoformat(), start=first.date().isoformat(),
            )  # fmt: skip
            yield at(item, "recap", found, said("a text written after the event"), "HB508", Level.WARNING)
