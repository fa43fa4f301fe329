"""hub.toml as people read it: what nobody sees in it, and domains that are not what they look like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handbill.errors import Problem
from handbill.layout import HUB
from handbill.plain import text_of


def misread_settings(root: Path) -> Iterator[Problem]:
    """Yield what somebody who looks through the settings of a repository cannot see."""
    try:
        text = text_of(root / HUB)
    except (OSError, ValueError):
        # Told by whoever reads the settings.
        return
    if text.isascii() and not any(sign in text for sign in ("\\", "xn--", "XN--", "%")):
        return
    # Most hubs have no such sign.
    from handbill.proofing.domains import misleading
    from handbill.proofing.galley import Galley
    from handbill.proofing.signs import unseen

    # All of it is like front matter: a number after a backslash is the sign itself, and nothing is code.
    galley = Galley(f"{text}\n", text.count("\n") + 2)
    for mark in (*unseen(galley), *misleading(galley)):
        line, column = galley.place(mark.start)
        yield Problem(HUB, line, column, "", mark.found, mark.wanted, mark.code, mark.level, mark.end - mark.start)
