"""The order of a draw → who wins what, and who moves up: the walk along the order, with every skip told (decision 0050)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from handbill.draw.pool import entrant

#: Why an entrant can be passed over.  Nobody is passed over for another reason.
REASONS = ("duplicate_person", "underage", "excluded_staff", "unreachable", "declined", "rules_breach")

#: The one reason that the walk itself finds: a chance of somebody who has won, or is a substitute, already.
AGAIN = "duplicate_person"


@dataclass(frozen=True, slots=True)
class Skip:
    """A line that the walk came to and passed over, and why."""

    ticket: str
    reason: str


@dataclass(frozen=True, slots=True)
class Award:
    """Who won which prize (counted from 0 in their declared order), who moves up first, and who was passed over.

    ``walked`` is how many lines of the order the walk came to.
    """

    winners: tuple[tuple[str, int], ...]
    substitutes: tuple[str, ...]
    skips: tuple[Skip, ...]
    walked: int = 0


def award(order: Iterable[str], prizes: Sequence[int], substitutes: int, skips: Mapping[str, str]) -> Award:
    """Walk along an order: give the prizes as they were declared, then list substitutes, and stop.

    *prizes* says of each prize how many people win it; *skips* whose entrants
    are passed over, by any of their lines, and why: with all of their chances,
    as it is the person who was too young or did not answer.

    Raises:
        ValueError: a reason is none of :data:`REASONS`.
    """
    if unknown := sorted(set(skips.values()) - set(REASONS)):
        raise ValueError(f"no reason to skip anybody: {unknown[0]}")
    passed = {entrant(line): reason for line, reason in skips.items()}
    places = chain.from_iterable(repeat(prize, many) for prize, many in enumerate(prizes))
    place = next(places, None)
    winners: list[tuple[str, int]] = []
    moving: list[str] = []
    found: list[Skip] = []
    chosen: set[str] = set()
    walked = 0
    lines = iter(order)
    while (place is not None or len(moving) < substitutes) and (line := next(lines, None)) is not None:
        walked += 1
        person = entrant(line)
        if reason := passed.get(person, AGAIN if person in chosen else ""):
            found.append(Skip(line, reason))
            continue
        chosen.add(person)
        if place is None:
            moving.append(line)
        else:
            winners.append((line, place))
            place = next(places, None)
    return Award(tuple(winners), tuple(moving), tuple(found), walked)


def told_skips(made: Award) -> dict[str, str]:
    """Return the skips that somebody told the walk of, by entrant: all but those that it found itself."""
    chosen = {entrant(line) for line in (*(line for line, _ in made.winners), *made.substitutes)}
    return {entrant(one.ticket): one.reason for one in made.skips if entrant(one.ticket) not in chosen}
