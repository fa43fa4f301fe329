"""Pass over somebody whom the draw found, for a reason of the closed list: the walk is made again, and substitutes move up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from handbill.contests.drawing import DRAW, case, committed_files, drawing_of
from handbill.contests.lots import local
from handbill.contests.steps import Contest, NotNow, write_files
from handbill.draw.award import REASONS, told_skips
from handbill.draw.casting import POOL
from handbill.draw.drawing import Drawing, drawing_bytes, drawn
from handbill.draw.pool import entrant
from handbill.errors import Said, WrongUse, said
from handbill.hub.likeness import Names
from handbill.hub.record import STATES, refusal

#: What each reason says of the person.
REASON_WORDS: Mapping[str, Said] = {
    "duplicate_person": said("the same person has won already, or is a substitute, under another ticket"),
    "underage": said("too young, or without the agreement of a parent"),
    "excluded_staff": said("among those whom the rules exclude"),
    "unreachable": said("no answer until the end of the time to claim"),
    "declined": said("does not want the prize"),
    "rules_breach": said("broke the rules"),
}

#: What to keep for each reason, outside Git, until the data are destroyed.
EVIDENCE: Mapping[str, Said] = {
    "duplicate_person": said("Keep the two entries beside each other."),
    "underage": said("Note who looked at which proof of age, and when; keep no copy of it."),
    "excluded_staff": said("Note which words of the rules exclude the person, and how you know."),
    "unreachable": said("Keep the messages that you sent, with their moments."),
    "declined": said("Keep the person's own words."),
    "rules_breach": said("Keep what shows it, and name the article of the rules in the proposal."),
}


@dataclass(frozen=True, slots=True)
class Skipped:
    """The draw before and after a skip; ``is_new`` is false where that skip stood in it already."""

    ticket: str
    reason: str
    before: Drawing
    after: Drawing
    is_new: bool


def skip(contest: Contest, ticket: str, reason: str) -> Skipped:
    """Pass over the entrant of a ticket, with all the chances of that person, and write the draw as it is then.

    Raises:
        NotNow: nothing is drawn, the winners are confirmed, the walk never came to that ticket, it was passed over
            for another reason, or is to be called unreachable while there is time left to claim.
        WrongUse: the reason is none of the list, or the pool has no such ticket.
    """
    if reason not in REASONS:
        raise WrongUse(said("found “{reason}”, wanted one of: {reasons}", reason=reason, reasons=", ".join(REASONS)))
    _check_state(contest)
    before = drawing_of(contest)
    made_from = case(contest, committed_files(contest), before.luck)
    told = told_skips(before.award)
    person = entrant(ticket)
    if person not in {entrant(one) for one in made_from.lines}:
        raise WrongUse(_unknown(contest, ticket, made_from.lines))
    if person in told:
        if told[person] == reason:
            return Skipped(person, reason, before, before, is_new=False)
        found = said(
            "{contest}: {ticket} is passed over already, as {reason}; for another reason take that change back first",
            contest=contest.id, ticket=person, reason=told[person],
        )  # fmt: skip
        raise NotNow(found)
    if person not in {entrant(one) for one in (*(line for line, _ in before.award.winners), *before.award.substitutes)}:
        raise NotNow(
            said(
                "{contest}: {ticket} is no winner and no substitute, and nobody is passed over whom the draw did not come to",
                contest=contest.id,
                ticket=person,
            )
        )
    _check_time(contest, person, reason)
    after = drawn(made_from, before.luck, {**told, person: reason}, before.tool_version)
    write_files(contest, {DRAW: drawing_bytes(after)})
    return Skipped(person, reason, before, after, is_new=True)


def changes(skipped: Skipped) -> tuple[tuple[int, str, str], ...]:
    """Return each prize that changes hands, with who had it and who has it now, "" for nobody."""
    found = []
    for prize in dict.fromkeys(prize for _, prize in skipped.before.award.winners):
        had, has = ([line for line, of in one.award.winners if of == prize] for one in (skipped.before, skipped.after))
        gone, come = [line for line in had if line not in has], [line for line in has if line not in had]
        found += [(prize, *pair) for pair in zip_longest(gone, come, fillvalue="")]
    return tuple(found)


def _check_state(contest: Contest) -> None:
    if contest.state in ("drawn", "judged"):
        return
    if why := {"cancelled": refusal("cancelled", "verified"), "void": refusal("void", "verified")}.get(contest.state):
        pass
    elif STATES.index(contest.state) < STATES.index("drawn"):
        why = said("nothing is drawn yet, and nobody can be passed over")
    else:
        why = said("its winners are confirmed, and nobody is passed over any more")
    raise NotNow(said("{contest}: {why}", contest=contest.id, why=why))


def _check_time(contest: Contest, person: str, reason: str) -> None:
    """Let nobody be called unreachable whom the rules still give time."""
    claim = contest.record.terms["claim"]
    if reason == "unreachable" and claim and contest.at < datetime.fromisoformat(claim):
        raise NotNow(
            said(
                "{contest}: the rules give {ticket} until {moment} to answer",
                contest=contest.id,
                ticket=person,
                moment=local(contest, datetime.fromisoformat(claim)),
            )
        )


def _unknown(contest: Contest, ticket: str, lines: tuple[str, ...]) -> Said:
    path = f"{contest.folder}/{POOL}"
    if near := Names(lines).near(ticket):
        return said("{path}: has no ticket “{ticket}”; “{near}”, perhaps", path=path, ticket=ticket, near=near)
    return said("{path}: has no ticket “{ticket}”", path=path, ticket=ticket)
