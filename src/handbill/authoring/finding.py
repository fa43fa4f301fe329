"""What somebody calls an item → the item."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePath

from handbill.errors import WrongUse, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.kind import Kind
from handbill.hub.likeness import Names


def find(called: str, kind: Kind, hub: Hub, lang: str, root: Path) -> Item:
    """Return the item of a kind that is called by its path, slug or id.

    A slug that several languages share means the one in *lang*.

    Raises:
        WrongUse: there is none, or it is of another kind; the nearest one is named.
    """
    # Editor programs on Windows give a path with backslashes.
    called = called.replace("\\", "/")
    items = sorted((*hub.items, *hub.hidden), key=lambda one: one.source)
    found = [one for one in items if called in _names(one, root)]
    own = [one for one in found if one.kind == kind.name]
    if own:
        return next((one for one in own if one.lang == lang), own[0])
    if found:
        raise WrongUse(said("{path} is of the kind {other}, not {kind}", path=found[0].source, other=found[0].kind, kind=kind.name))
    near = Names(_flat(items, kind)).near(called)
    if near:
        raise WrongUse(said("nothing is called “{called}”; “{near}”, perhaps", called=called, near=near))
    raise WrongUse(said("nothing is called “{called}”; its path, slug or id is wanted", called=called))


def _names(one: Item, root: Path) -> set[str]:
    """Return all that an item may be called, a path from where somebody stands among them."""
    seen = PurePath(os.path.relpath(root / one.source)).as_posix()
    return {one.source, seen, one.slug, one.id, one.address, PurePath(one.source).name, PurePath(one.source).stem}


def _flat(items: Iterable[Item], kind: Kind) -> list[str]:
    return [name for one in items if one.kind == kind.name for name in (one.slug, one.id, one.source)]
