"""A letter's headers, text and HTML → one MIME message, the same bytes everywhere."""

from __future__ import annotations

import binascii
import hashlib
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser

from handbill.outputs.mail.headers import headers_of
from handbill.outputs.mail.record import TOKEN, Letter

#: The longest line of quoted-printable, with the sign that breaks it (RFC 2045, 6.7).
LONGEST = 76
#: What writing one sign as a number adds to a line.
_ROOM = 2


class Injected(MessageError):
    """The written headers are not those that were meant: a value became a header of its own."""


class _Written(policy.EmailPolicy):
    """Writes header values exactly as they are given; they come encoded and folded."""

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        return name, value

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - as the class wants it
        return value

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii")


_POLICY = _Written(linesep="\r\n", cte_type="7bit")


def message_of(letter: Letter, text: str, html: str) -> bytes:
    """Return the mail of a letter, with CR LF at the end of each line, for any transport.

    Raises:
        Refused: a value must not stand in a header.
        Injected: the headers, read again, are not those that were meant.
    """
    name = _digest(headers_of(letter, ""), text, html)
    headers = headers_of(letter, name)
    mail = EmailMessage(policy=_POLICY)
    for header, value in headers:
        mail[header] = value
    mail["MIME-Version"] = "1.0"
    # "=_" cannot occur in quoted-printable text, so nothing that somebody wrote ends a part.
    boundary = f"=_{name[32:56]}"
    mail["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'
    # The last part is the one that programs prefer.
    mail.set_payload([_part("plain", text), _part("html", html)])
    raw = mail.as_bytes()
    _compare(raw, (*headers, ("MIME-Version", "1.0"), ("Content-Type", mail["Content-Type"])), letter)
    return raw


def _digest(headers: tuple[tuple[str, str], ...], text: str, html: str) -> str:
    """Return the digest of all that is mailed and nothing else, so that another version of this program gives the same names."""
    said = (*(f"{name}: {value}" for name, value in headers), text, html)
    return hashlib.sha256("\0".join(said).encode("utf-8")).hexdigest()


def _part(kind: str, content: str) -> EmailMessage:
    part = EmailMessage(policy=_POLICY)
    part["Content-Type"] = f"text/{kind}; charset=utf-8"
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(quoted(content))
    return part


def quoted(content: str) -> str:
    """Return text as quoted-printable in which no line break cuts a member's token in two.

    Sending replaces the token in these bytes by one of the same length.
    """
    # Line by line, because the end of the first line would decide what the others end in.
    return "\n".join(_folded(_encoded(line)) for line in content.split("\n"))


def _encoded(line: str) -> str:
    return binascii.b2a_qp(line.encode("utf-8"), istext=True).decode("ascii").replace("=\n", "").replace("\r", "=0D")


def _folded(line: str) -> str:
    lines = []
    start = 0
    while len(line) - start > LONGEST - _ROOM:
        end = start + LONGEST - _ROOM - 1
        token = line.rfind(TOKEN, start, end + len(TOKEN) - 1)
        if start < token < end < token + len(TOKEN):
            end = token
        # Neither between "=" and its two digits.
        for back in (1, 2):
            if line[end - back] == "=":
                end -= back
                break
        lines.append(line[start:end] + "=")
        start = end
    lines.append(line[start:])
    return "\n".join(_shielded(line) for line in lines)


def _shielded(line: str) -> str:
    # Mailboxes in one file take such a line for the beginning of the next mail, and put ">" before it.
    return f"=46{line[1:]}" if line.startswith("From ") else line


def _compare(raw: bytes, meant: tuple[tuple[str, str], ...], letter: Letter) -> None:
    """Read the headers as a receiver does, and refuse the mail if they are not those that were meant."""
    head = raw[: raw.index(b"\r\n\r\n") + 4]
    read = BytesHeaderParser(policy=policy.compat32).parsebytes(head)
    if read.keys() != [name for name, _ in meant]:
        raise Injected(f"the headers {', '.join(read.keys())} instead of {', '.join(name for name, _ in meant)}")
    for name, value in meant:
        if "".join(str(read[name]).splitlines()) != "".join(value.splitlines()):
            raise Injected(f"{name}: “{read[name]}” instead of “{value}”")
    subject = str(make_header(decode_header("".join(str(read["Subject"]).splitlines()))))
    if subject != letter.subject:
        raise Injected(f"the subject “{subject}” instead of “{letter.subject}”")
