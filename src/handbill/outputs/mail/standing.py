"""What the sections of a letter are called, and how its entries stand, in words: the same wherever a letter is shown.

The words are English here and stand in ``theme/locale`` for the other languages.
"""

from __future__ import annotations

from collections.abc import Callable

from handbill.hub.facets import OFF
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
    "frozen": ("List frozen", "wait"),
    "drawn": ("Lots drawn", "wait"),
    "judged": ("Judged", "wait"),
    "verified": ("Winners verified", "wait"),
    "published": ("Results are out", "good"),
    "settled": ("Prizes handed over", "quiet"),
    "purged": ("Contest over", "quiet"),
    "void": ("Declared void", "stop"),
    "signup-full": ("Full", "stop"),
    "signup-waitlist": ("Waiting list", "wait"),
    "signup-closing": ("Sign up soon", "wait"),
    "signup-closed": ("Sign-up closed", "quiet"),
}

#: What the button of a large entry says, by the state of signing up, and where nothing is to be signed.
ACTS = {"open": "Sign up", "waitlist": "Join the waiting list"}


def heading_of(name: str, title: str, words: Callable[[str], str]) -> str:
    """Return the heading of a section as members read it; *title* is the one that an editor gave it."""
    return " · ".join(part for part in over_and_heading(name, title, words) if part)


def over_and_heading(name: str, title: str, words: Callable[[str], str]) -> tuple[str, str]:
    """Return what is said over the heading of a section, nearly always "", and the heading.

    Whoever pays for words in a letter is named as such, whatever the heading says.
    """
    if not title:
        return "", words(HEADINGS[name])
    return words(HEADINGS[name]) if name == "sponsor" else "", title


def standing(card: Card) -> str:
    """Return the one state that a reader must know of, or "" where all is as announced."""
    status = card.when.status if card.when else ""
    for state in (card.state, status):
        if state in OFF:
            return state
    signup = f"signup-{card.signup}" if card.signup else ""
    return next((state for state in (status, card.state, signup) if state in STANDINGS), "")


def says_itself(card: Card) -> bool:
    """Say whether the sentences of an entry are what it is there for, so that even a list of lines must have them.

    What was put right in a letter is; so is the digest of a contest's list.
    """
    return card.kind == "issue" or (card.left is not None and card.state == "frozen")


def act(card: Card) -> str:
    """Return what a reader can do next, as the words of a button that leads to the page of an entry.

    It is said of the page, which knows what holds on the day on which somebody
    reads: a letter cannot take back that there were places.
    """
    if card.when:
        is_off = standing(card) in OFF
        return ACTS.get("" if is_off else card.takes, "All the details")
    return "Enter the contest" if card.left and card.state == "open" else "All the details" if card.left else "Read more"
