"""Files that name members: outside every repository, and closed to everybody but their owner."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path

from handbill.errors import MachineLacks, WrongUse, said
from handbill.publishing.flush import flush_folder
from handbill.sending.sheets import write_rows
from handbill.whole import whole


def is_in_repository(file: Path, root: Path) -> bool:
    """Say whether a commit could publish a file: it lies in the hub in *root*, in a working tree of Git, or among what Git keeps."""
    folders = Path(os.path.realpath(file)).parents
    return Path(os.path.realpath(root)) in folders or any(
        os.path.lexists(folder / ".git") or ((folder / "HEAD").is_file() and (folder / "objects").is_dir()) for folder in folders
    )


def is_open_to_others(file: Path) -> bool:
    """Say whether other accounts of this machine may read a file, as far as the system tells."""
    return os.name == "posix" and bool(file.stat().st_mode & 0o044)


def write_closed(file: Path, rows: Iterable[Sequence[str]], root: Path) -> None:
    """Write rows as CSV into a file that nobody else may read; an earlier one is replaced as a whole.  *root* is the hub's folder.

    Raises:
        WrongUse: the file would lie in a repository.
        MachineLacks: it cannot be written; an earlier one stands as it was.
    """
    if is_in_repository(file, root):
        raise WrongUse(said("{name}: lies in a repository, wanted a place outside, so that no commit can ever publish it", name=file.name))
    try:
        with whole(file, mode=0o600) as opened:
            text = TextIOWrapper(opened, encoding="utf-8", newline="")
            write_rows(text, rows)
            text.detach()
        flush_folder(file.parent)
    except OSError as trouble:
        raise MachineLacks(said("{name}: cannot be written ({reason})", name=file.name, reason=trouble.strerror or trouble)) from trouble
