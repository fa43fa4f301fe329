"""The winning tickets and the list of entries → who is to be written to, in a closed file outside Git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbill.contests.drawing import drawing_of
from handbill.contests.entering import identity_of, name_in, sheet_rows
from handbill.contests.keyring import known_key, needed_key
from handbill.contests.steps import Contest, NotNow
from handbill.draw.drawing import Drawing
from handbill.draw.pool import entrant
from handbill.draw.tickets import ticket_of
from handbill.errors import said
from handbill.hub.record import refusal
from handbill.reading.contest_entries import FOLDER, handle_of
from handbill.sending.addresses import Unfit
from handbill.sending.outside import write_closed
from handbill.sending.sheets import Fault

#: From the draw on until the key is destroyed.
_STATES = ("drawn", "judged", "verified", "published", "settled")


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands behind a ticket, as the list of entries has them; an account of a public entry has no address."""

    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """How many winners and substitutes there are, the tickets behind which nobody was found, and the rows that cannot be read."""

    winners: int
    substitutes: int
    unknown: tuple[str, ...]
    faults: tuple[Fault, ...]


def write_winners(contest: Contest, folder: Path, file: Path, output: Path) -> Found:
    """Write who stands behind the winning tickets and the substitutes into *output*, in the order of prizes.

    *file* is the list of entries, or the file of tickets.  *folder* is that of what names people.

    Raises:
        NotNow: lots are not drawn yet, or the key is destroyed or not here.
        MachineLacks: a file cannot be read or written.
        WrongUse: the names would lie in a repository.
    """
    check_drawn(contest)
    drawing = drawing_of(contest)
    wanted = {entrant(line) for line in (*(line for line, _ in drawing.award.winners), *drawing.award.substitutes)}
    handles = {handle_of(name) for name in contest.record.files if name.startswith(FOLDER)} & wanted
    people = {handle: Person("", handle) for handle in handles}
    faults: list[Fault] = []
    # A file of tickets tells them itself, also where the key was lost.
    key = known_key(folder, contest.id)
    for found in sheet_rows(file, ("email",)):
        if isinstance(found, Fault):
            faults.append(found)
            continue
        row, columns = found
        address = row.cells[columns.at["email"]].strip()
        try:
            if "ticket" in columns.at:
                ticket = entrant(row.cells[columns.at["ticket"]].strip())
            else:
                ticket = ticket_of(key or needed_key(folder, contest.id), contest.id, identity_of(address))
        except Unfit as unfit:
            faults.append(Fault(row.number, unfit.found, unfit.wanted))
            continue
        if ticket in wanted:
            people.setdefault(ticket, Person(address, name_in(row.cells, columns)))
    write_closed(output, _rows(contest, drawing, people), contest.settings.root)
    unknown = tuple(sorted(wanted - people.keys()))
    return Found(len(drawing.award.winners), len(drawing.award.substitutes), unknown, tuple(faults))


def check_drawn(contest: Contest) -> None:
    """Refuse to look for winners before the draw, and once the key is destroyed.

    Raises:
        NotNow: with the reason.
    """
    if contest.state not in _STATES:
        why = refusal(contest.state, "verified")
        raise NotNow(said("{contest}: {why}", contest=contest.id, why=why))


def _rows(contest: Contest, drawing: Drawing, people: Mapping[str, Person]) -> Iterator[tuple[str, ...]]:
    yield "place", "prize", "ticket", "email", "name"
    prizes = contest.record.terms["prizes"]
    nobody = Person("", "")
    for number, (line, prize) in enumerate(drawing.award.winners, 1):
        person = people.get(entrant(line), nobody)
        yield str(number), str(prizes[prize]["name"]), line, person.email, person.name
    for number, line in enumerate(drawing.award.substitutes, 1):
        person = people.get(entrant(line), nobody)
        yield f"S{number}", "", line, person.email, person.name
