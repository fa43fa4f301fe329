"""A file below ``.handbill/`` → whether this user's own program left it there, so that it may be believed.

What is remembered is unpickled, and a pickle can run whatever it likes.  A
proposal could bring a folder ``.handbill`` of its own to whoever checks it out.
"""

from __future__ import annotations

import os
import stat
from functools import lru_cache
from pathlib import Path

from handbill.git import git_of
from handbill.layout import PRIVATE


def is_own(file: Path) -> bool:
    """Return whether a file belongs to this user, and git keeps nothing of the folder ``.handbill`` in which it lies.

    That there is such a file, is asked as well.  A folder outside of any
    repository is believed, as is any where git is missing.
    """
    try:
        found = file.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode):
        return False
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        return False
    private = next((one for one in file.parents if one.name == PRIVATE), None)
    return private is None or not _is_kept_by_git(private.parent, PRIVATE)


def look_again() -> None:
    """Ask git anew from now on: another commit may have been checked out since."""
    _is_kept_by_git.cache_clear()


def is_brought(hub: Path, name: str) -> bool:
    """Say whether what stands under a name in a hub's folder came with a commit, and not from this machine."""
    return _is_kept_by_git(hub, name)


@lru_cache(maxsize=8)
def _is_kept_by_git(hub: Path, name: str) -> bool:
    # Looked for here and not by git, which would rather take a repository that a proposal laid beside the hub's own files.
    place = hub.resolve()
    top = next((one for one in (place, *place.parents) if os.path.lexists(one / ".git")), None)
    git = git_of(place)
    if top is None or git is None:
        return False
    where = (f"--git-dir={top / '.git'}", f"--work-tree={top}", "-c", "core.fsmonitor=false")
    # Disks that take a and A for the same letter would open it under either name.
    return bool(git.names(*where, "ls-files", "-z", "--", f":(icase){name}"))
