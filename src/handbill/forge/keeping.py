"""The two books that a build writes → one commit on the branch that is published, joined with what was written there meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handbill.errors import MachineLacks, said
from handbill.forge.committing import Moved, commit, content_of, head_of
from handbill.forge.github import GitHub
from handbill.layout import WRITTEN

#: So often somebody else may be faster.
_TRIES = 5
_LARGEST = 32 << 20

#: What stands above the facts of a book.
_HEAD = ("#", "host ")

#: Nothing of the site differs by these, so that no run has to follow.
HEADLINE = "locks: note what was published [skip ci]"
_BODY = "Every address that answers, and what calendars have told of each event.\n"


@dataclass(frozen=True, slots=True)
class Kept:
    """Which books were written down, and the commit that holds them, "" where nothing had to be."""

    names: tuple[str, ...]
    commit: str = ""


def keep(github: GitHub, root: Path, branch: str, checked_out: str, *, is_trial: bool = False) -> Kept:
    """Write down on *branch* what the build of the commit *checked_out* noted in the folder *root*.

    Raises:
        Moved: others write there all the time.
        ServiceFailed: GitHub does not do it; calling again does no harm.
    """
    ours = {name: _read(root / name) for name in WRITTEN if (root / name).is_file()}
    base = _at(github, checked_out)
    for go in range(_TRIES):
        head = head_of(github, branch)
        if head is None:
            raise MachineLacks(said("there is no branch {name}", name=branch))
        theirs = base if head == checked_out else _at(github, head)
        wanted = {name: joined(base.get(name, b""), content, theirs.get(name, b"")) for name, content in ours.items()}
        changed = {name: content for name, content in wanted.items() if content != theirs.get(name)}
        if not changed or is_trial:
            return Kept(tuple(sorted(changed)))
        try:
            return Kept(tuple(sorted(changed)), commit(github, branch, head, HEADLINE, _BODY, changed))
        except Moved:
            if go == _TRIES - 1:
                raise
    raise AssertionError("the last try returns or raises")


def is_kept_alone(github: GitHub, commit_id: str, since: str) -> bool:
    """Say whether nothing was committed after the commit *since* but what :func:`keep` writes down.

    Raises:
        ServiceFailed: GitHub does not answer, or tells something else.
    """
    now = commit_id
    for _ in range(_TRIES):
        told = github.look(f"/git/commits/{now}")
        parents = told.several("parents")
        if told.text("message").partition("\n")[0] != HEADLINE or len(parents) != 1:
            return False
        now = parents[0].commit("sha")
        if now == since:
            # Anybody can write such a line.
            return _beside(github, commit_id) == _beside(github, since)
    return False


def _beside(github: GitHub, commit_id: str) -> dict[str, str]:
    tree = github.look(f"/git/commits/{commit_id}").inside("tree").commit("sha")
    return {
        one.text("path"): one.commit("sha") for one in github.look(f"/git/trees/{tree}").several("tree") if one.text("path") not in WRITTEN
    }


def joined(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return a book with the lines that either side added, and without those that we replaced.

    Both books hold a fact a line, sorted, and their readers take two lines about
    one thing for what they are: the newer one counts.
    """
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    before, mine, others = (text.decode("utf-8").split("\n") for text in (base, ours, theirs))
    gone = set(before) - set(mine)
    lines = {line for line in others if line not in gone} | (set(mine) - set(before))
    heads = [[line for line in text if line.startswith(_HEAD)] for text in (before, mine, others)]
    head = heads[2] if heads[0] == heads[1] and heads[2] else heads[1]
    return "\n".join([*head, *sorted(line for line in lines if line and not line.startswith(_HEAD))]).encode("utf-8") + b"\n"


def _at(github: GitHub, commit_id: str) -> dict[str, bytes]:
    tree = github.look(f"/git/commits/{commit_id}").inside("tree").commit("sha")
    files = {one.text("path"): one.commit("sha") for one in github.look(f"/git/trees/{tree}").several("tree") if one.text("type") == "blob"}
    return {name: content_of(github, files[name]) for name in WRITTEN if name in files}


def _read(file: Path) -> bytes:
    if file.is_symlink() or file.stat().st_size > _LARGEST:
        raise MachineLacks(said("{name}: is no plain file, or one that is far too large", name=file.name))
    return file.read_bytes()
