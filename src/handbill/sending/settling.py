"""Mails of which nobody knows whether they arrived: listed, and decided by a person who found it out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from handbill.errors import WrongUse, said
from handbill.sending.aftermath import Unclear
from handbill.sending.contract import Mailing
from handbill.sending.keys import secret_of
from handbill.sending.ledger import NAME, Ledger
from handbill.sending.mailing import mailing_of
from handbill.sending.private import Private, read_private
from handbill.sending.readiness import named, tallies_of
from handbill.sending.turn import only_run
from handbill.settings import read_settings


def unclear_of(root: Path, wanted: str, key: str = "") -> tuple[str, tuple[Unclear, ...]]:
    """Return the name of a letter, and its unclear mails; a *key* must be that of one of them, about which somebody is being asked.

    Raises:
        WrongUse: there is no such letter, or no unclear mail with that key, or this machine has sent nothing.
    """
    private, mailing = _meant(root, wanted)
    with _opened(root, private) as ledger:
        if key:
            ledger.check_key(mailing.letter, mailing.number, key)
        return named(mailing), ledger.unclear(mailing.letter, mailing.number)


def decide(root: Path, wanted: str, key: str, arrived: bool, now: datetime) -> tuple[str, tuple[Unclear, ...]]:
    """Say of one unclear mail that it arrived, or that it is to be sent again; return the letter's name and those that are left.

    Raises:
        WrongUse: there is no such letter, or no unclear mail with that key, or several.
        TurnTaken: the letter is being sent.
    """
    private, mailing = _meant(root, wanted)
    with _opened(root, private) as ledger, only_run(private.folder, mailing.letter, now):
        ledger.decide(mailing.letter, mailing.number, key, arrived, now)
        return named(mailing), ledger.unclear(mailing.letter, mailing.number)


def _meant(root: Path, wanted: str) -> tuple[Private, Mailing]:
    settings = read_settings(root)
    return read_private(root, settings.base_url), mailing_of(root, settings, wanted)


@contextmanager
def _opened(root: Path, private: Private) -> Iterator[Ledger]:
    if not (private.folder / NAME).exists():
        raise WrongUse(said("no ledger is in {folder}: this machine has sent nothing, or keeps it elsewhere", folder=private.folder))
    with Ledger.open(private.folder, secret_of(private.folder), tallies_of(root)) as ledger:
        yield ledger
