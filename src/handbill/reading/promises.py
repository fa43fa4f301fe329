"""``addresses.lock`` → the addresses that the hub once published, each with the id of what answers it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbill.errors import Level, Problem, said
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
        found_file = said("a file that cannot be read ({reason})", reason=type(error).__name__)
        return (), (Problem(ADDRESSES, 0, 0, "", found_file, said("a text saved as UTF-8"), "HB401"),)
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
            found_line, wanted = said("“{value}”", value=line[:60]), said("an address, a space and an id")
            problems.append(Problem(ADDRESSES, number, 1, "", found_line, wanted, "HB401", Level.ERROR, len(line)))
    return tuple(found), tuple(problems)


def lock_text(promises: Iterable[Promise]) -> str:
    """Return the text of ``addresses.lock``: a line an address, sorted, so that two branches merge."""
    return _HEAD + "".join(f"{one.address} {one.id}\n" for one in sorted(set(promises), key=lambda p: (p.address, p.id)))
