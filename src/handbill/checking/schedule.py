"""What is not shown yet, and when it will be: told, so that nobody wonders, and nobody links to it."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import Level, Problem
from handbill.hub.hub import Hub


def check_schedule(hub: Hub) -> Iterator[Problem]:
    """Yield a note for each draft and each item whose time has not come, and a warning for each link to one."""
    for item in hub.hidden:
        if item.is_draft:
            yield Problem(item.source, 0, 0, "draft", "a draft, shown nowhere", "", "HB501", Level.NOTE)
        elif item.published:
            yield Problem(item.source, 0, 0, "date", f"an item that appears on {item.published:%Y-%m-%d %H:%M}", "", "HB502", Level.NOTE)
    waiting = {item.address: item for item in hub.hidden}
    for item in hub.items:
        for address in dict.fromkeys(link.partition("#")[0] for link in item.body.links):
            if other := waiting.get(address):
                when = "a draft" if other.is_draft else f"shown from {other.published:%Y-%m-%d %H:%M} on"
                found = f"a link to {other.source}, which is {when}: until then it leads nowhere"
                yield Problem(item.source, 0, 0, "", found, "a link to something that members can see", "HB503", Level.WARNING)
