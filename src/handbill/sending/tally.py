"""How many mails of a number were handed over, kept in another place than the ledger.

A ledger that was lost, or put back from a copy, has forgotten some of those who
were served.  The tally lies with the repository, one byte for each mail that
was about to be handed over, and knows that there were more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbill.errors import MachineLacks, said
from handbill.publishing.flush import flush_folder
from handbill.sending.sharing import Sharing


class Tally:
    """The tally of one number of a letter in a folder of tallies.  May be used by several threads.

    Everything raises MachineLacks where the file cannot be read or written.
    """

    def __init__(self, folder: Path, letter: str, number: int) -> None:
        self.path = folder / f"{letter}.{number}.tally"
        self._descriptor = -1
        self._turns = Sharing[None](lambda mails: self._count(len(mails)))
        self._trouble: MachineLacks | None = None

    @property
    def count(self) -> int:
        """Return how many it has counted; none where there is no file yet."""
        with self._told():
            try:
                return self.path.stat().st_size
            except FileNotFoundError:
                return 0

    def raise_to(self, count: int) -> None:
        """Open it for counting, with at least *count*: a run that ended between ledger and tally has left it behind."""
        self.close()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with self._told():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path, flags, 0o600)
            self._add(max(0, count - os.fstat(self._descriptor).st_size))
            # Its name as well, and that of its folder, or a power cut could take the whole of it.
            flush_folder(self.path.parent)
            flush_folder(self.path.parent.parent)

    def add(self) -> None:
        """Count one more; it is on the disk when this returns.  After a failure nothing more is counted."""
        self._turns.share(None)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _count(self, mails: int) -> None:
        # What was written and not flushed is counted when the file is read; to try once more could count it twice.
        if self._trouble is not None:
            raise self._trouble
        try:
            with self._told():
                self._add(mails)
        except MachineLacks as trouble:
            self._trouble = trouble
            raise

    def _add(self, count: int) -> None:
        # The disk may take a part of what it is given.
        while count:
            count -= os.write(self._descriptor, b"." * min(count, 65_536))
        os.fsync(self._descriptor)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise MachineLacks(
                said("{file}: {reason}; nothing is handed over that could not be counted there", file=self.path, reason=reason)
            ) from error
