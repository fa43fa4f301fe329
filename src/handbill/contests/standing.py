"""The contests of a hub → how each stands, what is due next, by when and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handbill.contests.closing import purge_due
from handbill.contests.steps import Contest
from handbill.draw.ballots import juror_keys
from handbill.errors import Said, said
from handbill.kinds.contest import CONTEST
from handbill.kinds.contest_terms import contest_id, lots_at

#: Who has something to do.
ORGANISER, JURORS, ENTRANTS, REVIEWER = said("the organiser"), said("the jurors"), said("the entrants"), said("a reviewer")

#: A juror of this name seals the votes of members (decision 0054).
_VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done: by whom, from when and until when (``None`` where no day is given), and by which command ("" for none)."""

    what: Said
    who: Said
    since: datetime | None = None
    until: datetime | None = None
    command: str = ""

    def is_late(self, at: datetime) -> bool:
        """Say whether its time is over."""
        return self.until is not None and at > self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """How a contest stands at a moment, and what is due, what is late first."""

    contest: Contest
    state: str
    dues: tuple[Due, ...]

    @property
    def is_late(self) -> bool:
        """Say whether anything is late."""
        return any(one.is_late(self.contest.at) for one in self.dues)

    @property
    def next(self) -> datetime | None:
        """Return the next moment at which something must be done, ``None`` where none is known."""
        return min((moment for one in self.dues if (moment := one.until or one.since)), default=None)


def standings(contests: Iterable[Contest], *, is_whole: bool = False) -> tuple[Standing, ...]:
    """Return how contests stand, those with something late first, then by what comes next.

    Left out, unless *is_whole*, are contests that are over: whose data are
    destroyed, or which were never announced and whose entries are closed.
    """
    found = [Standing(one, one.state, _in_order(dues_of(one), one.at)) for one in contests if is_whole or not _is_over(one)]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (not one.is_late, one.next or never, one.contest.id)))


def dues_of(contest: Contest) -> Iterator[Due]:
    """Yield what is to be done next, whoever has to do it."""
    state = contest.state
    if contest.facts.cancelled and state in ("announced", "open", "closed"):
        yield Due(said("commit that it is cancelled, as its text says"), ORGANISER, command=_command(contest, "cancel", "--reason WHY"))
    elif state == "draft":
        assert contest.item.deadline is not None
        if contest.facts.cancelled or contest.at >= contest.item.deadline.closes:
            return
        what = said("announce it: its rules must be there before anybody enters")
        yield Due(what, ORGANISER, until=contest.item.deadline.opens, command=_command(contest, "announce"))
    elif state in ("announced", "open"):
        yield from _entering(contest, state)
    elif state == "closed":
        yield from _freezing(contest)
    elif state == "frozen":
        yield from _drawing(contest)
    else:
        yield from _after(contest, state)


def _entering(contest: Contest, state: str) -> Iterator[Due]:
    opens, closes = _at(contest, "opens"), _at(contest, "closes")
    if state == "announced":
        yield Due(said("enter the contest"), ENTRANTS, since=opens, until=closes)
        return
    yield Due(said("enter the contest"), ENTRANTS, until=closes)
    if is_public(contest):
        yield Due(said("look at the entries that are proposed: in time, and with consent"), REVIEWER, until=closes)
    else:
        command = _command(contest, "ticket", "ENTRIES.csv --output TICKETS.csv")
        yield Due(said("send whoever entered their ticket"), ORGANISER, until=closes, command=command)


def _freezing(contest: Contest) -> Iterator[Due]:
    terms = contest.record.terms
    until = _at(contest, "freeze")
    if (draws := lots_moment(contest)) is not None:
        last = draws - timedelta(hours=int(terms["objection_hours"]))
        until = min(until, last) if until else last
    command = _command(contest, "freeze", "" if is_public(contest) else "--tickets TICKETS.csv")
    yield Due(said("freeze the pool, so that its digest is known before the draw"), ORGANISER, _at(contest, "closes"), until, command)


def _drawing(contest: Contest) -> Iterator[Due]:
    terms = contest.record.terms
    frozen = contest.record.last("frozen", contest.at)
    assert frozen is not None
    draws, results = lots_moment(contest), _at(contest, "results")
    if draws is not None and contest.at < draws:
        if not is_told(contest, frozen.at, draws):
            what = said("tell the digest in a letter, which nobody can change afterwards: {digest}…", digest=str(frozen.facts["pool"])[:16])
            yield Due(what, ORGANISER, until=draws, command="python3 build.py newsletter draft")
        yield Due(said("look for their ticket in the pool, and object if it is not there"), ENTRANTS, until=draws)
    yield from _judging(contest, draws, results)
    if terms["mechanism"].startswith("quiz") and "key.json" not in contest.record.files:
        command = _command(contest, "answers reveal", "KEY.json")
        # Once the pool is frozen nobody can come into it any more.
        yield Due(said("reveal the right answers"), ORGANISER, until=results, command=command)
    yield Due(said("draw lots"), ORGANISER, draws, results, _command(contest, "draw"))


def _judging(contest: Contest, draws: datetime | None, results: datetime | None) -> Iterator[Due]:
    terms = contest.record.terms
    if terms["mechanism"] not in ("jury", "jury+vote"):
        return
    sealed = {str(one.facts.get("juror")) for one in contest.record.steps if one.name == "sealed" and one.at <= contest.at}
    jurors = juror_keys(terms["judging"]["jurors"])
    if missing := [one for one in jurors if one not in sealed]:
        what = said("mark the entries and seal the ballot; missing: {jurors}", jurors=", ".join(missing))
        yield Due(what, JURORS, until=draws or results, command=_command(contest, "ballot seal", "JUROR FILE"))
        return
    if terms["mechanism"] == "jury+vote" and _VOTES not in sealed:
        # No ballot is shown before they are in.
        what = said("hand in how many members voted for each work")
        yield Due(what, ORGANISER, until=draws or results, command=_command(contest, "ballot votes", "VOTES.csv"))
        return
    if hidden := [one for one in jurors if f"ballots/{one}.json" not in contest.record.files]:
        what = said("reveal the ballot; missing: {jurors}", jurors=", ".join(hidden))
        yield Due(what, JURORS, until=results, command=_command(contest, "ballot reveal", "JUROR FILE"))


def _after(contest: Contest, state: str) -> Iterator[Due]:
    results, claim = _at(contest, "results"), _at(contest, "claim")
    if state in ("drawn", "judged"):
        yield Due(said("draw again from what was committed, and approve it"), REVIEWER, command=_command(contest, "verify"))
        command = "" if is_public(contest) else _command(contest, "winners", "ENTRIES.csv --output WINNERS.csv")
        yield Due(said("write to the winners; whoever does not answer in time is skipped"), ORGANISER, until=claim, command=command)
        # Without that word only once nobody can claim any more.
        word = "--claimed" if claim is None or contest.at < claim else ""
        yield Due(said("confirm the winners, once all have answered"), ORGANISER, until=results, command=_command(contest, "confirm", word))
    elif state == "verified":
        yield Due(said("publish the results"), ORGANISER, results, results, _command(contest, "publish"))
    elif state == "published":
        yield Due(said("hand over the prizes, then say so"), ORGANISER, until=claim, command=_command(contest, "settle"))
    elif state in ("settled", "cancelled", "void"):
        due = purge_due(contest)
        yield Due(said("destroy the key, and delete the lists of entries"), ORGANISER, due, due, _command(contest, "purge"))
        again = contest.record.steps[-1].facts.get("again")
        if state == "void" and again and not _is_announced(contest, str(again)):
            yield Due(said("announce it anew as {id}", id=again), ORGANISER, command=f"python3 build.py contest announce {again}")


def is_public(contest: Contest) -> bool:
    """Say whether people enter under the name of their account: the pool itself says who won."""
    return str(contest.record.terms["entry"]["how"]) == "pull_request"


def is_told(contest: Contest, since: datetime, until: datetime) -> bool:
    """Say whether a frozen letter of that time shows the contest, and so the digest of its pool."""
    own = {one.id for one in contest.texts}
    return any(
        since <= letter.sent < until and any(told.id in own for section in letter.chosen for told in section.entries)
        for letter in contest.hub.frozen.values()
    )


def lots_moment(contest: Contest) -> datetime | None:
    """Return from when lots can be drawn, by the rules in force."""
    moment = lots_at(contest.record.terms)
    return datetime.fromisoformat(moment) if moment else None


def _is_announced(contest: Contest, id_: str) -> bool:
    """Say whether the hub has a contest of that id with announced rules."""
    found = [one.facts.record for one in (*contest.hub.items, *contest.hub.hidden) if one.kind == CONTEST.name and contest_id(one) == id_]
    return any(record is not None and record.last("announced") for record in found)


def _is_over(contest: Contest) -> bool:
    if contest.state == "purged":
        return True
    assert contest.item.deadline is not None
    return contest.state == "draft" and (bool(contest.facts.cancelled) or contest.at >= contest.item.deadline.closes)


def _in_order(dues: Iterable[Due], at: datetime) -> tuple[Due, ...]:
    never = datetime.max.replace(tzinfo=UTC)
    # The steps of one moment stay in the order in which they are taken.
    return tuple(sorted(dues, key=lambda one: (not one.is_late(at), one.until or one.since or never)))


def _at(contest: Contest, name: str) -> datetime | None:
    moment = contest.record.terms.get(name)
    return datetime.fromisoformat(moment) if moment else None


def _command(contest: Contest, step: str, more: str = "") -> str:
    first, _, rest = step.partition(" ")
    return " ".join(part for part in ("python3 build.py contest", first, rest, contest.id, more) if part)
