"""How a hub is to be built: what the command line hands down to the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handbill.layout import PRIVATE


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.  ``as_of`` carries a zone and is the only clock that a build knows.

    ``finished`` are the sources of drafts that are taken as finished, whatever ``drafts`` says of the others.
    """

    root: Path
    output: Path
    as_of: datetime
    drafts: bool = False
    base_url: str | None = None
    jobs: int = 1
    no_cache: bool = False
    strict: bool = False
    records: bool = True
    flushed: bool = True
    finished: frozenset[str] = frozenset()

    @property
    def private(self) -> Path:
        """Return the folder of our own things, one for each repository."""
        return self.root / PRIVATE
