"""Sample mailings and audiences for the tests of what was sent to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from handbill.sending.contract import Answer, Mailing, Outcome, Version
from handbill.sending.ledger import Ledger, Run

NOW = datetime(2026, 11, 5, 18, tzinfo=UTC)
SECRET = b"s" * 32

ACCEPTED = Answer(Outcome.ACCEPTED, 250, "2.0.0")
DEFERRED = Answer(Outcome.DEFERRED, 451, "4.3.0")
BOUNCED = Answer(Outcome.BOUNCED, 550, "5.1.1")
AMBIGUOUS = Answer(Outcome.AMBIGUOUS)


def version(lang: str = "fr", digest: str = "a" * 64) -> Version:
    return Version(f"11.{lang}", lang, digest, "Objet", "https://essai.example/", "<p>", "p", b"")


def mailing(number: int = 11, *versions: Version, letter: str = "main") -> Mailing:
    return Mailing(letter, number, NOW, versions or (version(),))


def key(who: int) -> bytes:
    """Return a member key; it looks as random as a true one."""
    return hashlib.sha256(b"%d" % who).digest()[:16]


def audience(count: int, first: int = 0) -> Iterator[tuple[bytes, str, int]]:
    for who in range(first, first + count):
        yield key(who), "fr", who + 2


def word(who: int) -> str:
    """Return a member's token."""
    return hashlib.sha256(b"token %d" % who).hexdigest()[:32]


def ledger_in(folder: Path) -> Ledger:
    """Return the ledger that lies in a folder, with its tallies elsewhere."""
    return Ledger.open(folder / "ledger", SECRET, folder / "git" / "handbill")


def serve(ledger: Ledger, run: Run, who: int, answer: Answer = ACCEPTED, now: datetime = NOW) -> bool:
    """Hand a mail to a server that gives this answer; False if it is not to be sent."""
    if not ledger.take(run, key(who), word(who)):
        return False
    ledger.settle(run, key(who), answer, now)
    return True


def counts(ledger: Ledger, number: int = 11, letter: str = "main") -> dict[str, int]:
    """Return how many members are in each state that somebody is in."""
    standing = ledger.standing(letter, number)
    assert standing is not None
    return {state: count for state, count in standing.counts.items() if count}
