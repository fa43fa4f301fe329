"""A contest of the village with all that was committed of it, at any moment of its life."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.contests.lives import ID, contest_text
from tests.draw import samples
from tests.hubs import load_village, write

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import CONTESTS

#: A moment at which nothing happens any more, and the moments of each step (UTC).
LATER = "2023-12-01 12:00"
AT = {"frozen": "2023-08-21 08:00", "decided": "2023-08-23 16:05", "verified": "2023-09-10 09:00", "published": "2023-09-11 09:00"}


def hub_of(root: Path, as_of: str = LATER, texts: dict[str, str] | None = None, end: dict[str, Any] | None = None, **front: str) -> Hub:
    """Return a hub as of a moment with one contest in it, drawn and published; *texts* are further files, *end* another last step.

    With an end, nothing was committed after the list was frozen but that.
    """
    promised = front.pop("publish_winners", "opt_in")
    files = samples.archive(front.get("mechanism", "draw"), publish_winners=promised)
    if end:
        taken = [one for one in json.loads(files["record.json"])["steps"] if one["step"] in ("announced", "frozen")]
        files = {name: raw for name, raw in files.items() if name.startswith(("rules", "pool"))}
        files["record.json"] = samples.record([*taken, end])
    write(root, {f"content/contests/{ID}.md": contest_text(**front), **(texts or {})})
    for name, raw in files.items():
        place = root / CONTESTS / ID / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
    loaded, _ = load_village(as_of, root)
    assert not [one for one in loaded.problems if one.code.startswith("HB47")], loaded.problems
    return loaded.hub


def contest_in(hub: Hub) -> Item:
    """Return the contest."""
    return next(one for one in hub.items if one.kind == "contest")
