"""How many mails the ledger allows in a second on this disk: ``python -m tests.sending.ledger_speed``.

Each is taken and settled, with the tally between: three flushes, of which
connections that wait at the same moment share two.  Nothing is handed over.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.sending.mailings import NOW, audience, ledger_in, mailing, serve

MAILS = 2000


def flush_ms(folder: Path, times: int = 300) -> float:
    """Return what one flush of one more byte takes."""
    descriptor = os.open(folder / "flushed", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    started = time.perf_counter()
    for _ in range(times):
        os.write(descriptor, b".")
        os.fsync(descriptor)
    took = time.perf_counter() - started
    os.close(descriptor)
    return took / times * 1000


def mails_per_second(folder: Path, connections: int) -> float:
    """Return how many mails so many connections get through together."""
    with ledger_in(folder) as ledger:
        run = ledger.begin(mailing(), audience(MAILS), NOW)

        def connection(first: int) -> None:
            for who in range(first, MAILS, connections):
                assert serve(ledger, run, who)

        threads = [threading.Thread(target=connection, args=(first,)) for first in range(connections)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return MAILS / (time.perf_counter() - started)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as place:
        sys.stdout.write(f"a flush: {flush_ms(Path(place)):.2f} ms\n")
        for many in (1, 4, 16):
            sys.stdout.write(f"{many} connection(s): {mails_per_second(Path(place) / str(many), many):.0f} mails/s\n")
