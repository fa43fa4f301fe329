"""``addresses.lock`` → the addresses that the hub once published, each with the id of what answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from handbill.errors import Problem, said
from handbill.hub.hub import Promise
from handbill.layout import ADDRESSES
from handbill.reading.locks import read_lock

#: What a build answers: no part of it is empty, leads up, or is anything but one name.
_ADDRESS = re.compile(r"/|(?:/(?!\.\.?(?:/|\Z))[^/\\\s?#\x00-\x20\x7f]+)+/?")

_HEAD = """\
# Every public address of this hub, and what answers it.  Written by the build; commit it with your change.
# An address listed here keeps answering: a renamed item leaves a redirect, and a build that would lose one fails.
"""


def read_promises(root: Path) -> tuple[tuple[Promise, ...], tuple[Problem, ...]]:
    """Return the promised addresses in their order, and problems for lines that are none."""
    promises: list[Promise] = []

    def take(line: str) -> bool:
        address, _, name = line.partition(" ")
        if not (_ADDRESS.fullmatch(address) and name.strip()):
            return False
        promises.append(Promise(address, name.strip()))
        return True

    problems = read_lock(root, ADDRESSES, "HB401", take, said("an address, a space and an id"))
    return tuple(promises), problems


def lock_text(promises: Iterable[Promise]) -> str:
    """Return the text of ``addresses.lock``: a line an address, sorted, so that two branches merge."""
    return _HEAD + "".join(f"{one.address} {one.id}\n" for one in sorted(set(promises), key=lambda p: (p.address, p.id)))
