"""Who was served: the memory of every mailing, outside the repository.  Knows members by keyed digests only.

A mail goes from *queued* to *sending* before it is handed over and from there
to what the server said; each step is on the disk before anybody goes on.
A *sending* that is found when a run begins was cut off: nobody knows whether
it arrived, so a person has to say (handbook: decisions/0042).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from handbill.errors import MachineLacks, said
from handbill.sending.aftermath import Aftermath, seconds, spend, token_digest
from handbill.sending.beginning import Behind, Changed, Run, begun, known, refuse
from handbill.sending.contract import Answer, Mailing, Outcome
from handbill.sending.durable import Cursor, Durable
from handbill.sending.ledger_tables import APPLICATION, STEPS
from handbill.sending.tally import Tally

#: What the ledger is called in its folder.
NAME = "ledger.sqlite3"


class Overtaken(MachineLacks):
    """Another run of the same number has begun since."""


class Ledger(Aftermath):
    """The ledger of one folder.  A context manager, opened with :meth:`open`; may be used by several threads."""

    def __init__(self, file: Durable, tallies: Path) -> None:
        super().__init__(file)
        self._tallies = tallies
        self._counting: dict[int, Tally] = {}

    @classmethod
    def open(cls, folder: Path, secret: bytes, tallies: Path) -> Ledger:
        """Open the ledger in *folder*, or begin one; *tallies* is the folder of tallies, with the repository.

        Raises:
            MachineLacks: it is damaged, foreign, readable for others, made with another key than *secret*, or cannot be written.
        """
        file = Durable.open(folder / NAME, APPLICATION, STEPS)
        try:
            print_ = hmac.digest(secret, b"handbill: whose ledger", hashlib.sha256)
            file.write(lambda at: at.execute("INSERT OR IGNORE INTO about VALUES ('key', ?)", (print_,)))
            if file.rows("SELECT value FROM about WHERE name = 'key'") != [(print_,)]:
                raise MachineLacks(
                    said(
                        "{file}: was made with another key, and would take every member for a new one; put its own key back", file=file.path
                    )
                )
        except BaseException:
            file.close()
            raise
        return cls(file, tallies)

    def __enter__(self) -> Ledger:
        """Return the ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        """Let go of the files."""
        for tally in self._counting.values():
            tally.close()
        self._file.close()

    def begin(self, mailing: Mailing, audience: Iterable[tuple[bytes, str, int]], now: datetime) -> Run:
        """Begin a run: the first one fixes whom the mailing goes to, all later ones leave *audience* alone.

        *audience* has the key, the language and the line of each member; it is read
        as it is written, so that it may be long.  What was cut off becomes ambiguous;
        what was deferred, or had left the list, is queued again.

        Raises:
            Changed: this number was begun with other versions.
            Behind: mails were handed over of which this ledger does not know.
            MachineLacks: the ledger or the tally could not be written; nothing was begun.
        """
        tally = Tally(self._tallies, mailing.letter, mailing.number)
        try:
            run = self._file.write(lambda at: begun(at, mailing, audience, now, tally))
        except BaseException:
            tally.close()
            raise
        self._counting[run.mailing] = tally
        return run

    def check(self, mailing: Mailing) -> None:
        """Look whether a run could begin or go on, and write nothing.

        Raises:
            Changed, Behind: as :meth:`begin`.
        """
        # First the tally, which never knows more than the ledger does a moment later; a run may be under way.
        counted = Tally(self._tallies, mailing.letter, mailing.number).count
        refuse(mailing, known(self._file.rows, mailing), counted)

    def take(self, run: Run, member: bytes, token: str) -> bool:
        """Say whether this member is to be served now; if so, that is on the disk as *sending*, and nobody else gets True.

        False for whoever is not of the audience, was served, or gets nothing any more.
        From *token* a returned mail is led back to the member.

        Raises:
            Overtaken: another run of this number has begun.
            MachineLacks: it could not be written: hand nothing over, and stop.
        """
        if self._file.has_failed:
            raise MachineLacks(said("{file}: could not be written before; nothing more is sent", file=self._file.path))

        def act(at: Cursor) -> bool:
            _still_ours(at, run)
            mine = (run.mailing, member)
            if at.execute("SELECT 1 FROM suppressed WHERE member = ?", (member,)).fetchone():
                at.execute(
                    "UPDATE recipient SET state = 'suppressed' WHERE mailing = ? AND member = ? AND state IN ('queued', 'deferred')", mine
                )
                return False
            taken = at.execute(
                "UPDATE recipient SET state = 'sending', tries = tries + 1"
                " WHERE mailing = ? AND member = ? AND state IN ('queued', 'deferred')",
                mine,
            )
            if taken.rowcount != 1:
                return False
            at.execute("UPDATE mailing SET handed = handed + 1 WHERE id = ?", (run.mailing,))
            at.execute("INSERT OR IGNORE INTO token VALUES (?, ?, ?)", (token_digest(token), run.letter, member))
            return True

        if not self._file.write(act):
            return False
        try:
            self._counting[run.mailing].add()
        except MachineLacks:
            self.release(run, member)
            raise
        return True

    def settle(self, run: Run, member: bytes, answer: Answer, now: datetime) -> None:
        """Note what the server said; it is on the disk when this returns.

        Raises:
            MachineLacks: it could not be written; the mail counts as ambiguous from the next run on.
            ValueError: this mail was not handed over.
        """
        state, moment = answer.outcome.value, seconds(now)

        def act(at: Cursor) -> None:
            # An answer may come after another run has found this mail cut off; it is still what the server said.
            changed = at.execute(
                "UPDATE recipient SET state = ?, code = ?, status = ?, at = ? WHERE mailing = ? AND member = ?"
                " AND state = (SELECT iif(attempt = ?, 'sending', 'ambiguous') FROM mailing WHERE id = ?)",
                (state, answer.code, answer.status, moment, run.mailing, member, run.attempt, run.mailing),
            )
            if changed.rowcount != 1:
                raise ValueError("this mail was not handed over")
            if answer.outcome in (Outcome.ACCEPTED, Outcome.AMBIGUOUS):
                spend(at, moment)

        self._file.write(act)

    def release(self, run: Run, member: bytes) -> None:
        """Queue again what was taken: nothing was handed over."""

        def act(at: Cursor) -> None:
            at.execute(
                "UPDATE recipient SET state = 'queued', tries = tries - 1 WHERE mailing = ? AND member = ? AND state = 'sending'"
                " AND ? = (SELECT attempt FROM mailing WHERE id = ?)",
                (run.mailing, member, run.attempt, run.mailing),
            )

        self._file.write(act)

    def tries(self, run: Run, member: bytes) -> int | None:
        """Return how often a member who still waits was tried; ``None`` for who was served or is not of the audience."""
        rows = self._file.rows(
            "SELECT tries FROM recipient WHERE mailing = ? AND member = ? AND state IN ('queued', 'deferred')", run.mailing, member
        )
        return rows[0][0] if rows else None

    def finish(self, run: Run, now: datetime) -> None:
        """End a run that went through the whole list: who is still queued is no longer on it, and counts as *left*.

        Raises:
            Overtaken: another run of this number has begun.
            MachineLacks: it could not be written.
        """

        def act(at: Cursor) -> None:
            _still_ours(at, run)
            at.execute("UPDATE recipient SET state = 'left', at = ? WHERE mailing = ? AND state = 'queued'", (seconds(now), run.mailing))
            at.execute(
                "UPDATE mailing SET ended = ? WHERE id = ? AND ended IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM recipient WHERE mailing = id AND state IN ('queued', 'sending', 'deferred'))",
                (seconds(now), run.mailing),
            )

        self._file.write(act)


def _still_ours(at: Cursor, run: Run) -> None:
    if at.execute("SELECT attempt FROM mailing WHERE id = ?", (run.mailing,)).fetchone() != (run.attempt,):
        raise Overtaken(said("another run of {letter} {number} has begun; this one stops", letter=run.letter, number=run.number))


__all__ = ["NAME", "Behind", "Changed", "Ledger", "Overtaken", "Run"]
