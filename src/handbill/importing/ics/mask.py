"""Texts of a calendar → the same without what names a person or opens a door, and without signs that nobody sees."""

from __future__ import annotations

from collections import Counter

from handbill.hub.fields import Desk
from handbill.proofing.galley import Galley
from handbill.proofing.proof import House, keep_back
from handbill.proofing.signs import unseen

#: What stands where something was taken out.
GAP = "…"

#: Texts up to this length are remembered.
_SHORT = 120


class Mask:
    """Takes out of texts what the proof-readers of the hub would stop a build for; what the community confirmed stays."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[str, tuple[str, Counter[str]]] = {}

    def of(self, text: str) -> tuple[str, Counter[str]]:
        """Return the text as it may be published, and what was taken out of it, by sort."""
        # Places, tags and titles come again and again.
        if len(text) > _SHORT:
            return self._read(text)
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> tuple[str, Counter[str]]:
        found: Counter[str] = Counter()
        if not text:
            return text, found
        # Signs that nobody sees go first: between the letters of an address they would hide it.
        galley = Galley(text)
        for mark in sorted(unseen(galley), key=lambda one: one.start, reverse=True):
            found["signs that nobody sees"] += 1
            text = text[: mark.start] + text[mark.end :]
        desk = Desk("", "UTC")
        keep_back(text, 1, self._house, desk)
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        spans = [(starts[one.line - 1] + one.column - 1, one.width, str(one.found)) for one in desk.problems if one.line]
        for start, width, sort in sorted(spans, reverse=True):
            found[sort] += 1
            text = text[:start] + GAP + text[start + width :]
        return text, found
