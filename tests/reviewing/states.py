"""Two states of a small real hub, as a subject of a review is asked about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.hubs import load_village, options


def facts_of(subject: Any, root: Path, as_of: str = "2026-03-20 12:00") -> Any:
    """Return what a subject finds in the hub of a folder; a problem of level error in it would be a fault of the test."""
    loaded, settings = load_village(as_of, root)
    assert () == tuple(one for one in loaded.problems if one.level.name == "ERROR")
    return subject.facts(loaded.hub, settings, options(root, as_of), root / ".handbill" / "scratch")
