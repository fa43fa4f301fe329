"""A sum or a weight in front matter, kept as the decimal number that was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from handbill.errors import said
from handbill.hub.nodes import Desk, Node, Scalar
from handbill.hub.types import refuse


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of at most ``places`` decimals, zero or more; a comma is meant for a point."""

    places: int = 2

    @property
    def wanted(self) -> str:
        return said("a number with at most {n} decimals, such as 12.50", n=self.places)

    def read(self, node: Node, name: str, desk: Desk) -> Decimal | None:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if re.fullmatch(rf"[0-9]{{1,9}}(\.[0-9]{{1,{self.places}}})?", text):
            return Decimal(text)
        meant = text.rstrip(" \u00a0\u202f€").replace(",", ".")
        refuse(self, node, name, desk, meant if re.fullmatch(rf"[0-9]{{1,9}}(\.[0-9]{{1,{self.places}}})?", meant) else "")
        return None
