"""kill -9 of a sender that talks to a mail server, at random instants: who got what afterwards.

``python -m tests.sending.killing_by_smtp 500 2000 4``: kills, members, connections; prints what was found as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.sending.runs import ledger_in, letter, members, states
from tests.sending.sinks import sink, taken

from handbill.sending.carriers.smtp import Smtp
from handbill.sending.delivering import deliver
from handbill.sending.means import Means
from handbill.sending.pace import DayCap, Pace

#: A letter in its usual size.
SIZE = 72_000


def send(folder: Path, server: str, many: int, connections: int) -> None:
    """Go on with the letter until it is through, as the command does."""
    whom = members(many)
    mailing = letter(SIZE)

    def now() -> datetime:
        return datetime.now(UTC)

    with ledger_in(folder) as ledger:
        run = ledger.begin(mailing, ((one.key, one.lang, one.row) for one in whom), now())
        means = Means(
            pace=Pace(1000, time.monotonic, time.sleep),
            day=DayCap(0, ledger.sent_since, now),
            now=now,
            sleep=time.sleep,
            jitter=random.random,
            connections=connections,
        )
        deliver(mailing, lambda: whom, Smtp(server, "none"), ledger, run, means)


def forked(folder: Path, server: str, many: int, connections: int) -> int:
    """Begin a run in a process of its own; return its number."""
    if child := os.fork():
        return child
    code = 1
    try:
        send(folder, server, many, connections)
        code = 0
    finally:
        os._exit(code)


def kill_at_random(folder: Path, kills: int, many: int, connections: int, seed: int) -> dict[str, int]:
    """Kill one run after the other, let the last one end, and return what was found.

    Each is killed some mails after it began, and a moment later still; every fifth before it may have sent any.
    """
    dice = random.Random(seed)
    log = folder / "log"
    killed = 0
    with sink(log) as server:
        while killed < kills:
            before = _size(log)
            share = max(many - len(taken(log)), 1) / (kills - killed)
            goal = before + int(dice.uniform(0.0, 1.4 * share)) * len("m1000@essai.example\n")
            child = forked(folder, server, many, connections)
            if killed % 5 == 0:
                time.sleep(dice.uniform(0.0, 0.05))
            else:
                while _size(log) <= goal and os.waitpid(child, os.WNOHANG) == (0, 0):
                    time.sleep(0.0005)
                time.sleep(dice.uniform(0.0, 0.01))
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                # It went through to the end of the list: there is nobody left to be killed over.
                break
            os.waitpid(child, 0)
            killed += 1
        child = forked(folder, server, many, connections)
        _, status = os.waitpid(child, 0)
        assert status == 0, status
        return found(folder, many) | {"kills": killed, "connections": connections}


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def two_at_once(folder: Path, many: int, times: int) -> dict[str, int]:
    """Let two processes send the same letter at the same moment, again and again, and return what was found."""
    with sink(folder / "log") as server:
        for _ in range(times):
            children = [forked(folder, server, many, 2) for _ in range(2)]
            time.sleep(0.3)
            for one in children:
                os.kill(one, signal.SIGKILL)
                os.waitpid(one, 0)
        children = [forked(folder, server, many, 2) for _ in range(2)]
        for one in children:
            os.waitpid(one, 0)
        os.waitpid(forked(folder, server, many, 2), 0)
        return found(folder, many)


def found(folder: Path, many: int) -> dict[str, int]:
    """Compare what the server took with what the ledger says."""
    got, now = taken(folder / "log"), states(folder)
    with ledger_in(folder) as ledger:
        unclear = tuple(one.key for one in ledger.unclear("main", 11))
    without = [one for one in members(many) if one.address not in got and not one.key.hex().startswith(unclear)]
    return {
        "members": many,
        "mails": got.total(),
        "twice": sum(1 for times in got.values() if times > 1),
        "accepted": now.get("accepted", 0),
        "unclear": now.get("ambiguous", 0),
        # Neither the server knows them nor the list of those whom a person is to ask about.
        "lost": len(without) + many - now.get("accepted", 0) - now.get("ambiguous", 0),
    }


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]] + [500, 2000, 1][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory(prefix="handbill-test-") as made:
        for part in ("kills", "two"):
            (Path(made) / part).mkdir()
        result = {
            "killed": kill_at_random(Path(made) / "kills", *numbers, seed=7),
            "two at once": two_at_once(Path(made) / "two", min(numbers[1], 200), max(1, numbers[0] // 100)),
        }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
