"""Mails that come back, as servers write them, and as somebody would write them who means harm."""

from __future__ import annotations

from tests.sending.mailings import ACCEPTED, NOW, SECRET

from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Mailing, Version
from handbill.sending.keys import member_key, token_of
from handbill.sending.ledger import Ledger

#: The address that returned mails come to.
BOUNCES = "retours+{token}@lettre.example"

MESSAGE_ID = "<main.11.0123456789abcdef0123456789abcdef@essai.example>"
LEAVING = f"<https://essai.example/adieu/{TOKEN}>, <mailto:adieu@essai.example?subject=unsubscribe%20{TOKEN}>"

ADA, BOB, EVE = "ada@membres.example", "bob@membres.example", "eve@membres.example"


def token(address: str = ADA, letter: str = "main") -> str:
    """Return the token of a member."""
    return token_of(SECRET, letter, member_key(SECRET, address))


def letter(number: int = 11, message_id: str = MESSAGE_ID, leaving: str = LEAVING, key: str = "main") -> Mailing:
    """Return a mailing whose mail has the headers by which it is known again."""
    mail = f"{_head(message_id, leaving)}MIME-Version: 1.0\r\n\r\nBonjour {TOKEN}\r\n".encode("ascii")
    version = Version(str(number), "fr", f"{number:064x}", "Objet", "https://essai.example/", "", "", mail)
    return Mailing(key, number, NOW, (version,))


def sent(ledger: Ledger, mailing: Mailing, *addresses: str) -> None:
    """Let the ledger know that these members were sent a mailing."""
    keys = {key: token_of(SECRET, mailing.letter, key) for key in (member_key(SECRET, one) for one in addresses)}
    run = ledger.begin(mailing, ((key, "fr", row) for row, key in enumerate(keys, 2)), NOW)
    for key, word in keys.items():
        assert ledger.take(run, key, word)
        ledger.settle(run, key, ACCEPTED, NOW)
    ledger.finish(run, NOW)


def _head(message_id: str, leaving: str) -> str:
    return (
        "From: La lettre <lettre@essai.example>\r\nTo: La lettre <lettre@essai.example>\r\nSubject: Objet\r\n"
        + (f"Message-ID: {message_id}\r\n" if message_id else "")
        + (f"List-Unsubscribe: {leaving}\r\n" if leaving else "")
    )


def enclosed(word: str = "", message_id: str = MESSAGE_ID, kind: str = "message/rfc822") -> str:
    """Return the part of a report that holds the mail it is about; with the token *word* it is a member's own."""
    head = _head(message_id, LEAVING.replace(TOKEN, word) if word else "")
    return f"Content-Type: {kind}\r\n\r\n{head}\r\nBonjour\r\n"


def group(recipient: str = ADA, action: str = "failed", status: str = "5.1.1", diagnostic: str = "smtp; 550 5.1.1 no such user") -> str:
    """Return what a report says of one recipient."""
    told = f"Final-Recipient: rfc822; {recipient}\r\nOriginal-Recipient: rfc822;{recipient}\r\nAction: {action}\r\n"
    return told + (f"Status: {status}\r\n" if status else "") + (f"Diagnostic-Code: {diagnostic}\r\n" if diagnostic else "")


def report(
    *parts: str,
    to: str = "lettre@essai.example",
    kind: str = "delivery-status",
    head: str = "",
    boundary: str = "=_b",
    content_type: str = "",
) -> bytes:
    """Return a mail of these parts that says it is a report."""
    content_type = content_type or f'multipart/report; report-type={kind};\r\n\tboundary="{boundary}"'
    top = f"Return-Path: <>\r\nDelivered-To: {to}\r\nFrom: MAILER-DAEMON@relais.example\r\nTo: {to}\r\nSubject: Returned\r\nMIME-Version: 1.0\r\n"
    parts = ("Content-Type: text/plain\r\n\r\nI am sorry.\r\n", *parts)
    body = "".join(f"--{boundary}\r\n{one}\r\n" for one in parts)
    return f"{top}{head}Content-Type: {content_type}\r\n\r\n{body}--{boundary}--\r\n".encode("utf-8", "surrogateescape")


def status_part(*groups: str) -> str:
    """Return the part for programs of a report about a delivery."""
    told = "Reporting-MTA: dns; relais.example\r\nX-Postfix-Queue-ID: 4c1\r\n\r\n" + "\r\n".join(groups)
    return f"Content-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n{told}"


def to(word: str) -> str:
    """Return the address that a returned mail of the member with this token comes to."""
    return BOUNCES.replace("{token}", word)


def failed(address: str = ADA, *, word: str | None = None, status: str = "5.1.1", **more: str) -> bytes:
    """Return the report that a mail to *address* came back for good, as a relay writes it to the member's own address for that."""
    word = token(address) if word is None else word
    diagnostic = more.pop("diagnostic", f"smtp; 550 {status} no")
    about = status_part(group(address, status=status, diagnostic=diagnostic, action=more.pop("action", "failed")))
    return report(about, enclosed(word, **more), to=to(word) if word else "lettre@essai.example")


def complaint(address: str = ADA, *, word: str | None = None, kind: str = "abuse") -> bytes:
    """Return the report that somebody called the mail unwanted (RFC 5965)."""
    word = token(address) if word is None else word
    fields = f"Feedback-Type: {kind}\r\nUser-Agent: Essai/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <{address}>\r\n"
    return report(f"Content-Type: message/feedback-report\r\n\r\n{fields}", enclosed(word), kind="feedback-report")
