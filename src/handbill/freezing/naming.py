"""What people call a letter → the texts that are meant: 12, agenda-3, or 12.en for one language alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handbill.errors import WrongUse, said
from handbill.hub.frozen import name_of
from handbill.hub.item import Item
from handbill.settings import Settings

_NAME = re.compile(r"(?:(?P<letter>[a-z0-9-]+)-)?(?P<number>\d{1,7})(?:\.(?P<lang>[A-Za-z-]+))?")


def meant(wanted: str, lang: str, items: Iterable[Item], settings: Settings) -> tuple[Item, ...]:
    """Return the letters of a name in the order of the hub's languages, in one language if *lang* or the name says so.

    Raises:
        WrongUse: there is no such letter.
    """
    issues = [item for item in items if item.kind == "issue" and item.facts is not None]
    found = _NAME.fullmatch(wanted.strip().removesuffix("/"))
    if found is not None:
        only = lang or found["lang"] or ""
        key = (found["letter"] or "main", int(found["number"]))
        chosen = [one for one in issues if (one.facts.letter, one.facts.number) == key and only in ("", one.lang)]
        if chosen:
            order = {tongue: place for place, tongue in enumerate(settings.languages)}
            return tuple(sorted(chosen, key=lambda one: order.get(one.lang, len(order))))
    latest = sorted(issues, key=lambda one: (one.published is not None and one.published.timestamp(), one.id), reverse=True)[:3]
    names = ", ".join(called(one, settings) for one in latest) or "-"
    raise WrongUse(said("found no letter {name}; wanted its number, such as one of: {names}", name=wanted, names=names))


def called(item: Item, settings: Settings) -> str:
    """Return what a letter is called, which is also the name of its bundle."""
    return name_of(item.facts.letter, item.facts.number, item.lang, settings.lang)
