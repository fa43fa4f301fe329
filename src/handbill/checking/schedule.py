"""What is not shown yet, and when it will be: told, so that nobody wonders."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import Level, Problem
from handbill.hub.hub import Hub


def check_schedule(hub: Hub) -> Iterator[Problem]:
    """Yield a note for each draft and each item whose time has not come."""
    for item in hub.hidden:
        if item.is_draft:
            yield Problem(item.source, 0, 0, "draft", "a draft, shown nowhere", "", "HB501", Level.NOTE)
        elif item.published:
            yield Problem(item.source, 0, 0, "date", f"an item that appears on {item.published:%Y-%m-%d %H:%M}", "", "HB502", Level.NOTE)
