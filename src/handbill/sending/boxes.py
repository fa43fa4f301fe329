"""Files of mail, mailboxes and folders of them → the mails in them, one after the other.

What lies there was sent by strangers: no mail is taken in larger than
:data:`LONGEST`, and nothing is opened but plain files.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from handbill.errors import MachineLacks, WrongUse, said

#: So many bytes of a mail are read; what says why it came back stands at its beginning.
LONGEST = 1_000_000

#: The two folders of a Maildir in which whole mails lie.
_MAILDIR = ("new", "cur")
_CHUNK = 65_536
_SEPARATOR = b"From "


def check_outside(paths: tuple[Path, ...], root: Path) -> None:
    """Refuse returned mails that lie in the repository: they name members.

    Raises:
        WrongUse: one of them does, or there is no such file or folder.
    """
    for path in paths:
        if not path.exists():
            raise WrongUse(said("{path}: there is no such file or folder", path=path))
        if path.resolve().is_relative_to(root.resolve()):
            raise WrongUse(said("{path}: returned mails name members; keep them outside the repository", path=path))


def mails_in(path: Path) -> Iterator[bytes]:
    """Yield the mails of a file of one mail, an mbox, a Maildir, or a folder of such files; folders in it are left alone.

    Raises:
        MachineLacks: something cannot be read.
    """
    try:
        yield from _mails_in(path)
    except OSError as trouble:
        where = trouble.filename or path
        raise MachineLacks(said("{path}: cannot be read ({reason})", path=where, reason=trouble.strerror or str(trouble))) from trouble


def _mails_in(path: Path) -> Iterator[bytes]:
    if not path.is_dir():
        yield from _of_file(path)
        return
    if any((path / one).is_dir() for one in _MAILDIR):
        for folder in _MAILDIR:
            for file in _plain(path / folder):
                yield from _of_maildir(file, path)
        return
    for file in _plain(path):
        yield from _of_file(file)


def _plain(folder: Path) -> Iterator[Path]:
    """Yield the plain files of a folder in the order of their names; other things, and what begins with a dot, are no mails."""
    try:
        files = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    for file in files:
        try:
            if not file.name.startswith(".") and stat.S_ISREG(file.lstat().st_mode):
                yield file
        except FileNotFoundError:
            # Another program has moved it since; a Maildir's has it in its other folder.
            yield file


def _of_maildir(file: Path, box: Path) -> Iterator[bytes]:
    try:
        yield _start_of(file)
    except FileNotFoundError:
        # A mail program has looked at it in the meantime, and given it another name.
        name = file.name.partition(":")[0]
        for moved in (one for one in _plain(box / "cur") if one.name.partition(":")[0] == name):
            yield _start_of(moved)


def _start_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LONGEST)


def _of_file(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        if opened.read(len(_SEPARATOR)) != _SEPARATOR:
            opened.seek(0)
            if raw := opened.read(LONGEST):
                yield raw
            return
        yield from _of_mbox(file)


def _of_mbox(file: Path) -> Iterator[bytes]:
    """Yield the mails of an mbox: each begins after a line ``From …`` that stands first or after an empty one (RFC 4155)."""
    with file.open("rb") as opened:
        mail = bytearray()
        is_begun, after_empty, at_start = False, True, True
        while line := opened.readline(_CHUNK):
            if at_start and after_empty and line.startswith(_SEPARATOR):
                if is_begun:
                    yield bytes(mail)
                mail.clear()
                is_begun = True
            elif len(mail) < LONGEST:
                # A ">" that was put before "From" stays: writers of boxes differ in it, and no report has such a line.
                mail += line
            after_empty = at_start and not line.strip(b"\r\n")
            at_start = line.endswith(b"\n")
        yield bytes(mail)
