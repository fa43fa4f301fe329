"""How an event repeats, as a page holds it and as one says it: “Every two weeks, on Tuesday, until 12 June 2027”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handbill.hub.facets import Occurrence, Series
from handbill.hub.rule import parts_of
from handbill.outputs.rule_words import Rule, together

if TYPE_CHECKING:
    from handbill.outputs.words import Words

#: Of so many days each is named; of more it is only said how many they are.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Repeats:
    """How an item repeats, in plain values: the rule ("" where there are only dates), days in ISO form."""

    rule: str
    first: str
    until: str = ""
    added: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def repeats_of(series: Series | None, occurrences: Sequence[Occurrence], at: datetime) -> Repeats | None:
    """Return how an item repeats, for a page made for that moment: exceptions that are past interest nobody."""
    if series is None:
        return None
    first = min([*(one.original for one in occurrences if one.original), *series.excluded])
    until = parts_of(series.rule).get("UNTIL", "") if series.rule else ""
    last = datetime.strptime(until[:8], "%Y%m%d").date() if until else None
    if "T" in until and isinstance(first, datetime):
        last = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(first.tzinfo).date()
    today = at.date()
    # What was moved or called off is told where its date stands.
    changed = {one.original for one in occurrences if one.is_off or one.starts != one.original}
    added = tuple(day for one in series.added if one not in changed and (day := one.isoformat()[:10]) >= today.isoformat())
    if not series.rule and not added:
        return None
    return Repeats(
        rule=series.rule,
        first=first.isoformat()[:10],
        until=last.isoformat() if last else "",
        added=added,
        excluded=tuple(day for one in series.excluded if (day := one.isoformat()[:10]) >= today.isoformat()),
    )


def in_words(repeats: Repeats, words: Words) -> str:
    """Return how an item repeats, as one says it, with a capital letter at its beginning."""
    if not repeats.rule:
        said = words.count("on one more date", "on {n} more dates", len(repeats.added)) if repeats.added else ""
        return _begun(said, words)
    said = Rule(repeats.rule, date.fromisoformat(repeats.first), words).told()
    if repeats.until:
        said = words("{rule}, until {day}", rule=said, day=words.plain_day(repeats.until))
    count = int(parts_of(repeats.rule).get("COUNT", "0"))
    if count:
        said = words("{rule}, {times}", rule=said, times=words.count("once", "{n} times", count))
    if 0 < len(repeats.added) <= _NAMED:
        said = words("{rule}, and {days}", rule=said, days=together([_on(day, words) for day in repeats.added], words))
    elif repeats.added:
        said = words("{rule}, and on {n} more dates", rule=said, n=words.number(len(repeats.added)))
    if 0 < len(repeats.excluded) <= _NAMED:
        said = words("{rule}, but not {days}", rule=said, days=together([_on(day, words) for day in repeats.excluded], words))
    elif repeats.excluded:
        said = words("{rule}, but for {n} dates", rule=said, n=words.number(len(repeats.excluded)))
    return _begun(said, words)


def _begun(said: str, words: Words) -> str:
    """Return a sentence with its capital letter, and without the vowels that French leaves out: d’avril."""
    if words.lang.startswith("fr"):
        said = re.sub(r"\b([dl])e (?=avant-|avril|août|octobre)", r"\1’", said)
    return said[:1].upper() + said[1:]


def _on(day: str, words: Words) -> str:
    return words("on {day}", day=words.plain_day(day))
