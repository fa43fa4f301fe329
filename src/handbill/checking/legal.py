"""What a community says of itself as a publisher → what the law of France asks for and is not there.

No advice of a lawyer: it knows which facts are asked for, not whether they are true.
Sources: articles 1-1 of the law of 21 June 2004 (LCEN) and 13 of the General Data
Protection Regulation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from handbill.checking.pointing import at, in_settings
from handbill.errors import Level, Problem, Said, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.settings import Settings
from handbill.settings_duty_fields import LEGAL

#: What every site has to name (LCEN, article 1-1, I), and what is enough of a private person who stays unnamed (II).
ASKED = ("publisher", "address", "phone", "director", "host", "host_address", "host_phone")
ASKED_OF_NOBODY = ("host", "host_address")

#: What those who give their mail address are told (GDPR, article 13).
OWED = ("retention", "mailing")

#: Hosts that nobody reaches from outside (RFC 2606, RFC 6761, RFC 6762), and numbers in place of names.
_NOT_PUBLIC = re.compile(r"(?:.*\.)?(?:example|test|invalid|localhost|local|internal)|[0-9.]+|.*:.*|")


def check_legal(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a warning for each fact that is asked for and missing, or one note where nobody has begun."""
    yield from _twice(hub)
    if settings.legal.security and settings.base != "/":
        found = said("a contact that no program finds in {path}", path=f"{settings.base}.well-known/security.txt")
        yield in_settings(settings, ("legal", "security"), found, said("it at the root of the host, by other means"), "HB817", Level.NOTE)
    if not settings.legal.is_french(settings.lang):
        return
    if settings.legal.is_started:
        yield from _missing(settings)
    elif is_public(settings.base_url) and not any(getattr(item.facts, "role", "") == "legal" for item in hub.items):
        wanted = said("a table [legal] that names the publisher, or “role: legal” in the page that does")
        yield in_settings(settings, (), said("nobody who answers for the site"), wanted, "HB812", Level.NOTE, "legal")


def is_public(address: str) -> bool:
    """Say whether anyone can reach that address, as far as its name tells."""
    return not _NOT_PUBLIC.fullmatch(urlsplit(address).hostname or "")


def _missing(settings: Settings) -> Iterator[Problem]:
    legal = settings.legal
    for key in ASKED_OF_NOBODY if legal.anonymous else ASKED:
        if not getattr(legal, key):
            yield _gap(settings, key, said("nothing, which the law of France asks of every site"), "HB811", Level.WARNING)
    if settings.takes_addresses:
        owed = said("nothing, which those who give their address are to be told")
        if not legal.reach:
            yield _gap(settings, "contact", owed, "HB813", Level.WARNING)
        for key in OWED:
            if not getattr(legal, key):
                yield _gap(settings, key, owed, "HB813", Level.WARNING)


def _gap(settings: Settings, key: str, found: Said, code: str, level: Level) -> Problem:
    example = next(one.example for one in LEGAL if one.name == key)
    wanted = said('a line such as {name}{sign}"{example}"', name=key, sign=" = ", example=example)
    return in_settings(settings, ("legal",), found, wanted, code, level, f"legal.{key}")


def _twice(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each page whose role another has in the same language."""
    first: dict[tuple[str, str], Item] = {}
    for item in sorted(hub.items, key=lambda one: one.id):
        role = getattr(item.facts, "role", "")
        other = first.setdefault((role, item.lang), item) if role else item
        if other is not item:
            found = said("{role}, the role of {other} already", role=role, other=other.source)
            yield at(item, "role", found, said("one page for each role"), "HB815", Level.WARNING)
