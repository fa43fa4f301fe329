"""Mails of which nobody knows whether they arrived."""

import pytest
from tests.doctor.repositories import needs_git
from tests.hubs import moment
from tests.sending.frozen import SENT, frozen_hub
from tests.sending.mailings import ACCEPTED, AMBIGUOUS
from tests.sending.test_readiness import sent_to

from handbill.errors import MachineLacks, WrongUse
from handbill.sending.settling import decide, unclear_of
from handbill.sending.turn import only_run

pytestmark = needs_git

NOW = moment(SENT)


@pytest.fixture
def root(tmp_path):
    return frozen_hub(tmp_path)


def test_they_are_listed_by_their_rows_and_one_is_decided(root):
    """The sender looks into the server's log, one by one."""
    sent_to(root, [AMBIGUOUS, ACCEPTED, AMBIGUOUS])

    name, unclear = unclear_of(root, "1")
    assert ("1", [2, 4]) == (name, [one.row for one in unclear])

    name, rest = decide(root, "1", unclear[0].key, True, NOW)
    assert ("1", unclear[1:]) == (name, rest)
    assert ("1", ()) == decide(root, "1", unclear[1].key, False, NOW)


def test_a_key_that_is_nobodys_decides_nothing(root):
    """It was copied from another letter."""
    sent_to(root, [AMBIGUOUS])

    with pytest.raises(WrongUse):
        decide(root, "1", "0" * 12, True, NOW)
    assert 1 == len(unclear_of(root, "1")[1])


def test_nothing_is_decided_while_the_letter_is_being_sent(root):
    """The run would count it otherwise than the person did."""
    sent_to(root, [AMBIGUOUS])
    key = unclear_of(root, "1")[1][0].key

    with only_run(root.parent / "private", "main", NOW), pytest.raises(MachineLacks, match="already being sent"):
        decide(root, "1", key, True, NOW)


def test_without_a_ledger_there_is_nothing_to_decide(root):
    """And none is made by asking."""
    with pytest.raises(WrongUse, match="keeps it elsewhere"):
        unclear_of(root, "1")

    assert not (root.parent / "private").exists()
