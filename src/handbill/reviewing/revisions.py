"""What somebody calls two states of a repository → the two commits that are compared.  Asks git, changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handbill.errors import MachineLacks, Said, WrongUse, said
from handbill.git import Git, git_of
from handbill.reviewing.record import State

#: So many signs of a commit's name tell people which one it is.
SHORT = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states of one repository: ``prefix`` is the hub's folder below the top of it, "" or ending in a slash."""

    git: Git
    top: Path
    prefix: str
    base: State
    head: State


def pair_of(root: Path, base: str, head: str) -> Pair:
    """Return the states to compare: where *head* left *base*, and *head*, or the files as they lie there where it is "".

    What happened on *base* since is nobody's proposal, so it is left out.

    Raises:
        WrongUse: one of them is no commit of this repository, or they have no common beginning.
        MachineLacks: there is no git, or the clone does not reach far enough back; says what to fetch.
    """
    git = git_of(root)
    if git is None:
        raise MachineLacks(said("git is missing, and only git knows how things were before"))
    top = git.answer("rev-parse", "--show-toplevel").rstrip("\n")
    if not top:
        raise WrongUse(said("{folder} is in no Git repository, so there is nothing to compare it with", folder=root.name))
    asked = _commit(git, base)
    ours = _commit(git, head or "HEAD")
    shared = git.answer("merge-base", asked, ours).split()
    if not shared:
        raise _far(git, base, said("{base} and {head} have no common beginning", base=base, head=head or "HEAD"))
    prefix = git.answer("rev-parse", "--show-prefix").rstrip("\n")
    return Pair(git, Path(top), prefix, State(base, shared[0]), State(head, ours if head else ""))


def _commit(git: Git, name: str) -> str:
    found = "" if name.startswith("-") else git.answer("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
    if found:
        return found
    raise _far(git, name, said("found no commit called {name}", name=name))


def _far(git: Git, name: str, reason: Said) -> WrongUse | MachineLacks:
    """Return why two states cannot be compared, with the remedy if it is only that the clone is a shallow one."""
    if git.answer("rev-parse", "--is-shallow-repository").strip() == "true":
        command = "git fetch --unshallow origin"
        return MachineLacks(
            said("{reason}: this clone holds a part of the history only; fetch the rest with: {command}", reason=reason, command=command)
        )
    remote = f"origin/{name}"
    if git.answer("rev-parse", "--verify", "--quiet", f"refs/remotes/{remote}^{{commit}}").strip():
        return WrongUse(said("{reason}; {other}, perhaps", reason=reason, other=remote))
    return WrongUse(reason)
