"""Where our reading of an address differs from that of the judge, somebody has said why."""

from __future__ import annotations

from tests.sending.hostile import injecting, lines
from tests.sending.test_addresses import judged, taken


def test_each_disagreement_with_the_judge_has_its_reason():
    """A refusal that nobody can explain is a member who gets no letter; a rule that became needless stays for ever."""
    every = {*(address for _, address in injecting()), *lines("real"), *lines("odd")}
    reasons = dict(line.rsplit("\t", 1) for line in lines("judged"))

    assert {one for one in every if judged(one) != taken(one)} == set(reasons)
    assert all(reasons.values())


def test_nothing_is_taken_that_the_judge_refuses_or_writes_otherwise():
    """We are stricter, and nothing else."""
    every = [*(address for _, address in injecting()), *lines("real"), *lines("odd")]

    assert [] == [one for one in every if taken(one) is not None and judged(one) != taken(one)]
    assert 400 <= len(every)


def test_one_real_address_of_a_hundred_at_most_is_refused():
    """Who is refused has done nothing wrong."""
    real = lines("real")

    assert len([one for one in real if taken(one) is None]) <= len(real) / 100
