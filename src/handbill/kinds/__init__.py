"""What this community publishes: every kind, named once."""

from __future__ import annotations

from functools import cache

from handbill.hub.kind import Kind
from handbill.kinds.contest import CONTEST
from handbill.kinds.event import EVENT
from handbill.kinds.issue import ISSUE
from handbill.kinds.page import PAGE
from handbill.kinds.person import PERSON
from handbill.kinds.place import PLACE
from handbill.kinds.post import POST

KINDS: tuple[Kind, ...] = (POST, PAGE, EVENT, CONTEST, ISSUE, PERSON, PLACE)


def elsewhere(kind: Kind) -> dict[str, str]:
    """Return for each field that a kind lacks and one other kind alone has: the folder of that kind."""
    return _elsewhere(kind.name)


@cache
def _elsewhere(name: str) -> dict[str, str]:
    own = {one.name for kind in KINDS if kind.name == name for one in kind.all_fields}
    folders: dict[str, set[str]] = {}
    for other in KINDS:
        for one in other.fields:
            folders.setdefault(one.name, set()).add(f"{other.folder}/")
    return {name: min(found) for name, found in folders.items() if name not in own and len(found) == 1}
