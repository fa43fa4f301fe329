"""A dialogue with a mail server: smtplib's, bounded in length and in time, in which the final dot of a mail goes out by itself.

smtplib's own ``data`` sends the text and the dot in one go, and who does not know
whether the dot went out does not know whether the mail may have arrived.

Source: RFC 5321, 4.1.1.4 and 4.2; RFC 3207 (STARTTLS).
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from time import monotonic
from typing import Any

#: What any call here can raise when a server or the network is at fault.
FAULTS = (OSError, smtplib.SMTPException)

_LINES, _LINE = 128, 8192


class Garbled(smtplib.SMTPException):
    """What came is no reply of a mail server."""


class Dialogue(smtplib.SMTP):
    """smtplib's dialogue with replies that are bounded in length and in time, and a text that goes out before its dot."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        # The machine's own name is nobody's business, and finding it can take seconds.
        super().__init__(local_hostname="[127.0.0.1]", timeout=timeout)
        self.timeout: float = timeout
        self._host = host
        self._port = port
        self._rest = b""

    @property
    def peer(self) -> str:
        """Return the address that answers."""
        return str(self.sock.getpeername()[0]) if self.sock else ""

    def begin(self, timeout: float, context: ssl.SSLContext | None) -> None:
        """Open the connection, with *context* encrypted from the first byte; the greeting is still to be read."""
        sock = socket.create_connection((self._host, self._port), timeout)
        # A dot alone would wait for the acknowledgement of the text before it, 40 ms for each mail.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        if context:
            self.sock = context.wrap_socket(sock, server_hostname=self._host)

    def send(self, s: Any) -> None:
        if self.sock:
            self.sock.settimeout(self.timeout)
        super().send(s)

    def text(self, mail: bytes) -> None:
        """Send a mail without its final dot: when this raises, the server has not delivered it."""
        stuffed = mail.replace(b"\r\n.", b"\r\n..")
        self.send((b"." if stuffed.startswith(b".") else b"") + stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n"))
        self._want_silence()

    def dot(self, timeout: float) -> tuple[int, bytes]:
        """Send the final dot, and return the answer; from here on the mail may arrive, whatever is raised."""
        usual, self.timeout = self.timeout, timeout
        try:
            self.send(b".\r\n")
            return self.getreply()
        finally:
            self.timeout = usual

    def encrypt(self, context: ssl.SSLContext) -> tuple[int, bytes]:
        """Ask for encryption, and return the answer; after 220 all goes through *context*."""
        try:
            self.starttls(context=context)
        except smtplib.SMTPResponseException as reason:
            words = reason.smtp_error
            return reason.smtp_code, words if isinstance(words, bytes) else words.encode()
        return 220, b""

    def putcmd(self, cmd: str, args: str = "") -> None:
        # Who speaks before being asked is out of step, and the next reply would be taken for another's.
        # What came before the encryption and was not asked for may moreover have come from anybody.
        if self._rest:
            raise Garbled
        super().putcmd(cmd, args)

    def getreply(self) -> tuple[int, bytes]:
        """Return one reply; smtplib's own waits for ever on a server that sends a byte now and then, and reads lines without end."""
        until = monotonic() + self.timeout
        texts: list[bytes] = []
        codes = set()
        while len(texts) < _LINES:
            line = self._line(until)
            read = re.fullmatch(rb"([2-5]\d\d)(?:([ -])(.*))?", line)
            if not read:
                raise Garbled
            codes.add(int(read[1]))
            texts.append((read[3] or b"").strip())
            if read[2] != b"-":
                if len(codes) > 1:
                    raise Garbled
                return codes.pop(), b"\n".join(texts)
        raise Garbled

    def _want_silence(self) -> None:
        """Raise if the server spoke or went away before the dot: it has not delivered, and its word would be taken for the answer."""
        if self._rest or not self.sock:
            raise Garbled
        self.sock.settimeout(0.0)
        with suppress(BlockingIOError, ssl.SSLWantReadError):
            self.sock.recv(1)
            raise Garbled

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._rest:
            if not self.sock or len(self._rest) > _LINE:
                raise Garbled
            self.sock.settimeout(max(until - monotonic(), 0.001))
            more = self.sock.recv(4096)
            if not more:
                raise smtplib.SMTPServerDisconnected
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.rstrip(b"\r")
