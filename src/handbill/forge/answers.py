"""An answer of the forge → its fields, each of the type that was expected, or a refusal to conclude anything from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handbill.errors import HandbillError, Said, said

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """An object that was told, and what to raise where it is not as expected."""

    fields: Mapping[str, Any]
    wrong: Callable[[Said], HandbillError]

    @classmethod
    def of(cls, value: object, wrong: Callable[[Said], HandbillError]) -> Told:
        """Return an object.

        Raises:
            HandbillError: it is none.
        """
        if not isinstance(value, dict):
            raise wrong(said("no object"))
        return cls(value, wrong)

    def inside(self, name: str) -> Told:
        """Return the object in a field."""
        return Told.of(self.fields.get(name), lambda _: self._missing(name))

    def several(self, name: str) -> tuple[Told, ...]:
        """Return the objects in a field."""
        found = self.fields.get(name)
        if not isinstance(found, list):
            raise self._missing(name)
        return tuple(Told.of(one, lambda _: self._missing(name)) for one in found)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; with *default*, that where nothing is told."""
        found = self.fields.get(name)
        if found is None and default is not None:
            return default
        if not isinstance(found, str):
            raise self._missing(name)
        return found

    def number(self, name: str) -> int:
        """Return a whole number above nought, as all numbers of proposals, runs and people are."""
        found = self.fields.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < 1 << 63:
            raise self._missing(name)
        return found

    def commit(self, name: str) -> str:
        """Return the id of a commit."""
        found = self.text(name)
        if not _COMMIT.fullmatch(found):
            raise self._missing(name)
        return found

    def moment(self, name: str) -> datetime:
        """Return a moment with its zone."""
        try:
            found = datetime.fromisoformat(self.text(name).replace("Z", "+00:00"))
        except ValueError:
            raise self._missing(name) from None
        if found.tzinfo is None:
            raise self._missing(name)
        return found

    def _missing(self, name: str) -> HandbillError:
        return self.wrong(said("something without “{name}”, or with another sort of it", name=name))
