"""How the entries of a letter stand, in words: the same in its HTML and in its text.

The words are English here and stand in ``theme/locale`` for the other languages.
"""

from __future__ import annotations

from handbill.outputs.views import Card

#: The headings of the automatic sections.
HEADINGS = {
    "changes": "Changes",
    "events": "Coming up",
    "posts": "To read",
    "contests": "To enter",
    "recaps": "Told afterwards",
    "people": "People",
    "corrections": "Corrections",
    "sponsor": "With the support of",
}

#: State → its word, and how strongly it wants to be seen.
STANDINGS = {
    "ongoing": ("On now", "good"),
    "past": ("Over", "quiet"),
    "cancelled": ("Cancelled", "stop"),
    "postponed": ("Postponed", "wait"),
    "rescheduled": ("New date", "wait"),
    "moved_online": ("Moved online", "wait"),
    "tentative": ("To be confirmed", "wait"),
    "announced": ("Opens soon", "wait"),
    "closed": ("Closed", "quiet"),
    "drawn": ("Results are out", "good"),
}


def standing(card: Card) -> str:
    """Return the one state that a reader must know of, or "" where all is as announced."""
    status = card.when.status if card.when else ""
    for state in (card.state, status):
        if state in ("cancelled", "postponed"):
            return state
    return next((state for state in (status, card.state) if state in STANDINGS), "")
