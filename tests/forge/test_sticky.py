"""One comment of ours: found, edited, never doubled, and never somebody else's."""

from __future__ import annotations

import pytest
from tests.forge.github import BOT
from tests.sending.services.fake import Fault

from handbill.door import Refused
from handbill.errors import ServiceFailed
from handbill.forge.sticky import comment_of, keep_comment

MARKER = "<!-- essai -->"


def with_pull(one):
    one.fake.pull(7, one.fake.repository.commit("fair", {"a": b"x"}))
    return one


def bodies(one):
    return [told["body"].replace("\r\n", "\n") for told in one.fake.repository.comments]


def test_the_comment_is_made_once_and_then_edited(ground):
    """A proposal of twenty commits has one comment, not twenty."""
    one = with_pull(ground())

    assert "made" == keep_comment(one.github(), 7, MARKER, f"{MARKER}\nOne", BOT)[0]
    assert "same" == keep_comment(one.github(), 7, MARKER, f"{MARKER}\nOne\n", BOT)[0]
    how, address = keep_comment(one.github(), 7, MARKER, f"{MARKER}\nTwo", BOT)
    assert "edited" == how
    assert address.startswith("https://github.com/atelier/hub/pull/7#issuecomment-")
    assert [f"{MARKER}\nTwo"] == bodies(one)


@pytest.mark.parametrize(("author", "kind"), [("stranger", "User"), ("stranger[bot]", "Bot"), (BOT, "User")])
def test_a_comment_with_our_sign_that_is_not_ours_is_not_taken_for_it(ground, author, kind):
    """Whoever proposes could write it first, and would keep ours from being seen."""
    one = with_pull(ground())
    one.fake.comments_on(7, f"{MARKER}\nAll is fine!", author, kind=kind)

    assert comment_of(one.github(), 7, MARKER, BOT) is None
    assert "made" == keep_comment(one.github(), 7, MARKER, f"{MARKER}\nOne", BOT)[0]
    assert [f"{MARKER}\nAll is fine!", f"{MARKER}\nOne"] == bodies(one)


def test_a_program_with_an_account_of_people_finds_its_comment(ground):
    """Some communities give theirs an ordinary account; its name is its own all the same."""
    one = with_pull(ground())
    one.fake.comments_on(7, f"{MARKER}\nOne", "atelier-robot")

    assert comment_of(one.github(), 7, MARKER, "atelier-robot") is not None


@pytest.mark.parametrize("body", ["{} x", "Text\n{}\nOne", " {}\nOne", "{}"])
def test_the_sign_counts_as_the_whole_first_line_only(ground, body):
    """Another comment of ours may quote it."""
    one = with_pull(ground())
    one.fake.comments_on(7, body.format(MARKER), BOT, kind="Bot")

    assert (comment_of(one.github(), 7, MARKER, BOT) is None) == (body != "{}")


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize("how", ["500", "cut"])
def test_after_a_broken_answer_it_is_looked_before_it_is_written_again(ground, how, method):
    """The comment stands there, and nobody told us."""
    one = with_pull(ground(Fault(f"{method} .*comments.*", how, is_after=True)))
    if method == "PATCH":
        keep_comment(one.github(), 7, MARKER, f"{MARKER}\nOne", BOT)

    assert "same" == keep_comment(one.github(), 7, MARKER, f"{MARKER}\nTwo", BOT)[0]
    assert [f"{MARKER}\nTwo"] == bodies(one)


def test_what_was_not_done_is_done_at_the_second_try_or_told(ground):
    """A service that stays out of order is told as such."""
    one = with_pull(ground(Fault("POST .*", "500")))
    assert "made" == keep_comment(one.github(), 7, MARKER, f"{MARKER}\nOne", BOT)[0]

    one = with_pull(ground(Fault("POST .*", "500"), Fault("POST .*", "500", nth=2)))
    with pytest.raises(ServiceFailed):
        keep_comment(one.github(), 7, MARKER, f"{MARKER}\nOne", BOT)
    assert [] == bodies(one)


def test_a_comment_that_is_too_long_is_refused_there_and_told_here(ground):
    """Nothing is cut in the middle of a sentence."""
    one = with_pull(ground())
    with pytest.raises(Refused, match="too long"):
        keep_comment(one.github(), 7, MARKER, f"{MARKER}\n{'x' * 70_000}", BOT)
