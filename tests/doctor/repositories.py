"""Real git repositories for tests, untouched by the settings of whoever runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from handbill.doctor.finding import Finding
from handbill.git import Git

HUB = '[hub]\nname = "Puits"\nbase_url = "https://puits.example/"\n'
POST = "---\ntitle: Puits\ndate: 2026-01-02\n---\n\nUn texte.\n"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(root: Path, *words: str, may_fail: bool = False) -> str:
    """Run git as Ada, and return what it prints."""
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@puits.example", "-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *words], cwd=root, env=room(root), check=not may_fail, capture_output=True, text=True)
    return done.stdout


def room(home: Path) -> dict[str, str]:
    """Return environment variables under which git knows nothing of this machine's settings."""
    return {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"], "HOME": str(home)}


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def committed(root: Path, **more: str) -> Git:
    """Return a repository with one hub, one post and one commit; *more* files by their names with ``__`` for ``/`` and ``_dot_`` for a dot."""
    root.mkdir(parents=True, exist_ok=True)
    write(root, {"hub.toml": HUB, "content/posts/a.md": POST})
    write(root, {name.replace("__", "/").replace("_dot_", "."): text for name, text in more.items()})
    git(root, "init", "-q")
    git(root, "add", "--all", "--force")
    git(root, "commit", "-q", "-m", "one")
    return asked(root)


def asked(root: Path) -> Git:
    """Return the repository as the doctor asks about it."""
    program = shutil.which("git")
    assert program
    return Git(program, root)


def is_told(one: Finding, state: str, *words: str) -> None:
    """Hold that a finding has this state, says these words, and tells why and what mends it."""
    assert (state, True) == (one.state, bool(one.why))
    for word in words:
        assert word in one.found
    assert bool(one.mend) is (state != "ok")


def mend(one: Finding, root: Path, after: str = "") -> None:
    """Do what a finding says, in a shell, as somebody who copies the line; *after* is where the command begins in it."""
    command = one.mend.split(after, 1)[1] if after else one.mend
    who = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@puits.example", "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@puits.example"}
    home = root.parent / "home"
    home.mkdir(exist_ok=True)
    fresh = {**room(home), **who, "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"), "GIT_EDITOR": "true", "GIT_CONFIG_COUNT": "1"}
    fresh |= {"GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always"}
    done = subprocess.run(command.strip(), shell=True, cwd=root, env=fresh, capture_output=True, text=True, check=False)  # noqa: S602 - our own command
    assert done.returncode == 0, done.stderr
