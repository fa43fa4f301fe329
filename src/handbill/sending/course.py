"""One run of mails, as its threads share it: who comes next, what became of each, and whether to go on.

Knows no server; what an answer means for a member, for the run and for the
letters to come is decided here (handbook: decisions/0043).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from handbill.errors import ContentProblems, Level, Problem, Said, said
from handbill.sending.contract import Answer, Carrier, Mailing, Member, Outcome, Version
from handbill.sending.ledger import Ledger, Run
from handbill.sending.means import End, Means, Progress
from handbill.sending.probing import address_in
from handbill.sending.refusals import LETTERS_REFUSED, nobody_there

#: How often a mail is tried in all.
MOST_TRIES = 5

#: So many mails in a row stay without an answer, or so many members are refused for what may be our own fault, until a run ends.
_UNANSWERED, _DOUBTED = 3, 3
_LONGEST_PAUSE_S = 300.0

#: How soon who waits for another thread's member notices that the run is over.
_NOTICE_S = 0.1


class Course:
    """One run.  What threads share is changed under ``_lock``, the list and who has whom under ``_turn``."""

    def __init__(self, mailing: Mailing, carrier: Carrier, ledger: Ledger, run: Run, means: Means) -> None:
        self.mailing, self.carrier, self.ledger, self.run, self.means = mailing, carrier, ledger, run, means
        self.counts: Counter[str] = Counter()
        self.put_off = 0
        self.doubted: set[bytes] = set()
        self.end: tuple[End, Said] | None = None
        self._failure: BaseException | None = None
        self._unanswered = 0
        self._crew = 0
        self._members: Iterator[Member | Problem] = iter(())
        self._given_back: list[Member] = []
        self._in_hand = 0
        self._lock = threading.Lock()
        self._turn = threading.Condition()
        standing = ledger.standing(run.letter, run.number)
        self._is_let_in = bool(standing and standing.counts["accepted"])
        self._senders = {one.name: address_in(one.mail) for one in mailing.versions}

    @property
    def is_over(self) -> bool:
        """Say whether no further mail is to be begun."""
        if not self.end and self.means.is_asked_to_stop():
            self.stop(End.STOPPED, said("it was asked to end"))
        return bool(self.end or self._failure)

    def begin(self, members: Iterable[Member | Problem]) -> None:
        """Begin at the top of the list, with as many threads as there are connections."""
        self.put_off = 0
        self._members = iter(members)
        self._crew = self.means.connections

    def conclude(self) -> None:
        """Draw the line under one time through the list.

        Raises:
            HandbillError: what a thread met that ends the run.
        """
        if self._failure:
            raise self._failure
        if self.doubted and not self._is_let_in:
            self.stop(End.REFUSED, said("the server refused the first mails; most often that is about who sends, not about who gets"))

    def stop(self, end: End, why: Said) -> None:
        """End the run after the mails that are under way; the first reason is the one that is told."""
        with self._lock:
            self.end = self.end or (end, why)

    def pause(self, seconds: float, why: Said) -> None:
        """Do nothing for a while."""
        with self._lock:
            self.means.tell(Progress(dict(self.counts), seconds, why))
        self.means.sleep(seconds)

    def back_off(self, times: int, why: Said) -> None:
        """Do nothing for longer each time, and for not quite the same time as others who do so."""
        self.pause(min(2.0**times, _LONGEST_PAUSE_S) * (0.5 + 0.5 * self.means.jitter()), why)

    def next_member(self) -> Member | None:
        """Return who comes next; None when nobody does, and nobody can come back from another thread either."""
        with self._turn:
            while True:
                if one := self._given_back.pop() if self._given_back else self._read():
                    self._in_hand += 1
                    return one
                if not self._in_hand or self.is_over:
                    return None
                self._turn.wait(_NOTICE_S)

    def give_back(self, member: Member) -> None:
        """Leave a member who is in hand to another thread; who finds none waits for another run."""
        with self._turn:
            self._given_back.append(member)

    def let_go(self) -> None:
        """Say that the member who was in hand is not any more."""
        with self._turn:
            self._in_hand -= 1
            self._turn.notify_all()

    def leave(self, why: Said) -> None:
        """Let one thread end that gets no further; the run ends when none is left."""
        with self._lock:
            self._crew -= 1
            if not self._crew:
                self.end = self.end or (End.SERVER, why)

    def note(self, member: Member, answer: Answer, tries: int) -> None:
        """Let the ledger have what became of a mail; *tries* includes this one."""
        if answer.outcome is Outcome.BOUNCED and self._is_ours(member, answer):
            self.ledger.release(self.run, member.key)
            return
        if answer.outcome is Outcome.DEFERRED and tries >= MOST_TRIES:
            # As a mail server does after some days: it is given up, which says nothing about next month.
            answer = replace(answer, outcome=Outcome.BOUNCED)
        self.ledger.settle(self.run, member.key, answer, self.means.now())
        if answer.outcome is Outcome.BOUNCED and answer.code >= 500:
            self._strike_off(member, answer)
        with self._lock:
            self.counts[answer.outcome.value] += 1
            self.put_off += answer.outcome is Outcome.DEFERRED
            self._is_let_in |= answer.outcome is Outcome.ACCEPTED
            self._unanswered = self._unanswered + 1 if answer.outcome is Outcome.AMBIGUOUS else 0
            is_silent = self._unanswered >= _UNANSWERED
            self.means.tell(Progress(dict(self.counts)))
        if is_silent:
            self.stop(End.UNANSWERED, said("the server took {n} mails in a row without saying whether it has them", n=_UNANSWERED))

    def envelope(self, version: Version, member: Member) -> str:
        """Return whom a mail comes from on its way: where it is returned to if nobody takes it."""
        return self.means.bounces.replace("{token}", member.token) or self._senders[version.name]

    def passed_over(self, member: Member) -> None:
        """Count a member who waited, and whom the ledger did not let us send to."""
        if member.key in self.ledger.suppressed():
            with self._lock:
                self.counts["suppressed"] += 1

    def fail(self, reason: BaseException) -> None:
        """Let the run end with what cannot be dealt with here."""
        with self._lock:
            self._failure = self._failure or reason

    def _read(self) -> Member | None:
        for one in self._members:
            if isinstance(one, Member):
                return one
            if one.level is Level.ERROR:
                raise ContentProblems((one,))
        return None

    def _is_ours(self, member: Member, answer: Answer) -> bool:
        """Say whether a refusal is about us; then nobody has bounced, and it may be that the run ends."""
        told = f"{answer.code} {answer.status}".strip()
        if answer.blames == "sender":
            self.stop(End.REFUSED, said("the server refuses this for everybody: {answer}", answer=told))
            return True
        if answer.blames != "either" or self._is_let_in:
            return False
        with self._lock:
            self.doubted.add(member.key)
            is_enough = len(self.doubted) >= _DOUBTED
        if is_enough:
            self.stop(End.REFUSED, said("the server refuses one member after the other: {answer}", answer=told))
        return True

    def _strike_off(self, member: Member, answer: Answer) -> None:
        # A 550 after the final dot, with no status, is as likely about this one mail as about the mailbox.
        if answer.blames == "member" and nobody_there(answer.code, answer.status):
            self.ledger.suppress(member.key, "nobody there", self.means.now())
        elif self.ledger.refused(self.run.letter, member.key) >= LETTERS_REFUSED:
            self.ledger.suppress(member.key, "refused again and again", self.means.now())
