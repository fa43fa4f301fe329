"""``addresses.lock`` → the addresses that the hub once published, each with the id of what answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from handbill.errors import Level, Problem, said
from handbill.hub.hub import Promise
from handbill.layout import ADDRESSES

_HEAD = """\
# Every public address of this hub, and what answers it.  Written by the build; commit it with your change.
# An address listed here keeps answering: a renamed item leaves a redirect, and a build that would lose one fails.
"""
#: What Git leaves where two branches promised different addresses; all of them stay promised.
_MARK = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")


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
    is_conflict = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if _MARK.match(line):
            if not is_conflict:
                said_of = said("two versions of this list, left by a conflict")
                both = said("both, without the lines that begin with <<<<<<<, ======= and >>>>>>>")
                problems.append(Problem(ADDRESSES, number, 1, "", said_of, both, "HB401", Level.ERROR, len(line)))
            is_conflict = True
            continue
        address, _, name = line.partition(" ")
        if address.startswith("/") and name.strip():
            found.append(Promise(address, name.strip()))
        else:
            found_line, wanted = said("“{value}”", value=line[:60]), said("an address, a space and an id")
            problems.append(Problem(ADDRESSES, number, 1, "", found_line, wanted, "HB401", Level.ERROR, len(line)))
    return tuple(found), tuple(problems)


def lock_text(promises: Iterable[Promise]) -> str:
    """Return the text of ``addresses.lock``: a line an address, sorted, so that two branches merge."""
    return _HEAD + "".join(f"{one.address} {one.id}\n" for one in sorted(set(promises), key=lambda p: (p.address, p.id)))
