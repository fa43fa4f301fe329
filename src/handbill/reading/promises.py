"""``addresses.lock`` → the addresses that the hub once published, each with the id of what answers it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbill.errors import Level, Problem
from handbill.hub.hub import Promise
from handbill.layout import ADDRESSES

_HEAD = """\
# Every public address of this hub, and what answers it.  Written by the build; commit it with your change.
# An address listed here keeps answering: a renamed item leaves a redirect, and a build that would lose one fails.
"""


def read_promises(root: Path) -> tuple[tuple[Promise, ...], tuple[Problem, ...]]:
    """Return the promised addresses in their order, and problems for lines that are none."""
    try:
        text = (root / ADDRESSES).read_text(encoding="utf-8")
    except FileNotFoundError:
        return (), ()
    except (OSError, UnicodeDecodeError) as error:
        return (), (Problem(ADDRESSES, 0, 0, "", f"a file that cannot be read ({type(error).__name__})", "UTF-8 text", "HB401"),)
    found: list[Promise] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        address, _, name = line.partition(" ")
        if address.startswith("/") and name.strip():
            found.append(Promise(address, name.strip()))
        else:
            # A merge conflict left in this file must not silently drop a promise.
            problems.append(Problem(ADDRESSES, number, 1, "", f"“{line[:60]}”", "an address, a space and an id", "HB401", Level.ERROR))
    return tuple(found), tuple(problems)


def lock_text(promises: Iterable[Promise]) -> str:
    """Return the text of ``addresses.lock``: a line an address, sorted, so that two branches merge."""
    return _HEAD + "".join(f"{one.address} {one.id}\n" for one in sorted(set(promises), key=lambda p: (p.address, p.id)))
