"""How fast and how large: ``python -m tests.sending.measure_sending`` prints mails a second and memory, as measured on this machine.

``… speed [HOST:PORT]`` measures against servers in processes of their own (aiosmtpd, and one that only looks for the end of a mail),
or against that server; ``… memory [MEMBERS]`` with a carrier that takes everything, a list on the disk and a ledger in memory where
there is such a disk.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from tests.sending.runs import NOW, SECRET, in_memory, letter, members
from tests.sending.sinks import sink, taken

from handbill.sending.carriers.smtp import Smtp
from handbill.sending.contract import Answer, Carrier, Member, Outcome
from handbill.sending.delivering import deliver, means_of
from handbill.sending.ledger import Ledger
from handbill.sending.members import members_of
from handbill.sending.stopping import Stop
from handbill.settings_sending import Sending

SIZE = 72_000


class Nobody:
    """A carrier that takes everything and does nothing."""

    name = "smtp"

    def connect(self) -> Nobody:
        return self

    def hand(self, mail: bytes, sender: str, recipient: str) -> Answer:
        return Answer(Outcome.ACCEPTED, 250)

    def close(self) -> None:
        pass


def speed(server: str = "") -> None:
    """Tell how many mails of 72 KB leave in a second, with the ledger that waits for the disk before and after each."""
    for kind in [server] if server else ["aiosmtpd", "quick"]:
        for connections in (1, 4):
            with tempfile.TemporaryDirectory(prefix="handbill-test-") as made:
                folder = Path(made)
                with nullcontext(server) if server else sink(folder / "log", kind) as place:
                    took, worked = _timed(folder, Smtp(place, "none"), 1000, connections)
                assert server or [1] * 1000 == list(taken(folder / "log").values())
            sys.stdout.write(
                f"{kind}, {connections} connections: {1000 / took:.0f} mails/s of {SIZE} bytes, {worked:.2f} ms of processor a mail\n"
            )


def _timed(folder: Path, carrier: Carrier, many: int, connections: int) -> tuple[float, float]:
    whom = members(many)
    mailing = letter(SIZE)
    with Ledger.open(folder / "private", SECRET, folder / "tallies") as ledger:
        run = ledger.begin(mailing, ((one.key, one.lang, one.row) for one in whom), NOW)
        means = means_of(
            Sending(rate=1000, connections=connections), ledger, Stop(), lambda: datetime.now(UTC), lambda: 0.5, lambda _: None
        )
        began, worked = time.monotonic(), time.process_time()
        report = deliver(mailing, lambda: whom, carrier, ledger, run, means)
        took, worked = time.monotonic() - began, time.process_time() - worked
    assert {"accepted": many} == report.counts
    return took, 1000 * worked / many


def memory(many: int = 1_000_000) -> None:
    """Tell what *many* members and a tenth of a hundredth of them need, each measured in a process of its own."""
    for number in (many // 100, many):
        child = os.fork()
        if not child:
            with tempfile.TemporaryDirectory(prefix="handbill-test-") as made, in_memory(Path(made)) as folder:
                _send_to(folder, number)
            os._exit(0)
        began = time.monotonic()
        _, status, used = os.wait4(child, 0)
        assert status == 0
        sys.stdout.write(f"{number} members: {used.ru_maxrss / 1024:.0f} MiB, {time.monotonic() - began:.0f} s\n")


def _send_to(folder: Path, number: int) -> None:
    file = folder / "membres.csv"
    with file.open("w", encoding="ascii") as opened:
        opened.write("email;langue\n")
        opened.writelines(f"m{who}@essai.example;fr\n" for who in range(number))

    def listed() -> Iterator[Member]:
        return (one for one in members_of(file, SECRET, "main", ("fr",)) if isinstance(one, Member))

    mailing = letter(SIZE)
    now = datetime.now(UTC)
    with Ledger.open(folder / "private", SECRET, folder / "tallies") as ledger:
        run = ledger.begin(mailing, ((one.key, one.lang, one.row) for one in listed()), now)
        means = means_of(Sending(rate=1000, connections=4), ledger, Stop(), lambda: now, lambda: 0.5, lambda _: None)
        # As fast as it goes: the pace would take a quarter of an hour.
        object.__setattr__(means, "pace", type("Free", (), {"wait": staticmethod(lambda: None)})())
        report = deliver(mailing, listed, Nobody(), ledger, run, means)
    assert {"accepted": number} == report.counts


if __name__ == "__main__":
    what, more = (sys.argv[1:2] or ["speed"])[0], sys.argv[2:]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if what == "speed":
        speed(*more)
    else:
        memory(*(int(one) for one in more))
