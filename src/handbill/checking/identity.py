"""Two items that claim to be the same: one id, one number of a letter, one language of a text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import PurePosixPath

from handbill.checking.pointing import at
from handbill.errors import Problem, Said, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import fold


def check_identity(hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each item that takes the id, number or translation of another."""
    items = sorted((*hub.items, *hub.hidden), key=lambda item: item.source)
    for item, other in _twice(items, lambda one: _plain(one.id)):
        found = said("the id “{id}”, which {other} has already", id=item.id, other=other.source)
        if item.id != other.id:
            found = said(
                "the id “{id}”, too much like “{theirs}” of {other} to be told apart", id=item.id, theirs=other.id, other=other.source
            )
        yield at(item, "id", found, _own_id(item), "HB310")
    letters = [item for item in items if getattr(item.facts, "letter", None)]
    highest: dict[tuple[str, str], int] = {}
    for item in letters:
        key = (item.lang, item.facts.letter)
        highest[key] = max(item.facts.number, highest.get(key, 0))
    for item, other in _twice(letters, lambda one: (one.lang, one.facts.letter, one.facts.number)):
        letter, number = item.facts.letter, item.facts.number
        found = said(
            "number {number} of the letter “{letter}”, which {other} has already", number=number, letter=letter, other=other.source
        )
        yield at(item, "number", found, said("a number of its own, such as {number}", number=1 + highest[item.lang, letter]), "HB311")
    for item, other in _twice([one for one in items if one.original], lambda one: (one.group, one.lang)):
        found = said("a second text in “{lang}” of {id}, beside {other}", lang=item.lang, id=item.group, other=other.source)
        yield at(item, "translation_of", found, said("one translation in each language"), "HB312")


def _plain(identity: str) -> str:
    """Return an id as the least careful program compares it.

    Calendars write a hyphen for the colon: of two ids that differ by it alone, members would see one event.
    """
    return fold(identity).replace(":", "-")


def _own_id(item: Item) -> Said:
    """Return what to do about an id that is taken: the one that is written, or the file's name, of which it is made."""
    if "id" in item.places:
        return said("an id of its own, or no line id")
    path = PurePosixPath(item.source)
    stem, ending = path.name.split(".", 1)
    # A date at the begin of a name is no part of the id; one more year behind it would only confuse.
    year = path.parent.name if path.parent.name.isdigit() and not stem[:4].isdigit() else "2"
    return said("another name for the file, such as {name}", name=f"{stem}-{year}.{ending}")


def _twice(items: Sequence[Item], key: Callable[[Item], Hashable]) -> Iterator[tuple[Item, Item]]:
    """Yield each item that another one came before, with that one."""
    first: dict[Hashable, Item] = {}
    for item in items:
        other = first.setdefault(key(item), item)
        if other is not item:
            yield item, other
