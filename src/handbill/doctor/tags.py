"""The lists of ``tag=value;`` in which DKIM and DMARC records are written (RFC 6376, 3.2; RFC 9989, 4.7)."""

from __future__ import annotations

import re

from handbill.errors import Said, said

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def tags_of(record: str) -> tuple[dict[str, str], Said | None]:
    """Return the tags of a record in their order, and what keeps it from being such a list."""
    tags: dict[str, str] = {}
    for part in record.split(";"):
        if not part.strip():
            continue
        name, sign, value = (one.strip() for one in part.partition("="))
        if not sign or not _NAME.fullmatch(name):
            return tags, said("“{part}”, which is no tag=value", part=part.strip()[:40])
        if name in tags:
            return tags, said("“{name}” twice", name=name)
        tags[name] = value
    return tags, None
