"""The pool of a draw: its lines, their one text, and the digest that is told before lots are drawn (decision 0050)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from handbill.errors import Said, said

#: One chance to win.  More chances of one entrant are more lines: ``ticket#2``, ``ticket#3``.
LINE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}(#[1-9][0-9]{0,3})?", re.ASCII)


class BadPool(ValueError):
    """Some bytes are no pool; ``found`` and ``line`` (from 1, 0 for the whole) say why."""

    def __init__(self, found: Said | str, line: int = 0) -> None:
        super().__init__(str(found))
        self.found = found
        self.line = line


def pool_bytes(lines: Iterable[str]) -> bytes:
    """Return the one text of a pool: a line each, in the order of their bytes, ended by a line feed each.

    Raises:
        BadPool: a line is none, or stands twice.
    """
    raw = "".join(f"{line}\n" for line in sorted(lines)).encode("utf-8")
    pool_lines(raw)
    return raw


def pool_lines(raw: bytes) -> tuple[str, ...]:
    """Return the lines of a pool in their order.

    Raises:
        BadPool: it is not the one text of any pool.
    """
    if not raw.endswith(b"\n"):
        raise BadPool(said("a text that does not end with a line feed") if raw else said("an empty file"))
    try:
        lines = raw[:-1].decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadPool(said("a sign that no ticket has"), raw[: error.start].count(b"\n") + 1) from None
    before = ""
    for number, line in enumerate(lines, 1):
        if not LINE.fullmatch(line):
            raise BadPool(said("a line that is no ticket"), number)
        if line <= before:
            raise BadPool(said("a ticket that stands twice") if line == before else said("a line out of order"), number)
        before = line
    return tuple(lines)


def digest_of(raw: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def entrant(line: str) -> str:
    """Return whose chance a line is.

    >>> entrant("c446idxx5zen3mr7#2")
    'c446idxx5zen3mr7'
    """
    return line.partition("#")[0]
