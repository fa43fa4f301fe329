"""The list of the earlier sites, as text that nobody else can have written.  It does not know what a site is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from handbill.key import signature
from handbill.plain import NotPlain, read_plain
from handbill.whole import put_whole

_TITLE = b"handbill earlier 1 "

#: A list of a thousand sites is a tenth of this.
_MOST = 1 << 20


class Listed(NamedTuple):
    """One earlier site: its number, the folder in which it lies, what is kept of it in bytes, and the seal of its manifest."""

    number: int
    folder: int
    bytes: int
    seal: str


@dataclass(frozen=True, slots=True)
class EarlierList:
    """The earlier sites in the order in which they stood last, and the number that the ``next`` one gets.

    ``back`` is the seal of a site that was gone back to, and the number that it had before.
    """

    next: int = 1
    sites: tuple[Listed, ...] = ()
    back: tuple[str, int] = ("", 0)

    def twin_of(self, seal: str) -> Listed | None:
        """Return the site that was gone back to and stands, or stood, under *seal*."""
        return next((one for one in self.sites if (seal, one.number) == self.back), None)


def read_list(file: Path) -> EarlierList:
    """Return what is listed: nothing where there is no list, or one that this user's program did not write.

    Raises:
        OSError: there is one, and it cannot be read; that is not to have none.
    """
    try:
        head, _, body = read_plain(file, _MOST).partition(b"\n")
    except (FileNotFoundError, NotADirectoryError, NotPlain):
        return EarlierList()
    if head != _TITLE + _sign(body, may_make=False):
        return EarlierList()
    told = json.loads(body)
    return EarlierList(told["next"], tuple(Listed(*one) for one in told["sites"]), (told["back"][0], told["back"][1]))


def write_list(file: Path, listed: EarlierList) -> None:
    """Write the list; the old one or the new one stands."""
    body = json.dumps({"next": listed.next, "sites": listed.sites, "back": listed.back}, separators=(",", ":")).encode()
    put_whole(file, (_TITLE, _sign(body), b"\n", body))


def _sign(body: bytes, *, may_make: bool = True) -> bytes:
    # No list of a generation begins so: the one is never taken for the other.
    return signature(_TITLE, body, may_make=may_make).hex().encode()
