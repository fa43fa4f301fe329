"""One mail after the other to a mail server, by SMTP.  Knows smtplib; does not know who gets a letter, or why.

The dialogue is smtplib's, but its ``data`` sends the text and the final dot in one
go, and who does not know whether the dot went out does not know whether the mail
may have arrived.  Here they are sent apart.

Source: RFC 5321; RFC 3207 (STARTTLS); RFC 4954 (AUTH); RFC 1870 (SIZE); RFC 8314 (TLS from the first byte).
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from ipaddress import ip_address
from time import monotonic
from typing import Any

from handbill.errors import said
from handbill.sending.contract import Answer, Outcome, Unreachable, Unsupported
from handbill.sending.refusals import Refused, answer_to, no_answer

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SERVER = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::(?P<port>\d{1,5}))?")

#: What may stand between the angle brackets of an envelope: anything else could end the command and begin another.
_ADDRESS = re.compile(r"""[^\s<>"\x00-\x20\x7f-\U0010ffff]+@[A-Za-z0-9.:\[\]-]+""")

#: After so many mails the connection is made anew: servers have a limit too, and few say which.
MAILS_PER_CONNECTION = 100

_LINES, _LINE = 128, 8192


class Smtp:
    """A mail server.  *server* is ``host``, ``host:port`` or ``[address]:port``, *security* as in hub.local.toml.

    Timeouts are those that RFC 5321, 4.5.3.2 asks for, except for making the connection.
    """

    name = "smtp"

    def __init__(
        self,
        server: str,
        security: str = "starttls",
        user: str = "",
        password: str = "",
        *,
        connect_s: float = 30.0,
        answer_s: float = 300.0,
        dot_s: float = 600.0,
    ) -> None:
        """Take what hub.local.toml says.

        Raises:
            Unsupported: the server has no readable name, or a mail or a password would cross a network unencrypted.
        """
        read = _SERVER.fullmatch(server)
        if not read or not 0 < (port := int(read["port"] or _PORTS[security])) < 65536:
            raise Unsupported(said("server: found “{server}”, wanted a name and a port, such as smtp.lettre.example:587", server=server))
        self._host, self._port = read["host"].strip("[]"), port
        self._security, self._user, self._password = security, user, password
        self._connect_s, self._answer_s, self._dot_s = connect_s, answer_s, dot_s
        if security == "none" and not (self._host == "localhost" or _is_here(self._host)):
            raise Unsupported(
                said("security: found none, wanted starttls or tls: without encryption letters may only go to a server on this machine")
            )
        if security == "none" and user:
            raise Unsupported(said("security: found none, wanted starttls or tls: a password is never sent without encryption"))

    def connect(self) -> SmtpConnection:
        """Return a connection that is encrypted as asked, and signed in.

        Raises:
            Refused: we are not let in, and asking again would not change that.
            Unreachable: nobody answers, or not now.
        """
        dialogue = _Dialogue(self._host, self._port, self._answer_s)
        try:
            self._let_in(dialogue)
        except BaseException as reason:
            dialogue.close()
            if isinstance(reason, ssl.SSLCertVerificationError):
                raise Refused(
                    said("{server}: its certificate is not to be trusted: {reason}", server=self._host, reason=reason.verify_message)
                ) from reason
            if isinstance(reason, UnicodeError):
                raise Refused(said("{server}: this is no name of a server", server=self._told)) from reason
            if isinstance(reason, (OSError, smtplib.SMTPException)):
                raise Unreachable(said("{server}: {reason}", server=self._told, reason=_why(reason))) from reason
            raise
        return SmtpConnection(dialogue, self._dot_s)

    @property
    def _told(self) -> str:
        return f"{self._host}:{self._port}"

    def _let_in(self, dialogue: _Dialogue) -> None:
        context = None if self._security == "none" else ssl.create_default_context()
        dialogue.begin(self._connect_s, context if self._security == "tls" else None)
        if self._security == "none" and not _is_here(dialogue.peer):
            raise Refused(said("{server} is not on this machine, and the connection would not be encrypted", server=self._told))
        self._want(220, dialogue.getreply(), said("greets with"))
        self._want(250, dialogue.ehlo(), said("answers EHLO with"))
        if self._security == "starttls" and context:
            if not dialogue.has_extn("starttls"):
                raise Refused(
                    said("{server} cannot encrypt the connection, or somebody on the way keeps it from saying so", server=self._told)
                )
            try:
                dialogue.starttls(context=context)
            except smtplib.SMTPResponseException as reason:
                words = reason.smtp_error
                self._want(220, (reason.smtp_code, words if isinstance(words, bytes) else words.encode()), said("answers STARTTLS with"))
            self._want(250, dialogue.ehlo(), said("answers EHLO with"))
        if self._user:
            self._sign_in(dialogue)

    def _sign_in(self, dialogue: _Dialogue) -> None:
        offered = dialogue.esmtp_features.get("auth", "").upper().split()
        user, password = (base64.b64encode(one.encode()).decode() for one in (self._user, self._password))
        if "PLAIN" in offered:
            both = base64.b64encode(f"\0{self._user}\0{self._password}".encode()).decode()
            reply = dialogue.docmd("AUTH", f"PLAIN {both}")
        elif "LOGIN" in offered:
            reply = dialogue.docmd("AUTH", f"LOGIN {user}")
            if reply[0] == 334:
                reply = dialogue.docmd(password)
        else:
            raise Refused(said("{server} offers no way to sign in that is known here (PLAIN, LOGIN)", server=self._told))
        self._want(235, reply, said("answers the sign-in with"))

    def _want(self, code: int, reply: tuple[int, bytes], what: str) -> None:
        """Raise what a reply other than *code* means for everybody; the server's words are not told: they may name people."""
        got = reply[0]
        if got != code:
            status = re.match(rb"[245]\.\d{1,3}\.\d{1,3}\b", reply[1])
            answer = f"{got} {status[0].decode()}" if status else str(got)
            kind = Refused if 500 <= got < 600 else Unreachable
            raise kind(said("{server} {what} {answer}", server=self._told, what=what, answer=answer))


class SmtpConnection:
    """An open dialogue, for one thread."""

    def __init__(self, dialogue: _Dialogue, dot_s: float) -> None:
        self._dialogue = dialogue
        self._dot_s = dot_s
        self._handed = 0

    def hand(self, mail: bytes, sender: str, recipient: str) -> Answer:
        """Hand over one mail.

        Raises:
            Unsupported: the mail or an address has signs that this way cannot carry; nothing was handed over.
        """
        _check(mail, sender, recipient)
        dialogue = self._dialogue
        most = dialogue.esmtp_features.get("size", "").split(" ")[0]
        if most.isdecimal() and 0 < int(most) < len(mail):
            return Answer(Outcome.BOUNCED, 552, "5.3.4", blames="sender")
        stage = "mail"
        try:
            size = f" SIZE={len(mail)}" if "size" in dialogue.esmtp_features else ""
            reply = dialogue.docmd("MAIL", f"FROM:<{sender}>{size}")
            if reply[0] // 100 == 2:
                stage = "rcpt"
                reply = dialogue.docmd("RCPT", f"TO:<{recipient}>")
            if stage == "rcpt" and reply[0] // 100 == 2:
                stage = "data"
                reply = dialogue.docmd("DATA")
            if stage == "data" and reply[0] == 354:
                dialogue.text(mail)
                # From here on the server may deliver, whatever we get to hear.
                stage = "dot"
                reply = dialogue.dot(self._dot_s)
        except (OSError, smtplib.SMTPException):
            dialogue.close()
            return no_answer(stage)
        return self._after(answer_to(*reply, stage))

    def close(self) -> None:
        """Say QUIT, and do not wait long for the answer."""
        with suppress(OSError, smtplib.SMTPException):
            self._dialogue.timeout = 5.0
            self._dialogue.quit()
        self._dialogue.close()

    def _after(self, answer: Answer) -> Answer:
        """Return *answer*, and whether the connection is good for another mail."""
        self._handed += 1
        closes = answer.closes or self._handed >= MAILS_PER_CONNECTION
        if not closes and answer.outcome is not Outcome.ACCEPTED:
            try:
                closes = self._dialogue.docmd("RSET")[0] != 250
            except (OSError, smtplib.SMTPException):
                closes = True
        if closes:
            self.close()
        return Answer(answer.outcome, answer.code, answer.status, answer.blames, closes)


class _Garbled(smtplib.SMTPException):
    """What came is no reply of a mail server."""


class _Dialogue(smtplib.SMTP):
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
        return str(self.sock.getpeername()[0]) if self.sock else ""

    def begin(self, timeout: float, context: ssl.SSLContext | None) -> None:
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
        stuffed = mail.replace(b"\r\n.", b"\r\n..")
        self.send((b"." if stuffed.startswith(b".") else b"") + stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n"))
        self._want_silence()

    def dot(self, timeout: float) -> tuple[int, bytes]:
        usual, self.timeout = self.timeout, timeout
        try:
            self.send(b".\r\n")
            return self.getreply()
        finally:
            self.timeout = usual

    def putcmd(self, cmd: str, args: str = "") -> None:
        # Who speaks before being asked is out of step, and the next reply would be taken for another's.
        # What came before the encryption and was not asked for may moreover have come from anybody.
        if self._rest:
            raise _Garbled
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
                raise _Garbled
            codes.add(int(read[1]))
            texts.append((read[3] or b"").strip())
            if read[2] != b"-":
                if len(codes) > 1:
                    raise _Garbled
                return codes.pop(), b"\n".join(texts)
        raise _Garbled

    def _want_silence(self) -> None:
        """Raise if the server spoke or went away before the dot: it has not delivered, and its word would be taken for the answer."""
        if self._rest or not self.sock:
            raise _Garbled
        self.sock.settimeout(0.0)
        with suppress(BlockingIOError, ssl.SSLWantReadError):
            self.sock.recv(1)
            raise _Garbled

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._rest:
            if not self.sock or len(self._rest) > _LINE:
                raise _Garbled
            self.sock.settimeout(max(until - monotonic(), 0.001))
            more = self.sock.recv(4096)
            if not more:
                raise smtplib.SMTPServerDisconnected
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.rstrip(b"\r")


def _check(mail: bytes, sender: str, recipient: str) -> None:
    if not (_ADDRESS.fullmatch(recipient) and len(recipient) <= 254 and (not sender or _ADDRESS.fullmatch(sender))):
        raise Unsupported(said("an address has signs that this way of sending cannot carry; only ASCII ones are sent to (no SMTPUTF8)"))
    if not mail.isascii() or b"\0" in mail or not mail.count(b"\r\n") == mail.count(b"\n") == mail.count(b"\r"):
        raise Unsupported(said("the mail has bytes that no mail may have: only ASCII in lines that end with CR LF is sent"))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _why(reason: OSError | smtplib.SMTPException) -> str:
    if isinstance(reason, socket.gaierror):
        return said("no server of this name is known")
    if isinstance(reason, ConnectionRefusedError):
        return said("nobody listens there")
    if isinstance(reason, TimeoutError):
        return said("no answer in time")
    if isinstance(reason, ssl.SSLError):
        return said("the encryption did not come about")
    if isinstance(reason, _Garbled):
        return said("what answers is no mail server")
    return said("the connection broke")
