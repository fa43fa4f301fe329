"""What people ask the ledger after the mails have left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.sending.mailings import (
    ACCEPTED,
    AMBIGUOUS,
    BOUNCED,
    DEFERRED,
    NOW,
    audience,
    counts,
    key,
    ledger_in,
    mailing,
    serve,
    version,
    word,
)

from handbill.errors import WrongUse
from handbill.sending.aftermath import STATES, Found
from handbill.sending.contract import Answer, Outcome

LATER = NOW + timedelta(days=1)


@pytest.fixture
def ledger(tmp_path):
    with ledger_in(tmp_path) as ledger:
        yield ledger


@pytest.fixture
def run(ledger):
    """Return a run in which members 0 to 3 have met every answer; 4 and 5 wait."""
    run = ledger.begin(mailing(11, version(), version("en", "b" * 64)), audience(6), NOW)
    for who, answer in enumerate((ACCEPTED, DEFERRED, BOUNCED, AMBIGUOUS)):
        serve(ledger, run, who, answer)
    return run


@pytest.mark.usefixtures("run")
def test_a_number_stands_as_its_members_do(ledger):
    standing = ledger.standing("main", 11)

    assert dict(zip(STATES, (2, 0, 1, 1, 1, 1, 0, 0), strict=True)) == standing.counts
    assert 3 == standing.waiting
    assert [("fr", "a" * 64), ("en", "b" * 64)] == list(standing.digests.items())
    assert ledger.standing("main", 12) is ledger.standing("dates", 11) is None


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(("arrived", "state"), [(True, "accepted"), (False, "queued")])
def test_a_person_says_what_became_of_an_unclear_mail(ledger, arrived, state):
    """They can ask the member, or read the server's log; no program can."""
    (unclear,) = ledger.unclear("main", 11)
    before = counts(ledger)

    ledger.decide("main", 11, unclear.key, arrived, LATER)

    assert () == ledger.unclear("main", 11)
    assert (before | {state: before[state] + 1}).items() >= counts(ledger).items()
    assert (key(3).hex()[:12], 5, NOW) == (unclear.key, unclear.row, unclear.since)


def test_a_mail_that_a_person_sends_again_is_sent_again_once(ledger, run):
    ledger.decide("main", 11, key(3).hex()[:12].upper(), False, LATER)

    assert [True, False] == [serve(ledger, run, 3) for _ in range(2)]


def test_a_number_that_had_ended_goes_on_for_the_one_that_is_sent_again(ledger):
    run = ledger.begin(mailing(), audience(1), NOW)
    serve(ledger, run, 0, AMBIGUOUS)
    ledger.finish(run, NOW)
    assert NOW == ledger.standing("main", 11).ended

    ledger.decide("main", 11, key(0).hex(), False, LATER)

    assert ledger.standing("main", 11).ended is None


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("who", [0, 1, 2, 4, 99])
def test_only_of_an_unclear_mail_is_anything_to_be_said(ledger, who):
    """“Again” for somebody who was served would be a second mail."""
    before = counts(ledger)

    with pytest.raises(WrongUse, match="found 0 unclear mails of main 11 with this key, wanted one"):
        ledger.decide("main", 11, key(who).hex()[:12], False, LATER)
    with pytest.raises(WrongUse, match="found 0 unclear"):
        ledger.check_key("main", 11, key(who).hex()[:12])
    assert before == counts(ledger)


@pytest.mark.usefixtures("run")
def test_a_key_can_be_looked_up_before_anything_is_decided(ledger):
    """A person is warned about that mail and no other, and the warning changes nothing."""
    before = counts(ledger)

    ledger.check_key("main", 11, key(3).hex()[:12].upper())

    assert before == counts(ledger)


def test_a_key_that_fits_several_is_no_answer(ledger):
    run = ledger.begin(mailing(), [(b"\xab" + bytes(15), "fr", 2), (b"\xab" + bytes(14) + b"\1", "fr", 3)], NOW)
    for member in (b"\xab" + bytes(15), b"\xab" + bytes(14) + b"\1"):
        ledger.take(run, member, "t")
    ledger.begin(mailing(), (), NOW)

    for words in ("ab", ""):
        with pytest.raises(WrongUse, match="found several unclear"):
            ledger.decide("main", 11, words, True, NOW)
    assert [2, 3] == [one.row for one in ledger.unclear("main", 11)]


@pytest.mark.usefixtures("run")
def test_a_token_leads_back_to_the_member_and_the_newest_number(ledger):
    """A returned mail says the token and nothing else that can be trusted."""
    run = ledger.begin(mailing(12), audience(6), NOW)
    serve(ledger, run, 0)

    assert Found("main", key(0), (12, 11)) == ledger.find(word(0))
    assert Found("main", key(2), (11,)) == ledger.find(word(2))
    assert ledger.find(word(5)) is None


@pytest.mark.usefixtures("run")
def test_a_mail_that_came_back_was_not_delivered(ledger):
    """Servers say yes first and find out afterwards; even an unclear mail is clear then."""
    assert [True, False] == [ledger.returned("main", 11, key(0), "5.1.1", LATER) for _ in range(2)]
    assert ledger.returned("main", 11, key(3), "5.2.1", LATER)

    assert [False] * 4 == [
        ledger.returned(letter, number, key(who), "5.1.1", LATER)
        for letter, number, who in (("main", 11, 1), ("main", 11, 4), ("main", 12, 0), ("dates", 11, 0))
    ]
    assert {"queued": 2, "deferred": 1, "bounced": 3} == counts(ledger)


def test_numbers_that_were_refused_in_a_row_are_counted_from_the_newest(ledger):
    """A full mailbox now and then is no reason to stop; one that refuses every letter is."""
    gave_up = Answer(Outcome.BOUNCED, 451, "4.3.0")
    for number, answer in enumerate((BOUNCED, ACCEPTED, BOUNCED, DEFERRED, BOUNCED), 11):
        serve(ledger, ledger.begin(mailing(number), audience(1), NOW), 0, answer)

    assert 2 == ledger.refused("main", key(0))
    serve(ledger, ledger.begin(mailing(16), audience(1), NOW), 0, gave_up)
    assert 0 == ledger.refused("main", key(0))
    assert 0 == ledger.refused("dates", key(0)) == ledger.refused("main", key(1))


@pytest.mark.parametrize(("status", "refused"), [("5.1.1", 1), ("4.2.2", 0)])
def test_a_mail_that_came_back_counts_as_refused_if_for_good(ledger, run, status, refused):
    ledger.returned("main", 11, key(0), status, LATER)

    assert refused == ledger.refused("main", key(0))


def test_who_gets_nothing_any_more_stays_so_until_that_is_taken_back(ledger):
    assert [True, False] == [ledger.suppress(key(0), "asked", NOW) for _ in range(2)]
    assert (True, False) == (key(0) in ledger.suppressed(), key(1) in ledger.suppressed())

    assert [True, False] == [ledger.allow(key(0)) for _ in range(2)]
    assert key(0) not in ledger.suppressed()


def test_a_member_who_is_forgotten_leaves_a_number_and_nothing_else(ledger, run, tmp_path):
    """The right to erasure; how many got a letter names nobody, so it stays true."""
    serve(ledger, ledger.begin(mailing(12), audience(6), NOW), 0)
    ledger.suppress(key(0), "asked", NOW)

    assert [2, 2, 0] == [ledger.forget(key(who)) for who in (0, 4, 0)]

    assert ledger.find(word(0)) is None
    assert {"queued": 1, "left": 1, "accepted": 1, "deferred": 1, "bounced": 1, "ambiguous": 1} == counts(ledger)
    assert {"queued": 4, "left": 1, "accepted": 1} == counts(ledger, 12)
    assert not serve(ledger, ledger.begin(mailing(12), (), NOW), 0)
    assert key(0) in ledger.suppressed()


def test_nothing_of_a_forgotten_member_is_left_on_the_disk(tmp_path):
    """A database keeps what it deletes until the place is needed; and its log keeps it as well."""
    with ledger_in(tmp_path) as ledger:
        serve(ledger, ledger.begin(mailing(), audience(3), NOW), 0)
        ledger.forget(key(0))

        bytes_ = b"".join(path.read_bytes() for path in (tmp_path / "ledger").iterdir())

    assert key(1) in bytes_
    assert key(0) not in bytes_


@pytest.mark.parametrize(
    ("answer", "spent"), [(ACCEPTED, 1), (AMBIGUOUS, 1), (DEFERRED, 0), (BOUNCED, 0)], ids=lambda one: getattr(one, "outcome", one)
)
def test_what_a_server_may_have_taken_on_is_spent(ledger, answer, spent):
    """A provider that allows 300 a day counts what it got, whoever noticed."""
    serve(ledger, ledger.begin(mailing(), audience(1), NOW), 0, answer)

    assert spent == ledger.sent_since(NOW)
    assert 0 == ledger.sent_since(NOW + timedelta(minutes=1))


def test_all_letters_of_a_ledger_spend_from_the_same_day(ledger):
    """The provider does not know which letter a mail is of."""
    for place, letter in enumerate(("main", "dates")):
        run = ledger.begin(mailing(letter=letter), audience(3), NOW)
        for who in range(3):
            serve(ledger, run, who, now=NOW + timedelta(hours=place))
    ledger.take(ledger.begin(mailing(12), audience(1), NOW), key(0), word(0))
    ledger.begin(mailing(12), (), LATER)

    assert [7, 4, 1] == [ledger.sent_since(NOW + timedelta(hours=hours)) for hours in (0, 1, 2)]
