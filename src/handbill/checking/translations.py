"""Texts and their translations: what cannot be one, and what has been left behind."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub


def check_translations(hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each translation that no reader would find, and for each older than its original."""
    yield from _misplaced(hub)
    yield from _outdated(hub)


def _misplaced(hub: Hub) -> Iterator[Problem]:
    """Yield an error for each translation of itself, of a translation, of its own language, or of another kind."""
    by_id = {item.id: item for item in (*hub.items, *hub.hidden)}
    for item in (*hub.items, *hub.hidden):
        original = by_id.get(item.original)
        if original is None:
            continue
        if original is item:
            found, wanted = said("its own id"), said("the id of the text that it translates, or no such line")
        elif original.kind != item.kind:
            found = said("{id}, which is of another kind ({kind})", id=original.id, kind=original.kind)
            wanted = said("an item of the same kind")
        elif original.original:
            found = said("{id}, itself a translation", id=original.id)
            wanted = said("{id}, the original of both", id=original.original)
        elif original.lang == item.lang:
            found = said("{id}, which is in “{lang}” as well", id=original.id, lang=item.lang)
            wanted = said("a text in another language, or the line lang: that this one is in")
        else:
            continue
        # Where the file's name makes it a translation, the name is what is wrong.
        yield at(item, "translation_of", found, wanted, "HB314", named="translation_of" if "translation_of" in item.places else "")


def _outdated(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each translation whose original was changed on a later day.

    Only a change that readers are told of counts; without history and without
    a field ``updated`` there is none, and nothing is said.
    """
    for item in hub.items:
        original = hub.by_id.get(item.original)
        last = item.updated or item.published
        if original is None or original is item or original.updated is None or last is None:
            continue
        if original.updated.date() > last.date():
            found = said(
                "a translation of {day}, while {source} was changed on {changed}",
                day=last.date().isoformat(), source=original.source, changed=original.updated.date().isoformat(),
            )  # fmt: skip
            wanted = said(
                "the same change here, or a line updated: {changed} if nothing is to be changed",
                changed=original.updated.date().isoformat(),
            )
            yield at(item, "updated", found, wanted, "HB507", Level.WARNING, named="")
