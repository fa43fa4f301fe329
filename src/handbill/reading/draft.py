"""A draft: all that can be known of one text file alone, before other files are looked at.

How it is read is the business of ``drafting``, whose rules take longer to load
than a hub in which nothing changed takes to check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from handbill.hub.allowed import Beyond
from handbill.hub.item import LINK_CLOSE, LINK_OPEN, Body
from handbill.hub.swift import swift
from handbill.proofing.house import House

#: From so many blocks at most a text is introduced.
FIRST = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """What a draft depends on besides its bytes.

    ``followed`` is the last year to which a series without an end is followed;
    ``trusted`` are folders with what their texts may hold beyond others;
    ``page_bytes`` is how much HTML one text may make.
    """

    dialect: str
    zone: str
    languages: tuple[str, ...]
    most_bytes: int
    typography: bool = True
    house: House = field(default_factory=House)
    followed: int = 0
    trusted: tuple[tuple[str, Beyond], ...] = ()
    page_bytes: int = 4096 * 1024


@swift
@dataclass(frozen=True, slots=True)
class Draft:
    """What one file says.

    ``values`` are the typed common fields, ``parts`` the facets and facts of
    the kind.  ``body.links`` still name files as the writer wrote them, and
    ``pictures`` says which of those are pictures, with the alternative text.
    """

    source: str
    kind: str
    name: str
    lang: str | None
    values: dict[str, Any]
    parts: dict[str, Any]
    body: Body
    pictures: tuple[tuple[str, str], ...]
    anchors: frozenset[str]
    first_line: int
    places: dict[str, tuple[int, int, int]]
    is_broken: bool = False


def teaser(body: Body, longest: int = 220) -> str:
    """Return how a text begins, cut at a word; headings are left out."""
    headings = {heading.text for heading in body.headings}
    text = " ".join(block for block in body.blocks[:FIRST] if block not in headings)
    text = re.sub(f"{LINK_OPEN}\\d+{LINK_CLOSE}", "", text)
    if len(text) <= longest:
        return text
    cut = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.!?…-–")
    return cut + "…"
