"""What one process remembers from build to build: the last examination, for as long as it would come out the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbill.examining import Examined


@dataclass(slots=True)
class Memory:
    """Made once by who builds again and again, and handed over at each build.

    It speeds up the next one and never changes its result.
    """

    _terms: str = ""
    found: Examined | None = None
    _until: datetime | None = None

    def recall(self, terms: str, as_of: datetime) -> Examined | None:
        """Return what was found on the same *terms*, which hold the state of all files, if at *as_of* nothing has fallen due since."""
        if self.found is None or self._until is None or self._terms != terms:
            return None
        return self.found if self.found.hub.as_of <= as_of < self._until else None

    def keep(self, terms: str, found: Examined) -> None:
        """Remember what was found on these *terms*."""
        self._terms, self.found, self._until = terms, found, found.hub.stays_until()
