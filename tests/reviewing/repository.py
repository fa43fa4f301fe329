"""Small Git repositories for tests, made by somebody without settings and without a clock."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.hubs import options, village

_SETTINGS = ("user.name=Ada", "user.email=ada@village.example", "init.defaultBranch=main", "commit.gpgsign=false", "core.autocrlf=false", "protocol.file.allow=always")


def git(root: Path, *words: str) -> str:
    """Run git in a folder; its moments are fixed, so that commits have the same name in every run."""
    given = [word for one in _SETTINGS for word in ("-c", one)]
    room = os.environ | {"GIT_AUTHOR_DATE": "2026-03-01T12:00:00+01:00", "GIT_COMMITTER_DATE": "2026-03-01T12:00:00+01:00", "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(["git", *given, *words], cwd=root, check=True, capture_output=True, text=True, env=room).stdout.strip()


def committed(root: Path, message: str = "edit") -> str:
    """Commit everything in a folder, which becomes a repository if it is none, and return the commit."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")


def village_repository(into: Path) -> Path:
    """Return a village with one commit, in which a build leaves no traces for git."""
    root = village(into)
    (root / ".gitignore").write_text("/.handbill/\n/public/\n", encoding="utf-8")
    committed(root, "begin")
    return root


@cache
def _reviewed_village() -> Path:
    """Return a village of which a review remembers all pages, so that the next one has half the work."""
    from handbill.reviewing.review import review

    root = village_repository(Path(mkdtemp(prefix="handbill-test-")))
    edit(root, "hub.toml", "Un hameau d'essai", "Un autre hameau")
    review(options(root, jobs=1), "HEAD", "", "en")
    edit(root, "hub.toml", "Un autre hameau", "Un hameau d'essai")
    return root


def known_village(into: Path) -> Path:
    """Return a village with one commit, and what is remembered of it."""
    return shutil.copytree(_reviewed_village(), into / "village", ignore=shutil.ignore_patterns("base", "worktrees", "lock"))


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Change a text of a file; it must be there."""
    file = root / name
    written = file.read_text(encoding="utf-8")
    assert old in written, f"{name} does not hold {old!r}"
    file.write_text(written.replace(old, new), encoding="utf-8")
