"""Mail servers on this machine: one that misbehaves as a test says, and a well-behaved one (aiosmtpd)."""

from __future__ import annotations

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

#: The steps of a dialogue at which a server can go wrong; ``text`` is before the final dot, ``dot`` after it.
STEPS = ("connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "text", "dot")

#: Instead of an answer.
DROP = b"DROP"
#: Keeps the mail, and then drops the connection without a word: only for ``dot``.
KEEP_AND_DROP = b"KEEP AND DROP"
#: Answers nothing for ever.
SILENCE = b"SILENCE"
#: Sends an answer a byte at a time, slower than anybody should wait.
DRIP = b"DRIP"
#: Ends the encryption, or breaks it off, in the middle.
CUT = b"CUT"

_USUAL = {
    "connect": b"220 localhost ESMTP\r\n",
    "ehlo": b"250-localhost\r\n250-SIZE %d\r\n250-AUTH PLAIN LOGIN\r\n%s250 HELP\r\n",
    "starttls": b"220 go ahead\r\n",
    "auth": b"235 2.7.0 ok\r\n",
    "mail": b"250 2.1.0 ok\r\n",
    "rcpt": b"250 2.1.5 ok\r\n",
    "data": b"354 go ahead\r\n",
    "text": b"",
    "dot": b"250 2.0.0 ok\r\n",
}

#: Asked at each step with the recipient ("" before there is one) and how often this step was reached for them; None is the usual answer.
Script = Callable[[str, str, int], bytes | None]


@dataclass
class ScriptedServer:
    """A server that follows a script.  ``delivered`` is what it took on, ``asked`` how often each recipient was named to it, ``said`` each line that it read."""

    script: Script
    security: str = "none"
    context: ssl.SSLContext | None = None
    delivered: list[tuple[str, bytes]] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    said: list[bytes] = field(default_factory=list)
    size: int = 10**6
    connections: int = 0
    encrypted_at: int = 10**9
    port: int = 0
    _reached: Counter[tuple[str, str]] = field(default_factory=Counter)
    _sockets: list[socket.socket] = field(default_factory=list)
    _talks: list[threading.Thread] = field(default_factory=list)
    _ends: threading.Event = field(default_factory=threading.Event)

    @property
    def server(self) -> str:
        return f"localhost:{self.port}"

    def counts(self) -> Counter[str]:
        """Return how many mails each recipient got."""
        return Counter(recipient for recipient, _ in self.delivered)

    @contextmanager
    def running(self) -> Iterator[ScriptedServer]:
        """Listen on a free port of this machine until the block ends; what was taken on is counted by then."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            thread = threading.Thread(target=self._listen, args=(listener,), daemon=True)
            thread.start()
            try:
                yield self
            finally:
                self._ends.set()
                with suppress(OSError):
                    listener.shutdown(socket.SHUT_RDWR)
                for one in self._sockets:
                    with suppress(OSError):
                        one.shutdown(socket.SHUT_RDWR)
                for one in (thread, *self._talks):
                    one.join(5)

    def _listen(self, listener: socket.socket) -> None:
        while not self._ends.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            self._sockets.append(client)
            self._talks.append(threading.Thread(target=self._serve, args=(client,), daemon=True))
            self._talks[-1].start()

    def _serve(self, client: socket.socket) -> None:
        talk = _Talk(self, client)
        with suppress(OSError, _Over):
            talk.run()
        for one in (client, talk.sock):
            with suppress(OSError):
                one.close()


class _Over(Exception):
    """The connection ends here."""


class _Talk:
    def __init__(self, server: ScriptedServer, sock: socket.socket) -> None:
        self.server, self.sock, self.rest = server, sock, b""
        self.recipient = ""
        self.is_signing_in = False

    def run(self) -> None:
        if self.server.security == "tls":
            self._encrypt()
        self._answer("connect")
        while True:
            line = self._line()
            self.server.said.append(line)
            word = line.split(b" ")[0].upper()
            if word == b"QUIT":
                self.sock.sendall(b"221 bye\r\n")
                return
            if word == b"RSET":
                self.sock.sendall(b"250 ok\r\n")
            elif word == b"STARTTLS":
                if self._answer("starttls"):
                    self._encrypt()
            elif word == b"MAIL":
                self.server.senders.add(_inside(line))
                self.recipient = ""
                self._answer("mail")
            elif word == b"RCPT":
                self.recipient = _inside(line)
                self.server.asked[self.recipient] += 1
                self._answer("rcpt")
            elif word == b"DATA":
                if self._answer("data"):
                    self._mail()
            elif word in (b"EHLO", b"AUTH") or self.is_signing_in:
                self._answer("ehlo" if word == b"EHLO" else "auth")
            else:
                self.sock.sendall(b"500 what?\r\n")

    def _mail(self) -> None:
        said = self._scripted("text")
        if said == DROP:
            # What was sent by then is read, so that the break comes in the middle and not as a refusal to connect.
            self.sock.recv(1000)
            raise _Over
        if said:
            self._say(said)
        lines = []
        while (line := self._line()) != b".":
            lines.append(line[1:] if line.startswith(b".") else line)
        mail = b"".join(line + b"\r\n" for line in lines)
        said = self._scripted("dot")
        if said is None or said.startswith(b"2") or said in (KEEP_AND_DROP, DRIP):
            self.server.delivered.append((self.recipient, mail))
        self._say(_USUAL["dot"] if said is None else said)

    def _answer(self, step: str) -> bool:
        said = self._scripted(step)
        usual = _USUAL[step]
        if step == "ehlo":
            offers = self.server.security == "starttls" and not isinstance(self.sock, ssl.SSLSocket)
            usual %= self.server.size, b"250-STARTTLS\r\n" if offers else b""
        self._say(usual if said is None else said)
        return said is None or said[:3] == usual[:3]

    def _scripted(self, step: str) -> bytes | None:
        key = (step, self.recipient)
        self.server._reached[key] += 1
        return self.server.script(step, self.recipient, self.server._reached[key])

    def _say(self, said: bytes) -> None:
        if said in (DROP, KEEP_AND_DROP):
            raise _Over
        if said == CUT:
            # Below the encryption, so that the other side gets bytes that are no record of TLS.
            raw = socket.socket(fileno=self.sock.detach())
            raw.sendall(b"250 ok\r\n")
            raw.close()
            raise _Over
        if said == SILENCE:
            self.server._ends.wait(30)
            raise _Over
        if said == DRIP:
            for byte in b"250-" + b"x" * 1000:
                self.sock.sendall(bytes([byte]))
                if self.server._ends.wait(0.02):
                    raise _Over
            return
        self.sock.sendall(said)
        self.is_signing_in = said.startswith(b"334")
        if said.startswith(b"421"):
            raise _Over

    def _encrypt(self) -> None:
        assert self.server.context
        self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        self.server.encrypted_at = min(self.server.encrypted_at, len(self.server.said))

    def _line(self) -> bytes:
        while b"\r\n" not in self.rest:
            more = self.sock.recv(65536)
            if not more:
                raise _Over
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\r\n")
        return line


def _inside(line: bytes) -> str:
    return line.partition(b"<")[2].partition(b">")[0].decode("ascii")


def at(step: str, said: bytes, times: int = 10**9, whom: str = "") -> Script:
    """Return a script in which one step goes wrong, the first few times that it is reached, for all or for one recipient."""
    left = iter(range(times))

    def script(reached: str, recipient: str, _nth: int) -> bytes | None:
        return said if reached == step and whom in ("", recipient) and next(left, None) is not None else None

    return script


class Sink:
    """What a well-behaved server does with a mail; ``tell`` is called with sender, recipient and mail before it answers."""

    def __init__(self, tell: Callable[[str, str, bytes], None]) -> None:
        self._tell = tell

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            self._tell(envelope.mail_from or "", recipient, content)
        return "250 2.0.0 ok"


@contextmanager
def well_behaved(tell: Callable[[str, str, bytes], None], context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Run aiosmtpd and yield its address; with *context* it wants STARTTLS."""
    controller = Controller(
        Sink(tell), hostname="127.0.0.1", port=0, tls_context=context, require_starttls=context is not None, data_size_limit=2**25
    )
    # A free port is known after the server listens; aiosmtpd tries to reach the one that it was told.
    with socket.create_server(("127.0.0.1", 0)) as free:
        controller.port = free.getsockname()[1]
    controller.start()
    try:
        yield f"localhost:{controller.port}"
    finally:
        controller.stop()
