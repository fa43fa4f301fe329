"""Counts of a sent letter: they add up, and too small a number is shown to nobody."""

from dataclasses import replace

import pytest
from tests.frozen import letter, totals

SENT = totals(letter(1))


def test_whoever_is_counted_nowhere_still_waits():
    """A sending that stopped half-way must not look finished."""
    assert 0 == SENT.waiting
    assert 88 == replace(SENT, asked=500).waiting


@pytest.mark.parametrize("state", ["accepted", "bounced", "ambiguous"])
def test_a_letter_of_which_one_mail_may_have_arrived_has_left(state):
    """On another machine, whose ledger knows nothing of it, it would be sent a second time."""
    nobody = dict.fromkeys(SENT.counts, 0)

    assert replace(SENT, counts={**nobody, state: 1}).has_left
    assert not replace(SENT, counts={**nobody, "suppressed": 5, "deferred": 3, "left": 1}).has_left


@pytest.mark.parametrize("state", ["deferred", "ambiguous"])
def test_a_sending_is_done_when_it_is_known_what_became_of_every_mail(state):
    """Until then somebody has to look again."""
    counts = dict.fromkeys(SENT.counts, 0) | {"accepted": 411}

    assert not replace(SENT, counts=counts).is_done
    assert replace(SENT, counts=counts | {"bounced": 1}).is_done
    assert not replace(SENT, counts=counts | {state: 1}).is_done


def test_few_members_are_not_told_to_everybody():
    """“Mailed to 3 members” can say who they were; ten or more say nothing about anyone."""
    assert 402 == SENT.shown
    assert 10 == replace(SENT, counts={**SENT.counts, "accepted": 10}).shown
    assert 0 == replace(SENT, counts={**SENT.counts, "accepted": 9}).shown
