"""Which proposal a run was made for: found by GitHub's own facts, and nothing that a run left."""

from __future__ import annotations

import pytest

from handbill.errors import WrongUse
from handbill.forge.proposal import Idle, proposal_of, run_of

HEAD = "a" * 40


def found(one, run):
    return proposal_of(one.github(), run_of(one.room({"workflow_run": run})))


@pytest.mark.parametrize("of", ["", "stranger/hub"])
def test_the_open_proposal_at_that_commit_is_found(ground, of):
    """Of a branch of ours, and of a fork, whose commits our repository lists under no proposal."""
    one = ground()
    one.fake.pull(7, HEAD, of=of)
    one.fake.pull(8, "b" * 40, of=of)

    assert (7, "stranger") == (found(one, one.fake.run(5, HEAD, of=of)).number, found(one, one.fake.run(5, HEAD, of=of)).author)


@pytest.mark.parametrize(
    "how", ["closed", "moved on", "another branch", "another fork", "a fork that is gone", "into another repository", "none"]
)
def test_a_proposal_that_is_not_that_any_more_is_left_alone(ground, how):
    """A comment about a commit that nobody looks at any more misleads whoever reads it."""
    one = ground()
    pull = one.fake.pull(7, HEAD, of="stranger/hub")
    if how == "closed":
        pull["state"] = "closed"
    elif how == "moved on":
        pull["head"]["sha"] = "c" * 40
    elif how == "another branch":
        pull["head"]["ref"] = "main"
    elif how == "another fork":
        pull["head"]["repo"] = {"full_name": "mallory/hub"}
    elif how == "a fork that is gone":
        pull["head"]["repo"] = None
    elif how == "into another repository":
        pull["base"]["repo"] = {"full_name": "stranger/hub"}
    else:
        one.fake.repository.pulls.clear()
    with pytest.raises(Idle, match="no open proposal stands at aaaaaaaaaaaa"):
        found(one, one.fake.run(5, HEAD, of="stranger/hub"))


def test_a_branch_of_ours_at_the_same_commit_is_another(ground):
    """GitHub lists a proposal under its commit, whichever branch the run was made for."""
    one = ground()
    one.fake.pull(7, HEAD)
    with pytest.raises(Idle, match="no open proposal"):
        found(one, one.fake.run(5, HEAD, "fete"))


def test_a_commit_that_is_forgotten_there_is_no_failure(ground):
    """It was pushed over; GitHub refuses to say anything about it."""
    one = ground()
    with pytest.raises(Idle, match="no open proposal"):
        found(one, one.fake.run(5, HEAD))


def test_two_proposals_of_one_commit_cannot_be_told_apart(ground):
    """The run was made against the base of one of them, and does not say which."""
    one = ground()
    one.fake.pull(7, HEAD)
    one.fake.pull(8, HEAD)
    with pytest.raises(Idle, match="several"):
        found(one, one.fake.run(5, HEAD))


@pytest.mark.parametrize("event", ["push", "schedule", "pull_request_target", "workflow_dispatch"])
def test_a_run_that_was_not_made_for_a_proposal_is_left_alone(ground, event):
    """Its artifact may be called the same."""
    one = ground()
    one.fake.pull(7, HEAD)
    with pytest.raises(Idle, match="not made for a proposal"):
        found(one, one.fake.run(5, HEAD, event=event))


def test_a_run_of_another_repository_is_left_alone(ground):
    """An event is GitHub's own, but which one a command gets is a matter of a variable."""
    one = ground()
    run = {**one.fake.run(5, HEAD), "repository": {"full_name": "mallory/hub"}}
    with pytest.raises(Idle, match="another repository"):
        found(one, run)


def test_another_event_is_a_wrong_use(ground):
    """A workflow that calls it on a push was written wrongly, and should learn so."""
    one = ground()
    with pytest.raises(WrongUse, match="workflow_run"):
        run_of(one.room({"pull_request": {"number": 7}}))
