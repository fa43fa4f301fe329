"""The hub turned into what members get: one file per output."""

from __future__ import annotations

from types import ModuleType


def OUTPUTS() -> tuple[ModuleType, ...]:
    """Return every output that is made from the hub, in the order of making."""
    from handbill.outputs import calendars, feeds, handbook, letters, site

    return (site, feeds, calendars, letters, handbook)


def LATE() -> tuple[ModuleType, ...]:
    """Return every output that is made from the other outputs' artifacts."""
    from handbill.outputs import report, search, wayfinding

    return (wayfinding, search, report)
