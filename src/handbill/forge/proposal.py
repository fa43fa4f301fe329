"""The run that ended → the proposal that it was made for, as GitHub has it now; nothing of it is taken from what the run left."""

from __future__ import annotations

from dataclasses import dataclass

from handbill.door import Refused
from handbill.errors import Said, said
from handbill.forge.answers import Told
from handbill.forge.github import GitHub
from handbill.forge.room import Room

#: GitHub lists no more files of a proposal than these.
_LISTED = 3000


class Idle(Exception):
    """There is nothing to do, and that is right; ``why`` is told."""

    def __init__(self, why: Said) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a workflow that ended: its number, and what it ran for."""

    id: int
    head: str
    branch: str
    repository: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An open pull request: where it stands, whose it is, the labels on it, and the branch into which it goes."""

    number: int
    head: str
    author: str
    labels: frozenset[str]
    base: str = "main"


def run_of(room: Room) -> Run:
    """Return the run whose end brought us here.

    Raises:
        Idle: it was none for a proposal.
        WrongUse: the event is another.
    """
    run = room.event().inside("workflow_run")
    # The repository of the event is ours in any case; that the run is one of it, and not of a fork, is what is asked.
    if run.inside("repository").text("full_name") != room.repository:
        raise Idle(said("the run is one of another repository"))
    if run.text("event") != "pull_request":
        raise Idle(said("the run was not made for a proposal"))
    return Run(run.number("id"), run.commit("head_sha"), run.text("head_branch", ""), _repository(run, "head_repository"))


def proposal_of(github: GitHub, run: Run) -> Proposal:
    """Return the one open proposal that stands at exactly the commit of a run.

    Raises:
        Idle: it moved on, was closed, or there are several of which each could be meant.
    """
    numbers = {one.number("number") for one in _listed(github, run)}
    found = [one for number in sorted(numbers) if (one := _standing(github.look(f"/pulls/{number}"), github, run))]
    if not found:
        raise Idle(said("no open proposal stands at {commit} any more", commit=run.head[:12]))
    if len(found) > 1:
        raise Idle(said("several proposals stand at {commit}; which one is meant cannot be told", commit=run.head[:12]))
    return found[0]


def files_of(github: GitHub, proposal: Proposal) -> tuple[str, ...] | None:
    """Return the files that a proposal changes, sorted, each under both of its names; ``None`` where GitHub does not list them all."""
    names: set[str] = set()
    for count, one in enumerate(github.every(f"/pulls/{proposal.number}/files"), 1):
        # What was renamed out of a folder changes that folder, too.
        names |= {one.text("filename"), one.text("previous_filename", "")} - {""}
        if count >= _LISTED:
            return None
    return tuple(sorted(names))


def _listed(github: GitHub, run: Run) -> list[Told]:
    """Return what may be the proposal; a commit of a fork is not always known by its own id, and a branch not always by its name."""
    owner = run.repository.partition("/")[0]
    found = list(github.every("/pulls", head=f"{owner}:{run.branch}", state="open")) if owner and run.branch else []
    if run.repository in ("", github.repository):
        try:
            found += list(github.every(f"/commits/{run.head}/pulls"))
        except Refused as refused:
            # A commit that was pushed over, and is forgotten there by now.
            if refused.status not in (404, 422):
                raise
    return found


def _standing(told: Told, github: GitHub, run: Run) -> Proposal | None:
    """Return a proposal if it is open, ours, and stands where the run was made."""
    head, base = told.inside("head"), told.inside("base")
    if told.text("state") != "open" or base.inside("repo").text("full_name") != github.repository:
        return None
    if head.commit("sha") != run.head or head.text("ref") != run.branch or _repository(head, "repo") != run.repository:
        return None
    labels = frozenset(one.text("name") for one in told.several("labels"))
    return Proposal(told.number("number"), run.head, told.inside("user").text("login"), labels, base.text("ref"))


def _repository(told: Told, name: str) -> str:
    """Return the name of a repository; a fork may have been deleted."""
    return told.inside(name).text("full_name") if told.fields.get(name) is not None else ""
