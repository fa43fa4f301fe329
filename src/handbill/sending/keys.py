"""What stands for a member where no address may: the ledger's key, and the token by which a member leaves.

Both are keyed digests.  Whoever has the ledger and a list of addresses, but
not the key file, cannot tell who is in it.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from handbill.errors import MachineLacks, said
from handbill.outputs.mail.record import TOKEN
from handbill.publishing.flush import flush_folder
from handbill.sending.addresses import normal

#: The name of the key file, and how many bytes it holds.
KEY = "key"
LENGTH = 32

#: How many bytes of a digest are kept: as a member's key, and as a token, where each makes two signs.
_KEY_BYTES = 16
_TOKEN_BYTES = len(TOKEN) // 2

_TOKEN = re.compile(rf"[a-z0-9]{{{len(TOKEN)}}}")


def member_key(secret: bytes, address: str) -> bytes:
    """Return the 16 bytes under which the ledger knows a member; the same for every spelling of one address."""
    return hmac.digest(secret, b"handbill member\0" + normal(address).encode("utf-8", "surrogatepass"), "sha256")[:_KEY_BYTES]


def token_of(secret: bytes, letter: str, key: bytes) -> str:
    """Return the word by which a member leaves one letter, as long as what it takes the place of; *key* is the member's."""
    # In small letters: mail servers may change capitals before an @, where the address for returned mails has the token.
    return hmac.digest(secret, b"handbill token\0" + letter.encode("utf-8") + b"\0" + key, "sha256")[:_TOKEN_BYTES].hex()


def is_token(text: str) -> bool:
    """Say whether a text could be a member's token."""
    return bool(_TOKEN.fullmatch(text))


def secret_of(folder: Path) -> bytes:
    """Return the key of this ledger; it is made when there is none yet, and from then on never changes.

    Raises:
        MachineLacks: the folder cannot be written, or the key is damaged, or others than its owner may read it.
    """
    file = folder / KEY
    try:
        if not file.exists():
            _make(folder)
        with file.open("rb") as opened:
            _refuse_others(file, os.fstat(opened.fileno()))
            secret = opened.read(LENGTH + 1)
    except OSError as trouble:
        raise MachineLacks(
            said(
                "{file}: the key can neither be read nor made ({reason}); see to it that this account may write in its folder",
                file=file,
                reason=trouble.strerror or trouble,
            )
        ) from trouble
    if len(secret) != LENGTH:
        raise MachineLacks(
            said(
                "{file}: found a key that is damaged, wanted {n} bytes; "
                "bring it back from a copy, as without it nobody can say who got a letter already",
                file=file,
                n=LENGTH,
            )
        )
    return secret


def _make(folder: Path) -> None:
    """Write a new key under another name first, so that nobody ever reads half of one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = folder / f".{KEY}.{secrets.token_hex(8)}"
    try:
        _write(scratch)
        # Where another run was faster, its key is the key.
        with suppress(FileExistsError):
            _link(scratch, folder / KEY)
    finally:
        scratch.unlink(missing_ok=True)
    flush_folder(folder)


def _link(scratch: Path, file: Path) -> None:
    try:
        os.link(scratch, file)
    except FileExistsError:
        raise
    except OSError:
        # A disk that knows no links, such as a stick.
        _write(file)


def _write(file: Path) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(secrets.token_bytes(LENGTH))
        opened.flush()
        os.fsync(opened.fileno())


def _refuse_others(file: Path, found: os.stat_result) -> None:
    if os.name != "posix":
        return
    if found.st_uid != os.geteuid():
        raise MachineLacks(said("{file}: the key belongs to another account; send with the account that made it", file=file))
    if found.st_mode & 0o077:
        raise MachineLacks(said("{file}: others may read the key; close it with: {command}", file=file, command=f"chmod 600 {file}"))
