"""What a run finds when it begins: a number nobody has sent, one that goes on, or one that must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handbill.errors import HandbillError, MachineLacks, Said, said
from handbill.sending.aftermath import seconds, spend
from handbill.sending.contract import Mailing
from handbill.sending.durable import Cursor, Row
from handbill.sending.tally import Tally


class Changed(HandbillError):
    """This number was begun with other bytes."""


class Behind(MachineLacks):
    """The ledger has forgotten mails that were handed over."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at a mailing; ``cut_off`` counts those whose fate an earlier one left unclear."""

    mailing: int
    letter: str
    number: int
    attempt: int
    cut_off: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a ledger knows of a number: its row there (0 for none), how many mails were handed over, and the digests of the versions."""

    mailing: int
    handed: int
    digests: Mapping[str, str]


def begun(at: Cursor, mailing: Mailing, audience: Iterable[tuple[bytes, str, int]], now: datetime, tally: Tally) -> Run:
    """Return the run; the *tally* is open for counting then.

    Raises:
        Changed: this number was begun with other versions.
        Behind: the *tally* has counted more.
        MachineLacks: the tally cannot be written.
    """
    held = known(lambda sql, *values: at.execute(sql, values).fetchall(), mailing)
    refuse(mailing, held, tally.count)
    # Before anything is noted: a number that cannot be counted has not begun.
    tally.raise_to(held.handed)
    return _again(at, held.mailing, mailing, now) if held.mailing else _first(at, mailing, audience, now)


def known(ask: Callable[..., list[Row]], mailing: Mailing) -> Known:
    """Return what the ledger knows of a mailing; *ask* takes a question in SQL and its values."""
    for id_, handed in ask("SELECT id, handed FROM mailing WHERE letter = ? AND number = ?", mailing.letter, mailing.number):
        return Known(id_, handed, dict(ask("SELECT lang, digest FROM version WHERE mailing = ?", id_)))
    return Known(0, 0, mailing.digests)


def refuse(mailing: Mailing, held: Known, counted: int) -> None:
    """Refuse a mailing that must not go on; *held* is what the ledger knows of it, *counted* what the tally does.

    Raises:
        Changed, Behind: as :func:`begun`.
    """
    if counted > held.handed:
        raise Behind(_behind(mailing, counted, held.handed))
    if held.digests != mailing.digests:
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
    return Run(id_, mailing.letter, mailing.number, 1, cut_off=0)


def _again(at: Cursor, id_: int, mailing: Mailing, now: datetime) -> Run:
    at.execute("UPDATE mailing SET attempt = attempt + 1 WHERE id = ?", (id_,))
    cut_off = at.execute(
        "UPDATE recipient SET state = 'ambiguous', at = ? WHERE mailing = ? AND state = 'sending'", (seconds(now), id_)
    ).rowcount
    spend(at, seconds(now), cut_off)
    if at.execute("UPDATE recipient SET state = 'queued' WHERE mailing = ? AND state IN ('deferred', 'left')", (id_,)).rowcount:
        at.execute("UPDATE mailing SET ended = NULL WHERE id = ?", (id_,))
    (attempt,) = at.execute("SELECT attempt FROM mailing WHERE id = ?", (id_,)).fetchone()
    return Run(id_, mailing.letter, mailing.number, attempt, cut_off)


def _behind(mailing: Mailing, handed: int, known: int) -> Said:
    return said(
        "the ledger knows of {known} mails of {letter} {number}, and {handed} were handed over; nothing is sent,"
        " because it could reach people twice. Put back the newest ledger; if there is none, this number cannot go on"
        " (handbook: reference/ledger)",
        known=known, letter=mailing.letter, number=mailing.number, handed=handed,
    )  # fmt: skip
