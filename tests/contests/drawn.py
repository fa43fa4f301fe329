"""Contests whose lots are drawn, made once for all tests of what comes after: a draw takes a second."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.contests.lives import DRAWN, contest, frozen, hub_with
from tests.contests.relays import answer

from handbill.contests.closing import confirm, publish, settle
from handbill.contests.drawing import draw
from handbill.contests.lots import Given

#: Moments of what comes after: once winners are known, on the day of the results, and when everything is over.
KNOWN, RESULTS, OVER = "2023-08-24 12:00", "2023-08-24 18:00", "2023-11-23 10:00"


def hub_at(into: Path, state: str) -> Path:
    """Return a fresh hub whose contest is in that state: drawn, verified, published or settled."""
    shutil.copytree(_made(state), into)
    return into


def lines_of(out: str) -> list[str]:
    """Return what a command printed, but for what it was doing meanwhile."""
    return [line for line in out.splitlines() if not line.endswith(" …")]


@cache
def _made(state: str) -> Path:
    folder = Path(mkdtemp(prefix="handbill-test-"))
    root = folder / "hub"
    if state == "drawn":
        hub_with(root)
        frozen(root)
        (folder / "answer.json").write_bytes(answer(1000))
        draw(contest(root, DRAWN), Given(str(folder / "answer.json")))
    elif state == "verified":
        shutil.copytree(_made("drawn"), root)
        confirm(contest(root, KNOWN), is_claimed=True)
    elif state == "published":
        shutil.copytree(_made("verified"), root)
        publish(contest(root, RESULTS))
    else:
        shutil.copytree(_made("published"), root)
        settle(contest(root, "2023-09-05 10:00"))
    return root
