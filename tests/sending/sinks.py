"""A well-behaved mail server in a process of its own, which writes down whom it took a mail for before it says so."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sending.smtp_servers import Sink

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def sink(log: Path) -> Iterator[str]:
    """Yield the address of a server that writes each recipient to *log*; it outlives whoever is killed beside it."""
    process = subprocess.Popen([sys.executable, "-m", "tests.sending.sinks", str(log)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield f"localhost:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def taken(log: Path) -> Counter[str]:
    """Return how many mails each recipient got."""
    return Counter(log.read_text(encoding="ascii").split() if log.exists() else ())


def _serve(log: Path) -> None:
    from aiosmtpd.smtp import SMTP

    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def protocol() -> SMTP:
        return SMTP(Sink(lambda _sender, recipient, _mail: os.write(file, recipient.encode() + b"\n")), hostname="localhost", ident="sink")

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await server.serve_forever()

    asyncio.run(run())


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
