"""Whole runs against servers that misbehave: nobody is lost, nobody is served twice, and what nobody knows is said."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.sending.runs import Answering, Turning, in_memory, ledger_in, letter, member, members, sent, states
from tests.sending.smtp_servers import DRIP, DROP, KEEP_AND_DROP, SILENCE, ScriptedServer, at

from handbill.door import Unreachable
from handbill.errors import ContentProblems, Level, MachineLacks, Problem, said
from handbill.sending.carriers.files import Files
from handbill.sending.carriers.smtp import Smtp
from handbill.sending.contract import Answer, Outcome, Unsupported
from handbill.sending.course import MOST_TRIES
from handbill.sending.delivering import WAITS_S, End
from handbill.sending.ledger import Ledger
from handbill.sending.posting import post
from handbill.sending.refusals import Refused

YES = Answer(Outcome.ACCEPTED, 250, "2.0.0")
LATER = Answer(Outcome.DEFERRED, 450, "4.2.0")
SILENT = Answer(Outcome.AMBIGUOUS, closes=True)


@pytest.fixture
def tmp_path(tmp_path):
    with in_memory(tmp_path) as folder:
        yield folder


CREW = 5
EVER = 10**9
ONE = "m3@essai.example"
STEPS = ("connect", "ehlo", "mail", "rcpt", "data", "dot")
PUT_OFF = [(step, b"%d 4.3.0 not now\r\n" % code) for step in STEPS for code in (421, 450, 451, 452)]
REFUSED = [(step, b"%d 5.3.0 no\r\n" % code) for step in STEPS for code in (550, 551, 552, 553, 554)]
BROKEN = [(step, said) for step in (*STEPS, "text") for said in (DROP, b"hello?\r\n")]
UNANSWERED = [("dot", said) for said in (KEEP_AND_DROP, SILENCE, DRIP, b"250-ok\r\n550 no\r\n")]

#: Each fault at each step: for everybody for a while, for everybody for good, or for one member for good.
SCRIPTS = [
    *[(*fault, 3, "") for fault in PUT_OFF],
    *[(*fault, 2, "") for fault in BROKEN],
    *[(*fault, 1, "") for fault in UNANSWERED],
    *[(*fault, EVER, "") for fault in (*PUT_OFF[::3], *REFUSED, *BROKEN[::2], *UNANSWERED, ("rcpt", SILENCE), ("rcpt", DRIP))],
    *[
        (*fault, EVER, ONE)
        for fault in (*PUT_OFF[::2], *REFUSED, *BROKEN[1::2], *UNANSWERED)
        if fault[0] in ("rcpt", "data", "text", "dot")
    ],
]


def smtp(server: ScriptedServer, said: bytes) -> Smtp:
    """Return a carrier that waits long for an answer where one comes, so that a busy machine changes nothing."""
    wait_s = 0.1 if said in (SILENCE, DRIP) else 10.0
    return Smtp(server.server, "none", answer_s=wait_s, dot_s=wait_s)


@pytest.mark.parametrize(
    ("step", "said", "times", "one"),
    SCRIPTS,
    ids=[
        f"{step} {said[:10].decode().strip()} {'ever' if times == EVER else times} {'one' if one else 'all'}"
        for step, said, times, one in SCRIPTS
    ],
)
def test_whatever_a_server_does_nobody_is_lost_and_nobody_is_served_twice(tmp_path, step, said, times, one):
    """Three runs, whatever happened in the first: each member has the letter, was refused, still waits, or is named as unclear."""
    with ScriptedServer(at(step, said, times, one)).running() as server:
        reports = [sent(tmp_path, smtp(server, said), members(CREW)) for _ in range(3)]
    got, now = server.counts(), Counter(states(tmp_path))

    assert not [whom for whom, many in got.items() if many > 1]
    assert CREW == now.total()
    assert not now["sending"]
    assert not now["left"]
    assert now["accepted"] <= len(got) <= now["accepted"] + now["ambiguous"]
    assert max(server.asked.values(), default=0) <= MOST_TRIES
    assert all(report.why for report in reports)
    if said.startswith((b"4", DROP, b"hello")) and times != EVER:
        # A small mail is out before a server that drops it in the middle is seen to be gone.
        assert CREW == now["accepted"] + now["ambiguous"]
        assert now["ambiguous"] <= (2 if step in ("text", "dot") else 0)
    if said.startswith(b"5") and one:
        assert 1 == server.asked[one]
        assert {"accepted": CREW - 1, "bounced": 1} == dict(now)
    if said.startswith(b"5") and not one:
        assert End.SERVER is reports[-1].end if step in ("connect", "ehlo") else End.REFUSED is reports[-1].end
        assert {"queued": CREW} == dict(now)


@pytest.mark.parametrize("code", [550, 551, 552, 553])
@pytest.mark.parametrize("connections", [1, 3])
def test_who_was_refused_for_good_is_never_written_to_again(tmp_path, code, connections):
    """A provider counts who goes on writing to addresses that do not exist, and takes him for a sender of spam."""
    with ScriptedServer(at("rcpt", b"%d 5.1.1 no such user\r\n" % code)).running() as server:
        for number in (11, 11, 12):
            sent(tmp_path, smtp(server, b""), members(CREW), number=number, connections=connections)

    assert {1} == set(server.asked.values())
    assert {"bounced": CREW} == states(tmp_path)
    assert {"suppressed": CREW} == states(tmp_path, 12)


def test_a_mail_that_is_put_off_is_tried_five_times_with_longer_and_longer_rests(tmp_path):
    """A server that is asked every second by everybody never comes back."""
    carrier, clock = Answering(lambda *_: LATER), Turning()

    report = sent(tmp_path, carrier, members(1), clock=clock)

    assert MOST_TRIES == len(carrier.handed)
    assert list(WAITS_S) == [one for one in clock.slept if one >= 30]
    assert {"bounced": 1} == states(tmp_path)
    assert End.WHOLE is report.end
    assert sent(tmp_path, carrier, members(1)).counts == {}
    assert {"accepted": 1} == (sent(tmp_path, Answering(), members(1), number=12), states(tmp_path, 12))[1]


def test_the_rests_are_not_the_same_for_everybody(tmp_path):
    """A thousand hubs that were put off at the same moment must not all come back at the same moment."""
    rests = []
    for name, jitter in (("a", 0.0), ("b", 1.0)):
        clock = Turning()
        (tmp_path / name).mkdir()
        sent(tmp_path / name, Answering(lambda *_: LATER), members(1), clock=clock, jitter=jitter)
        rests.append([one for one in clock.slept if one >= 30])

    assert [(0.8 * one, 1.2 * one) for one in WAITS_S] == [(pytest.approx(a), pytest.approx(b)) for a, b in zip(*rests, strict=True)]


def test_tries_are_counted_over_runs(tmp_path):
    """Who begins a run every minute must not try a member a hundred times."""
    carrier = Answering(lambda *_: LATER)
    for _ in range(9):
        clock = Turning()
        sent(tmp_path, carrier, members(1), clock=clock, is_asked_to_stop=lambda clock=clock: clock.at > 30)

    assert MOST_TRIES == len(carrier.handed)


def test_one_bad_member_of_many_does_not_end_the_run(tmp_path):
    """“554 5.7.1” may mean that nobody may relay here, or that this one address takes no letters; once others got it, it is the address."""
    refused = Answer(Outcome.BOUNCED, 554, "5.7.1", blames="either")
    carrier = Answering(lambda whom, _nth: refused if whom == "m0@essai.example" else YES)

    report = sent(tmp_path, carrier, members(4))

    assert {"accepted": 3, "bounced": 1} == report.counts == states(tmp_path)
    assert End.WHOLE is report.end


def test_a_run_that_goes_on_knows_that_others_were_accepted(tmp_path):
    """Three closed mailboxes at the end of a list would otherwise keep the letter from ever being through."""
    first = Answering()
    sent(tmp_path, first, members(4), is_asked_to_stop=lambda: len(first.handed) >= 1)
    refused = Answer(Outcome.BOUNCED, 554, "5.7.1", blames="either")

    report = sent(tmp_path, Answering(lambda *_: refused), members(4))

    assert (End.WHOLE, {"bounced": 3}) == (report.end, report.counts)


def test_who_is_refused_after_the_dot_gets_the_next_letter(tmp_path):
    """A filter that has read the mail says 550 as well, and without a status that is all it says."""
    with ScriptedServer(at("dot", b"550 no\r\n", whom=ONE)).running() as server:
        sent(tmp_path, smtp(server, b""), members(CREW))
    sent(tmp_path, Answering(), members(CREW), number=12)

    assert {"accepted": CREW - 1, "bounced": 1} == states(tmp_path)
    assert {"accepted": CREW} == states(tmp_path, 12)


def test_a_server_that_lets_nobody_relay_bounces_nobody(tmp_path):
    """A forgotten password would otherwise strike off the first members of the list."""
    carrier = Answering(lambda *_: Answer(Outcome.BOUNCED, 554, "5.7.1", blames="either"))

    report = sent(tmp_path, carrier, members(CREW))

    assert End.REFUSED is report.end
    assert 3 == len(carrier.handed)
    assert {"queued": CREW} == states(tmp_path)


@pytest.mark.parametrize("after", [0, 2])
def test_what_would_meet_everybody_ends_the_run_and_bounces_nobody(tmp_path, after):
    """A daily quota that is used up in the middle concerns those who come after, too."""
    carrier = Answering(lambda *_: YES if len(carrier.handed) <= after else Answer(Outcome.BOUNCED, 550, "5.7.26", blames="sender"))

    report = sent(tmp_path, carrier, members(CREW))

    assert (End.REFUSED, after + 1) == (report.end, len(carrier.handed))
    assert "550 5.7.26" in report.why
    assert CREW - after == states(tmp_path)["queued"]


def test_who_was_refused_in_three_letters_in_a_row_gets_no_fourth(tmp_path):
    """A mailbox that is full in August is a member's; one that was full for three months is nobody's."""
    carrier = Answering(lambda whom, _nth: Answer(Outcome.BOUNCED, 552, "5.2.2") if whom == "m0@essai.example" else YES)
    for number in (11, 12, 13, 14):
        sent(tmp_path, carrier, members(2), number=number)

    assert 3 == sum(1 for _, whom, _ in carrier.handed if whom == "m0@essai.example")
    assert {"accepted": 1, "suppressed": 1} == states(tmp_path, 14)


def test_a_letter_that_arrived_forgives_those_that_did_not(tmp_path):
    """In a row means in a row."""
    full = {11, 12, 14}
    number = 11
    carrier = Answering(lambda *_: Answer(Outcome.BOUNCED, 552, "5.2.2") if number in full else YES)
    for number in (11, 12, 13, 14, 15):
        sent(tmp_path, carrier, members(1), number=number)

    assert {"accepted": 1} == states(tmp_path, 15)


def test_a_server_that_stays_silent_ends_the_run_before_everybody_is_in_doubt(tmp_path):
    """Each unclear mail is one that a person has to ask about."""
    carrier = Answering(lambda *_: SILENT)

    report = sent(tmp_path, carrier, members(40))

    assert End.UNANSWERED is report.end
    assert {"queued": 37, "ambiguous": 3} == states(tmp_path)
    again = sent(tmp_path, Answering(), members(40))
    assert {"accepted": 37} == again.counts


def test_a_server_that_is_silent_now_and_then_ends_nothing(tmp_path):
    """In a row means in a row; a long letter meets more than two broken lines."""
    nth = iter(range(100))

    report = sent(tmp_path, Answering(lambda *_: SILENT if next(nth) % 2 else YES), members(8))

    assert (End.WHOLE, {"accepted": 4, "ambiguous": 4}) == (report.end, report.counts)


class Closed(Answering):
    """A server that is not there, for a while."""

    def __init__(self, until: int, error: type[Unreachable] = Unreachable) -> None:
        super().__init__()
        self.until, self.error = until, error

    def connect(self) -> Answering:
        super().connect()
        if self.connections <= self.until:
            raise self.error(said("smtp.lettre.example:587: nobody listens there"))
        return self


def test_a_server_that_is_restarted_is_waited_for(tmp_path):
    """A minute's maintenance is no reason to begin again by hand."""
    clock = Turning()

    assert {"accepted": 3} == sent(tmp_path, Closed(4), members(3), clock=clock).counts
    assert [1.5, 3.0, 6.0, 12.0] == [one for one in clock.slept if one > 1]


@pytest.mark.parametrize(("error", "times"), [(Unreachable, 5), (Refused, 1)])
@pytest.mark.parametrize("connections", [1, 3])
def test_a_server_that_is_not_there_ends_the_run_with_its_reason(tmp_path, error, times, connections):
    """A wrong password is not tried again: after a few, servers lock an account."""
    carrier = Closed(EVER, error)

    report = sent(tmp_path, carrier, members(CREW), connections=connections)

    assert (End.SERVER, "smtp.lettre.example:587: nobody listens there") == (report.end, report.why)
    assert connections * times == carrier.connections
    assert {"queued": CREW} == states(tmp_path)


def test_a_server_that_allows_fewer_connections_gets_fewer(tmp_path):
    """Two of four lines go on with what the other two could not do."""

    class Two(Answering):
        def connect(self) -> Answering:
            super().connect()
            if self.connections > 2:
                raise Refused(said("too many"))
            return self

    assert {"accepted": 40} == sent(tmp_path, Two(), members(40), connections=4).counts


def test_who_left_the_list_since_gets_nothing(tmp_path):
    """The number was begun last night; who left this morning is no member any more."""
    sent(tmp_path, Answering(lambda *_: LATER), members(4), is_asked_to_stop=lambda: True)
    carrier = Answering()

    sent(tmp_path, carrier, members(4), on_list=lambda: members(2))

    assert {"m0@essai.example", "m1@essai.example"} == {whom for _, whom, _ in carrier.handed}
    assert {"accepted": 2, "left": 2} == states(tmp_path)


def test_who_joins_since_gets_the_next_number(tmp_path):
    """The audience is who was there when the letter was sent, however long that takes."""
    carrier = Answering()

    sent(tmp_path, carrier, members(2), on_list=lambda: members(4))

    assert {"accepted": 2} == states(tmp_path)
    assert 2 == len(carrier.handed)


def test_who_is_struck_off_gets_nothing_and_is_counted(tmp_path):
    """Somebody who asked to be left alone is not written to, whatever the list says."""
    with ledger_in(tmp_path) as ledger:
        ledger.suppress(member(1).key, "asked", Turning().now())
    carrier = Answering()

    report = sent(tmp_path, carrier, members(3))

    assert {"accepted": 2, "suppressed": 1} == report.counts == states(tmp_path)


def test_each_member_is_counted_once_however_often_the_list_is_gone_through(tmp_path):
    """The report would tell of more members than there are, and of some who bounced that they had asked for nothing more."""
    later, gone = {"m2@essai.example"}, {"m1@essai.example"}

    def answer(whom: str, nth: int) -> Answer:
        return Answer(Outcome.BOUNCED, 550, "5.1.1") if whom in gone else LATER if whom in later and nth < 3 else YES

    with ledger_in(tmp_path) as ledger:
        ledger.suppress(member(0).key, "asked", Turning().now())

    assert {"suppressed": 1, "bounced": 1, "accepted": 2, "deferred": 2} == sent(tmp_path, Answering(answer), members(4)).counts
    assert {} == sent(tmp_path, Answering(answer), members(4)).counts


def test_a_day_ends_and_the_next_goes_on(tmp_path):
    """Three hundred a day is what a small provider allows; the letter takes three days, and nobody gets it twice."""
    carrier, clock = Answering(), Turning()
    reports = []
    for _ in range(3):
        reports.append(sent(tmp_path, carrier, members(7), clock=clock, per_day=3))
        clock.at += 24 * 3600 + 60

    assert [End.DAY, End.DAY, End.WHOLE] == [one.end for one in reports]
    assert [3, 3, 1] == [one.counts["accepted"] for one in reports]
    assert 7 == len({whom for _, whom, _ in carrier.handed}) == len(carrier.handed)


@pytest.mark.parametrize("connections", [1, 4])
def test_a_run_that_is_stopped_ends_after_the_mails_under_way(tmp_path, connections):
    """Ctrl-C in the middle leaves nobody in doubt, and the next run goes on where this one was."""
    carrier = Answering()

    report = sent(tmp_path, carrier, members(50), connections=connections, is_asked_to_stop=lambda: len(carrier.handed) >= 20)

    assert End.STOPPED is report.end
    assert {"queued", "accepted"} == set(states(tmp_path))
    assert carrier.connections == carrier.closed
    sent(tmp_path, carrier, members(50), connections=connections)
    assert [1] * 50 == list(Counter(whom for _, whom, _ in carrier.handed).values())


def test_each_mail_is_the_members_own_and_from_where_it_returns(tmp_path):
    """Who leaves by the link in a mail must be who got it; a mail that comes back must say whose it was."""
    carrier = Answering()
    sent(tmp_path, carrier, members(3), bounces="retours+{token}@lettre.example", sign=lambda mail: b"Signed: yes\r\n" + mail)

    for sender, whom, mail in carrier.handed:
        one = next(one for one in members(3) if one.address == whom)
        assert f"retours+{one.token}@lettre.example" == sender
        assert b"Signed: yes\r\n" + post(letter().version(one.lang), one.token) == mail


def test_without_an_address_for_returned_mails_the_letters_own_sender_gets_them(tmp_path):
    """It is what the approved bytes say."""
    carrier = Answering()
    sent(tmp_path, carrier, members(1))

    assert ["lettre@essai.example"] == [sender for sender, _, _ in carrier.handed]


def test_a_row_that_went_bad_since_ends_the_run(tmp_path):
    """Nobody is left out in silence."""
    bad = Problem("membres.csv", 3, 0, "", said("no address"), said("one"), "HB615")
    told = Problem("membres.csv", 2, 0, "", said("twice"), said("once"), "HB618", Level.WARNING)
    carrier = Answering()

    with pytest.raises(ContentProblems):
        sent(tmp_path, carrier, members(4), on_list=lambda: [member(0), told, member(1), bad, member(2)])

    assert {"accepted": 2, "queued": 2} == states(tmp_path)


@pytest.mark.parametrize(
    ("error", "state"),
    [(Unsupported("an address"), "queued"), (MachineLacks("the disk"), "queued"), (ZeroDivisionError(), "ambiguous")],
    ids=["told", "disk", "our fault"],
)
def test_what_cannot_be_dealt_with_ends_the_run_and_is_told(tmp_path, error, state):
    """Where a carrier promises that nothing was handed over it can be tried again; a fault of ours may have struck after the last byte."""

    class Failing(Answering):
        def hand(self, mail: bytes, sender: str, recipient: str) -> Answer:
            if recipient == "m2@essai.example":
                raise error
            return super().hand(mail, sender, recipient)

    carrier = Failing()
    with pytest.raises(type(error)):
        sent(tmp_path, carrier, members(4))

    assert {"accepted": 2, "queued": 1, state: 1 + (state == "queued")} == states(tmp_path)
    assert carrier.connections == carrier.closed


def test_a_ledger_that_cannot_be_written_hands_nothing_over(tmp_path, monkeypatch):
    """What cannot be noted must not be sent."""
    monkeypatch.setattr(Ledger, "take", lambda *_: (_ for _ in ()).throw(MachineLacks("the disk is full")))
    carrier = Answering()
    with pytest.raises(MachineLacks):
        sent(tmp_path, carrier, members(4), connections=3)

    assert [] == carrier.handed


def test_progress_is_plain_numbers(tmp_path):
    """It is shown on a terminal, written to a log and read by other programs; an address has no place in any of them."""
    told = []
    sent(tmp_path, Answering(lambda whom, nth: LATER if whom == "m1@essai.example" and nth == 1 else YES), members(3), tell=told.append)

    assert {"accepted": 3, "deferred": 1} == told[-1].counts
    assert [(60.0, "mails that the server put off and that are tried again: 1")] == [(one.pause_s, one.why) for one in told if one.pause_s]
    assert "essai" not in repr(told)


def test_files_go_through_the_same_ledger(tmp_path):
    """Whichever way a letter leaves, it leaves once."""
    for _ in range(2):
        sent(tmp_path, Files(tmp_path / "outbox"), members(5), connections=2)

    assert 5 == len([*(tmp_path / "outbox/new").iterdir()])
    assert {"accepted": 5} == states(tmp_path)
