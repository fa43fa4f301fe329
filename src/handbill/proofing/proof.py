"""The text of one file → every mark of the proof-readers, at its place.

Marks depend on the text and the terms alone, so they are kept with the draft.
"""

from __future__ import annotations

from dataclasses import dataclass

from handbill.hub.fields import Desk


@dataclass(frozen=True, slots=True)
class House:
    """What the community decided about its texts.

    ``public`` are mail addresses, telephone numbers and account names that may
    stand in texts; ``avoid`` pairs a term with what is said instead.
    """

    public: tuple[str, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()


def proof(text: str, first_line: int, house: House, desk: Desk) -> None:
    """Put down at the desk what is wrong with a file's *text*; its Markdown begins on *first_line*."""
