"""One thread's connection: made late, mended, rested, and ended."""

from __future__ import annotations

import pytest
from tests.sending.runs import Answering, Turning, in_memory, ledger_in, letter, member, members, sent

from handbill.sending.contract import Answer, Outcome
from handbill.sending.course import Course
from handbill.sending.means import End, Means
from handbill.sending.pace import DayCap, Pace
from handbill.sending.wire import Wire

YES = Answer(Outcome.ACCEPTED, 250, "2.0.0")
LATER = Answer(Outcome.DEFERRED, 450, "4.2.0")
BROKE = Answer(Outcome.DEFERRED, 421, "4.3.0", closes=True)


@pytest.fixture
def tmp_path(tmp_path):
    with in_memory(tmp_path) as folder:
        yield folder


def test_a_run_with_nothing_to_send_connects_to_nobody(tmp_path):
    """Looking whether a letter is through must not sign in at a provider."""
    sent(tmp_path, Answering(), members(3))
    carrier = Answering()

    sent(tmp_path, carrier, members(3))

    assert 0 == carrier.connections


def test_a_connection_is_used_until_it_closes(tmp_path):
    """Making one costs more than a mail."""
    nth = iter(range(100))
    carrier = Answering(lambda *_: Answer(Outcome.ACCEPTED, 250, closes=next(nth) == 4))

    sent(tmp_path, carrier, members(9))

    assert 2 == carrier.connections == carrier.closed


def test_a_connection_that_breaks_is_made_again_after_a_longer_rest_each_time(tmp_path):
    """421 means: not now.  Coming back at once is what the server asked not to be done."""
    clock = Turning()
    answers = iter([BROKE, BROKE, BROKE, YES, BROKE])
    carrier = Answering(lambda *_: next(answers, YES))

    report = sent(tmp_path, carrier, members(6), clock=clock, jitter=1.0)

    assert [2.0, 4.0, 8.0, 2.0] == [one for one in clock.slept if 1 < one < 30]
    assert End.WHOLE is report.end
    assert 6 == report.counts["accepted"]


def test_a_connection_that_keeps_breaking_is_given_up(tmp_path):
    """Two thousand members would otherwise each have one of their five tries spent on a server that is gone."""
    carrier = Answering(lambda *_: BROKE)

    report = sent(tmp_path, carrier, members(50))

    assert (End.SERVER, 5) == (report.end, len(carrier.handed))
    assert "5 times" in report.why


def test_many_put_off_in_a_row_let_everybody_take_a_breath(tmp_path):
    """A server whose disk is full says so to each mail; asking two thousand times makes it no emptier."""
    clock = Turning()
    carrier = Answering(lambda _whom, nth: YES if nth > 1 else Answer(Outcome.DEFERRED, 452, "4.3.1"))

    report = sent(tmp_path, carrier, members(45), clock=clock, jitter=1.0)

    assert [16.0, 32.0] == [one for one in clock.slept if 10 < one < 60]
    assert 4 == carrier.connections
    assert 45 == report.counts["accepted"]


def test_mails_put_off_here_and_there_let_nobody_rest(tmp_path):
    """A list has its full mailboxes; every twentieth of them would cost half a minute and a connection."""
    clock, nth = Turning(), iter(range(1000))

    sent(tmp_path, Answering(lambda *_: LATER if next(nth) % 2 else YES), members(45), clock=clock, jitter=1.0)

    assert [] == [one for one in clock.slept if 10 < one < 60]


def test_what_can_fail_fails_before_anything_is_noted(tmp_path):
    """A token that does not fit is found before the ledger says “sending”; nobody is in doubt for it."""
    bad = members(2)[0]
    bad = type(bad)(bad.row, bad.address, bad.key, "too-short", bad.lang)
    carrier = Answering()
    with pytest.raises(Exception, match="token"):
        sent(tmp_path, carrier, [bad])

    assert {"accepted": 1} == sent(tmp_path, carrier, [member(0)]).counts


def test_at_the_end_of_a_day_its_last_member_goes_to_no_other_thread(tmp_path):
    """Each of them would sign in once more, to be told the same; the next run has the member."""
    clock = Turning()
    carrier = Answering()
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(letter(), ((one.key, one.lang, one.row) for one in members(1)), clock.now())
        day = DayCap(1, lambda _since: 1, clock.now)
        course = Course(
            letter(), carrier, ledger, run, Means(Pace(1000, clock.seconds, clock.sleep), day, clock.now, clock.sleep, lambda: 0.5)
        )
        course.begin(members(1))

        assert not Wire(course).serve(course.next_member())
        assert End.DAY is course.end[0]
        assert course.next_member() is None
        assert 0 == ledger.tries(run, member(0).key)


def test_a_run_that_is_stopped_while_the_pace_holds_a_mail_back_does_not_send_it(tmp_path):
    """Whoever stops a run because the letter is wrong means the next mail, not the one after."""
    clock = Turning()
    carrier = Answering()

    report = sent(tmp_path, carrier, members(5), clock=clock, rate=1, is_asked_to_stop=lambda: clock.at > 1.5)

    assert (End.STOPPED, 2) == (report.end, len(carrier.handed))
