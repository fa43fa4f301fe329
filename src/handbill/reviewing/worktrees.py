"""A commit → a folder that holds its files, apart from those that somebody works on.  Runs git, which writes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from handbill.errors import MachineLacks, said
from handbill.git import Git, room
from handbill.layout import FOLDERS, THEME
from handbill.lfs import LONGEST, is_pointer

#: Longest time that git may take for the files of a commit, in seconds.
_TIMEOUT_S = 600

_OID = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)


def check_out(git: Git, commit: str, folder: Path) -> None:
    """Let *folder* hold the files of the commit, and nothing else.

    It is a working tree of the same repository, kept for the next time.  No
    hook runs; a symbolic link lies there as a file that says where it would
    lead, so that nothing of the machine can be reached through it.

    Raises:
        MachineLacks: git cannot do it; says why.
    """
    if _head(git, folder) is None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _act(git, "worktree", "prune")
        _act(git, "worktree", "add", "--force", "--force", "--detach", "--no-checkout", str(folder), commit)
    here = Git(git.program, folder)
    # What an interrupted run left half done is put right by the same two steps.
    here.path("index.lock").unlink(missing_ok=True)
    _act(here, "reset", "--hard", "--quiet", commit)
    _act(here, "clean", "-d", "-x", "--force", "--force", "--quiet")
    _fetch_pointers(here)


def _head(git: Git, folder: Path) -> str | None:
    """Return the commit of a folder that is a working tree of this very repository, else ``None``."""
    if not (folder / ".git").is_file():
        return None
    here = Git(git.program, folder)
    top = here.answer("rev-parse", "--show-toplevel").rstrip("\n")
    if not top or not folder.samefile(top) or here.common != git.common:
        return None
    return here.answer("rev-parse", "HEAD").strip()


def _act(git: Git, *words: str) -> None:
    settings = {
        # No folder at all: one of the working tree could be brought by the commit.
        "core.hooksPath": os.devnull,
        "core.symlinks": "false",
        "core.fsmonitor": "false",
        "submodule.recurse": "false",
        "safe.directory": "*",
        "advice.detachedHead": "false",
        "core.longpaths": "true",
    }
    given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    # Large files are brought from where they lie already: what is not there is asked of nobody.
    environment = room() | {"GIT_LFS_SKIP_SMUDGE": "1"}
    command = [git.program, "-C", str(git.root), *given, *words]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=_TIMEOUT_S, env=environment)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineLacks(said("git could not lay out the files of a commit: {reason}", reason=error)) from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = told[-1] if told else done.returncode
        raise MachineLacks(said("git could not lay out the files of a commit: {reason}", reason=reason))


def _fetch_pointers(git: Git) -> None:
    """Put the files that Git LFS keeps in this clone into the place of its notes."""
    store = git.common
    if store is None or not (store / "lfs" / "objects").is_dir():
        return
    for place in (*FOLDERS, THEME):
        for file in (git.root / place).rglob("*"):
            if not file.is_file() or file.stat().st_size >= LONGEST:
                continue
            raw = file.read_bytes()
            found = _OID.search(raw) if is_pointer(raw) else None
            if found:
                name = found[1].decode()
                kept = store / "lfs" / "objects" / name[:2] / name[2:4] / name
                if kept.is_file():
                    shutil.copyfile(kept, file)
