"""Sample mailings and audiences for the tests of what was sent to whom."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from handbill.sending.contract import Answer, Mailing, Outcome, Version

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


def audience(count: int, first: int = 0):
    for who in range(first, first + count):
        yield key(who), "fr", who + 2
