"""The keys of contests, in the folder of what no repository ever sees: made once, read by their owner alone, destroyed in the end."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from handbill.contests.steps import NotNow
from handbill.draw.tickets import KEY_BYTES
from handbill.errors import MachineLacks, said
from handbill.publishing.flush import flush_folder

#: The folder of keys, beside the ledger of letters.
FOLDER = "contests"


def key_file(folder: Path, contest: str) -> Path:
    """Return where the key of a contest lies; *folder* is that of what names people."""
    return folder / FOLDER / f"{contest}.key"


def known_key(folder: Path, contest: str) -> bytes | None:
    """Return the key of a contest, ``None`` where this machine has none; nothing is made.

    Raises:
        MachineLacks: it cannot be read, is damaged, or others than its owner may read it.
    """
    file = key_file(folder, contest)
    try:
        with file.open("rb") as opened:
            _refuse_others(file, os.fstat(opened.fileno()))
            key = opened.read(KEY_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble
    if len(key) != KEY_BYTES:
        raise MachineLacks(
            said(
                "{file}: found a key that is damaged, wanted {n} bytes; bring it back from a copy, as nobody finds the winners without it",
                file=file,
                n=KEY_BYTES,
            )
        )
    return key


def needed_key(folder: Path, contest: str) -> bytes:
    """Return the key of a contest whose tickets are out.

    Raises:
        NotNow: this machine has none, and a new one would make other tickets.
        MachineLacks: as :func:`known_key` says.
    """
    key = known_key(folder, contest)
    if key is None:
        file = key_file(folder, contest)
        raise NotNow(
            said("{contest}: its key is not on this machine; it was made with the first tickets, as {file}", contest=contest, file=file)
        )
    return key


def made_key(folder: Path, contest: str) -> bytes:
    """Return the key of a contest; it is made when there is none yet, and from then on never changes.

    Raises:
        MachineLacks: it cannot be made, or as :func:`known_key` says.
    """
    file = key_file(folder, contest)
    if (key := known_key(folder, contest)) is not None:
        return key
    try:
        _make(file)
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble
    return needed_key(folder, contest)


def destroy_key(folder: Path, contest: str) -> bool:
    """Write over the key of a contest and take its file away; say whether there was one.

    The bytes are gone for everybody who opens the file.  A disk of today may
    keep the old ones where no file leads any more, and a copy knows nothing
    of it: whoever asks is told so.

    Raises:
        MachineLacks: it cannot be written or taken away.
    """
    file = key_file(folder, contest)
    try:
        # Through a link another file would be destroyed, and the key would stay.
        descriptor = os.open(file, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return False
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(secrets.token_bytes(max(KEY_BYTES, os.fstat(descriptor).st_size)))
            opened.flush()
            os.fsync(descriptor)
        # That it was here and is gone has to be known even if what follows is interrupted.
        _gone_file(file).touch(mode=0o600)
        file.unlink()
        flush_folder(file.parent)
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble
    return True


def was_destroyed(folder: Path, contest: str) -> bool:
    """Say whether the key of a contest was destroyed on this machine."""
    return _gone_file(key_file(folder, contest)).exists()


def _gone_file(file: Path) -> Path:
    return file.with_suffix(".destroyed")


def _make(file: Path) -> None:
    """Write a new key under another name first, so that nobody ever reads half of one."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        _write(scratch, secrets.token_bytes(KEY_BYTES))
        # Where another run was faster, its key is the key.
        with suppress(FileExistsError):
            _link(scratch, file)
    finally:
        scratch.unlink(missing_ok=True)
    flush_folder(file.parent)


def _link(scratch: Path, file: Path) -> None:
    try:
        os.link(scratch, file)
    except FileExistsError:
        raise
    except OSError:
        # A disk that knows no links, such as a stick.
        _write(file, scratch.read_bytes())


def _write(file: Path, key: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(key)
        opened.flush()
        os.fsync(descriptor)


def _refuse_others(file: Path, found: os.stat_result) -> None:
    if os.name != "posix":
        return
    if found.st_uid != os.geteuid():
        raise MachineLacks(said("{file}: the key belongs to another account; run this with the account that made it", file=file))
    if found.st_mode & 0o077:
        raise MachineLacks(said("{file}: others may read the key; close it with: {command}", file=file, command=f"chmod 600 {file}"))


def _unreadable(file: Path, trouble: OSError) -> MachineLacks:
    reason = trouble.strerror or str(trouble)
    return MachineLacks(said("{file}: cannot be read or written ({reason})", file=file, reason=reason))
