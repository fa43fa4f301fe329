"""One file for each mail, for another program to send.  Knows the disk; knows no server.

The folder is a Maildir whose mails end in ``.eml``, so that a mail program opens
it as well as a script reads it.  Who a mail is from and to cannot be told from
its headers, and a header more would change bytes that were approved: so each
mail has a file of the same name in ``envelopes``, the sender on its first line
and the recipient on its second.

Source: https://cr.yp.to/proto/maildir.html
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from handbill.errors import MachineLacks, said
from handbill.publishing.flush import flush_folder
from handbill.sending.contract import Answer, Outcome, Unsupported

#: A mail is written here, comes to the second when it is whole, and to the third when a mail program has seen it.
_ROOMS = ("tmp", "new", "cur")


class Files:
    """The folder of one mailing; a member has one mail in it, however often this is run."""

    name = "files"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def connect(self) -> FilesConnection:
        """Return a way into the folder; it is made for its owner alone.

        Raises:
            MachineLacks: it cannot be made.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for one in (*_ROOMS, "envelopes"):
                (self._folder / one).mkdir(mode=0o700, exist_ok=True)
        except OSError as reason:
            raise _lacking(reason) from reason
        return FilesConnection(self._folder)


class FilesConnection:
    """A way into the folder, for one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand(self, mail: bytes, sender: str, recipient: str) -> Answer:
        """Write one mail and its envelope, and return when the disk has both.

        Raises:
            Unsupported: an address would not stay on its line.
            MachineLacks: the disk does not take it, or does not say so; a mail that is in ``new`` is whole, and is not written again.
        """
        if not (sender + recipient).isprintable() or not recipient:
            raise Unsupported(said("an address has signs that this way of sending cannot carry"))
        name = hashlib.sha256(recipient.encode()).hexdigest()[:32] + ".eml"
        new, envelope = self._folder / "new" / name, self._folder / "envelopes" / name.removesuffix(".eml")
        if self._is_there(name):
            return Answer(Outcome.ACCEPTED)
        try:
            # Whoever waits for mails finds the envelope there.
            self._put(f"{sender}\n{recipient}\n".encode(), envelope)
            self._put(mail, new)
        except OSError as reason:
            raise _lacking(reason) from reason
        return Answer(Outcome.ACCEPTED)

    def close(self) -> None:
        """Do nothing: each mail was finished when it was handed over."""

    def _is_there(self, name: str) -> bool:
        """Say whether the mail is there, also where a mail program has marked it as read since."""
        return (self._folder / "new" / name).exists() or any((self._folder / "cur").glob(f"{name}*"))

    def _put(self, content: bytes, place: Path) -> None:
        draft = self._folder / "tmp" / f"{place.name}.{place.parent.name}"
        try:
            # An earlier run may have left its half of it here.
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise
        flush_folder(place.parent)


def _lacking(reason: OSError) -> MachineLacks:
    return MachineLacks(said("the folder for outgoing mails cannot be written: {reason}", reason=reason.strerror or "?"))
