"""What nobody else may read before its day: ballots and right answers, in files that lie outside every repository."""

from __future__ import annotations

from pathlib import Path

from handbill.errors import MachineLacks, WrongUse, said
from handbill.publishing.flush import flush_folder
from handbill.sending.outside import is_in_repository
from handbill.whole import whole

#: No ballot and no key is longer.
_LONGEST = 16_000_000


def refuse_repository(file: Path, root: Path) -> None:
    """Refuse a file that a commit could publish; *root* is the hub's folder.

    Raises:
        WrongUse: it lies in a repository.
    """
    if is_in_repository(file, root):
        raise WrongUse(
            said("{name}: lies in a repository, wanted a place outside, so that no commit shows it before its day", name=file.name)
        )


def write_hidden(file: Path, raw: bytes, root: Path) -> None:
    """Write a file that nobody but its owner may read, whole or not at all; an earlier one is replaced.

    Raises:
        WrongUse: it would lie in a repository.
        MachineLacks: it cannot be written.
    """
    refuse_repository(file, root)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole(file, mode=0o600) as opened:
            opened.write(raw)
        flush_folder(file.parent)
    except OSError as trouble:
        raise MachineLacks(said("{name}: cannot be written ({reason})", name=file.name, reason=trouble.strerror or trouble)) from trouble


def read_hidden(file: Path) -> bytes:
    """Return the bytes of such a file.

    Raises:
        MachineLacks: it cannot be read, or is longer than any of its kind.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(_LONGEST + 1)
    except OSError as trouble:
        raise unreadable(file, trouble) from trouble
    if len(raw) > _LONGEST:
        raise MachineLacks(said("{name}: is longer than any file that belongs here", name=file.name))
    return raw


def unreadable(file: Path, trouble: OSError) -> MachineLacks:
    """Return what to say where a file outside cannot be read."""
    return MachineLacks(
        said(
            "{name}: cannot be read ({reason}); see to it that it is there and that this account may read it",
            name=file.name,
            reason=trouble.strerror or trouble,
        )
    )
