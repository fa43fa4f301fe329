"""What a mail server's answer means, and who lives at no address."""

import pytest
from tests.cases import for_each

from handbill.sending.contract import Outcome
from handbill.sending.refusals import answer_to, no_answer, nobody_there


@for_each(
    ("outcome", "blames", "stage", "code", "text"),
    [
        ("accepted", "member", "dot", 250, b"2.0.0 queued"),
        ("accepted", "member", "dot", 250, b""),
        ("deferred", "member", "mail", 421, b"4.3.0 closing"),
        ("deferred", "member", "rcpt", 450, b"4.2.0 greylisted, come back"),
        ("deferred", "member", "dot", 451, b"4.3.0 try later"),
        ("deferred", "member", "dot", 452, b"4.3.1 no room"),
        ("bounced", "member", "rcpt", 550, b"5.1.1 no such user"),
        ("bounced", "member", "rcpt", 550, b"no such user"),
        ("bounced", "member", "rcpt", 552, b"5.2.2 mailbox full"),
        ("bounced", "member", "dot", 552, b"5.2.3 too long for this mailbox"),
        ("bounced", "member", "rcpt", 553, b"not allowed here"),
        ("bounced", "member", "rcpt", 556, b"5.1.10 takes no mail"),
        ("bounced", "member", "rcpt", 501, b"what is this address"),
        ("bounced", "sender", "mail", 550, b"5.1.1 you are nobody"),
        ("bounced", "sender", "mail", 530, b"5.7.0 sign in first"),
        ("bounced", "sender", "mail", 552, b"5.3.4 too large"),
        ("bounced", "sender", "rcpt", 553, b"5.1.8 bad sender"),
        ("bounced", "sender", "dot", 550, b"5.7.26 fails DMARC"),
        ("bounced", "sender", "rcpt", 550, b"5.7.25 no name for your address"),
        ("bounced", "either", "rcpt", 554, b"5.7.1 relay access denied"),
        ("bounced", "either", "rcpt", 554, b"no"),
        ("bounced", "either", "rcpt", 550, b"5.7.1 this list is closed"),
        ("bounced", "either", "dot", 554, b"5.7.1 looks like spam"),
        ("bounced", "either", "dot", 550, b"no"),
        ("bounced", "either", "dot", 550, b"5.4.5 daily quota exceeded"),
        ("bounced", "either", "data", 503, b"no"),
        ("ambiguous", "member", "dot", 354, b"go on"),
        ("deferred", "member", "data", 250, b"what"),
    ],
)
def test_an_answer_says_what_became_of_the_mail_and_whom_it_is_about(outcome, blames, stage, code, text):
    """“You may not relay here” taken for a bounce strikes off the whole list; “no such user” taken for trouble of ours stops the letter."""
    answer = answer_to(code, text, stage)

    assert (outcome, blames) == (answer.outcome.value, answer.blames)


def test_only_after_the_final_dot_may_a_mail_have_arrived():
    """A server that was cut off before the dot must not deliver (RFC 5321, 4.1.1.4), so that mail is sent again; after it, nobody knows."""
    assert [Outcome.DEFERRED] * 3 == [no_answer(stage).outcome for stage in ("mail", "rcpt", "data")]
    assert Outcome.AMBIGUOUS is no_answer("dot").outcome


def test_only_421_closes_the_connection():
    """A new connection for each greylisted member would make two thousand of them."""
    assert [True, False] == [answer_to(code, b"", "rcpt").closes for code in (421, 450)]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("4.2.0", b"4.2.0 later"),
        ("", b"5.2.0 later"),
        ("", b"4.2 later"),
        ("", b"4.2.0.1 later"),
        ("", b"later 4.2.0"),
        ("4.7.650", b"4.7.650 slow down"),
    ],
)
def test_a_status_is_taken_where_it_stands_and_agrees_with_its_code(status, text):
    """A version of a program or an address in the text is no status."""
    assert status == answer_to(450, text, "rcpt").status


@pytest.mark.parametrize(
    ("is_nobody", "code", "status"),
    [
        (True, 550, "5.1.1"),
        (True, 550, "5.1.10"),
        (True, 551, "5.1.6"),
        (True, 553, "5.1.3"),
        (True, 554, "5.1.2"),
        (True, 550, ""),
        (True, 550, "5.0.0"),
        (True, 556, ""),
        (False, 552, "5.2.2"),
        (False, 550, "5.2.1"),
        (False, 550, "5.7.1"),
        (False, 553, "5.1.8"),
        (False, 550, "5.1.7"),
        (False, 553, ""),
        (False, 554, ""),
    ],
)
def test_nobody_lives_there_is_told_from_nobody_takes_it_today(is_nobody, code, status):
    """Who has a full mailbox in August is a member in September; an address that does not exist is written to once."""
    assert is_nobody is nobody_there(code, status)
