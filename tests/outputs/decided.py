"""A hub with a contest of 2023 that was lived through to its end: what its pages say depends on the moment alone."""

from __future__ import annotations

from pathlib import Path

from tests.contests.lives import ID, ORDER, contest, frozen, hub_with
from tests.draw.samples import ROUND_1000

from handbill.contests.steps import take
from handbill.draw.casting import case_of
from handbill.draw.drawing import drawing_bytes, drawn
from handbill.draw.pool import digest_of
from handbill.reading.contests import record_text

#: When each step is over, in the hub's zone.
STANDS = {
    "announced": "2023-07-31 12:00",
    "open": "2023-08-10 10:00",
    "closed": "2023-08-21 10:00",
    "frozen": "2023-08-21 19:00",
    "drawn": "2023-08-23 19:00",
    "verified": "2023-09-02 11:00",
    "published": "2023-09-03 11:00",
    "settled": "2023-09-04 11:00",
    "purged": "2023-12-20 11:00",
}
WON = ORDER[0]
NAME = "Gwen L."
PAGE, DRAW = f"contests/{ID}/index.html", f"contests/{ID}/draw/index.html"

_WINNERS = f"\n  - name: {NAME}\n    prize: Un vélo\n    ticket: {WON}"


def decided_hub(root: Path, **front: str) -> Path:
    """Return the hub: drawn by round 1000, the second of the order gave up, confirmed, published, settled, purged."""
    lines = (*ORDER, f"{ORDER[2]}#2")
    hub_with(root, **{"winners": _WINNERS, "entries_per_person": "2", **front})
    frozen(root, lines)
    found = contest(root, "2023-08-23 18:05")
    files = {"pool.txt": found.file("pool.txt")}
    terms, rules = found.record.terms, found.record.last("announced").facts["rules"]  # type: ignore[union-attr]
    case = case_of(ID, terms, rules, files, ROUND_1000, record=digest_of(record_text(found.record)))
    first, last = (drawing_bytes(drawn(case, ROUND_1000, skips, "1.0")) for skips in ({}, {ORDER[1]: "declined"}))
    take(found, "decided", {"draw": digest_of(first)}, {"draw.json": first})
    found = contest(root, "2023-09-02 10:30")
    take(found, "verified", {"draw": digest_of(last)}, {"draw.json": last})
    for step, at in (("published", "2023-09-03 10:00"), ("settled", "2023-09-04 10:00"), ("purged", "2023-12-20 10:00")):
        take(contest(root, at), step, {"key": "destroyed"} if step == "purged" else {}, {})
    return root
