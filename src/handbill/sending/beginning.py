"""What a run finds when it begins: a number nobody has sent, one that goes on, or one that must not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handbill.errors import HandbillError, MachineLacks, Said, said
from handbill.sending.aftermath import seconds, spend
from handbill.sending.contract import Mailing
from handbill.sending.durable import Cursor
from handbill.sending.tally import Tally


class Changed(HandbillError):
    """This number was begun with other bytes."""


class Behind(MachineLacks):
    """The ledger has forgotten mails that were handed over."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at a mailing.  ``is_first`` if it began it; ``cut_off`` counts those whose fate an earlier run left unclear."""

    mailing: int
    letter: str
    number: int
    attempt: int
    now: datetime
    is_first: bool
    cut_off: int


def begun(at: Cursor, mailing: Mailing, audience: Iterable[tuple[bytes, str, int]], now: datetime, tally: Tally) -> tuple[Run, int]:
    """Return the run, and how many mails of this number the ledger knows to have been handed over.

    Raises:
        Changed: this number was begun with other versions.
        Behind: the *tally* has counted more.
    """
    held = at.execute("SELECT id, handed FROM mailing WHERE letter = ? AND number = ?", (mailing.letter, mailing.number)).fetchone()
    id_, handed = held or (None, 0)
    digests = dict(at.execute("SELECT lang, digest FROM version WHERE mailing = ?", (id_,))) if held else mailing.digests
    refuse(mailing, digests, handed, tally.count)
    if id_ is None:
        return _first(at, mailing, audience, now), handed
    return _again(at, id_, mailing, now), handed


def refuse(mailing: Mailing, digests: Mapping[str, str], handed: int, counted: int) -> None:
    """Refuse a mailing that must not go on; the ledger has these *digests* and knows of *handed* mails, the tally has *counted* some.

    Raises:
        Changed, Behind: as :func:`begun`.
    """
    if counted > handed:
        raise Behind(_behind(mailing, counted, handed))
    if dict(digests) != mailing.digests:
        raise Changed(
            said(
                "{letter} {number} was begun with other bytes, and a number is sent once; give what changed a number of its own",
                letter=mailing.letter, number=mailing.number,
            )
        )  # fmt: skip


def _first(at: Cursor, mailing: Mailing, audience: Iterable[tuple[bytes, str, int]], now: datetime) -> Run:
    id_ = at.execute(
        "INSERT INTO mailing (letter, number, attempt, handed, began) VALUES (?, ?, 1, 0, ?)",
        (mailing.letter, mailing.number, seconds(now)),
    ).lastrowid
    assert id_ is not None
    versions = ((id_, place, lang, digest) for place, (lang, digest) in enumerate(mailing.digests.items()))
    at.executemany("INSERT INTO version VALUES (?, ?, ?, ?)", versions)
    at.executemany("INSERT OR IGNORE INTO recipient (mailing, member, lang, row) VALUES (?, ?, ?, ?)", ((id_, *one) for one in audience))
    return Run(id_, mailing.letter, mailing.number, 1, now, is_first=True, cut_off=0)


def _again(at: Cursor, id_: int, mailing: Mailing, now: datetime) -> Run:
    at.execute("UPDATE mailing SET attempt = attempt + 1 WHERE id = ?", (id_,))
    cut_off = at.execute(
        "UPDATE recipient SET state = 'ambiguous', at = ? WHERE mailing = ? AND state = 'sending'", (seconds(now), id_)
    ).rowcount
    spend(at, seconds(now), cut_off)
    if at.execute("UPDATE recipient SET state = 'queued' WHERE mailing = ? AND state IN ('deferred', 'left')", (id_,)).rowcount:
        at.execute("UPDATE mailing SET ended = NULL WHERE id = ?", (id_,))
    (attempt,) = at.execute("SELECT attempt FROM mailing WHERE id = ?", (id_,)).fetchone()
    return Run(id_, mailing.letter, mailing.number, attempt, now, is_first=False, cut_off=cut_off)


def _behind(mailing: Mailing, handed: int, known: int) -> Said:
    return said(
        "the ledger knows of {known} mails of {letter} {number}, and {handed} were handed over; nothing is sent,"
        " because it could reach people twice. Put back the newest ledger; if there is none, this number cannot go on"
        " (handbook: reference/ledger)",
        known=known, letter=mailing.letter, number=mailing.number, handed=handed,
    )  # fmt: skip
