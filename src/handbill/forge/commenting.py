"""What the check of a proposal left → one comment that shows it.

The job that checks a proposal runs what a stranger wrote, so all that it leaves
is a stranger's.  Of it only the record of the review is read, as data, and the
words of the comment are written anew by the program that stands in the hub.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from handbill.errors import Said, said
from handbill.forge.approval import moved_since
from handbill.forge.artifact import Limits, Poisoned, opened
from handbill.forge.github import GitHub, part
from handbill.forge.proposal import Idle, Run, files_of, proposal_of, run_of
from handbill.forge.room import Room
from handbill.forge.seen import REVIEW, Seen, seen_in, with_seen
from handbill.forge.sticky import comment_of, keep_comment

if TYPE_CHECKING:
    from handbill.reviewing.record import Review

#: What the job that checks calls what it leaves, and the only file of it that is read.
ARTIFACT, RECORD = "review", "review.json"
#: The longest comment; GitHub takes a few more signs.
MOST = 60_000

_LIMITS = Limits(files=5_000, file=16 << 20, whole=16 << 20)
_LARGEST = 128 << 20

#: Writes the words of a comment: of a review, where the whole of it can be had, and the files of the proposal, if GitHub lists them all.
Write = Callable[["Review", str, tuple[str, ...] | None], str]


@dataclass(frozen=True, slots=True)
class Commented:
    """What was done: under which proposal, whether the comment was made, edited or said so already, and where it stands."""

    number: int
    how: str
    address: str

    @property
    def told(self) -> Said:
        """Return it as a sentence."""
        return said("the comment under proposal {number}: {how}", number=self.number, how=_HOW[self.how])


_HOW = {"made": said("written"), "edited": said("renewed"), "same": said("says so already")}


def comment(room: Room, github: GitHub, pack: Path | None, read: Callable[[bytes], Review], write: Write) -> Commented:
    """Show under a proposal what members will get of it.

    Without *pack*, the zip file is fetched that the run of the event left.

    Raises:
        Idle: the proposal is not open any more, stands elsewhere, or was compared with another branch.
        Poisoned: what was left is not what our own job leaves.
        ServiceFailed: GitHub does not do it.
    """
    run = run_of(room)
    proposal = proposal_of(github, run)
    raw, address = (record_in(pack), "") if pack else _fetched(room, github, run)
    review = read(raw)
    if review.base.commit and not _is_on(github, proposal.base, review.base.commit):
        # Another proposal of the same commit, to another branch, was closed while it was checked.
        raise Idle(said("the run compared it with another branch than {name}", name=proposal.base))
    # Files are shown as GitHub says that they stand there; the record could name any commit, also one of another fork.
    body = write(replace(review, head=replace(review.head, commit=proposal.head)), address, files_of(github, proposal))
    if not body.startswith(REVIEW + "\n"):
        raise ValueError("a comment that cannot be found again")
    held = comment_of(github, proposal.number, REVIEW, room.actor)
    before = seen_in(held.body) if held else None
    # A second look at the same commit does not make its first one later, unless another one stood there in between.
    is_same = (
        before is not None
        and before.head == proposal.head
        and not moved_since(list(github.every(f"/issues/{proposal.number}/events")), before)
    )
    if before and is_same:
        how, where = keep_comment(github, proposal.number, REVIEW, with_seen(body, before), room.actor)
        return Commented(proposal.number, how, where)
    # Since when it stands there is known when it does: a label that was put while it was written was put for the one before.
    how, where = keep_comment(github, proposal.number, REVIEW, body, room.actor)
    keep_comment(github, proposal.number, REVIEW, with_seen(body, Seen(proposal.head, github.moment())), room.actor)
    return Commented(proposal.number, how, where)


def record_in(pack: Path) -> bytes:
    """Return the record of a review from a zip file, or from a folder into which somebody unpacked it.

    Raises:
        Poisoned: it is none, or not there.
    """
    if pack.is_dir():
        file = pack / RECORD
        if file.is_symlink() or not file.is_file() or file.stat().st_size > _LIMITS.file:
            raise Poisoned(said("{name} is missing, or is no plain file", name=RECORD))
        return file.read_bytes()
    if pack.stat().st_size > _LARGEST:
        raise Poisoned(said("{name}: {n} bytes, wanted at most {most}", name=pack.name, n=pack.stat().st_size, most=_LARGEST))
    return _record(pack.read_bytes())


def fetched(github: GitHub, run: Run, name: str, most: int) -> tuple[bytes, int]:
    """Return the zip file of that name that a run left, and its number.

    Raises:
        Idle: it left none, or none that can still be had.
    """
    found = [
        one
        for one in github.every(f"/actions/runs/{run.id}/artifacts", "artifacts", name=name)
        if one.text("name") == name and one.fields.get("expired") is False and one.inside("workflow_run").number("id") == run.id
    ]
    if not found:
        raise Idle(said("the run left no “{name}”", name=name))
    # A run that was started again leaves a second one; the last is that of the last try.
    newest = max(found, key=lambda one: one.number("id"))
    if (size := newest.fields.get("size_in_bytes")) and isinstance(size, int) and size > most:
        raise Poisoned(said("{name}: {n} bytes, wanted at most {most}", name=name, n=size, most=most))
    return github.file(f"/actions/artifacts/{newest.number('id')}/zip", most), newest.number("id")


def _is_on(github: GitHub, branch: str, commit: str) -> bool:
    """Say whether a branch holds a commit."""
    told = github.look_for(f"/compare/{part(branch)}...{commit}")
    return told is not None and told.text("status") in ("identical", "behind")


def _fetched(room: Room, github: GitHub, run: Run) -> tuple[bytes, str]:
    raw, number = fetched(github, run, ARTIFACT, _LARGEST)
    return _record(raw), f"{room.server}/{room.repository}/actions/runs/{run.id}/artifacts/{number}"


def _record(raw: bytes) -> bytes:
    found = opened(raw, lambda name: name == RECORD, _LIMITS)
    if RECORD not in found:
        raise Poisoned(said("{name} is missing, or is no plain file", name=RECORD))
    return found[RECORD]
