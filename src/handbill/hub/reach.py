"""A way to reach the community, as hub.toml names it: a mail address, or a page of the web."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbill.errors import said
from handbill.hub.nodes import Desk, Node, Scalar

#: A mail address as far as a machine can tell it (RFC 5321 allows more, which nobody uses for a community).
_PART = r'[^\s<>@,;:"\\/?#]+'
MAIL = rf"{_PART}@{_PART}\.{_PART}"
PAGE = r'https://[^\s<>"\\]+'


@dataclass(frozen=True, slots=True)
class Reach:
    """Where somebody answers: ``bonjour@atelier.example`` or ``https://atelier.example/contact/``."""

    wanted: str = said("a mail address, or the address of a page that begins with https://")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        """Return the address without ``mailto:``, or ``None`` after putting down a problem.

        What was written is not repeated: a message may end in a public log.
        """
        text = node.text.strip().removeprefix("mailto:") if isinstance(node, Scalar) else ""
        if re.fullmatch(f"{MAIL}|{PAGE}", text):
            return text
        desk.refuse(node, name, said("no address at which one can write"), self.wanted, "HB207")
        return None


def link_to(reach: str) -> str:
    """Return the address that a link to somebody has: of a page as it is, of mail with ``mailto:`` before it."""
    return reach if not reach or reach.startswith("https://") else f"mailto:{reach}"
