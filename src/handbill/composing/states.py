"""How a number of a letter stands: a draft, waiting for its day, to be frozen, frozen, on its way, sent, damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.totals import Totals
from handbill.layout import ARCHIVE, HUB, THEME
from handbill.reading.totals import ENDING

#: The states in the order of a letter's life, each with its word.
STATES = {
    "draft": said("draft"),
    "scheduled": said("scheduled"),
    "due": said("to be frozen"),
    "frozen": said("frozen"),
    "partly": said("partly sent"),
    "sent": said("sent"),
    "damaged": said("damaged"),
}


def state_of(item: Item, name: str, hub: Hub, problems: Iterable[Problem]) -> str:
    """Return how a letter stands at the moment of the hub; *name* is that of its folder in the archive."""
    if any(one.level is Level.ERROR and _is_in_bundle(one.path, name) for one in problems):
        return "damaged"
    if frozen := hub.frozen.get(item.id):
        return _of_frozen(frozen.totals)
    if item.is_draft:
        return "draft"
    assert item.published is not None
    return "scheduled" if item.published > hub.as_of else "due"


def _of_frozen(totals: Totals | None) -> str:
    """Return how far a frozen letter has left, as far as the counts beside it say."""
    if totals is None or not totals.has_left:
        return "frozen"
    return "sent" if totals.is_done else "partly"


def problems_of(problems: Iterable[Problem], source: str, name: str, letter: str) -> Iterator[Problem]:
    """Yield what is wrong with one letter: in its file, its bundle and counts, the theme of letters, and what hub.toml says of them."""
    # One file of counts for all languages of a number.
    counts = f"{ARCHIVE}/{name.partition('.')[0]}{ENDING}"
    for one in problems:
        is_setting = one.path == HUB and (one.field.startswith("mail.") or one.field.startswith(f"letters.{letter}."))
        if one.path in (source, counts) or _is_in_bundle(one.path, name) or one.path.startswith(f"{THEME}/mail") or is_setting:
            yield one


def _is_in_bundle(path: str, name: str) -> bool:
    return path == f"{ARCHIVE}/{name}" or path.startswith(f"{ARCHIVE}/{name}/")
