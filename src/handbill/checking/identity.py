"""Two items that claim to be the same: one id, one number of a letter, one language of a text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from handbill.errors import Problem
from handbill.hub.hub import Hub
from handbill.hub.item import Item


def check_identity(hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each item that takes the id, number or translation of another."""
    items = sorted((*hub.items, *hub.hidden), key=lambda item: item.source)
    # Calendars write a hyphen for the colon, so ids that differ by it alone would be one event there.
    yield from _twice(items, lambda i: i.id.replace(":", "-"), "id", lambda i: f"the id “{i.id}”", "an id of its own", "HB310")
    yield from _twice(
        [i for i in items if getattr(i.facts, "letter", None)],
        lambda i: (i.lang, i.facts.letter, i.facts.number),
        "number", lambda i: f"number {i.facts.number} of the letter “{i.facts.letter}”", "a number of its own", "HB311",
    )  # fmt: skip
    yield from _twice(
        [i for i in items if i.original],
        lambda i: (i.group, i.lang),
        "translation_of", lambda i: f"a second text in “{i.lang}” of {i.group}", "one translation in each language", "HB312",
    )  # fmt: skip


def _twice(
    items: list[Item], key: Callable[[Item], Hashable], field: str, found: Callable[[Item], str], wanted: str, code: str
) -> Iterator[Problem]:
    first: dict[Hashable, Item] = {}
    for item in items:
        other = first.setdefault(key(item), item)
        if other is not item:
            yield Problem(item.source, 0, 0, field, f"{found(item)}, which {other.source} has already", wanted, code)
