"""The settings → ``.well-known/security.txt``, where those who find a fault learn whom to tell.

Source: RFC 9116.  Programs look for it at the root of a host and nowhere else,
so a hub that lies below a path has none.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from handbill.hub.hub import Hub
from handbill.hub.reach import link_to
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.settings import Settings

name = "security"

FILE = ".well-known/security.txt"

#: For how many months after this one the file counts: as long as it may at most, which is a year.
MONTHS = 11


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the file where somebody is named who is to be told."""
    if settings.legal.security and settings.base == "/":
        text = security_txt(hub.as_of, settings)
        yield settled(FILE, digest(text), (), text)


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Hand over the text."""
    for one in planned:
        yield Artifact(one.path, one.work.encode("utf-8"))


def security_txt(at: datetime, settings: Settings) -> str:
    """Return the file as it stands at a moment; it changes with the month, not with every build."""
    return "\n".join([
        f"Contact: {link_to(settings.legal.security)}",
        f"Expires: {expires(at)}",
        f"Preferred-Languages: {', '.join(settings.languages)}",
        f"Canonical: {settings.absolute('/' + FILE)}",
        "",
    ])  # fmt: skip


def expires(at: datetime) -> str:
    """Return the last second of the eleventh month after that moment's, in the zone that needs no naming."""
    months = at.year * 12 + at.month - 1 + MONTHS
    year, month = months // 12, months % 12 + 1
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}T23:59:59Z"
