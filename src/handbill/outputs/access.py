"""What is known of how one gets into a place → one line, for calendars and letters, which have no room for a table."""

from __future__ import annotations

from collections.abc import Callable

from handbill.hub.facets import Place

#: What pages call each question of :data:`~handbill.kinds.venue.QUESTIONS`, as catalogues know it.
LABELS = {
    "step_free_entrance": "Step-free entrance",
    "step_free_inside": "Step-free inside",
    "adapted_toilet": "Adapted toilet",
    "adapted_parking": "Reserved parking space",
    "hearing_loop": "Hearing loop",
    "sign_language": "Sign language",
    "captions": "Captions",
    "quiet_room": "Quiet place",
    "assistance_dog": "Assistance dogs",
    "staff_trained": "Trained hosts",
}
_ANSWERS = {"yes": "yes", "partial": "in part", "no": "no"}


def access_line(place: Place, say: Callable[[str], str]) -> str:
    """Return what is known, first in the words of the place and then question by question; "" for a place of which nothing is.

    What is unknown is left to the page, which names it: here every word counts.
    """
    answers = " · ".join(f"{say(LABELS[name])}{say(': ')}{say(_ANSWERS[given])}" for name, given in place.accessibility)
    known = " ".join(part for part in (place.access, answers) if part)
    return f"{say('Access')}{say(': ')}{known}" if known else ""
