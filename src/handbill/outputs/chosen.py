"""What the queries of a letter choose → the cards by which its page and its mail show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from handbill.kinds.issue import Section
from handbill.outputs.cards import Cards
from handbill.outputs.views import Card


def cards_of(section: Section, cards: Cards, at: datetime | None) -> Iterator[Card]:
    """Yield the card of each entry as things stood at a moment, with the later dates of which the same is to be said."""
    further = section.also or ((),) * len(section.entries)
    for (item, when), rest in zip(section.entries, further, strict=True):
        card = cards.card(item, when, at)
        if section.name == "changes":
            # What it is has been told before; what became of it is the news.
            card = replace(card, summary="")
        yield replace(card, also=tuple(cards.when(one, item, at) for one in rest)) if rest and at else card
