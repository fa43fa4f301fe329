"""What is not shown yet, and when it will be: told, so that nobody wonders, and nobody links to it."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub


def check_schedule(hub: Hub) -> Iterator[Problem]:
    """Yield a note for each draft and each item whose time has not come, and a warning for each link to one."""
    for item in hub.hidden:
        if item.is_draft:
            yield at(item, "draft", said("a draft, shown nowhere"), "", "HB501", Level.NOTE)
        elif item.published:
            yield at(
                item, "date", said("an item that appears on {moment}", moment=f"{item.published:%Y-%m-%d %H:%M}"), "", "HB502", Level.NOTE
            )
    waiting = {item.address: item for item in hub.hidden}
    if not waiting:
        return
    wanted = said("a link to something that members can see")
    for item in hub.items:
        for address in dict.fromkeys(link.partition("#")[0] for link in item.body.links):
            if other := waiting.get(address):
                found = said("a link to {source}, a draft that leads nowhere yet", source=other.source)
                if not other.is_draft:
                    moment = f"{other.published:%Y-%m-%d %H:%M}"
                    found = said("a link to {source}, which leads nowhere before {moment}", source=other.source, moment=moment)
                yield at(item, address, found, wanted, "HB503", Level.WARNING, named="")
