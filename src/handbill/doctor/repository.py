"""A repository → what of its state gets in the way of a build's dates or of the next commit."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from handbill.doctor.checkout import checkout
from handbill.doctor.finding import Finding, listed
from handbill.errors import said
from handbill.git import Git
from handbill.layout import HISTORY

#: The oldest git that says whether a clone is shallow.
OLDEST_GIT = (2, 15)

#: What git leaves while an act is unfinished, and the name of the act.
_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}

#: Files that exist while git writes, and stay when it is killed.
_LOCKS = ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock")

_DATES = said("dates and authors that a text does not name are taken from version history")


def repository(root: Path, room: Mapping[str, str]) -> Iterator[Finding]:
    """Yield how git and the repository in *root* stand; *room* holds the environment variables."""
    program = shutil.which("git")
    if program is None:
        yield Finding("git", "warning", said("not installed"), _DATES, said("install git (git-scm.com)"))
        return
    git = Git(program, root)
    yield _program(git)
    if git.answer("rev-parse", "--is-inside-work-tree").strip() != "true":
        mend = 'git init && git add . && git commit -m "First state"'
        yield Finding(said("version history"), "warning", said("this folder is no repository"), _DATES, mend)
        return
    is_server = bool(room.get("CI"))
    yield history(git)
    yield owner(git)
    yield branch(git, is_server)
    yield unfinished(git)
    yield locks(git)
    if not is_server:
        yield name(git, room)
    yield from checkout(git)


def _program(git: Git) -> Finding:
    told = re.search(r"(\d+)\.(\d+)(\.\d+)*", git.answer("version"))
    if told is None:
        return Finding(
            "git", "warning", said("{program} does not answer", program=git.program), _DATES, said("install git anew (git-scm.com)")
        )
    if (int(told[1]), int(told[2])) < OLDEST_GIT:
        found = said("{number}, older than 2.15", number=told[0])
        return Finding("git", "warning", found, _DATES, said("install a newer git (git-scm.com)"))
    return Finding("git", "ok", said("{number}", number=told[0]), _DATES)


def history(git: Git) -> Finding:
    """Return whether the whole of version history is here, or else written down."""
    what = said("version history")
    if not git.answer("rev-parse", "--verify", "--quiet", "HEAD"):
        return Finding(what, "warning", said("no commit yet"), _DATES, 'git add . && git commit -m "First state"')
    if git.answer("rev-parse", "--is-shallow-repository").strip() != "true":
        return Finding(what, "ok", said("whole"), _DATES)
    if (git.root / HISTORY).is_file():
        return Finding(what, "ok", said("a shallow clone; history is read from history.lock"), _DATES)
    return Finding(what, "warning", said("a shallow clone without history.lock"), _DATES, "git fetch --unshallow")


def owner(git: Git) -> Finding:
    """Return whether git works for this account in a folder that may belong to another one."""
    what, why = (
        said("owner of the repository"),
        said("git refuses to work in a folder of somebody else, also when an editor program asks it"),
    )
    if "dubious ownership" in git.complaint("status", "--porcelain", "--untracked-files=no"):
        mend = f'git config --global --add safe.directory "{git.root}"'
        return Finding(what, "warning", said("another account"), why, mend)
    return Finding(what, "ok", said("you, or one that you trust"), why)


def branch(git: Git, is_server: bool) -> Finding:
    """Return whether the next commit would belong to a branch."""
    what, why = said("branch"), said("a commit that belongs to no branch is easily lost")
    current = git.answer("symbolic-ref", "--quiet", "--short", "HEAD").strip()
    if current:
        return Finding(what, "ok", said("{branch}", branch=current), why)
    if is_server:
        return Finding(what, "ok", said("none, as is usual on a build server"), why)
    own = git.answer("for-each-ref", "--points-at", "HEAD", "--format=%(refname:short)", "refs/heads").split()
    mend = f"git switch {own[0]}" if own else "git switch -c my-change"
    return Finding(what, "warning", said("none (a single commit is checked out)"), why, mend)


def unfinished(git: Git) -> Finding:
    """Return whether a merge or the like was begun and not ended."""
    what = said("unfinished work of git")
    why = said("texts may hold the marks of both sides, and the next commit would be part of it")
    act = next((act for file, act in _UNFINISHED.items() if git.path(file).exists()), None)
    if act is None:
        return Finding(what, "ok", said("none"), why)
    open_files = sorted({entry.partition("\t")[2] for entry in git.names("ls-files", "-u", "-z")})
    if open_files:
        found = said("a {act} with conflicts in {names}", act=act, names=listed(open_files))
        mend = said("mend these files, then: git add . && git {act} --continue; or give it up: git {act} --abort", act=act)
        return Finding(what, "warning", found, why, mend)
    return Finding(what, "warning", said("a {act}", act=act), why, said("git {act} --continue; or give it up: git {act} --abort", act=act))


def locks(git: Git) -> Finding:
    """Return whether a git that was killed keeps every other one out."""
    what, why = said("locks of git"), said("while one is there, nothing can be committed")
    held = [file for file in _LOCKS if git.path(file).exists()]
    if not held:
        return Finding(what, "ok", said("none"), why)
    files = " ".join(_shown(git.path(file), git.root) for file in held)
    mend = said("end other programs that use git, then: {command}", command=f"{'del' if os.name == 'nt' else 'rm'} {files}")
    return Finding(what, "warning", said("{names}, of a git that is at work or was killed", names=listed(held)), why, mend)


def name(git: Git, room: Mapping[str, str]) -> Finding:
    """Return whether git knows whom to name as the author of a commit."""
    what, why = said("your name in git"), said("without it git refuses to commit, or signs with a name that it makes up")
    lacking = [
        f'git config --global {key} "{example}"'
        for key, variable, example in (
            ("user.name", "GIT_AUTHOR_NAME", "Ada Lovelace"),
            ("user.email", "GIT_AUTHOR_EMAIL", "ada@community.example"),
        )
        if not room.get(variable) and not git.answer("config", "--get", key).strip()
    ]
    if lacking:
        return Finding(what, "warning", said("not set"), why, " && ".join(lacking))
    return Finding(what, "ok", said("set"), why)


def _shown(path: Path, root: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return str(path)
