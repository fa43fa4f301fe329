"""One SQLite file in which whatever was written is on the disk before anybody goes on.  Knows no letters.

Threads that wait for the disk at the same moment share one flush of it, so that
four connections to a mail server send more than one does.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from handbill.errors import MachineLacks, Said, said
from handbill.publishing.flush import flush_folder
from handbill.publishing.lock import only_one
from handbill.sending.sharing import Sharing

#: What runs inside a transaction; it gets the connection of the file.
Cursor = sqlite3.Connection
Row = tuple[Any, ...]
T = TypeVar("T")

#: How long another program may hold the file before this one gives up.
_PATIENCE_S = 30.0
#: Of memory for pages, in KiB; a beginning with a million members has to fit beside it.
_CACHE_KIB = 16_000

_BACKUP = said(
    "put back the newest copy that you have, and call the same command again: what it does not know is noticed, nothing is sent twice"
)
_REASONS = {
    "SQLITE_FULL": (said("the disk is full"), said("make room and call the same command again; nothing is sent twice")),
    "SQLITE_BUSY": (said("another program holds it"), said("end that program and call the same command again; nothing is sent twice")),
    "SQLITE_LOCKED": (said("another program holds it"), said("end that program and call the same command again; nothing is sent twice")),
    "SQLITE_READONLY": (said("it can only be read"), said("the account that sends needs the right to write there and in its folder")),
    "SQLITE_PERM": (said("access is denied"), said("the account that sends needs the right to write there and in its folder")),
    "SQLITE_CANTOPEN": (said("access is denied"), said("the account that sends needs the right to write there and in its folder")),
    "SQLITE_CORRUPT": (said("it is damaged"), _BACKUP),
    "SQLITE_NOTADB": (said("this is no ledger"), said("move it away if it belongs to another program; else {backup}", backup=_BACKUP)),
    "SQLITE_IOERR": (said("the disk reports a fault"), said("check it before you call the same command again; nothing is sent twice")),
}


@dataclass(slots=True)
class _Ticket:
    """One act that waits for its transaction, and what became of it."""

    act: Callable[[Cursor], Any]
    value: Any = None
    error: Exception | None = None


class Durable:
    """An open file.  May be used by several threads; :attr:`has_failed` once anything could not be written."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.has_failed = False
        self._connection = connection
        self._turns = Sharing(self._write_all)

    @classmethod
    def open(cls, path: Path, application: int, steps: Sequence[str]) -> Durable:
        """Open the file at *path*, or make it; nobody but its owner can read it.

        *steps* are the scripts that made and changed its tables, ever; a file that
        knows fewer of them goes through the rest.

        Raises:
            MachineLacks: it belongs to another program or to a newer Handbill, is damaged, or cannot be written; nothing was changed.
        """
        with _told(path):
            _make(path)
            connection = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False)
            try:
                _prepare(path, connection, application, steps)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def write(self, act: Callable[[Cursor], T]) -> T:
        """Return what *act* returns, after all that it changed is on the disk.

        If *act* raises, nothing of it stays.

        Raises:
            MachineLacks: the disk did not take it; it may or may not be there when the file is opened again.
        """
        ticket = _Ticket(act)
        try:
            self._turns.share(ticket)
        except sqlite3.Error as error:
            raise _lacks(self.path, error) from error
        if ticket.error is not None:
            raise ticket.error
        result: T = ticket.value
        return result

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the answer to a question."""
        with self._turns.alone(), _told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def empty_log(self) -> None:
        """Leave nothing of what was overwritten or deleted in the file beside.

        Raises:
            MachineLacks: another program reads in it.
        """
        if self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            raise _busy(self.path)

    def close(self) -> None:
        """Let go of the file; what is beside it for a while is put into it."""
        with self._turns.alone():
            self._connection.close()

    def _write_all(self, tickets: list[_Ticket]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for ticket in tickets:
                self._act(ticket, is_alone=len(tickets) == 1)
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._undo(error)
            raise

    def _act(self, ticket: _Ticket, *, is_alone: bool) -> None:
        # A savepoint keeps the old state of each page; for a million rows in one act that is memory for nothing.
        if is_alone:
            ticket.value = ticket.act(self._connection)
            return
        self._connection.execute("SAVEPOINT one")
        try:
            ticket.value = ticket.act(self._connection)
        except sqlite3.Error:
            raise
        except Exception as error:
            ticket.error = error
            self._connection.execute("ROLLBACK TO one")
        self._connection.execute("RELEASE one")

    def _undo(self, error: BaseException) -> None:
        if isinstance(error, sqlite3.Error) and _name(error) not in ("SQLITE_BUSY", "SQLITE_LOCKED"):
            self.has_failed = True
        if self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.Error:
                # Some faults have rolled back already; the file's next reader ignores what was not committed.
                self.has_failed = True


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise MachineLacks(
                said("{file}: others on this machine can read it; close it with: {command}", file=path, command=f"chmod 600 {path}")
            ) from None
        return
    os.close(descriptor)
    flush_folder(path.parent)


def _prepare(path: Path, connection: sqlite3.Connection, application: int, steps: Sequence[str]) -> None:
    def asked(pragma: str) -> Any:
        return connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    # In one transaction: another process may be making the tables at this moment.
    connection.execute("BEGIN")
    version, owner, tables = asked("user_version"), asked("application_id"), asked("schema_version")
    connection.execute("COMMIT")
    is_new = not (version or owner or tables)
    if not is_new and owner != application:
        raise MachineLacks(said("{file}: this is a file of another program; move it away", file=path))
    if version > len(steps):
        raise MachineLacks(said("{file}: a newer Handbill made this; bring this one up to date", file=path))
    if asked("journal_mode") != "wal":
        # SQLite does not let two wait for this change: one of them is told at once that the file is locked.
        with only_one(path.with_suffix(".making"), lambda: _busy(path), lambda: None, _PATIENCE_S):
            if asked("journal_mode=WAL") != "wal":
                raise MachineLacks(said("{file}: this disk cannot hold a ledger; choose a folder on a disk of this machine", file=path))
    connection.execute("PRAGMA synchronous=FULL")
    # What macOS calls a flush leaves the bytes in the disk's own memory; elsewhere these say nothing.
    connection.execute("PRAGMA fullfsync=ON")
    connection.execute("PRAGMA checkpoint_fullfsync=ON")
    connection.execute("PRAGMA secure_delete=ON")
    # The beginning of a large mailing makes this file large once.
    connection.execute("PRAGMA journal_size_limit=16777216")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    if asked("quick_check(1)") != "ok":
        raise MachineLacks(_sentence(path, *_REASONS["SQLITE_CORRUPT"]))
    if version < len(steps):
        # A journal was deleted when the file got its log.  SQLite leaves it to the system when that is on the disk, and
        # one that comes back with a power cut would undo what the log says.
        flush_folder(path.parent)
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have done it while this one waited.
        for step in steps[asked("user_version") :]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id={application}")
        connection.execute(f"PRAGMA user_version={len(steps)}")
        connection.execute("COMMIT")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _lacks(path, error) from error
    except OSError as error:
        raise MachineLacks(said("{file}: {reason}", file=path, reason=error.strerror or str(error))) from error


def _busy(path: Path) -> MachineLacks:
    return MachineLacks(_sentence(path, *_REASONS["SQLITE_BUSY"]))


def _name(error: sqlite3.Error) -> str:
    """Return the word for what went wrong without its finer shade: SQLITE_IOERR for SQLITE_IOERR_FSYNC."""
    return "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])


def _lacks(path: Path, error: sqlite3.Error) -> MachineLacks:
    unknown = (str(error), said("check the disk before you call the same command again; nothing is sent twice"))
    return MachineLacks(_sentence(path, *_REASONS.get(_name(error), unknown)))


def _sentence(path: Path, reason: str, remedy: Said) -> Said:
    return said("{file}: {reason}; {remedy}", file=path, reason=reason, remedy=remedy)
