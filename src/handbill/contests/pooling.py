"""Tickets and public entries → the frozen pool: from then on nobody comes in, and nobody is left out unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from handbill.contests.entering import MOST_CHANCES, Terms, identity_of, sheet_rows
from handbill.contests.keyring import known_key
from handbill.contests.lots import local, needed
from handbill.contests.steps import Contest, NotNow, take
from handbill.contests.ticketing import terms_for
from handbill.draw import rfc3797
from handbill.draw.answers import BadAnswers, answers_bytes
from handbill.draw.entropy import source_bits
from handbill.draw.pool import LINE, BadPool, digest_of, pool_bytes
from handbill.draw.tickets import ticket_of
from handbill.errors import ContentProblems, Level, Said, said
from handbill.hub.record import refusal
from handbill.kinds.contest_terms import lots_at
from handbill.reading.contest_entries import FOLDER, read_entries
from handbill.reading.contest_privacy import TICKET, named_in
from handbill.reading.load import terms_of
from handbill.rules.wording import moment as spelt
from handbill.sending.addresses import Unfit
from handbill.sending.sheets import Fault

POOL = "pool.txt"
ANSWERS = "answers.csv"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A row of a file of tickets: whose chances, how many, and the answers of a quiz."""

    row: int
    ticket: str
    chances: int
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """What is to be frozen: who is in with how many chances, accounts among them, and the answers of a quiz.

    ``faults`` are rows that cannot be read, by the name of their file;
    ``doubts`` what stops unless the organiser says that it is meant.
    """

    chances: Mapping[str, int]
    handles: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]
    faults: tuple[tuple[str, Fault], ...]
    doubts: tuple[Said, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of the pool."""
        return tuple(line for one, many in self.chances.items() for line in lines_of(one, many))


@dataclass(frozen=True, slots=True)
class Frozen:
    """A pool that is frozen now: its digest, how many lines it has, and the round of the beacon (0 without one)."""

    digest: str
    size: int
    entrants: int
    round: int
    draws: datetime | None


def lines_of(ticket: str, chances: int) -> tuple[str, ...]:
    """Return the lines of one entrant.

    >>> lines_of("ada-roux", 3)
    ('ada-roux', 'ada-roux#2', 'ada-roux#3')
    """
    return (ticket, *(f"{ticket}#{number}" for number in range(2, chances + 1)))


def gathered(contest: Contest, folder: Path, files: Sequence[Path]) -> Pool:
    """Return the pool that tickets and entries by pull request make, and all that is wrong with it.

    *folder* is that of what names people: with its key each address is held
    against its ticket, so that the tickets of another contest are noticed.

    Raises:
        NotNow: a pool cannot be frozen in the contest's state.
        ContentProblems: an entry by pull request is not as it must be.
        MachineLacks: a file cannot be read.
    """
    _check_closed(contest)
    terms = terms_for(contest)
    key = known_key(folder, contest.id)
    chances: dict[str, int] = {}
    answers: dict[str, tuple[str, ...]] = {}
    faults: list[tuple[str, Fault]] = []
    for file in files:
        for one in read_tickets(file, terms, contest.id, key):
            if isinstance(one, Fault):
                faults.append((file.name, one))
                continue
            chances[one.ticket] = min(terms.limit, chances.get(one.ticket, 0) + one.chances)
            answers.setdefault(one.ticket, one.answers)
    handles = _handles(contest)
    if same := [one for one in handles if one in chances]:
        raise NotNow(said("{contest}: an account has the name of a ticket: {name}", contest=contest.id, name=same[0]))
    chances |= dict.fromkeys(handles, 1)
    return Pool(chances, handles, answers, tuple(faults), tuple(_doubts(contest, chances)))


def freeze(contest: Contest, pool: Pool) -> Frozen:
    """Commit the step ``frozen``: write pool.txt, for a quiz answers.csv, and their digests into the record.

    Raises:
        NotNow: there is nobody in it, it is too late, or what was announced to decide brings too little chance.
    """
    _check_closed(contest)
    terms = contest.record.terms
    if not pool.chances:
        raise NotNow(said("{contest}: nobody is in the pool; give the file of “contest ticket” with --tickets", contest=contest.id))
    announced = contest.record.last("announced")
    assert announced is not None
    beacon = announced.facts.get("beacon")
    draws = _draws(terms)
    if draws is not None and contest.at >= draws:
        found = said(
            "{contest}: what decides is known since {moment}: a pool that is frozen now could be chosen after it; "
            "cancel the contest, and announce it anew under another id",
            contest=contest.id, moment=local(contest, draws),
        )  # fmt: skip
        raise NotNow(found)
    hours = int(terms["objection_hours"]) if terms["draw"] else 0
    if draws is not None and contest.at > draws - timedelta(hours=hours):
        # A list that is frozen so is proved wrong by whoever checks it, in every build, and nothing could be done with it.
        found = said(
            "{contest}: the rules give {hours} hours to object before the draw ({moment}), and there are less; "
            "cancel the contest, and announce it anew under another id",
            contest=contest.id, hours=hours, moment=local(contest, draws),
        )  # fmt: skip
        raise NotNow(found)
    _refuse_too_little_chance(contest, len(pool.lines))
    try:
        raw = pool_bytes(pool.lines)
    except BadPool as error:
        raise NotNow(said("{contest}: {found}", contest=contest.id, found=error.found)) from error
    facts: dict[str, Any] = {"pool": digest_of(raw), "size": len(pool.lines), "beacon": beacon}
    files = {POOL: raw}
    if questions := terms_for(contest).questions:
        if without := len(pool.chances.keys() - pool.answers.keys()):
            raise NotNow(said("{contest}: of {n} in the pool there are no answers to the quiz", contest=contest.id, n=without))
        try:
            files[ANSWERS] = answers_bytes(questions, {one: _padded(cells, questions) for one, cells in pool.answers.items()})
        except BadAnswers as error:
            raise NotNow(said("{contest}: {found}", contest=contest.id, found=error.found)) from error
        _check_answers(contest, files[ANSWERS])
        facts["answers"] = digest_of(files[ANSWERS])
    take(contest, "frozen", facts, files)
    return Frozen(facts["pool"], facts["size"], len(pool.chances), int(beacon["round"]) if beacon else 0, draws)


def sentence_of(contest: Contest, frozen: Frozen, lang: str) -> Said:
    """Return what to say aloud, in mails and on walls, so that nobody can change the pool unseen; *lang* is that of its dates."""
    told = said(
        "“{title}”: {n} chances are in the pool, and its SHA-256 digest is {digest}.",
        title=contest.item.title, n=frozen.size, digest=frozen.digest,
    )  # fmt: skip
    if not frozen.round or frozen.draws is None:
        return told
    return said(
        "{sentence} Lots are decided by round {round} of the drand quicknet beacon: {moment}.",
        sentence=told, round=frozen.round, moment=spoken(contest, frozen.draws, lang),
    )  # fmt: skip


def spoken(contest: Contest, moment: datetime, lang: str) -> str:
    """Return a moment as people say it, with the zone by whose clocks it is meant."""
    zone = contest.settings.zone
    return f"{spelt(moment.astimezone(ZoneInfo(zone)), lang)} ({zone})"


def read_tickets(file: Path, terms: Terms, contest: str, key: bytes | None) -> Iterable[Ticket | Fault]:
    """Yield each row of a file of tickets; nothing that stands in a row is ever told.

    Raises:
        MachineLacks: the file cannot be read.
    """
    for found in sheet_rows(file, ("ticket",), terms.questions, terms.has_tiebreak):
        if isinstance(found, Fault):
            yield found
            continue
        row, columns = found
        cells, at = row.cells, columns.at
        ticket = cells[at["ticket"]].strip()
        chances = cells[at["chances"]].strip() if "chances" in at else "1"
        if not TICKET.fullmatch(ticket):
            # An address or a name among them would be read by everybody, for ever (HB481).
            yield Fault(row.number, said("something that is no ticket"), said("16 letters and digits, as “contest ticket” writes them"))
        elif "email" in at and key is not None and not _fits(cells[at["email"]], ticket, contest, key):
            yield Fault(row.number, said("a ticket that is not of this address and this contest"), said("the file of this contest"))
        elif not (chances.isascii() and chances.isdigit() and 1 <= int(chances[:9]) <= MOST_CHANCES):
            yield Fault(row.number, said("something that is no number of chances"), said("a number from 1 to {n}", n=MOST_CHANCES))
        else:
            yield Ticket(row.number, ticket, int(chances), tuple(cells[place].strip() for place in columns.answers))


def _check_closed(contest: Contest) -> None:
    """Refuse a pool while entries are open, by the text or by the rules that were announced."""
    contest.check_step("frozen")
    if contest.at < datetime.fromisoformat(contest.record.terms["closes"]):
        why = refusal("open", "frozen")
        raise NotNow(said("{contest}: {why}", contest=contest.id, why=why))


def _fits(address: str, ticket: str, contest: str, key: bytes) -> bool:
    if not address.strip():
        return True
    try:
        return ticket_of(key, contest, identity_of(address)) == ticket
    except Unfit:
        return False


def _check_answers(contest: Contest, raw: bytes) -> None:
    """Refuse answers in which somebody wrote who they are, while they are still in no repository."""
    if found := named_in(raw, terms_of(contest.settings).house):
        line, what = found[0]
        ticket = raw.decode("utf-8").split("\n")[line - 1].partition(",")[0]
        raise NotNow(
            said(
                "{contest}: the answers of ticket {ticket} hold {what}, and everybody would read them; take it out in the file of tickets",
                contest=contest.id, ticket=ticket, what=what,
            )
        )  # fmt: skip


def _handles(contest: Contest) -> tuple[str, ...]:
    """Return the accounts that entered in public."""
    house = terms_of(contest.settings).house
    entries, problems = read_entries(contest.settings.root, contest.item, contest.settings.zone, house)
    if any(one.level is Level.ERROR for one in problems):
        raise ContentProblems(tuple(problems))
    assert all(LINE.fullmatch(one.handle) for one in entries), FOLDER
    return tuple(one.handle for one in entries)


def _doubts(contest: Contest, chances: Mapping[str, int]) -> Iterable[Said]:
    """Yield what an organiser has to want in so many words."""
    terms = contest.record.terms
    if 0 < len(chances) < int(terms["winners"]):
        yield said(
            "fewer people are in than can win ({n} of {winners}): prizes will be left over", n=len(chances), winners=terms["winners"]
        )


def _draws(terms: Mapping[str, Any]) -> datetime | None:
    """Return the moment from which what decides can be known: that of the rules, which a round follows by less than three seconds."""
    moment = lots_at(terms)
    return datetime.fromisoformat(moment) if moment else None


def _refuse_too_little_chance(contest: Contest, size: int) -> None:
    terms = contest.record.terms
    if terms["algorithm"] != rfc3797.NAME:
        return
    bits = sum(source_bits(one["count"], one["most"]) for one in terms["sources"])
    if bits < (wanted := needed(contest, size)):
        raise NotNow(
            said(
                "{contest}: the drawings that were announced bring {bits} bits of chance, and {size} lines need {needed}; "
                "cancel the contest, and announce it anew with more of them",
                contest=contest.id, bits=f"{bits:.1f}", size=size, needed=f"{wanted:.1f}",
            )
        )  # fmt: skip


def _padded(cells: Sequence[str], questions: int) -> tuple[str, ...]:
    """Return the answers with a place for the last question, also where none was asked."""
    return (*cells, *("" for _ in range(questions + 1 - len(cells))))
