"""The hubs in which the machine fails: folders beside this file, and those that it takes a program to make."""

from __future__ import annotations

import shutil
from pathlib import Path


def make(name: str, root: Path) -> None:
    """Write the hub of that name into the folder *root*, and what belongs to it beside."""
    if name == "contest":
        _contest(root)
    elif name == "pictures":
        _pictures(root)
    else:
        shutil.copytree(Path(__file__).parent / name, root)


def _contest(root: Path) -> None:
    """A contest whose pool is frozen, and the answer of the beacon that it waits for."""
    from tests.contests.lives import frozen, hub_with
    from tests.contests.relays import answer

    hub_with(root)
    frozen(root)
    shutil.rmtree(root / ".handbill", ignore_errors=True)
    (root.parent / "answer.json").write_bytes(answer(1000))


def _pictures(root: Path) -> None:
    """Two photographs that say where they were taken, one under a name that must change, and a text that shows it."""
    from tests.hubs import text, write
    from tests.photos import notes, saved, scene

    photo = saved(scene(), exif=notes(6))
    write(
        root,
        {
            "content/pictures/a.jpg": photo,
            "content/pictures/b.bmp.jpg": photo,
            "content/posts/a.md": text("![Un arbre](../pictures/a.jpg)"),
        },
    )
