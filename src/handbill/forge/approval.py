"""A label on a proposal → whether somebody who may has asked, for exactly this commit, after having been able to see it.

GitHub does not tell when a commit was pushed, and what a commit says of itself
its author wrote.  So a label is compared with what is known for sure: the
moment from which on our own comment showed what that very commit does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from handbill.errors import Said, said
from handbill.forge.answers import Told
from handbill.forge.github import GitHub, part
from handbill.forge.proposal import Proposal, files_of
from handbill.forge.seen import Seen
from handbill.layout import LOOKS, THEME

#: What lets another commit stand there, or the same again after another, or changes what it is merged into.
_MOVES = frozenset({
    "head_ref_force_pushed", "head_ref_deleted", "head_ref_restored", "reopened",
    "base_ref_changed", "base_ref_force_pushed", "base_ref_deleted", "automatic_base_change_succeeded",
})  # fmt: skip
_MAY = frozenset({"admin", "write"})

#: Files that say what is shown.  All others say what runs, and what runs could show anything.
_SHOWN = ("content/", "events/", "newsletters/", "handbook/")
_SHOWN_ALONE = frozenset({"hub.toml", "addresses.lock", "calendars.lock", "history.lock"})
_STRANGE = re.compile(r"[^A-Za-z0-9._/-]", re.ASCII)


class NotApproved(Exception):
    """A label is there and does not count; ``why`` is told, and the label goes."""

    def __init__(self, why: Said) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who asked, and when."""

    by: str
    at: datetime


def approval_of(github: GitHub, proposal: Proposal, seen: Seen | None, label: str) -> Approval:
    """Return who asked by a *label* for what our comment has *seen*.

    Raises:
        NotApproved: somebody who may not, too early, or for something that could have become another; when in doubt, too.
    """
    if seen is None or seen.head != proposal.head:
        raise NotApproved(
            said("the review of {commit} is not there yet; look at it when it is, then put the label again", commit=proposal.head[:12])
        )
    events = list(github.every(f"/issues/{proposal.number}/events"))
    put = _last_put(events, label)
    actor = put.inside("actor") if put and put.fields.get("actor") else None
    if put is None or actor is None:
        raise NotApproved(said("nobody is known to have put the label"))
    by, at = actor.text("login"), put.moment("created_at")
    if actor.text("type") != "User" or not _may(github, by):
        raise NotApproved(said("the label was put by {name}, who may not write here", name=by))
    if at <= seen.moment:
        raise NotApproved(
            said("the label came before the review of {commit}; look at it, then put the label again", commit=proposal.head[:12])
        )
    if moved_since(events, seen):
        raise NotApproved(said("the proposal was moved to another commit and back, or to another branch; let it be checked again"))
    if files := _running(github, proposal):
        raise NotApproved(said("the proposal changes what runs ({names}); build it on a machine of your own", names=", ".join(files)))
    return Approval(by, at)


def moved_since(events: list[Told], seen: Seen) -> bool:
    """Say whether another commit may have stood there since a comment showed one."""
    return any(one.text("event") in _MOVES and one.moment("created_at") >= seen.moment for one in events)


def _last_put(events: list[Told], label: str) -> Told | None:
    """Return when a label was put that is still there."""
    last = None
    for one in sorted(events, key=lambda told: (told.moment("created_at"), told.number("id"))):
        if one.text("event") in ("labeled", "unlabeled") and one.inside("label").text("name") == label:
            last = one if one.text("event") == "labeled" else None
    return last


def _may(github: GitHub, login: str) -> bool:
    told = github.look_for(f"/collaborators/{part(login)}/permission")
    return told is not None and told.text("permission") in _MAY


def _running(github: GitHub, proposal: Proposal) -> list[str]:
    """Return some of the files of a proposal that say what runs."""
    names = files_of(github, proposal)
    if names is None:
        raise NotApproved(said("the proposal changes more files than GitHub lists"))
    return [_shown(name) for name in names if not _only_shows(name)][:5]


def _only_shows(name: str) -> bool:
    return name.startswith(_SHOWN) or name in _SHOWN_ALONE or (name.startswith(f"{THEME}/") and name.endswith(LOOKS))


def _shown(name: str) -> str:
    """Return the name of a stranger's file as it may stand in a comment: it calls nobody, shows nothing and leads nowhere."""
    return f"`{_STRANGE.sub('?', name)[:80]}`"
