"""The headers of a frozen mail, read as a receiver reads them; and a trial of the Python that is running.

Some Pythons write an encoded line feed out as a real one (CVE-2024-6923).  A
letter may have been frozen by another one than that which sends it, so both
are looked at before anything leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser

from handbill.errors import MachineLacks, Said, said
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN, Letter

#: Every header that a letter may have; each at most once.
KNOWN = (
    "From", "Reply-To", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive",
    "List-Help", "List-Subscribe", "Feedback-ID", "Precedence", "Content-Language", "MIME-Version", "Content-Type",
)  # fmt: skip
_NEEDED = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type")

_ENDS = re.compile(rb"\r\n|[\r\n]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

#: What would begin a header of its own, or end all headers, where a value is written as it is given.
_TRAPS = (
    "\r\nBcc: trap@probe.example", "\nX-Trap: 1", "\r\n\r\ntrap", "\rX-Trap: 1", "é\nX-Trap: 1", "\u2028X-Trap: 1",
    "=?utf-8?q?=0AX-Trap:_1?=",
)  # fmt: skip
_FIELDS = ("subject", "name", "sender", "reply_to", "host", "unsubscribe", "unsubscribe_mail", "archive", "subscribe", "lang")

_PROBE = Letter(
    lang="fr", community="", base="https://probe.example/", home="https://probe.example/", key="main", name="L’épreuve des en-têtes",
    number=1, subject="Où l’on éprouve un sujet assez long pour être plié deux fois, avec des accents jusqu’au bout\u00a0: été",
    preheader="", title="", published="2026-05-07T18:00:00+02:00", address="https://probe.example/1/", content=(),
    archive="https://probe.example/", help="https://probe.example/", subscribe="https://probe.example/s",
    unsubscribe=f"https://probe.example/{TOKEN}", sender="L’épreuve <probe@probe.example>", reply_to="Été <probe@probe.example>",
    postal_address="", host="probe.example", colours=(), unsubscribe_mail="stop@probe.example",
)  # fmt: skip


def probe() -> None:
    """Write mails from values that try to become headers, and see that none does.

    Raises:
        MachineLacks: this Python writes headers that nobody asked for, or other words than were given to it.
    """
    try:
        raw = message_of(_PROBE, "", "")
    except (MessageError, ValueError) as error:
        raise _unfit() from error
    plain = list(_fields(raw))
    if any(faults_of(raw, _PROBE.subject)):
        raise _unfit()
    for field in _FIELDS:
        for trap in _TRAPS:
            for value in (getattr(_PROBE, field) + trap, trap + getattr(_PROBE, field)):
                try:
                    raw = message_of(replace(_PROBE, **{field: value}), "", "")
                except (ValueError, MessageError):
                    continue
                if list(_fields(raw)) != plain:
                    raise _unfit()


def faults_of(mail: bytes, subject: str) -> Iterator[Said]:
    """Yield what is wrong with the headers of a mail: a line too many, a header twice, a subject that is not the letter's."""
    head, gap, _ = mail.partition(b"\r\n\r\n")
    if not gap or not head.isascii() or any(one != b"\r\n" for one in _ENDS.findall(head)):
        yield said("headers that do not end as mail servers want it")
        return
    names = [name.lower() for name in _fields(mail)]
    known = [name.lower() for name in KNOWN]
    if odd := [name for name in names if name not in known]:
        yield said("the header {name}, which no letter has", name=odd[0])
    if twice := [name for name in names if names.count(name) > 1]:
        yield said("the header {name} twice", name=twice[0])
    if missing := [name for name in _NEEDED if name.lower() not in names]:
        yield said("no header {name}", name=missing[0])
        return
    read = BytesHeaderParser(policy=policy.compat32).parsebytes(head + gap)
    if [name.lower() for name in read] != names:
        yield said("headers that two programs read in two ways")
    for name in ("From", "Reply-To", "To", "Subject"):
        if _CONTROL.search(told := _decoded(read[name] or "")):
            yield said("a control sign within the header {name}", name=name)
        elif name == "Subject" and told != subject:
            yield said("another subject than that of the letter")


def address_in(mail: bytes) -> str:
    """Return the address that a mail comes from."""
    read = BytesHeaderParser(policy=policy.compat32).parsebytes(mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    value = "".join(str(read["From"] or "").splitlines())
    found = re.search(r"<([^<>]*)>$", value)
    return found[1] if found else value.strip()


def header(mail: bytes, name: str) -> str:
    """Return a header that stands on one line, "" where there is none."""
    head = mail.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    found = re.search(rf"(?im)^{re.escape(name)}:[ \t]*(.*?)\r?$", head)
    return found[1] if found else ""


def _fields(mail: bytes) -> Iterator[str]:
    """Yield the name of each header, by the lines alone: a line that does not begin with a space begins a header."""
    for line in mail.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        if not line.startswith((b" ", b"\t")):
            yield line.partition(b":")[0].decode("ascii", "replace")


def _decoded(value: object) -> str:
    written = "".join(str(value).splitlines())
    try:
        return str(make_header(decode_header(written)))
    except (MessageError, LookupError, ValueError):
        return "\0"


def _unfit() -> MachineLacks:
    return MachineLacks(said("the Python of this machine writes headers of mails that nobody asked for; send with another version of it"))
