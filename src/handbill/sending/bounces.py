"""Mails that came back → the ledger: whose they were, which mail did not arrive, and who gets no more.

Anybody can write a mail that looks like a report, and the Message-ID of a
letter stands on the site.  So a report changes what somebody gets only if it
brings the token of that member, which nobody else has: in the address that it
was sent to, or in the header List-Unsubscribe of the mail that it encloses.  An
address beside a Message-ID is believed as far as counting goes (handbook:
decisions/0047).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Mailing
from handbill.sending.keys import is_token, member_key
from handbill.sending.ledger import Ledger
from handbill.sending.probing import header
from handbill.sending.refusals import LETTERS_REFUSED, nobody_there
from handbill.sending.reports import Kind, Report, report_in

#: Why somebody gets no more, as the ledger keeps it.
NOBODY_THERE, UNWANTED = "returned", "complaint"

#: What becomes of a mail that came back, in the order in which it is told.
FATES = ("returned", "known", "delayed", "complaint", "unproven", "elsewhere", "other")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many mails were read, and what became of them; counts only.

    Of the mails *returned* now, *known* from before, *delayed*, a *complaint*;
    *unproven*, so nothing but a count came of it; *elsewhere*, about another
    mailing; or *other*, which no program can judge.  ``suppressed`` members get
    no more from now on.
    """

    fates: dict[str, int]
    suppressed: int

    @property
    def mails(self) -> int:
        """Return how many mails were read."""
        return sum(self.fates.values())


def take_in(mails: Iterable[bytes], mailing: Mailing, bounces: str, ledger: Ledger, secret: bytes, now: datetime) -> TakenIn:
    """Note in the ledger what these mails report of this mailing; *bounces* is the address that they come to.

    Reading the same mails again changes nothing.

    Raises:
        MachineLacks: the ledger could not be written.
    """
    reading = _Reading(mailing, bounces, ledger, secret, now)
    fates = Counter(reading.fate_of(report_in(one)) for one in mails)
    return TakenIn({one: fates[one] for one in FATES}, reading.suppressed)


class _Reading:
    """What is known of one mailing, by which reports about it are recognised."""

    def __init__(self, mailing: Mailing, bounces: str, ledger: Ledger, secret: bytes, now: datetime) -> None:
        self.suppressed = 0
        self._mailing, self._ledger, self._secret, self._now = mailing, ledger, secret, now
        before, _, after = bounces.partition("{token}")
        self._arrived = re.compile(
            rf"(?<![\w.+=-]){re.escape(before)}([a-z0-9]{{{len(TOKEN)}}}){re.escape(after)}(?![\w.-])", re.IGNORECASE
        )
        self._ids = {header(one.mail, "Message-ID") for one in mailing.versions}
        ways = ["".join(header(one.mail, "List-Unsubscribe").split()) for one in mailing.versions]
        self._leaving = [_pattern(one) for one in ways if TOKEN in one]
        self._has_address = bool(bounces)

    def fate_of(self, report: Report) -> str:
        """Note one report, and return what it was."""
        if report.kind is Kind.OTHER:
            return "other"
        if report.message_id and report.message_id not in self._ids:
            return "elsewhere"
        tokens = self._tokens(report)
        if len(tokens) > 1:
            # Two members in one report: somebody put it together.
            return "other"
        if tokens:
            found = self._ledger.find(tokens.pop())
            if found is None:
                return "unproven" if report.message_id else "other"
            # A report that does not say which mail it is about is taken to be about the newest.
            if found.letter != self._mailing.letter or not (report.message_id or found.numbers[:1] == (self._mailing.number,)):
                return "elsewhere"
            return self._of_member(report, found.member)
        return self._by_address(report) if report.message_id else "other"

    def _of_member(self, report: Report, member: bytes) -> str:
        if report.kind is Kind.COMPLAINT:
            self._suppress(member, UNWANTED)
            return "complaint"
        if report.kind is Kind.DELAYED:
            return "delayed"
        is_new = self._ledger.returned(self._mailing.letter, self._mailing.number, member, report.status, self._now)
        if is_new and self._is_gone(report, member):
            self._suppress(member, NOBODY_THERE)
        return "returned" if is_new else "known"

    def _is_gone(self, report: Report, member: bytes) -> bool:
        """Say whether nobody is there, or this letter was refused so often in a row that it comes to the same."""
        return nobody_there(report.code, report.status) or self._ledger.refused(self._mailing.letter, member) >= LETTERS_REFUSED

    def _by_address(self, report: Report) -> str:
        """Note a mail of ours of which only an address says whose it was: it counts, and takes nobody off the list."""
        if report.kind is not Kind.RETURNED:
            return "delayed" if report.kind is Kind.DELAYED else "unproven"
        # Without a status, so that it never counts among the letters that were refused in a row.
        member = member_key(self._secret, report.recipients[0]) if report.recipients else b""
        is_new = self._ledger.returned(self._mailing.letter, self._mailing.number, member, "", self._now)
        return "returned" if is_new else "unproven"

    def _suppress(self, member: bytes, why: str) -> None:
        self.suppressed += self._ledger.suppress(member, why, self._now)

    def _tokens(self, report: Report) -> set[str]:
        found = {one.lower() for text in report.arrived if self._has_address for one in self._arrived.findall(text)}
        for pattern in self._leaving:
            if match := pattern.fullmatch(report.leaving):
                found.add(match["token"])
        return {one for one in found if is_token(one)}


def _pattern(leaving: str) -> re.Pattern[str]:
    """Return what the header is in the mail of a member: the same, with a token that is the same in each place."""
    before, *rest = leaving.split(TOKEN)
    places = [rf"(?P<token>[a-z0-9]{{{len(TOKEN)}}})", *["(?P=token)"] * (len(rest) - 1)]
    return re.compile(re.escape(before) + "".join(place + re.escape(one) for place, one in zip(places, rest, strict=True)))
