"""What a mail server's answer means: whom it is about, and whether anybody lives at that address.

Source: RFC 5321, 4.2 (codes) and 4.5.4 (what may be tried again); RFC 3463 (the
finer statuses); RFC 7504 and RFC 7505 (domains that take no mail).
"""

from __future__ import annotations

import re

from handbill.door import Unreachable
from handbill.sending.contract import Answer, Outcome

#: How many letters in a row are refused, for reasons other than that nobody is there, before an address gets none any more.
LETTERS_REFUSED = 3

_STATUS = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})(?![.\d])")

#: Codes by which a server that gives no status speaks of the address that it was just told.
_OF_THE_ADDRESS = (501, 550, 551, 552, 553, 556)


class Refused(Unreachable):
    """We are not let in, and asking again would not change that: a person has to."""


def answer_to(code: int, text: bytes, stage: str) -> Answer:
    """Return what *code* and *text* mean at a *stage*: ``mail``, ``rcpt``, ``data``, or ``dot``, after which a mail may have arrived.

    A code that no server may give there is taken as none: nothing is concluded from it.
    """
    status = status_of(code, text)
    if stage == "dot" and 200 <= code < 300:
        return Answer(Outcome.ACCEPTED, code, status)
    if 400 <= code < 500:
        return Answer(Outcome.DEFERRED, code, status, closes=code == 421)
    if 500 <= code < 600:
        return Answer(Outcome.BOUNCED, code, status, blames=_blamed(code, status, stage))
    return no_answer(stage)


def no_answer(stage: str) -> Answer:
    """Return what is known when a connection ends without an answer: before the final dot no server may deliver."""
    return Answer(Outcome.AMBIGUOUS if stage == "dot" else Outcome.DEFERRED, closes=True)


def status_of(code: int, text: bytes) -> str:
    """Return the finer status with which a reply begins; "" where it gives none that goes with its code."""
    found = _STATUS.match(text)
    # A status of another class than its code is a mistake of the server; the code is what RFC 5321 goes by.
    return found[1].decode("ascii") if found and found[1][:1] == str(code)[:1].encode() else ""


def nobody_there(code: int, status: str) -> bool:
    """Say whether a refusal at or after RCPT means that there is no such mailbox or domain, now and next month."""
    if status and not status.endswith(".0.0"):
        # 5.1.7 and 5.1.8 speak of the sender's address, 5.1.9 of a server behind a forwarding.
        return status.startswith("5.1.") and status not in ("5.1.7", "5.1.8", "5.1.9")
    return code in (550, 556)


def _blamed(code: int, status: str, stage: str) -> str:
    if stage == "mail":
        return "sender"
    subject = status.split(".")[1] if status and not status.endswith(".0.0") else ""
    if status in ("5.1.7", "5.1.8") or re.fullmatch(r"5\.7\.(8|9|1[0-4]|2\d|30)", status):
        # The sender's address, its sign-in, or its SPF, DKIM, DMARC and name in the DNS (RFC 7372, RFC 7489, the IANA registry).
        return "sender"
    if subject in ("1", "2") or (not subject and stage == "rcpt" and code in _OF_THE_ADDRESS):
        return "member"
    # “Relay access denied” and “this list is closed” are both 554 5.7.1; a content that is refused may be so everywhere.
    return "either"
