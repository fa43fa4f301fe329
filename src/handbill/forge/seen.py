"""The second line of our comment under a proposal: which commit it shows, and since when that stands there.

It is what a label is compared with: whoever puts one has seen what the comment
shows, if the label came later and nothing else came in between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

#: The first line of the comment that shows what members will get.
REVIEW = "<!-- handbill:review -->"

_SEEN = re.compile(r"<!-- handbill:head ([0-9a-f]{40}(?:[0-9a-f]{24})?) since (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) -->", re.ASCII)


@dataclass(frozen=True, slots=True)
class Seen:
    """The commit that a comment shows, and the moment from which on it did, by GitHub's own clock."""

    head: str
    since: str

    @property
    def moment(self) -> datetime:
        """Return the moment, with its zone."""
        return datetime.fromisoformat(self.since.replace("Z", "+00:00"))


def seen_in(body: str) -> Seen | None:
    """Return what a comment of ours shows."""
    lines = body.splitlines()
    if len(lines) < 2 or lines[0] != REVIEW or not (found := _SEEN.fullmatch(lines[1])):
        return None
    try:
        datetime.fromisoformat(found[2].replace("Z", "+00:00"))
    except ValueError:
        return None
    return Seen(found[1], found[2])


def with_seen(body: str, seen: Seen) -> str:
    """Return a comment with what it shows; *body* begins with :data:`REVIEW`."""
    first, _, rest = body.partition("\n")
    assert first == REVIEW
    return f"{first}\n<!-- handbill:head {seen.head} since {seen.since} -->\n{rest}"
