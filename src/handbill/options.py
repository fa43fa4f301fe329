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
    ``notes`` is where our own things lie if not in ``root``: they are believed, so a commit must not bring them.
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
    notes: Path | None = None

    @property
    def private(self) -> Path:
        """Return the folder of our own things, one for each repository."""
        return self.notes or self.root / PRIVATE
