"""Mail servers in processes of their own, which write down whom they took a mail for before they say so.

``aiosmtpd`` behaves well; ``quick`` knows just enough of SMTP to be faster than any sender.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sending.smtp_servers import Sink

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def sink(log: Path, kind: str = "aiosmtpd") -> Iterator[str]:
    """Yield the address of a server that writes each recipient to *log*; it outlives whoever is killed beside it."""
    process = subprocess.Popen([sys.executable, "-m", "tests.sending.sinks", str(log), kind], cwd=ROOT, stdout=subprocess.PIPE, text=True)
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


class Quick(asyncio.Protocol):
    """A server that looks for the end of a mail and at nothing else in it."""

    def __init__(self, tell: Callable[[bytes], object]) -> None:
        self._tell = tell
        self._rest = bytearray()
        self._recipient = b""
        self._is_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 quick\r\n")

    def data_received(self, data: bytes) -> None:
        self._rest += data
        end = b"\r\n.\r\n" if self._is_text else b"\r\n"
        while (at := self._rest.find(end, max(0, len(self._rest) - len(data) - 5))) >= 0:
            line = bytes(self._rest[:at]) if not self._is_text else b"."
            del self._rest[: at + len(end)]
            self._answer(line)
            end = b"\r\n" if not self._is_text else end

    def _answer(self, line: bytes) -> None:
        word = line[:4].upper()
        self._is_text = word == b"DATA"
        if word == b"RCPT":
            self._recipient = line.partition(b"<")[2].partition(b">")[0]
        if word == b".":
            self._tell(self._recipient + b"\n")
        self._transport.write(b"354 go\r\n" if self._is_text else b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
        if word == b"QUIT":
            self._transport.close()


def _serve(log: Path, kind: str) -> None:
    from aiosmtpd.smtp import SMTP

    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def protocol() -> asyncio.Protocol:
        if kind == "quick":
            return Quick(lambda line: os.write(file, line))
        return SMTP(Sink(lambda _sender, recipient, _mail: os.write(file, recipient.encode() + b"\n")), hostname="localhost", ident="sink")

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await server.serve_forever()

    asyncio.run(run())


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), sys.argv[2])
