"""A rhythm in the words of the reader: “on the first Thursday of the month”."""

from __future__ import annotations

from datetime import date

from handbill.composing.rhythm import Rhythm
from handbill.errors import Said, said
from handbill.outputs.words import Words

_RANKS = (said("first"), said("second"), said("third"), said("fourth"), said("last"))

#: Any Monday.
_MONDAY = date(2026, 1, 5)


def said_rhythm(rhythm: Rhythm, words: Words) -> Said:
    """Return how often a letter comes; names of days are those of *words*."""
    weekday = words.weekday(_MONDAY.replace(day=_MONDAY.day + rhythm.weekday).isoformat())
    if rhythm.sort == "gap":
        return said("without a rhythm, about {n} days apart", n=rhythm.every)
    if rhythm.sort == "weeks":
        patterns = {1: said("every {weekday}", weekday=weekday), 2: said("every second {weekday}", weekday=weekday)}
        return patterns.get(rhythm.every) or said("every {n} weeks, on {weekday}", n=rhythm.every, weekday=weekday)
    if rhythm.sort == "day":
        monthly = said("on day {day} of the month", day=rhythm.day)
    else:
        monthly = said("on the {rank} {weekday} of the month", rank=_RANKS[rhythm.rank - 1], weekday=weekday)
    return monthly if rhythm.every == 1 else said("{monthly}, every {n} months", monthly=monthly, n=rhythm.every)
