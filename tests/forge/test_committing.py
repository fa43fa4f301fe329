"""Files become a commit there, with the ids that Git gives them, or nothing at all."""

from __future__ import annotations

import subprocess

import pytest

from handbill.errors import ServiceFailed
from handbill.forge.committing import Moved, commit, content_of, files_at, head_of, id_of


def test_files_are_committed_and_others_taken_away(ground):
    """One commit holds all of a change, with what it says."""
    one = ground()
    head = one.fake.repository.commit("main", {"a.md": b"a", "b/c.md": b"c", "b/d.md": b"d"})
    made = commit(one.github(), "main", head, "part: say it", "why", {"a.md": "é".encode(), "n/e.bin": b"\0\xff"}, ["b/c.md"])

    assert {"a.md": "é".encode(), "b/d.md": b"d", "n/e.bin": b"\0\xff"} == one.fake.repository.files_of(made)
    assert "part: say it\n\nwhy" == one.fake.repository.commits[made]["message"]
    assert made == head_of(one.github(), "main")


def test_a_branch_that_moved_is_not_written_over(ground):
    """What somebody wrote a second ago must not be lost."""
    one = ground()
    head = one.fake.repository.commit("main", {"a.md": b"a"})
    one.fake.repository.commit("main", {"a.md": b"theirs"})
    with pytest.raises(Moved, match="did not"):
        commit(one.github(), "main", head, "x", "", {"a.md": b"ours"})


def test_a_branch_that_is_closed_to_us_says_so(ground):
    """A rule of the repository is the community's decision, and is told in GitHub's words."""
    one = ground()
    head = one.fake.repository.commit("main", {"a.md": b"a"})
    one.fake.repository.protected.add("main")
    with pytest.raises(ServiceFailed, match="Changes must be made through a pull request"):
        commit(one.github(), "main", head, "x", "", {"a.md": b"ours"})


def test_many_files_become_several_commits_one_after_the_other(ground):
    """More than a hundred in one are refused there."""
    one = ground()
    head = one.fake.repository.commit("main", {"old": b"x"})
    files = {f"p/{n:03}.html": b"%d" % n for n in range(230)}
    made = commit(one.github(), "main", head, "x", "", files, ["old"])

    assert files == one.fake.repository.files_of(made)
    assert 3 == one.fake.commits_made


def test_what_a_commit_holds_is_listed_and_read(ground):
    """By ids that need no download to compare."""
    one = ground()
    head = one.fake.repository.commit("main", {"pr-7/a/b.html": b"x" * 200, "pr-7/c": b"c", "pr-70/d": b"d", "top": b"t"})

    assert {"pr-7/a/b.html": id_of(b"x" * 200), "pr-7/c": id_of(b"c")} == files_at(one.github(), head, "pr-7")
    assert {} == files_at(one.github(), head, "pr-8")
    assert 4 == len(files_at(one.github(), head))
    assert b"x" * 200 == content_of(one.github(), id_of(b"x" * 200))


@pytest.mark.parametrize("content", [b"", b"Bonjour\n", bytes(range(256))])
def test_an_id_is_that_of_git(content, tmp_path):
    """If it were another, everything would be sent each time."""
    told = subprocess.run(["git", "hash-object", "--stdin"], input=content, capture_output=True, check=True, cwd=tmp_path).stdout

    assert told.decode().strip() == id_of(content)


def test_a_branch_that_is_not_there_has_no_head(ground):
    """A name with a slash is one branch."""
    one = ground()
    head = one.fake.repository.commit("proposal/issue-12", {"a": b"a"})

    assert head == head_of(one.github(), "proposal/issue-12")
    assert head_of(one.github(), "proposal/issue-13") is None
