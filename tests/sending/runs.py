"""A letter, its members and a ledger, for tests that send: whole runs in one call, with a clock that only turns while somebody sleeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Answer, Carrier, Mailing, Member, Outcome, Version
from handbill.sending.delivering import Means, Report, deliver
from handbill.sending.keys import member_key, token_of
from handbill.sending.ledger import Ledger
from handbill.sending.pace import DayCap, Pace

SECRET = b"s" * 32
NOW = datetime(2026, 11, 5, 18, tzinfo=UTC)

_HEAD = (
    "From: Atelier <lettre@essai.example>\r\nTo: <membres@essai.example>\r\nSubject: Novembre\r\nMessage-ID: <11.fr@essai.example>\r\n"
    f"List-Unsubscribe: <https://essai.example/partir/{TOKEN}>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
)


def version(lang: str = "fr", size: int = 200) -> Version:
    """Return a version whose mail has *size* bytes at least."""
    text = f"bonjour\r\n.\r\npartir: https://essai.example/partir/{TOKEN}\r\n"
    text += ("x" * 74 + "\r\n") * ((size - len(text)) // 76)
    return Version(f"11.{lang}", lang, "a" * 64, "Novembre", "https://essai.example/", "", text, (_HEAD + text).encode())


def letter(size: int = 200, number: int = 11) -> Mailing:
    return Mailing("main", number, NOW, (version("fr", size), version("en", size)))


def member(who: int) -> Member:
    address = f"m{who}@essai.example"
    key = member_key(SECRET, address)
    return Member(who + 2, address, key, token_of(SECRET, "main", key), "fr" if who % 2 else "en")


def members(number: int) -> list[Member]:
    return [member(who) for who in range(number)]


@contextmanager
def in_memory(folder: Path) -> Iterator[Path]:
    """Yield a folder whose disk is memory, where there is one: these tests are not about how long a disk takes, and wait for it often."""
    memory = Path("/dev/shm")  # noqa: S108
    if not memory.is_dir():
        yield folder
        return
    with TemporaryDirectory(dir=memory, prefix="handbill-test-") as quick:
        yield Path(quick)


@contextmanager
def ledger_in(folder: Path) -> Iterator[Ledger]:
    with Ledger.open(folder / "private", SECRET, folder / "tallies") as ledger:
        yield ledger


@dataclass
class Turning:
    """Two clocks that go on while somebody sleeps, by as much."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def seconds(self) -> float:
        return self.at

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.at)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.at += seconds


def sent(
    folder: Path,
    carrier: Carrier,
    whom: Iterable[Member],
    *,
    number: int = 11,
    clock: Turning | None = None,
    per_day: int = 0,
    rate: int = 1000,
    jitter: float = 0.5,
    on_list: Callable[[], Iterable[Member]] | None = None,
    **more,
) -> Report:
    """Begin or go on with a letter, and return what the run did; *whom* is the audience, *on_list* who is on the list by then."""
    clock = clock or Turning()
    whom = list(whom)
    mailing = letter(number=number)
    with ledger_in(folder) as ledger:
        run = ledger.begin(mailing, ((one.key, one.lang, one.row) for one in whom), clock.now())
        means = Means(
            pace=Pace(rate, clock.seconds, clock.sleep),
            day=DayCap(per_day, ledger.sent_since, clock.now),
            now=clock.now,
            sleep=clock.sleep,
            jitter=lambda: jitter,
            **more,
        )
        return deliver(mailing, on_list or (lambda: whom), carrier, ledger, run, means)


def states(folder: Path, number: int = 11) -> dict[str, int]:
    """Return how many members stand how, leaving out what nobody is."""
    with ledger_in(folder) as ledger:
        standing = ledger.standing("main", number)
        assert standing
        return {state: many for state, many in standing.counts.items() if many}


@dataclass
class Answering:
    """A carrier that answers as told, and remembers who was handed what."""

    answers: Callable[[str, int], Answer] = lambda _whom, _nth: Answer(Outcome.ACCEPTED, 250)
    name: str = "smtp"
    handed: list[tuple[str, str, bytes]] = field(default_factory=list)
    connections: int = 0
    closed: int = 0

    def connect(self) -> Answering:
        self.connections += 1
        return self

    def hand(self, mail: bytes, sender: str, recipient: str) -> Answer:
        self.handed.append((sender, recipient, mail))
        return self.answers(recipient, sum(1 for _, whom, _ in self.handed if whom == recipient))

    def close(self) -> None:
        self.closed += 1
