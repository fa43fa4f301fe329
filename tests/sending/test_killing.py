"""kill -9, at every step and at any moment: nobody twice, nobody lost, and who is unclear is told.

The whole figures, 500 kills over 2,000 recipients with one connection and with
four: ``python -m tests.sending.killing``.
"""

from __future__ import annotations

import os
import random

import pytest
from tests.sending.killing import both_at_once, killed_at_every_step, killed_at_random, steps_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.long
def test_a_run_that_is_killed_at_any_step_serves_nobody_twice_and_loses_nobody(tmp_path):
    """Each statement, each flush and each delivery once is the last thing that a run does."""
    found = killed_at_every_step(tmp_path, 2)

    assert [] == [fault for one in found for fault in one.wrong]
    assert {0, 1} == {one.unclear for one in found}
    assert {1, 2} == {one.delivered for one in found}
    assert len(found) == steps_of_a_mailing(tmp_path / "again", 2)


def steps_of_a_mailing(folder, members):
    folder.mkdir()
    return steps_of(folder, members)


@pytest.mark.parametrize("connections", [1, 4])
def test_runs_that_are_killed_at_any_moment_serve_nobody_twice_and_lose_nobody(tmp_path, connections):
    """A machine that runs out of memory kills whatever is large at that moment."""
    chance, kills = random.Random(connections), 0
    # How many are possible before everybody is served depends on how busy the machine is.
    for attempt in range(12):
        told = killed_at_random(tmp_path / f"hub{attempt}", 120, 25, connections, chance)
        kills += told.kills

        assert () == told.wrong
        assert connections >= told.most_unclear
        assert 120 >= told.delivered >= 120 - told.unclear
        if kills >= 5:
            break
    assert 5 <= kills


def test_of_two_that_send_at_once_exactly_one_does(tmp_path):
    """Two operators, or a timer and an operator; whoever comes when all is over finds nobody to serve."""
    ends = []
    for attempt in range(4):
        codes, told = both_at_once(tmp_path / f"{attempt}", 60)
        ends.append(codes)

        assert ((), 60, 0) == (told.wrong, told.delivered, told.unclear)

    assert [0, 3] in ends
    assert all(codes in ([0, 3], [0, 0]) for codes in ends)
