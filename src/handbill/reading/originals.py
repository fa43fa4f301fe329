"""Translations → the texts that they translate: by the name of the file, or by an id."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from handbill.errors import Problem, said
from handbill.hub.address import slug_of
from handbill.hub.item import Item
from handbill.hub.likeness import Names
from handbill.reading.draft import Draft


def link_translations(
    items: dict[str, Item], found: Mapping[str, Draft], broken: Mapping[str, Draft | None], problems: list[Problem]
) -> None:
    """Give each translation among the items, which are by source, the id of its original; put down those of nothing.

    What a file with other faults may be the original of is not called nothing.
    """
    originals = _Originals(items, found)
    unsound = {
        name for draft in broken.values() if draft is not None for name in (draft.values.get("id"), f"{draft.kind}:{slug_of(draft.name)}")
    }
    by_name = {(item.kind, found[source].name): item for source, item in items.items() if found[source].lang is None}
    for source, item in items.items():
        draft = found[source]
        if item.original:
            if item.original not in originals.by_id and item.original not in unsound:
                what = said("“{id}”, which is the id of no item", id=item.original)
                near = originals.near(item)
                wanted = said("{near}, perhaps", near=near) if near else said("the id of an item, such as post:spring-fair")
                line, column, width = item.places.get("translation_of", (1, 1, 0))
                problems.append(Problem(source, line, column, "translation_of", what, wanted, "HB304", width=width))
        elif draft.lang is not None and (twin := by_name.get((item.kind, draft.name))) and twin is not item:
            items[source] = replace(item, original=twin.id)


class _Originals:
    """All items, by what somebody may have written for their id."""

    def __init__(self, items: Mapping[str, Item], found: Mapping[str, Draft]) -> None:
        self.by_id = {item.id: item for item in items.values()}
        self._items, self._found = items, found

    def near(self, item: Item) -> str:
        """Return the id that was meant: by a title, a path or the name of a file, or the one most like it; "" for none."""
        for word in (slug_of(item.original), slug_of(posixpath.basename(item.original).split(".")[0])):
            others = [one for one in self._by_word.get(word, ()) if one.id != item.id]
            if others:
                return min(others, key=lambda one: (one.kind != item.kind, bool(one.original), one.id)).id
        return self._ids.near(item.original, without=item.id)

    @cached_property
    def _by_word(self) -> Mapping[str, list[Item]]:
        words: dict[str, list[Item]] = defaultdict(list)
        for source, item in self._items.items():
            stem = posixpath.basename(source).split(".")[0]
            for word in {slug_of(item.title), item.slug, slug_of(self._found[source].name), slug_of(stem)} - {""}:
                words[word].append(item)
        return words

    @cached_property
    def _ids(self) -> Names:
        return Names(sorted(self.by_id))
