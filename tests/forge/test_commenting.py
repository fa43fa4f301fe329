"""One comment under a proposal, written anew from data: whatever a stranger's job left, nothing of its words is posted."""

from __future__ import annotations

import json

import pytest
from tests.forge.github import BOT, TOKEN, zip_of
from tests.forge.poison import RECORDS, SHAPES, review

from handbill.errors import HandbillError
from handbill.forge.artifact import Poisoned
from handbill.forge.commenting import comment
from handbill.forge.proposal import Idle
from handbill.forge.seen import REVIEW, seen_in
from handbill.reviewing.as_json import NotAReview, read


def words(found, address, _files):
    """Stand in for the words of the comment: what is told here is that they are asked for, and with what."""
    return f"{REVIEW}\n{found.hub} {address}"


def proposed(one, raw=None, **pull):
    """Let somebody propose something, and a check have run; return the room of what follows it."""
    head = one.fake.repository.commit("fair", {"content/posts/fair.md": b"x"})
    one.fake.pull(7, head, **pull)
    run = one.fake.run(5, head, **pull)
    if raw is not None:
        one.fake.artifact(5, "review", raw)
    return one.room({"workflow_run": run})


def good(**changes):
    return zip_of({"review.json": json.dumps(review(**changes)), "review.md": "@everyone <script>", "review.html": "<script>"})


def bodies(one):
    return [told["body"].replace("\r\n", "\n") for told in one.fake.repository.comments]


@pytest.mark.parametrize("of", ["", "stranger/hub"])
def test_the_comment_says_what_the_record_says_and_nothing_else(ground, of):
    """The Markdown that lies beside it may say that all is fine."""
    one = ground()
    room = proposed(one, good(hub="Essai"), **({"of": of} if of else {}))
    done = comment(room, one.github(), None, read, words)

    assert (7, "made") == (done.number, done.how)
    number = one.fake.repository.artifacts[0]["id"]
    lines = bodies(one)[0].splitlines()
    assert f"Essai https://github.com/atelier/hub/actions/runs/5/artifacts/{number}" == lines[2]
    assert 3 == len(lines)
    assert [] == one.fake.leaked


def test_files_are_shown_as_they_stand_at_the_proposal(ground):
    """The commit of a record could be that of any fork, shown under our own name."""
    one = ground()
    room = proposed(one, good(head={"name": "HEAD", "commit": "e" * 40}))
    seen = []
    comment(room, one.github(), None, read, lambda found, *more: seen.append(found.head.commit) or words(found, *more))

    assert [one.fake.repository.pulls[7]["head"]["sha"]] == seen


def test_a_second_look_at_the_same_commit_does_not_make_the_first_one_later(ground):
    """A label that was put in between was put by somebody who had seen it."""
    one = ground()
    room = proposed(one, good(hub="Un"))
    comment(room, one.github(), None, read, words)
    first = seen_in(bodies(one)[0])
    one.fake.tick(60)
    one.fake.repository.artifacts.clear()
    one.fake.artifact(5, "review", good(hub="Deux"))
    assert "edited" == comment(room, one.github(), None, read, words).how
    assert first == seen_in(bodies(one)[0])
    assert "Deux" in bodies(one)[0]

    head = one.fake.repository.commit("fair", {"content/posts/fair.md": b"y"})
    one.fake.repository.pulls[7]["head"]["sha"] = head
    one.fake.artifact(6, "review", good())
    comment(one.room({"workflow_run": one.fake.run(6, head)}), one.github(), None, read, words)
    later = seen_in(bodies(one)[0])
    assert (head, True) == (later.head, later.moment > first.moment)
    assert 1 == len(bodies(one))


#: What is refused only where it is wanted, and what takes seconds to make.
_ELSEWHERE = frozenset({"a zip file in it", "100,000 files"})


@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - _ELSEWHERE))
def test_a_poisoned_artifact_says_nothing_under_a_proposal(ground, shape):
    """Forty and more ways to make the comment another's."""
    one = ground()
    room = proposed(one, SHAPES[shape][0]())
    with pytest.raises((Poisoned, NotAReview)):
        comment(room, one.github(), None, read, words)

    assert [] == bodies(one)


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_that_is_no_review_says_nothing_under_a_proposal(ground, record):
    """The zip file may be right, and what is in it is still a stranger's."""
    one = ground()
    room = proposed(one, zip_of({"review.json": RECORDS[record]()}))
    with pytest.raises(HandbillError) as told:
        comment(room, one.github(), None, read, words)

    assert isinstance(told.value, (Poisoned, NotAReview))
    assert [] == bodies(one)


def test_the_number_of_a_proposal_is_never_taken_from_what_a_job_left(ground):
    """It would write under any proposal that it likes."""
    one = ground()
    one.fake.pull(8, "b" * 40)
    room = proposed(one, zip_of({"review.json": json.dumps(review()), "proposal.json": '{"number": 8}'}))
    comment(room, one.github(), None, read, words)

    assert [7] == [told["number"] for told in one.fake.repository.comments]


def test_of_a_run_that_was_started_again_the_last_file_is_taken(ground):
    """The first one may be of a try that failed in the middle."""
    one = ground()
    room = proposed(one, good(hub="Un"))
    one.fake.artifact(5, "review", good(hub="Deux"))
    one.fake.artifact(5, "review", good(hub="Trois"), expired=True)
    one.fake.artifact(6, "review", good(hub="Quatre"))
    comment(room, one.github(), None, read, words)

    assert "Deux" in bodies(one)[0]


def test_a_run_that_left_nothing_is_left_alone(ground):
    """It failed before there was anything to show; its own page says why."""
    one = ground()
    room = proposed(one)
    with pytest.raises(Idle, match="left no “review”"):
        comment(room, one.github(), None, read, words)


def test_a_file_that_says_it_is_too_large_is_not_fetched(ground):
    """Fetching it would cost us, and it the sender nothing."""
    one = ground()
    room = proposed(one, b"")
    one.fake.repository.artifacts[0]["size_in_bytes"] = 1 << 40
    with pytest.raises(Poisoned, match="at most"):
        comment(room, one.github(), None, read, words)

    assert not any("zip" in asked for asked in one.fake.asked)


def test_a_pack_that_somebody_has_is_read_in_its_place(ground, tmp_path):
    """As a zip file or unpacked; another name for another file is not followed."""
    one = ground()
    room = proposed(one)
    (tmp_path / "pack.zip").write_bytes(good())
    assert "made" == comment(room, one.github(), tmp_path / "pack.zip", read, words).how
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "review.json").write_text(json.dumps(review()), encoding="utf-8")
    assert "same" == comment(room, one.github(), tmp_path / "pack", read, words).how
    (tmp_path / "pack" / "review.json").unlink()
    (tmp_path / "pack" / "review.json").symlink_to(tmp_path / "event.json")
    with pytest.raises(Poisoned, match="no plain file"):
        comment(room, one.github(), tmp_path / "pack", read, words)


def test_with_too_few_rights_nothing_is_said_and_the_token_stays_unnamed(ground):
    """A job that was given less than it needs must say what is missing, and not who it is."""
    one = ground(rights={"actions": "read", "contents": "read"})
    room = proposed(one, good())
    with pytest.raises(HandbillError, match=r"does not let us in \(Resource not accessible by integration\)") as told:
        comment(room, one.github(), None, read, words)

    assert TOKEN not in str(told.value)
    assert BOT == room.actor


def test_what_was_compared_with_another_branch_is_not_shown(ground):
    """The same commit was proposed to a branch that a form had made, and that proposal was closed while it was checked."""
    one = ground()
    begun = one.fake.repository.commit("main", {"content/posts/old.md": b"x"})
    one.fake.repository.commit("main", {"content/posts/new.md": b"x"}, keep=True)
    one.fake.repository.branches["proposal/issue-3"] = begun
    other = one.fake.repository.commit("proposal/issue-3", {"content/posts/fair.md": b"x"}, keep=True)
    room = proposed(one, good(base={"name": "HEAD^1", "commit": other}))
    with pytest.raises(Idle, match="another branch than main"):
        comment(room, one.github(), None, read, words)
    assert [] == bodies(one)

    one.fake.repository.artifacts.clear()
    one.fake.artifact(5, "review", good(base={"name": "HEAD^1", "commit": begun}))
    assert "made" == comment(room, one.github(), None, read, words).how


def test_a_comment_is_seen_from_when_it_stands_there(ground):
    """A label that is put while the comment is written is put for what stood there before."""
    one = ground()
    room = proposed(one, good())
    put = []

    def hurried(_number, stage):
        if stage == "asked" and one.fake.asked[-1] == "POST /repos/atelier/hub/issues/7/comments" and not put:
            one.fake.label(7, "preview", "ada")
            put.append(one.fake.now)
        return False

    one.fake.watch = hurried
    comment(room, one.github(), None, read, words)

    assert put[0] < seen_in(bodies(one)[0]).moment


def test_the_words_are_told_which_files_the_forge_lists(ground):
    """The record could keep one back."""
    one = ground()
    one.fake.repository.files[7] = ["src/a.py", "content/b.md"]
    room = proposed(one, good())
    listed = []
    comment(room, one.github(), None, read, lambda found, address, files: listed.append(files) or words(found, address, files))
    one.fake.repository.files[7] = [f"content/{number}.md" for number in range(3000)]
    comment(room, one.github(), None, read, lambda found, address, files: listed.append(files) or words(found, address, files))

    assert [("content/b.md", "src/a.py"), None] == listed


def test_a_commit_that_comes_back_is_seen_from_when_it_was_shown_again(ground):
    """Else a label would be asked for again and again, and none would ever count."""
    one = ground()
    room = proposed(one, good())
    comment(room, one.github(), None, read, words)
    first = seen_in(bodies(one)[0])
    one.fake.happens(7, "head_ref_force_pushed")
    comment(room, one.github(), None, read, words)

    assert (first.head, True) == (seen_in(bodies(one)[0]).head, seen_in(bodies(one)[0]).moment > first.moment)
