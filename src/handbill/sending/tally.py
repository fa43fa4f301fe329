"""How many mails of a number were handed over at least, kept in another place than the ledger.

A ledger that was lost, or put back from a copy, has forgotten some of those who
were served.  The tally lies with the repository, one byte for each mail, and
knows that there were more.
"""

from __future__ import annotations

import os
from pathlib import Path

from handbill.publishing.flush import flush_file, flush_folder


class Tally:
    """The tally of one number of a letter in a folder of tallies.  May be used by several threads."""

    def __init__(self, folder: Path, letter: str, number: int) -> None:
        self.path = folder / f"{letter}.{number}.tally"
        self._descriptor = -1

    @property
    def count(self) -> int:
        """Return how many it has counted; none where there is no file yet."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def raise_to(self, count: int) -> None:
        """Open it for counting, with at least *count*: a run that ended between ledger and tally has left it behind.

        Raises:
            OSError: it cannot be written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        self.close()
        self._descriptor = os.open(self.path, flags, 0o600)
        if (missing := count - self.count) > 0:
            _write(self._descriptor, b"." * missing)
        flush_file(self.path)
        flush_folder(self.path.parent)

    def add(self) -> None:
        """Count one more; it is on the disk when this returns.

        Raises:
            OSError: the disk did not take it.
        """
        _write(self._descriptor, b".")
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _write(descriptor: int, bytes_: bytes) -> None:
    while bytes_:
        bytes_ = bytes_[os.write(descriptor, bytes_) :]
