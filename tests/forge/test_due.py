"""Whether the hub is published again: when something was merged or came due, and whenever nobody can tell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.hubs import moment
from tests.sending.services.fake import Fault

from handbill.errors import ContentProblems
from handbill.forge.due import due_of
from handbill.forge.keeping import HEADLINE

#: 22 November, 00:00 in the fake's own zone is one o'clock here.
BEGUN = moment("2026-11-22 01:00")


def asked(one, now, until, name="schedule", commit=""):
    room = one.room(name=name, commit=commit or one.fake.repository.branches["main"])
    seen = []

    def until_of(made):
        seen.append(made)
        return until

    return due_of(room, one.github(), "github-pages", now, until_of), seen


def published(ground, *states, run=5, **more):
    one = ground(**more)
    head = one.fake.repository.commit("main", {"hub.toml": b""})
    one.fake.run(5, head, event="schedule")
    one.fake.tick(10)
    one.fake.deployment(head, *(states or ("in_progress", "success")), run=run)
    return one


def test_what_is_published_and_still_right_is_not_published_again(ground):
    """An hourly job that rebuilds for nothing is a bill, and hides the run that mattered."""
    found, seen = asked(published(ground), BEGUN + timedelta(hours=3), BEGUN + timedelta(hours=5))

    assert not found.is_due
    assert "what is published stays right until 2026-11-22 06:00" == found.why
    assert [BEGUN] == seen, "what counts is when the run began, not when it ended"


def test_what_came_due_meanwhile_is_published(ground):
    """A post for six o'clock appears although nobody pushed anything."""
    found, _ = asked(published(ground), BEGUN + timedelta(hours=5), BEGUN + timedelta(hours=5))

    assert found.is_due
    assert "something came due at 2026-11-22 06:00" == found.why


def test_what_was_merged_is_published(ground):
    """Whatever came due or not."""
    one = published(ground)
    one.fake.repository.commit("main", {"hub.toml": b"new"})
    found, seen = asked(one, BEGUN, BEGUN + timedelta(hours=5))

    assert found.is_due
    assert "is not published yet" in found.why
    assert [] == seen


def test_what_the_last_run_noted_is_no_reason_to_run_again(ground):
    """Else each publication is followed by another, an hour later, that changes nothing."""
    one = published(ground)
    one.fake.repository.commit("main", {"addresses.lock": b"/a/ post:a\n"}, HEADLINE, keep=True)
    one.fake.repository.commit("main", {"calendars.lock": b"host a\n"}, f"{HEADLINE}\n\nMore.", keep=True)

    assert not asked(one, BEGUN, BEGUN + timedelta(hours=5))[0].is_due


@pytest.mark.parametrize(
    ("files", "message"),
    [({"addresses.lock": b""}, "addresses: forget one"), ({"hub.toml": b"new"}, HEADLINE), ({"content/a.md": b"new"}, HEADLINE)],
    ids=["a book by hand", "a file under our words", "a folder under our words"],
)
def test_what_others_committed_is_published_whatever_it_says(ground, files, message):
    """The words of a commit are anybody's; and whoever mends a book by hand wants to see it."""
    one = published(ground)
    one.fake.repository.commit("main", {"addresses.lock": b"/a/ post:a\n"}, HEADLINE, keep=True)
    one.fake.repository.commit("main", files, message, keep=True)
    one.fake.repository.commit("main", {"addresses.lock": b"/b/ post:b\n"}, HEADLINE, keep=True)

    assert asked(one, BEGUN, BEGUN + timedelta(hours=5))[0].is_due


def test_where_the_run_is_not_known_it_is_taken_for_a_long_one(ground):
    """What came due while the site was made may not be in it."""
    _, seen = asked(published(ground, run=0), BEGUN, BEGUN + timedelta(hours=5))

    assert [BEGUN + timedelta(minutes=10) - timedelta(hours=6)] == seen


@pytest.mark.parametrize("states", [("in_progress",), ("success", "failure"), ("queued", "error"), ("success", "inactive")])
def test_a_deployment_that_did_not_end_well_is_none(ground, states):
    """Half a deployment is not what members see."""
    found, _ = asked(published(ground, *states), BEGUN, BEGUN + timedelta(hours=5))

    assert found.is_due
    assert "nothing was published yet" in found.why


def test_after_one_that_failed_the_one_before_counts(ground):
    """It is what still stands there."""
    one = published(ground)
    one.fake.deployment(one.fake.repository.branches["main"], "failure")
    one.fake.deployment("b" * 40, "success", environment="letters")

    assert not asked(one, BEGUN, BEGUN + timedelta(hours=5))[0].is_due


def test_whoever_asks_for_it_by_hand_gets_it(ground):
    """That is what the button is for, and it works when GitHub's own list does not."""
    one = published(ground)
    assert asked(one, BEGUN, BEGUN + timedelta(hours=5), name="workflow_dispatch")[0].is_due
    assert [] == one.fake.asked


@pytest.mark.parametrize("how", ["403", "404", "page", "list", "truncated"])
def test_where_nobody_can_tell_it_is_published(ground, how):
    """Once too often costs a minute; once too seldom, an announcement."""
    one = published(ground)
    one.fake.faults.append(Fault("GET .*/deployments", how, is_after=True))
    found, _ = asked(one, BEGUN, BEGUN + timedelta(hours=5))

    assert found.is_due
    assert found.why.startswith("nobody can tell")


def test_a_hub_that_cannot_be_read_is_published_so_that_the_build_says_why(ground):
    """A job that ends green without a word would hide it."""
    one = published(ground)
    room = one.room(name="schedule", commit=one.fake.repository.branches["main"])

    def until_of(_made):
        raise ContentProblems(())

    assert due_of(room, one.github(), "github-pages", BEGUN, until_of).is_due
