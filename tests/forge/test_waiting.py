"""What is open is asked of GitHub with its files, and with the word of those who decide."""

from __future__ import annotations

import pytest
from tests.forge.github import TOKEN
from tests.hubs import run

from handbill.errors import ServiceFailed
from handbill.forge.waiting import waiting


def said(who: str, word: str, association: str = "MEMBER") -> dict[str, object]:
    return {"user": {"login": who} if who else None, "state": word, "author_association": association}


#: What reviewers said, in that order, and what the proposal waits for.
REVIEWS = {
    "nobody said a word": ([], ""),
    "a comment decides nothing": ([said("ada", "COMMENTED")], ""),
    "one approves": ([said("ada", "APPROVED")], "approved"),
    "one asks for a change, another approves": ([said("ada", "CHANGES_REQUESTED"), said("bo", "APPROVED")], "changes"),
    "the same one approves later": ([said("ada", "CHANGES_REQUESTED"), said("ada", "COMMENTED"), said("ada", "APPROVED")], "approved"),
    "a word is taken back": ([said("ada", "APPROVED"), said("ada", "DISMISSED")], ""),
    "a stranger approves": ([said("eve", "APPROVED", "NONE"), said("mal", "APPROVED", "CONTRIBUTOR")], ""),
    "an account is gone": ([said("", "APPROVED")], ""),
}


@pytest.mark.parametrize("case", REVIEWS)
def test_the_last_word_of_those_who_decide_counts(ground, case):
    """Anybody may press Approve at GitHub; a queue that believed them would hide what waits."""
    given, expected = REVIEWS[case]
    here = ground()
    here.fake.pull(7, "a" * 40)
    here.fake.repository.reviews[7] = given

    assert [expected] == [one.decision for one in waiting(here.github())]


def test_every_open_proposal_comes_with_its_files(ground):
    """More than a page of them, and one with more than a page of files."""
    here = ground()
    for number in range(1, 105):
        here.fake.pull(number, f"{number:040x}", author=f"a{number}")
    here.fake.repository.files[3] = [f"content/posts/{n}.md" for n in range(150)]
    here.fake.repository.pulls[4]["state"] = "closed"
    found = waiting(here.github())

    assert [1, 2, 3, *range(5, 105)] == [one.number for one in found]
    assert (150, "content/posts/fair.md", "a5") == (len(found[2].files), found[0].files[0], found[3].author)


def test_a_forge_that_does_not_answer_is_no_empty_queue(ground):
    """A repository that was renamed must not look like one in which nothing waits."""
    with pytest.raises(ServiceFailed):
        waiting(ground().github(repository="atelier/elsewhere"))


def test_in_a_workflow_the_queue_needs_no_file(ground, hub, capsys, monkeypatch, tmp_path):
    """A step is one line, and nothing is there yet that could have written a list."""
    here = ground()
    here.fake.pull(7, "a" * 40)
    for name, value in here.environ.items():
        monkeypatch.setenv(name, value)
    code, out, err = run(capsys, "--root", hub, "queue", "--as-of", "2026-03-20 12:00", "--into", tmp_path / "queue")

    assert (0, "") == (code, err)
    assert "1 proposal waits for a reviewer, the longest for 19 days." in out
    assert "[№ 7](https://github.com/" in (tmp_path / "summary").read_text(encoding="utf-8")
    assert TOKEN not in out + (tmp_path / "queue" / "queue.html").read_text(encoding="utf-8")
