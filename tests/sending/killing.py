"""Kill runs of a mailing again and again, and look whether anybody is served twice or not at all.

``python -m tests.sending.killing`` kills 500 runs at random instants over 2,000
recipients with one connection, and again with four.  The server is a file: a
line in it is a mail that was delivered.  A killed run is a forked process, so
that a kill costs milliseconds.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.sending.mailings import ACCEPTED, NOW, audience, counts, key, ledger_in, mailing, word

from handbill.sending import durable
from handbill.sending.turn import TurnTaken, only_run

#: What a killed run ends with; anything else is a fault of the test.
_KILLED = -signal.SIGKILL if hasattr(signal, "SIGKILL") else 0


@dataclass(frozen=True)
class Told:
    """What came of a mailing that was killed: how often, how many served, and everything that went wrong."""

    kills: int
    delivered: int
    unclear: int
    most_unclear: int
    wrong: tuple[str, ...]


def run(folder: Path, members: int, connections: int = 1, began: Callable[[], object] = lambda: None) -> None:
    """Send to everybody who still waits; each connection goes through its share of the list."""
    server = os.open(folder / "delivered", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with only_run(folder / "ledger", "main", NOW), ledger_in(folder) as ledger:
        attempt = ledger.begin(mailing(), audience(members), NOW)
        began()

        def connection(first: int) -> None:
            for who in range(first, members, connections):
                if ledger.take(attempt, key(who), word(who)):
                    os.write(server, b"%d\n" % who)
                    ledger.settle(attempt, key(who), ACCEPTED, NOW)

        threads = [threading.Thread(target=connection, args=(first,)) for first in range(1, connections)]
        for thread in threads:
            thread.start()
        connection(0)
        for thread in threads:
            thread.join()
        ledger.finish(attempt, NOW)
    os.close(server)


def forked(act: Callable[[], None]) -> int:
    """Run *act* in a process of its own, and return its number."""
    sys.stdout.flush()
    if child := os.fork():
        return child
    code = 1
    try:
        act()
        code = 0
    except TurnTaken:
        code = 3
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """Wait for a process, and return its exit code; that of a killed one is negative."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def cut_off(folder: Path) -> int:
    """Return how many mails a killed run has left between handing over and the answer."""
    with ledger_in(folder) as ledger:
        standing = ledger.standing("main", 11)
    return standing.counts["sending"] if standing else 0


def delivered(folder: Path) -> list[int]:
    """Return who got a mail, in order."""
    file = folder / "delivered"
    return [int(line) for line in file.read_bytes().split()] if file.exists() else []


def examined(folder: Path, members: int, cut: list[int], connections: int) -> Told:
    """Return what is known in the end, after a run that nobody kills; *cut* has what each killed run left."""
    run(folder, members, connections)
    mails = Counter(delivered(folder))
    with ledger_in(folder) as ledger:
        told = counts(ledger)
        unclear = {one.key for one in ledger.unclear("main", 11)}
    wrong = [f"{who} got {count} mails" for who, count in mails.items() if count > 1]
    # Who got nothing must at least be told; a person then says "again".
    wrong += [f"{who} is lost" for who in range(members) if who not in mails and key(who).hex()[:12] not in unclear]
    if members != told.get("accepted", 0) + told.get("ambiguous", 0) or len(unclear) != told.get("ambiguous", 0):
        wrong.append(f"the ledger says {told}, and lists {len(unclear)}")
    wrong += [f"{count} unclear after one kill" for count in cut if count > connections]
    return Told(len(cut), len(mails), len(unclear), max(cut, default=0), tuple(wrong))


def killed_at_random(folder: Path, members: int, kills: int, connections: int, chance: random.Random) -> Told:
    """Kill as many runs, each at a moment of its own: every tenth while it opens the ledger, the others while they send."""
    folder.mkdir(parents=True)
    gate, opened = os.pipe()
    sent = opening = 0.001
    done, cut = 0, []
    while len(cut) < kills:
        started = time.monotonic()
        child = forked(lambda: run(folder, members, connections, lambda: os.write(opened, b".")))
        if len(cut) % 10 == 9:
            time.sleep(chance.random() * opening)
        else:
            os.read(gate, 1)
            opening, started = time.monotonic() - started, time.monotonic()
            # A share of what is left, by what a mail took so far: machines differ.
            time.sleep(2 * chance.random() * sent / max(1, done) * (members - done) / (2 * (kills - len(cut))))
        os.kill(child, signal.SIGKILL)
        if (code := ended(child)) != _KILLED:
            # Nobody is left; the figure says how many kills there were.
            assert code == 0, f"a run ended with {code}"
            break
        if len(cut) % 10 == 9:
            os.set_blocking(gate, False)
            with contextlib.suppress(BlockingIOError):
                os.read(gate, 9)
            os.set_blocking(gate, True)
        else:
            sent += time.monotonic() - started
        cut.append(cut_off(folder))
        done = len(delivered(folder))
    os.close(gate)
    os.close(opened)
    return examined(folder, members, cut, connections)


def steps_of(folder: Path, members: int, die_at: int = -1) -> int:
    """Go through a mailing and return its steps: each statement in the ledger, each write and flush of the tally, each delivery.

    The process dies just before the step *die_at*.
    """
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        if steps == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1

    connect = durable.sqlite3.connect

    def traced(*given: object, **named: object) -> object:
        connection = connect(*given, **named)
        connection.set_trace_callback(step)
        return connection

    write, fsync = os.write, os.fsync
    durable.sqlite3.connect = traced
    os.write = lambda *given: (step(), write(*given))[1]
    os.fsync = lambda *given: (step(), fsync(*given), step())[1]
    try:
        run(folder, members)
    finally:
        durable.sqlite3.connect, os.write, os.fsync = connect, write, fsync
    return steps


def killed_at_every_step(folder: Path, members: int) -> list[Told]:
    """Kill a run at each of its steps, and resume it; a mailing of its own for each."""
    (folder / "whole").mkdir(parents=True)
    steps = steps_of(folder / "whole", members)
    found = []
    for die_at in range(steps):
        one = folder / str(die_at)
        one.mkdir()
        if (code := ended(forked(lambda one=one, die_at=die_at: steps_of(one, members, die_at)))) != _KILLED:
            raise RuntimeError(f"step {die_at} ended with {code}")
        found.append(examined(one, members, [cut_off(one)], 1))
    return found


def both_at_once(folder: Path, members: int) -> tuple[list[int], Told]:
    """Let two processes send the same letter at the same moment, and return how they ended."""
    folder.mkdir(parents=True)
    gate, opened = os.pipe()

    def waits() -> None:
        os.read(gate, 1)
        run(folder, members)

    children = [forked(waits) for _ in range(2)]
    os.write(opened, b"..")
    codes = sorted(ended(child) for child in children)
    os.close(gate)
    os.close(opened)
    return codes, examined(folder, members, [], 1)


def main() -> int:
    """Tell the whole figures."""
    wrong = 0
    with tempfile.TemporaryDirectory() as place:
        for connections in (1, 4):
            left = 500
            while left > 0:
                started = time.monotonic()
                told = killed_at_random(Path(place) / f"{connections}.{left}", 2000, left, connections, random.Random(left))
                sys.stdout.write(f"{connections} connection(s): {told}, {time.monotonic() - started:.1f} s\n")
                wrong += len(told.wrong)
                # Where everybody was served before the last kill, another mailing gets the rest of them.
                left -= told.kills
        started = time.monotonic()
        every = killed_at_every_step(Path(place) / "steps", 3)
        faults = [fault for one in every for fault in one.wrong]
        sys.stdout.write(f"{len(every)} steps: {faults}, {sum(one.unclear for one in every)} unclear, {time.monotonic() - started:.1f} s\n")
        wrong += len(faults)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
