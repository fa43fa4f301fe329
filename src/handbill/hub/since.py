"""The day from which on a letter tells news: a day, or the word that stands for the letter before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handbill.errors import said
from handbill.hub.nodes import Desk, Node, Scalar, shown
from handbill.hub.when import When

#: The word for what is usual, so that it can be said.
LAST = "last"


@dataclass(frozen=True, slots=True)
class Since:
    """``2026-04-02``, or ``last``, which is read as no day at all."""

    wanted: str = said("a day such as 2026-05-01, or the word last")

    def read(self, node: Node, name: str, desk: Desk) -> date | datetime | None:
        """Return the day, ``None`` for the letter before or after putting down a problem."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if text.lower() == LAST:
            return None
        if text[:1].isalpha() and " " not in text:
            # It was meant as a word, and there is only one.
            desk.refuse(node, name, shown(node), self.wanted, "HB205")
            return None
        return When(moment=False).read(node, name, desk)
