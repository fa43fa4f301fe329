"""A frozen letter and version history → the commit by which it was approved, or what keeps it from being that.

Approved is what stands on the branch that is published: the digest in the
archive's list, and every file of the bundle with its very bytes.  Where the
repository has a remote, that branch is the remote's, as it was last fetched;
nothing is asked over the network.  Source: decision 0046.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from handbill.errors import Level, Problem, Said, said
from handbill.git import Git, git_of
from handbill.layout import ARCHIVE
from handbill.lfs import is_pointer
from handbill.reading.bundles import CHAIN, MANIFEST
from handbill.reading.manifest import NoManifest, read_manifest
from handbill.sending.contract import Version

#: What sending itself writes beside the bundles, and what says nothing of their bytes.
_TOTALS = ".totals.json"

_LFS = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)
_PLAIN = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Approval:
    """Where a version was approved: the commit that brought it to the published branch, when, and how that branch is called here."""

    name: str
    commit: str
    when: datetime
    branch: str


@dataclass(frozen=True, slots=True)
class Approved:
    """What was found: an approval for each version that has one, and a problem for all that keeps the letter from being sent."""

    approvals: tuple[Approval, ...] = ()
    problems: tuple[Problem, ...] = ()


def approved(root: Path, versions: Sequence[Version], branch: str) -> Approved:
    """Return by which commits the versions of a letter were approved on *branch*, the one that is published."""
    git = git_of(root)
    if git is None:
        return _none(said("no git on this machine"), said("git: what was approved stands in version history"))
    if git.answer("rev-parse", "--is-inside-work-tree").strip() != "true":
        return _none(said("a folder that is no repository"), said("the repository of the hub: what was approved stands in version history"))
    if git.answer("rev-parse", "--is-shallow-repository").strip() == "true":
        found = said("a clone without its history, which cannot tell when a letter was approved")
        return _none(found, said("the whole of it: {command}", command="git fetch --unshallow"))
    if not git.answer("symbolic-ref", "--quiet", "HEAD").strip():
        return _none(said("a checkout of one commit, on no branch"), said("a branch: {command}", command=f"git switch {branch}"))
    ref, shown, missing = _published(git, branch)
    if missing:
        return Approved(problems=(missing,))
    return _compared(git, versions, branch, ref, shown)


def _compared(git: Git, versions: Sequence[Version], branch: str, ref: str, shown: str) -> Approved:
    prefix = git.answer("rev-parse", "--show-prefix").strip()
    problems = list(_uncommitted(git, prefix))
    chain = _chain(git, f"{ref}:{prefix}{CHAIN}")
    approvals: list[Approval] = []
    for one in versions:
        folder = f"{ARCHIVE}/{one.name}"
        if chain.get(one.name) != one.digest:
            problems.append(_problem(folder, *_why(git, one, chain, branch, shown, prefix)))
        elif faults := tuple(_faults(git, one, ref, shown, prefix)):
            problems += faults
        elif approval := _approval(git, one, ref, shown, prefix):
            approvals.append(approval)
        else:
            found = said("a history that does not tell which commit brought {name} to {branch}", name=one.name, branch=shown)
            problems.append(_problem(folder, found, said("the whole repository: {command}", command="git fsck")))
    return Approved(tuple(approvals), tuple(problems))


def _published(git: Git, branch: str) -> tuple[str, str, Problem | None]:
    """Return the ref of the branch that is published and its short name; a problem where there is none."""
    remotes = git.answer("remote").split()
    local = f"refs/heads/{branch}"
    if not remotes:
        if _commit(git, local):
            return local, branch, None
        here = said("no branch {branch}", branch=branch)
        return "", "", _problem(ARCHIVE, here, said("the branch that is published, as “branch” under [hub] of hub.toml names it"))
    upstream = git.answer("for-each-ref", "--format=%(upstream)", local).strip()
    remote = "origin" if "origin" in remotes else remotes[0] if len(remotes) == 1 else ""
    if not upstream.startswith("refs/remotes/") and not remote:
        found = said("several remotes, and none that the branch {branch} belongs to", branch=branch)
        command = f"git branch --set-upstream-to={remotes[0]}/{branch} {branch}"
        return "", "", _problem(ARCHIVE, found, said("the one that is published: {command}", command=command))
    ref = upstream if upstream.startswith("refs/remotes/") else f"refs/remotes/{remote}/{branch}"
    shown = ref.removeprefix("refs/remotes/")
    if not _commit(git, ref):
        found = said("no branch {branch}", branch=shown)
        return "", "", _problem(ARCHIVE, found, said("the branch that is published, fetched: {command}", command="git fetch"))
    return ref, shown, None


def _uncommitted(git: Git, prefix: str) -> Iterator[Problem]:
    """Yield a problem for what was changed in the archive and not committed; what was sent is counted there after each sending."""
    words = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all", "--", ARCHIVE)
    paths = [entry[3:].removeprefix(prefix) for entry in git.names(*words)]
    if paths := [path for path in paths if not path.endswith(_TOTALS)]:
        found = said("changes in {names} that are in no commit", names=", ".join(paths[:3]) + (" …" if len(paths) > 3 else ""))
        yield _problem(ARCHIVE, found, said("them committed, proposed and merged"))


def _why(git: Git, one: Version, chain: dict[str, str], branch: str, shown: str, prefix: str) -> tuple[Said, Said]:
    """Return in words why a digest is not on the published branch, and what brings it there."""
    if one.name in chain:
        found = said("another letter on {branch} under the name {name} than the one that lies here", branch=shown, name=one.name)
        return found, said("the one that was approved: {command}", command="git pull")
    if _chain(git, f"HEAD:{prefix}{CHAIN}").get(one.name) != one.digest:
        found = said("the letter {name}, which no commit of this branch holds", name=one.name)
        return found, said("it committed, proposed and merged into {branch}", branch=shown)
    here = git.answer("symbolic-ref", "--short", "HEAD").strip()
    found = said("the letter {name}, committed on {here} and not on {branch}", name=one.name, here=here, branch=shown)
    if here == branch:
        return found, said("it proposed and merged, or pushed: {command}; if that is done: {fetch}", command="git push", fetch="git fetch")
    return found, said("its proposal merged; if that is done: {command}", command="git fetch")


def _faults(git: Git, one: Version, ref: str, shown: str, prefix: str) -> Iterator[Problem]:
    """Yield a problem for each file of a bundle that the published branch does not hold, or holds with other bytes."""
    folder = f"{ARCHIVE}/{one.name}"
    held = _tree(git, ref, f"{prefix}{folder}/")
    missing = said("the bundle as {branch} has it, whole", branch=shown)
    # What is a link to somewhere has no bytes of its own.
    objects = git.blobs([name for mode, name in held.values() if mode in _PLAIN])
    bytes_of = {path: objects.get(name) if mode in _PLAIN else None for path, (mode, name) in held.items()}
    raw = bytes_of.get(MANIFEST)
    try:
        if raw is None or hashlib.sha256(raw).hexdigest() != one.digest:
            raise NoManifest(one.name)
        files = {MANIFEST: one.digest, **{name: proof.sha256 for name, proof in read_manifest(raw, one.name, one.digest).files.items()}}
    except NoManifest:
        yield _problem(f"{folder}/{MANIFEST}", said("another manifest on {branch} than here, or none", branch=shown), missing)
        return
    for name in sorted({*files, *held}):
        if name not in files:
            yield _problem(f"{folder}/{name}", said("a file on {branch} that is not in the letter", branch=shown), missing)
        elif not _is(bytes_of.get(name), files[name]):
            yield _problem(f"{folder}/{name}", said("another file on {branch} than here, or none", branch=shown), missing)


def _tree(git: Git, ref: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return mode and object of every file below a folder of a commit, by its path from there."""
    found = {}
    for entry in git.names("ls-tree", "-r", "-z", "--full-tree", ref, "--", folder):
        about, _, path = entry.partition("\t")
        mode, _, rest = about.partition(" ")
        found[PurePosixPath(path).relative_to(folder).as_posix()] = (mode, rest.partition(" ")[2])
    return found


def _is(raw: bytes | None, sha256: str) -> bool:
    if raw is None:
        return False
    if hashlib.sha256(raw).hexdigest() == sha256:
        return True
    # Where Git LFS keeps pictures, the commit holds a note with the digest of the real one.
    told = _LFS.search(raw) if is_pointer(raw) else None
    return told is not None and told[1].decode() == sha256


def _approval(git: Git, one: Version, ref: str, shown: str, prefix: str) -> Approval | None:
    """Return the commit by which the line came to the branch: of a merged proposal the merge, not what was written before it."""
    words = ("log", "-1", "--first-parent", "-m", "--no-patch", "--no-show-signature", "--format=%H %aI", f"-S{one.name} {one.digest}")
    commit, _, when = git.answer(*words, ref, "--", f":(top,literal){prefix}{CHAIN}").strip().partition(" ")
    return Approval(one.name, commit, datetime.fromisoformat(when), shown) if when else None


def _chain(git: Git, place: str) -> dict[str, str]:
    lines = (line.split(" ") for line in git.answer("cat-file", "blob", place).splitlines() if not line.startswith("#"))
    found: dict[str, str] = {}
    for words in lines:
        if len(words) == 2:
            # Two digests under one name: nobody can say which of them was meant.
            found[words[0]] = words[1] if found.get(words[0], words[1]) == words[1] else ""
    return found


def _commit(git: Git, ref: str) -> str:
    return git.answer("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").strip()


def _none(found: Said, wanted: Said) -> Approved:
    return Approved(problems=(_problem(ARCHIVE, found, wanted),))


def _problem(path: str, found: Said, wanted: Said) -> Problem:
    return Problem(path, 0, 0, "", found, wanted, "HB451", Level.ERROR)
