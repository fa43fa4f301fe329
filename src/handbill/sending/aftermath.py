"""What the ledger knows once mails have left: how a number stands, what came back, who gets nothing any more."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from handbill.errors import WrongUse, said
from handbill.sending.durable import Cursor, Durable, Row

#: Every state, in the order in which they are told.
STATES = ("queued", "sending", "accepted", "deferred", "bounced", "ambiguous", "suppressed", "left")
#: So much of a key is shown, in hex: enough to tell the members of one mailing apart.
_SHOWN = 12

_BY_KEY = (
    "SELECT mailing, member FROM recipient WHERE mailing = (SELECT id FROM mailing WHERE letter = ? AND number = ?)"
    " AND state = 'ambiguous' AND instr(lower(hex(member)), lower(?)) = 1 LIMIT 2"
)

# No keyed digest begins with eight bytes of zeroes; what is left of a forgotten member is called by numbers that do.
_NAMELESS = (bytes(16), bytes(8) + b"\xff" * 8)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mailing stands: members by state (every one of :data:`STATES`), and the digest of each version by its language."""

    letter: str
    number: int
    counts: Mapping[str, int]
    digests: Mapping[str, str]
    began: datetime
    ended: datetime | None

    @property
    def waiting(self) -> int:
        """Return how many are still to be served."""
        return self.counts["queued"] + self.counts["deferred"]


@dataclass(frozen=True, slots=True)
class Unclear:
    """A member of whom nobody knows whether the mail arrived; ``key`` is the beginning of the member key, in hex."""

    key: str
    row: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """Whose token it was: the letter, the member, and the numbers of it that the member was sent, newest first."""

    letter: str
    member: bytes
    numbers: tuple[int, ...]


class Suppressed:
    """Everybody who gets nothing any more, asked one by one."""

    def __init__(self, file: Durable) -> None:
        self._file = file

    def __contains__(self, member: object) -> bool:
        """Say whether this member key is among them."""
        return bool(self._file.rows("SELECT 1 FROM suppressed WHERE member = ?", member))


class Aftermath:
    """The part of the ledger that needs no run."""

    def __init__(self, file: Durable) -> None:
        self._file = file

    def standing(self, letter: str, number: int) -> Standing | None:
        """Return how a number stands; ``None`` if it was never begun."""
        for id_, began, ended in self._file.rows("SELECT id, began, ended FROM mailing WHERE letter = ? AND number = ?", letter, number):
            counts: dict[str, int] = dict(self._file.rows("SELECT state, count(*) FROM recipient WHERE mailing = ? GROUP BY state", id_))
            digests: dict[str, str] = dict(self._file.rows("SELECT lang, digest FROM version WHERE mailing = ? ORDER BY place", id_))
            whole = {state: counts.get(state, 0) for state in STATES}
            return Standing(letter, number, whole, digests, _moment(began), _moment(ended) if ended is not None else None)
        return None

    def unclear(self, letter: str, number: int) -> tuple[Unclear, ...]:
        """Return those of whom nobody knows whether the mail arrived, by their lines."""
        rows = self._file.rows(
            "SELECT member, row, at FROM recipient WHERE state = 'ambiguous'"
            " AND mailing = (SELECT id FROM mailing WHERE letter = ? AND number = ?) ORDER BY row, member",
            letter, number,
        )  # fmt: skip
        return tuple(Unclear(member.hex()[:_SHOWN], row, _moment(at)) for member, row, at in rows)

    def decide(self, letter: str, number: int, key_hex: str, arrived: bool, now: datetime) -> None:
        """Let a person say what became of an ambiguous one: it arrived, or it is queued again.

        Raises:
            WrongUse: no ambiguous member of this number has a key that begins so, or several have.
        """

        def act(at: Cursor) -> None:
            mailing, member = _one(at.execute(_BY_KEY, (letter, number, key_hex)).fetchall(), letter, number, key_hex)
            state = "accepted" if arrived else "queued"
            at.execute("UPDATE recipient SET state = ?, at = ? WHERE mailing = ? AND member = ?", (state, seconds(now), mailing, member))
            if not arrived:
                at.execute("UPDATE mailing SET ended = NULL WHERE id = ?", (mailing,))

        self._file.write(act)

    def check_key(self, letter: str, number: int, key_hex: str) -> None:
        """Make sure that a key names something to decide; nothing is written.

        Raises:
            WrongUse: as :meth:`decide`.
        """
        _one(self._file.rows(_BY_KEY, letter, number, key_hex), letter, number, key_hex)

    def find(self, token: str) -> Found | None:
        """Return whose token this is; ``None`` for a token that never left."""
        for letter, member in self._file.rows("SELECT letter, member FROM token WHERE digest = ?", token_digest(token)):
            numbers = self._file.rows(
                "SELECT number FROM mailing JOIN recipient ON mailing = id AND member = ?"
                " WHERE letter = ? AND state IN ('accepted', 'ambiguous', 'bounced') ORDER BY number DESC",
                member, letter,
            )  # fmt: skip
            return Found(letter, member, tuple(number for (number,) in numbers))
        return None

    def returned(self, letter: str, number: int, member: bytes, status: str, now: datetime) -> bool:
        """Note that a mail came back, with its *status* as in RFC 3463; False if that was known, or it never left."""

        def act(at: Cursor) -> bool:
            changed = at.execute(
                "UPDATE recipient SET state = 'bounced', status = ?, at = ? WHERE member = ? AND state IN ('accepted', 'ambiguous')"
                " AND mailing = (SELECT id FROM mailing WHERE letter = ? AND number = ?)",
                (status, seconds(now), member, letter, number),
            )
            return changed.rowcount == 1

        return self._file.write(act)

    def refused(self, letter: str, member: bytes) -> int:
        """Return how many of the newest numbers in a row were refused for good to this member; those without a verdict do not count."""
        verdicts = self._file.rows(
            "SELECT state = 'bounced' AND (code >= 500 OR status LIKE '5.%') FROM mailing JOIN recipient ON mailing = id AND member = ?"
            " WHERE letter = ? AND state IN ('accepted', 'bounced') ORDER BY number DESC",
            member, letter,
        )  # fmt: skip
        return sum(1 for _ in itertools.takewhile(lambda row: row[0], verdicts))

    def suppress(self, member: bytes, why: str, now: datetime) -> bool:
        """Let a member get nothing any more, whatever the list says; False if that was so already."""
        return self._file.write(
            lambda at: at.execute("INSERT OR IGNORE INTO suppressed VALUES (?, ?, ?)", (member, why, seconds(now))).rowcount == 1
        )

    def suppressed(self) -> Suppressed:
        """Return those who get nothing any more."""
        return Suppressed(self._file)

    def allow(self, member: bytes) -> bool:
        """Take a suppression back; False if there was none."""
        return self._file.write(lambda at: at.execute("DELETE FROM suppressed WHERE member = ?", (member,)).rowcount == 1)

    def forget(self, member: bytes) -> int:
        """Take the member out of every mailing, and return of how many; the counts stay, and so does a suppression.

        What is left of the member in a mailing has a name that leads nowhere; who was
        still to be served counts as *left*.

        Raises:
            MachineLacks: it could not be written, or another program keeps traces of it in use; then call it again.
        """

        def act(at: Cursor) -> int:
            at.execute("DELETE FROM token WHERE member = ?", (member,))
            mailings = at.execute(
                "SELECT mailing FROM recipient WHERE member = ? AND mailing IN (SELECT id FROM mailing)", (member,)
            ).fetchall()
            for (mailing,) in mailings:
                (nameless,) = at.execute(
                    "SELECT count(*) FROM recipient WHERE mailing = ? AND member BETWEEN ? AND ?", (mailing, *_NAMELESS)
                ).fetchone()
                at.execute(
                    "UPDATE recipient SET member = ?, row = 0, state = iif(state IN ('queued', 'deferred'), 'left', state)"
                    " WHERE mailing = ? AND member = ?",
                    ((nameless + 1).to_bytes(16, "big"), mailing, member),
                )
            return len(mailings)

        count = self._file.write(act)
        self._file.empty_log()
        return count

    def sent_since(self, moment: datetime) -> int:
        """Return how many mails of all letters may have been taken on since *moment*, counted by whole minutes."""
        count: int = self._file.rows("SELECT coalesce(sum(mails), 0) FROM spent WHERE minute >= ?", seconds(moment) // 60)[0][0]
        return count


def spend(at: Cursor, moment: int, mails: int = 1) -> None:
    """Count *mails* against what may be sent in a day; *moment* is in seconds."""
    if mails:
        at.execute(
            "INSERT INTO spent VALUES (?, ?) ON CONFLICT (minute) DO UPDATE SET mails = mails + excluded.mails", (moment // 60, mails)
        )


def _one(found: Sequence[Row], letter: str, number: int, key_hex: str) -> Row:
    if len(found) == 1 and key_hex:
        return found[0]
    raise WrongUse(
        said("{key}: found {count} unclear mails of {letter} {number} with this key, wanted one",
             key=key_hex, count=len(found) if len(found) < 2 else said("several"), letter=letter, number=number)
    )  # fmt: skip


def token_digest(token: str) -> bytes:
    """Return what is kept of a token: enough to know it again, and nothing to leave the list with."""
    return hashlib.sha256(b"handbill: token" + token.encode("ascii")).digest()[:16]


def seconds(moment: datetime) -> int:
    """Return a moment as the ledger keeps it."""
    return int(moment.timestamp())


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
