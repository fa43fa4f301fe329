"""One run at a time for each letter and ledger.  A run that dies, however it dies, gives its turn back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from handbill.errors import MachineLacks, said
from handbill.publishing.lock import only_one


class TurnTaken(MachineLacks):
    """Another run of the same letter has not ended."""


@contextmanager
def only_run(folder: Path, letter: str, now: datetime) -> Iterator[None]:
    """Hold the turn of *letter* in the folder of the ledger; whoever comes second is told so at once.

    Raises:
        TurnTaken: another run holds it; the message says since when.
        MachineLacks: the folder cannot be written.
    """
    turn = folder / f"{letter}.turn"

    def refused() -> TurnTaken:
        since = turn.read_text(encoding="ascii")
        if not since:
            return TurnTaken(said("{letter} is already being sent; wait until that has ended", letter=letter))
        return TurnTaken(said("{letter} is already being sent since {since}; wait until that has ended", letter=letter, since=since))

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        turn.touch(mode=0o600)
    except OSError as error:
        raise MachineLacks(said("{file}: {reason}", file=turn, reason=error.strerror or str(error))) from error
    with only_one(turn, refused, lambda: None, limit_s=0):
        turn.write_text(now.isoformat(" ", "minutes"), encoding="ascii")
        try:
            yield
        finally:
            turn.write_text("", encoding="ascii")
