"""A record, read by whoever trusts nothing of it."""

import copy
import json
from datetime import UTC, datetime

import pytest
from tests.cases import for_each
from tests.draw.samples import archive, record

from handbill.draw.canonical import canonical, sealed
from handbill.draw.committed import AFTER, SEALING, NotCommitted, committed_in
from handbill.draw.pool import digest_of
from handbill.hub.facets import Deadline
from handbill.hub.record import STEPS, Record, refusal, state_at
from handbill.reading.contests import record_in, record_text

WHOLE = archive()["record.json"]


def steps():
    """Return the steps of a whole contest, to be changed."""
    return copy.deepcopy(json.loads(WHOLE)["steps"])


def test_a_record_is_read_as_the_hub_reads_it():
    """Two readers of one file that differ would prove nothing to each other."""
    hub = record_in(WHOLE)
    found = committed_in(WHOLE)

    assert (hub.id, [(one.name, one.at, one.facts) for one in hub.steps]) == (
        found.contest,
        [(one.name, one.at, one.facts) for one in found.steps],
    )
    assert hub.terms == found.terms
    assert WHOLE == record_text(hub)


def test_the_steps_follow_each_other_as_the_hub_lets_them():
    """A step that the hub would commit must not be called wrong by whoever checks it, and the other way round."""
    deadline = Deadline(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 30, tzinfo=UTC))
    after = datetime(2026, 7, 1, tzinfo=UTC)
    states = {name: state_at(Record("ete", hub_steps(name)), deadline, False, after) for name in AFTER if name}
    states |= {"": "draft"}

    for name, state in states.items():
        # Rules are amended until entries close, and a record does not know when each step's state was another.
        allowed = {step for step in STEPS if not refusal(state, step)} | ({"announced"} if name == "announced" else set())
        assert allowed == {*AFTER[name], *(("sealed",) if name in SEALING else ())}, name


def hub_steps(name):
    """Return a single step as the hub holds it."""
    from handbill.hub.record import Step

    return (Step(name, datetime(2026, 5, 1, tzinfo=UTC)),)


def test_the_digest_before_the_draw_is_that_of_the_file_at_the_time():
    """It stands in draw.json, so that the terms and the frozen pool are part of what was drawn."""
    before = [one for one in steps() if one["step"] in ("announced", "frozen")]

    assert digest_of(record(before)) == committed_in(WHOLE).before_draw == committed_in(record(before)).before_draw


def changed(number, **facts):
    """Return a record in which one step says something else, sealed anew as a forger would."""
    told = steps()
    told[number] |= facts
    return record(told)


def in_terms(**values):
    """Return a record whose rules in force say something else."""
    told = steps()
    told[1]["terms"] |= values
    return record(told)


@for_each(
    "raw",
    [
        b"",
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"\xff\xfe",
        b"[" * 100_000,
        WHOLE + b"\n",
        WHOLE[:-1],
        canonical(json.loads(WHOLE) | {"digest": "0" * 64}),
        canonical({key: value for key, value in json.loads(WHOLE).items() if key != "digest"}),
        sealed(json.loads(WHOLE) | {"format": 2}),
        sealed(json.loads(WHOLE) | {"contest": "../ete"}),
        sealed(json.loads(WHOLE) | {"more": 1}),
        sealed(json.loads(WHOLE) | {"steps": {}}),
        record([1]),
        record([{"at": "2026-01-01T00:00:00Z"}]),
        record([{"step": "frozen"}]),
        record([{"step": "", "at": "2026-01-01T00:00:00Z"}]),
        record([{"step": "sealed", "at": "2026-01-01T00:00:00Z", "juror": "a", "digest": "0"}]),
        record([{"step": "published", "at": "2026-01-01T00:00:00Z"}]),
        record(steps()[1:][:1] + steps()[:1]),
        record(steps()[2:]),
        changed(0, step="announce"),
        changed(0, step=["announced"]),
        changed(0, at="2026-13-01T00:00:00Z"),
        changed(0, at="0000-01-01T00:00:00Z"),
        changed(0, at="2023-07-20T09:00:00+00:00"),
        changed(0, version="1"),
        changed(0, rules={"fr": None}),
        changed(0, terms=None),
        changed(0, beacon={"chain": "x"}),
        changed(0, beacon={"chain": "x", "round": -1}),
        changed(0, beacon=[]),
        changed(2, pool=None),
        changed(2, size="10"),
        changed(2, answers=1),
        changed(3, draw=1),
        changed(3, missing="1000"),
        changed(3, missing=1 << 70),
        in_terms(mechanism="vote"),
        in_terms(closes=""),
        in_terms(draw="tomorrow"),
        in_terms(objection_hours=10**30),
        in_terms(substitutes=-1),
        in_terms(prizes=[{"name": "x", "quantity": 10**30, "shared_by": 1}]),
        in_terms(prizes=[{"name": "x", "quantity": 1}]),
        in_terms(sources=[{"name": "x", "count": 10, "most": 5}]),
        in_terms(judging={"jurors": [], "criteria": [{"name": "x", "weight": "NaN", "scale": 10}]}),
        in_terms(judging={"jurors": [], "criteria": [{"name": "x", "weight": "0", "scale": 10}]}),
        in_terms(quiz={"questions": 10**30, "answers": "", "tiebreak": ""}),
    ],
    ids=lambda raw: digest_of(raw)[:8],
)
def test_what_no_contest_commits_is_refused(raw):
    """Who sends a file to a program can send any file."""
    with pytest.raises(NotCommitted):
        committed_in(raw)


def test_terms_may_say_more():
    """Rules will say things that no draw asks for, and older programs must still check newer contests."""
    assert "more" == committed_in(in_terms(something="more")).terms["something"]
