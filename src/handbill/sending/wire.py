"""One thread's connection to a carrier: made when there is a mail for it, mended when it breaks, rested when the server needs it."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

from handbill.door import Unreachable
from handbill.errors import HandbillError, Said, said
from handbill.sending.contract import Answer, Connection, Member, Outcome
from handbill.sending.course import Course
from handbill.sending.means import End
from handbill.sending.posting import post
from handbill.sending.refusals import Refused

#: So often may a connection fail or break in a row; after so many mails in a row that were put off, everybody takes a breath.
_BREAKS, _PUT_OFF = 5, 20


class _NoFurther(Exception):
    """This thread has nothing to do any more; the run knows why."""


class Wire:
    """One thread's connection, made when there is a mail for it."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._connection: Connection | None = None
        self._breaks = 0
        self._put_off = 0

    def serve(self, member: Member) -> bool:
        """Send to one member if they still wait; False if this thread gets no further."""
        try:
            answer = self._send(member)
        except _NoFurther:
            return False
        finally:
            self._course.let_go()
        return self._goes_on(answer) if answer else True

    def hang_up(self) -> None:
        """End the connection, if there is one."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _send(self, member: Member) -> Answer | None:
        run = self._course
        tries = run.ledger.tries(run.run, member.key)
        if tries is None:
            return None
        # Whatever can fail here fails before anything is noted: a crash leaves as few in doubt as can be.
        version = run.mailing.version(member.lang)
        mail = post(version, member.token)
        mail = run.means.sign(mail) if run.means.sign else mail
        connection = self._connection = self._connection or self._connect(member)
        if not run.means.day.take():
            run.stop(End.DAY, said("as many mails have left as may in 24 hours"))
            raise _NoFurther
        try:
            run.means.pace.wait()
            if run.is_over:
                raise _NoFurther
            if not run.ledger.take(run.run, member.key, member.token):
                run.passed_over(member)
                return None
            answer = self._hand(connection, mail, run.envelope(version, member), member)
            run.note(member, answer, tries + 1)
            return answer
        finally:
            run.means.day.end()

    def _hand(self, connection: Connection, mail: bytes, sender: str, member: Member) -> Answer:
        run = self._course
        try:
            return connection.hand(mail, sender, member.address)
        except HandbillError:
            run.ledger.release(run.run, member.key)
            raise
        except BaseException:
            # A fault of this program may strike at any point, also after the last byte went out.
            with suppress(HandbillError):
                run.ledger.settle(run.run, member.key, Answer(Outcome.AMBIGUOUS), run.means.now())
            raise

    def _connect(self, member: Member) -> Connection:
        run = self._course
        for times in count(1):
            try:
                return run.carrier.connect()
            except Unreachable as reason:
                if isinstance(reason, Refused) or times >= _BREAKS or run.is_over:
                    run.give_back(member)
                    run.leave(_said(reason))
                    raise _NoFurther from reason
                run.back_off(times, _said(reason))
        raise AssertionError

    def _goes_on(self, answer: Answer) -> bool:
        """Rest where the server seems to need it; False if it is given up."""
        run = self._course
        if answer.closes:
            self.hang_up()
        is_broken = answer.closes and answer.outcome in (Outcome.DEFERRED, Outcome.AMBIGUOUS)
        self._breaks = self._breaks + 1 if is_broken else 0
        self._put_off = self._put_off + 1 if answer.outcome is Outcome.DEFERRED else 0
        if self._breaks >= _BREAKS:
            run.leave(said("the connection broke {n} times in a row", n=self._breaks))
            return False
        if self._breaks and not run.is_over:
            run.back_off(self._breaks, said("the connection broke"))
        elif self._put_off and self._put_off % _PUT_OFF == 0 and not run.is_over:
            self.hang_up()
            run.back_off(self._put_off // _PUT_OFF + 3, said("the server puts one mail after the other off"))
        return True


def _said(reason: Unreachable) -> Said:
    told = reason.args[0] if reason.args else ""
    return told if isinstance(told, Said) else said("the connection broke")
