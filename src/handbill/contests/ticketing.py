"""A list of entries → the tickets that stand for their people in public, in a closed file outside Git."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from handbill.contests.entering import Counted, Terms, counted, read_entries
from handbill.contests.entry_times import Order
from handbill.contests.keyring import made_key, needed_key
from handbill.contests.steps import Contest, NotNow
from handbill.draw.tickets import ticket_of
from handbill.errors import Problem, said
from handbill.hub.record import refusal
from handbill.sending.keys import member_key
from handbill.sending.members import suppressed_of
from handbill.sending.outside import write_closed
from handbill.sending.sheets import Fault

#: In these states entries come in, or have just come in: a key may still be made.
_MAKES = ("announced", "open", "closed")

#: In these the tickets are known, and another key would make others.
_KNOWS = ("frozen", "drawn", "judged", "verified", "published", "settled")


@dataclass(frozen=True, slots=True)
class Ticketed:
    """How many entries were read, who is in, what is wrong with the list, and whether tickets were written."""

    entries: int
    counted: Counted
    faults: tuple[Fault, ...]
    excluded_faults: tuple[Problem, ...]
    is_written: bool

    @property
    def chances(self) -> int:
        """Return how many lines of the pool they are together."""
        return sum(one.chances for one in self.counted.entrants)


def ticketed(
    contest: Contest, folder: Path, file: Path, output: Path | None, excluded: Path | None = None, order: Order = "",
    is_despite: bool = False,
) -> Ticketed:  # fmt: skip
    """Count the entries of a list, and write who is in with their tickets into *output*.

    *folder* is that of what names people.  *excluded* is a file with the
    addresses of those who cannot enter, one to a line.  While a row cannot be
    read nothing is written, unless *is_despite* leaves such rows out.

    Raises:
        NotNow: the contest is not announced yet, or over.
        MachineLacks: a file cannot be read or written.
        WrongUse: the tickets would lie in a repository.
    """
    key = key_for(contest, folder, is_made=output is not None)
    terms = terms_for(contest)
    entries, faults = read_entries(file, terms, order)
    marks, wrong = _excluded(excluded)
    found = counted(entries, terms, _Excluded(marks))
    is_written = output is not None and bool(found.entrants) and not wrong and (is_despite or not faults)
    if is_written:
        assert output is not None
        assert key is not None
        write_closed(output, rows_of(found, key, contest.id, terms), contest.settings.root)
    return Ticketed(len(entries), found, faults, wrong, is_written)


def key_for(contest: Contest, folder: Path, *, is_made: bool) -> bytes | None:
    """Return the key of a contest by the state it is in; ``None`` where it is to be looked at only, and there is none yet.

    Raises:
        NotNow: there are no tickets in that state.
    """
    if contest.state in _KNOWS:
        return needed_key(folder, contest.id)
    if contest.state not in _MAKES:
        why = refusal(contest.state, "frozen")
        raise NotNow(said("{contest}: {why}", contest=contest.id, why=why))
    return made_key(folder, contest.id) if is_made else None


def terms_for(contest: Contest) -> Terms:
    """Return what the rules in force say of entries."""
    terms = contest.record.terms
    quiz: Mapping[str, object] = terms["quiz"] or {}
    questions = int(str(quiz.get("questions") or 0)) if terms["mechanism"].startswith("quiz") else 0
    return Terms(
        opens=datetime.fromisoformat(terms["opens"]),
        closes=datetime.fromisoformat(terms["closes"]),
        limit=int(terms["entry"]["limit"]),
        zone=contest.settings.zone,
        questions=questions,
        has_tiebreak=bool(questions and quiz.get("tiebreak")),
    )


def rows_of(found: Counted, key: bytes, contest: str, terms: Terms) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a file of tickets, a person each, in the order of tickets: it tells nothing of when anybody entered.

    Of a quiz, the person's first answers stand there as well.
    """
    yield ("email", "name", "ticket", "chances", *answer_names(terms))
    for ticket, one in sorted(((ticket_of(key, contest, one.identity), one) for one in found.entrants), key=itemgetter(0)):
        first = one.entries[0]
        yield first.address, first.name, ticket, str(one.chances), *first.answers


def answer_names(terms: Terms) -> tuple[str, ...]:
    """Return what the columns of answers are called."""
    return (*(str(number) for number in range(1, terms.questions + 1)), *(("tiebreak",) if terms.has_tiebreak else ()))


class _Excluded(Container[str]):
    """Who cannot enter, by a digest of what stands for the mailbox; the addresses themselves are not kept."""

    def __init__(self, marks: frozenset[bytes]) -> None:
        self._marks = marks

    def __contains__(self, identity: object) -> bool:
        return bool(self._marks) and member_key(b"", str(identity)) in self._marks


def _excluded(file: Path | None) -> tuple[frozenset[bytes], tuple[Problem, ...]]:
    if file is None:
        return frozenset(), ()
    found = list(suppressed_of(file, b""))
    return frozenset(one for one in found if isinstance(one, bytes)), tuple(one for one in found if isinstance(one, Problem))
