"""Two files that are probably one: pasted twice, or one file on a disk that takes capitals for small letters."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import fold


def check_twins(hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each file of which another is the same, to a careless disk or to a reader."""
    yield from _files(hub)
    yield from _texts(hub)


def _files(hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each file whose path differs from another's only by case or by the form of its accents."""
    first: dict[str, str] = {}
    for source in sorted({*(item.source for item in (*hub.items, *hub.hidden)), *(one.source for one in hub.media)}):
        other = first.setdefault(fold(source), source)
        if other != source:
            found = said("a file that is {other} on Windows and on a Mac", other=other)
            yield Problem(source, 0, 0, "", found, said("a name that differs by more than capitals and accents"), "HB317")


def _texts(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each item with the title and the time of another of its kind and language."""
    first: dict[tuple[str, ...], Item] = {}
    for item in sorted((*hub.items, *hub.hidden), key=lambda one: one.source):
        when = _when(item)
        if not when:
            continue
        other = first.setdefault((item.kind, item.lang, getattr(item.facts, "letter", ""), " ".join(fold(item.title).split()), when), item)
        # Two items with one id, and two translations of one text, are told as that; here it would be the same again.
        if other is not item and fold(other.id) != fold(item.id) and other.group != item.group:
            found = said("the title and the date of {other}", other=other.source)
            yield at(item, "title", found, said("another title, or one of the two files only"), "HB315", Level.WARNING)


def _when(item: Item) -> str:
    """Return what makes two items of one title two: when they take place, open, or else the day they appear.

    Two sessions of one afternoon are two; two posts of one day are not.
    """
    if item.occurrences:
        return item.occurrences[0].starts.isoformat() + (item.place.line if item.place else "")
    if item.deadline:
        return item.deadline.opens.isoformat()
    return item.published.date().isoformat() if item.published else ""
