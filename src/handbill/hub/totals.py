"""What became of a letter that was sent: counts only, nothing of a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

#: What is counted, in the order in which it is told.  Each is one member of those that were ``asked``.
COUNTED = ("accepted", "deferred", "bounced", "ambiguous", "suppressed", "left")

#: Below this many, a number alone may say who it was.
FEWEST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of one number of a letter, in all its languages.

    ``asked`` is how many members were to get it.  Of these the server has
    ``accepted`` a mail and not returned it; ``deferred`` it so far; ``bounced``
    it, at once or by a returned mail; or said nothing (``ambiguous``).  Nothing
    was handed over for the ``suppressed``, who are to get none, and for those who
    ``left`` before it was their turn.  Whoever is in none of these still waits.

    ``digests`` names the manifest of each language, so that the counts belong to
    the bytes that were sent.  ``began`` and ``ended`` are whole minutes in UTC;
    ``ended`` is ``None`` while somebody still waits.
    """

    letter: str
    number: int
    digests: Mapping[str, str]
    way: str
    began: datetime
    ended: datetime | None
    asked: int
    counts: Mapping[str, int]

    @property
    def waiting(self) -> int:
        """Return for how many members nothing has been decided yet."""
        return self.asked - sum(self.counts.values())

    @property
    def has_left(self) -> bool:
        """Say whether a mail of this letter may have reached anybody: then no other machine may begin it anew."""
        return any(self.counts[one] for one in ("accepted", "bounced", "ambiguous"))

    @property
    def is_done(self) -> bool:
        """Say whether something became of every mail, and it is known what."""
        return not (self.waiting or self.counts["deferred"] or self.counts["ambiguous"])

    @property
    def shown(self) -> int:
        """Return how many got it, as everybody may know; 0 where that would be too few to say."""
        return self.counts["accepted"] if self.counts["accepted"] >= FEWEST_SHOWN else 0
