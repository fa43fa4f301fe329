"""Which files version history knows.  Asks git."""

from __future__ import annotations

from pathlib import Path

from handbill.git import git_of


def tracked(root: Path) -> tuple[str, ...]:
    """Return the files of a repository that git knows, in order; none where there is no git or no repository."""
    git = git_of(root)
    return tuple(sorted(git.names("ls-files", "-z"))) if git else ()
