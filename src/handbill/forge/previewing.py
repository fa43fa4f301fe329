"""The site of a proposal → a preview on another site, after a maintainer asked for it by a label; gone when the proposal is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbill.door import Refused
from handbill.errors import Said, WrongUse, said
from handbill.forge.approval import NotApproved, approval_of
from handbill.forge.artifact import Limits, Poisoned, opened
from handbill.forge.commenting import fetched
from handbill.forge.committing import Moved, commit, files_at, head_of, id_of
from handbill.forge.github import GitHub, part
from handbill.forge.hosting import hosted, is_published, roots
from handbill.forge.proposal import Idle, Proposal, proposal_of, run_of
from handbill.forge.room import Room
from handbill.forge.seen import REVIEW, seen_in
from handbill.forge.sticky import comment_of, keep_comment
from handbill.telling import tell

#: What the job that checks calls the site that it built.
ARTIFACT = "site"
#: The first line of our comment that says where the preview stands.
MARKER = "<!-- handbill:preview -->"

_LARGEST = 256 << 20
_LIMITS = Limits(files=20_000, file=32 << 20, whole=512 << 20)
_FOLDER = re.compile(r"pr-([1-9][0-9]{0,8})/", re.ASCII)


@dataclass(frozen=True, slots=True)
class Host:
    """Where previews stand: the repository's interface with a token of its own, its branch, and the address that shows it."""

    github: GitHub
    branch: str
    address: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """What was done: the preview of which proposal stands where, or why there is none, and whose were taken away."""

    told: Said
    number: int = 0
    address: str = ""
    files: int = 0
    gone: tuple[int, ...] = ()


def preview(room: Room, github: GitHub, host: Host, label: str, lang: str) -> Previewed:
    """Take away the previews of proposals that are closed, and put up the one that a maintainer asked for.

    The label serves once: whatever comes of it, it is taken off.

    Raises:
        Poisoned: what was left is no site of ours.
        ServiceFailed: GitHub does not do it.
    """
    if host.github.repository.casefold() == github.repository.casefold():
        raise WrongUse(said("preview: found the hub's own repository, wanted another one"))
    gone = sweep(github, host)
    try:
        if room.name not in ("", "workflow_run"):
            raise Idle(said("nobody asked for a preview"))
        run = run_of(room)
        proposal = proposal_of(github, run)
        if label not in proposal.labels:
            raise Idle(said("nobody asked for a preview"))
        held = comment_of(github, proposal.number, REVIEW, room.actor)
        try:
            approval = approval_of(github, proposal, seen_in(held.body) if held else None, label)
        except NotApproved as refusal:
            _tell(room, github, proposal, label, refusal.why, lang)
            return Previewed(
                said("no preview of proposal {number}: {why}", number=proposal.number, why=refusal.why), proposal.number, gone=gone
            )
    except Idle as idle:
        if gone:
            return Previewed(said("taken away: {names}", names=", ".join(f"pr-{one}" for one in gone)), gone=gone)
        raise idle from None
    about = f"{room.server}/{room.repository}/pull/{proposal.number}"
    try:
        raw, _ = fetched(github, run, ARTIFACT, _LARGEST)
        wanted = hosted(opened(raw, is_published, _LIMITS), proposal.number, proposal.head, host.address, about, lang)
    except (Idle, Poisoned):
        # What is wrong with it stands in the log; a stranger's names have no place in a comment of ours.
        _tell(room, github, proposal, label, said("the run left no site that can be shown"), lang)
        raise
    # While the site was fetched the proposal may have moved, and the label may have been taken back.
    if label not in proposal_of(github, run).labels:
        raise Idle(said("nobody asked for a preview"))
    _put(host, proposal, {**roots(lang), **wanted})
    address = f"{host.address}pr-{proposal.number}/"
    why = said("{address} shows {commit}, asked for by {name}", address=address, commit=proposal.head[:12], name=approval.by)
    _tell(room, github, proposal, label, why, lang)
    return Previewed(why, proposal.number, address, len(wanted), gone)


def sweep(github: GitHub, host: Host) -> tuple[int, ...]:
    """Take away the previews of proposals that are not open any more; return their numbers."""
    head = head_of(host.github, host.branch)
    if head is None:
        raise WrongUse(
            said("preview: {name} has no branch {branch}; make it once by hand", name=host.github.repository, branch=host.branch)
        )
    files = files_at(host.github, head)
    numbers = sorted({int(found[1]) for name in files if (found := _FOLDER.match(name))})
    gone = tuple(one for one in numbers if not _is_open(github, one))
    if gone:
        names = [name for name in files if (found := _FOLDER.match(name)) and int(found[1]) in gone]
        commit(host.github, host.branch, head, f"previews: take away {', '.join(f'pr-{one}' for one in gone)}", "", {}, names)
    return gone


def _is_open(github: GitHub, number: int) -> bool:
    told = github.look_for(f"/pulls/{number}")
    return told is not None and told.text("state") == "open"


def _put(host: Host, proposal: Proposal, wanted: dict[str, bytes]) -> None:
    """Let a folder hold exactly the files that are wanted; what stands there already is not sent again."""
    folder = f"pr-{proposal.number}/"
    for is_last in (False, False, True):
        head = head_of(host.github, host.branch)
        assert head is not None
        standing = files_at(host.github, head)
        changed = {name: content for name, content in wanted.items() if standing.get(name) != id_of(content)}
        removed = [name for name in standing if name.startswith(folder) and name not in wanted]
        try:
            commit(host.github, host.branch, head, f"previews: show pr-{proposal.number} at {proposal.head[:12]}", "", changed, removed)
        except Moved:
            if is_last:
                raise
        else:
            return


def _tell(room: Room, github: GitHub, proposal: Proposal, label: str, why: Said, lang: str) -> None:
    """Take the label off, which has served, and say under the proposal what came of it."""
    try:
        github.ask("DELETE", f"/issues/{proposal.number}/labels/{part(label)}")
    except Refused as refused:
        # Somebody took it off meanwhile.
        if refused.status != 404:
            raise
    text = tell(said("Preview: {why}.", why=why), lang)
    keep_comment(github, proposal.number, MARKER, f"{MARKER}\n{text}\n", room.actor)
