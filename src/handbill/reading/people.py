"""The names under a text → people of the hub, and problems for names that are nobody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from handbill.errors import Level, Problem, said
from handbill.hub.address import slug_of
from handbill.hub.gaps import typed
from handbill.hub.item import Credit, Item
from handbill.hub.likeness import Names
from handbill.kinds import KINDS
from handbill.reading.draft import Draft
from handbill.reading.history import Past

#: The fields that name people, and the part that each gives them.
ROLES = (("authors", "author"), ("organisers", "organiser"), ("speakers", "speaker"), ("partners", "partner"))

_DATED = frozenset(kind.name for kind in KINDS if kind.is_dated)


class People:
    """Everyone who has a file, by file name, by name and by the names used in version history."""

    def __init__(self, items: Iterable[Item], lang: str) -> None:
        self._items = [item for item in items if item.kind == "person"]
        self._by_slug: dict[str, Item] = {}
        for item in self._items:
            # The hub's own language speaks for the person.
            if item.slug not in self._by_slug or item.lang == lang:
                self._by_slug[item.slug] = item
        # However a name is set: history knows it as it was typed.
        self._by_name = {typed(name): item.slug for item in self._items for name in (item.title, *item.facts.git)}

    def credits(self, draft: Draft, past: Past | None, problems: list[Problem]) -> tuple[Credit, ...]:
        """Return who has a part in a draft: as written, or else as version history knows."""
        found: list[Credit] = []
        written = [(field, role, name) for field, role in ROLES for name in draft.values.get(field) or ()]
        if not written and past is not None and draft.kind in _DATED:
            # Only names that belong to a person of the hub: a commit may be made by a machine.
            written = [("authors", "author", self._by_name[typed(name)]) for name in past.authors if typed(name) in self._by_name]
        for field, role, name in written:
            if person := self._by_slug.get(name):
                found.append(Credit(person.title, role, person.slug))
            elif slug := self._by_name.get(typed(name)):
                found.append(Credit(name, role, slug))
            else:
                if problem := self._unknown(name, field, draft):
                    problems.append(problem)
                found.append(Credit(name, role))
        return tuple(dict.fromkeys(found))

    def _unknown(self, name: str, field: str, draft: Draft) -> Problem | None:
        line, column, width = draft.places.get(field, (1, 1, 0))
        if name == slug_of(name):
            near = self._near(name)
            found = said("“{name}”, which is no person of content/people", name=name)
            wanted = said("“{near}”, perhaps", near=near) if near else said("the file name of a person, or a name with capital letters")
            return Problem(draft.source, line, column, field, found, wanted, "HB305", width=width)
        if meant := self._by_word.get(slug_of(name)):
            found = said("“{name}”, who is not taken for {person}", name=name, person=self._by_slug[meant[0]].title)
            wanted = said("“{slug}”, if it is the same person", slug=meant[0])
            return Problem(draft.source, line, column, field, found, wanted, "HB319", Level.WARNING, width)
        return None

    def _near(self, name: str) -> str:
        """Return the file name that was meant: the one person with that first or last name, or the one most like it."""
        same = self._by_part.get(name, [])
        if len(same) == 1:
            return same[0]
        near = self._names.near(name)
        return near if near in self._by_slug else next(iter(self._by_word.get(near, ())), "")

    @cached_property
    def _by_word(self) -> Mapping[str, list[str]]:
        """Return file names by what is left of a name, or a file name, without capitals and accents."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in self._by_slug.values():
            for word in {slug_of(item.title), item.slug} - {""}:
                found[word].append(item.slug)
        return found

    @cached_property
    def _by_part(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for item in self._by_slug.values():
            for part in {*slug_of(item.title).split("-"), *item.slug.split("-"), slug_of(item.title)}:
                found[part].append(item.slug)
        return found

    @cached_property
    def _names(self) -> Names:
        return Names(sorted({*self._by_slug, *self._by_word}))
