"""What people call a letter → the texts that are meant: 12 in all its languages, 12.en in one, or the path of one text."""

from __future__ import annotations

from handbill.composing.naming import find, issues
from handbill.hub.frozen import parts_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.settings import Settings


def meant(wanted: str, lang: str, hub: Hub, settings: Settings) -> tuple[Item, ...]:
    """Return the letters of a name in the order of the hub's languages, in one language if *lang* or the name says so.

    Raises:
        WrongUse: there is no such letter.
    """
    name = wanted.strip().removesuffix("/").rpartition("/")[2]
    if found := parts_of(wanted):
        letter, number, own = found
        only = lang or own
        chosen = [one for one in issues(hub) if (one.facts.letter, one.facts.number) == (letter, number) and only in ("", one.lang)]
        if chosen:
            order = {tongue: place for place, tongue in enumerate(settings.languages)}
            return tuple(sorted(chosen, key=lambda one: order.get(one.lang, len(order))))
    return (find(f"{name}.{lang}" if lang else wanted.strip(), hub, settings),)
