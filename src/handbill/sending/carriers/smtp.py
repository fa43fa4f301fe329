"""One mail after the other to a mail server, by SMTP.  Does not know who gets a letter, or why.

Source: RFC 5321; RFC 3207 (STARTTLS); RFC 4954 (AUTH); RFC 1870 (SIZE); RFC 8314 (TLS from the first byte).
"""

from __future__ import annotations

import base64
import re
import socket
import ssl
from contextlib import suppress
from ipaddress import ip_address

from handbill.door import Unreachable
from handbill.errors import said
from handbill.sending.carriers.dialogue import FAULTS, Dialogue, Garbled
from handbill.sending.contract import Answer, Outcome, Unsupported
from handbill.sending.refusals import Refused, answer_to, no_answer, status_of

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SERVER = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::(?P<port>\d{1,5}))?")

#: What may stand between the angle brackets of an envelope: anything else could end the command and begin another.
_ADDRESS = re.compile(r"""[^\s<>"\x00-\x20\x7f-\U0010ffff]+@[A-Za-z0-9.:\[\]-]+""")

#: After so many mails the connection is made anew: servers have a limit too, and few say which.
MAILS_PER_CONNECTION = 100


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
        dialogue = Dialogue(self._host, self._port, self._answer_s)
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
            if isinstance(reason, FAULTS):
                raise Unreachable(said("{server}: {reason}", server=self._told, reason=_why(reason))) from reason
            raise
        return SmtpConnection(dialogue, self._dot_s)

    @property
    def _told(self) -> str:
        return f"{self._host}:{self._port}"

    def _let_in(self, dialogue: Dialogue) -> None:
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
            self._want(220, dialogue.encrypt(context), said("answers STARTTLS with"))
            self._want(250, dialogue.ehlo(), said("answers EHLO with"))
        if self._user:
            self._sign_in(dialogue)

    def _sign_in(self, dialogue: Dialogue) -> None:
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
        self._want(235, reply, said("does not accept the user and the password, and says"))

    def _want(self, code: int, reply: tuple[int, bytes], what: str) -> None:
        """Raise what a reply other than *code* means for everybody; the server's words are not told: they may name people."""
        got = reply[0]
        if got != code:
            answer = f"{got} {status_of(*reply)}".strip()
            kind = Refused if 500 <= got < 600 else Unreachable
            raise kind(said("{server} {what} {answer}", server=self._told, what=what, answer=answer))


class SmtpConnection:
    """An open dialogue, for one thread."""

    def __init__(self, dialogue: Dialogue, dot_s: float) -> None:
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
        except FAULTS:
            dialogue.close()
            return no_answer(stage)
        return self._after(answer_to(*reply, stage))

    def close(self) -> None:
        """Say QUIT, and do not wait long for the answer."""
        with suppress(*FAULTS):
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
            except FAULTS:
                closes = True
        if closes:
            self.close()
        return Answer(answer.outcome, answer.code, answer.status, answer.blames, closes)


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


def _why(reason: BaseException) -> str:
    if isinstance(reason, socket.gaierror):
        return said("no server of this name is known")
    if isinstance(reason, ConnectionRefusedError):
        return said("nobody listens there")
    if isinstance(reason, TimeoutError):
        return said("no answer in time")
    if isinstance(reason, ssl.SSLError):
        return said("the encryption did not come about")
    if isinstance(reason, Garbled):
        return said("what answers is no mail server")
    return said("the connection broke")
