"""Questions to git, and its answers."""

import os

import pytest
from tests.doctor.repositories import asked, committed, git, needs_git

from handbill.git import Git

pytestmark = needs_git


def test_an_answer_is_what_git_prints(tmp_path):
    """Everything else is told from it."""
    repository = committed(tmp_path / "hub")

    assert "true\n" == repository.answer("rev-parse", "--is-inside-work-tree")
    assert ["content/posts/a.md", "hub.toml"] == repository.names("ls-files", "-z")


def test_a_refusal_is_no_answer(tmp_path):
    """A folder without history is no error of ours."""
    (tmp_path / "empty").mkdir()

    assert "" == asked(tmp_path / "empty").answer("rev-parse", "HEAD")
    assert "not a git repository" in asked(tmp_path / "empty").complaint("status")
    assert "" == committed(tmp_path / "hub").complaint("status")


@pytest.mark.parametrize("program", ["/nowhere/git", os.devnull])
def test_a_git_that_cannot_be_started_is_no_answer(tmp_path, program):
    """The finding about the program says so."""
    assert "" == Git(program, tmp_path).answer("version")
    assert "" == Git(program, tmp_path).complaint("version")


def test_what_git_keeps_for_itself_is_found_in_a_linked_folder_too(tmp_path):
    """There, .git is a file."""
    committed(tmp_path / "hub")
    git(tmp_path / "hub", "worktree", "add", "-q", "../linked")

    assert (tmp_path / "hub/.git/worktrees/linked/index.lock").resolve() == asked(tmp_path / "linked").path("index.lock").resolve()
    assert tmp_path / "hub/.git/index.lock" == asked(tmp_path / "hub").path("index.lock")


def test_names_with_accents_come_as_they_are(tmp_path):
    """Git would quote them otherwise."""
    committed(tmp_path / "hub", content__posts__été_dot_md="x")

    assert "content/posts/été.md" in asked(tmp_path / "hub").names("ls-files", "-z")


def test_a_variable_that_names_another_repository_is_not_followed(tmp_path, monkeypatch):
    """Within a hook they are set, and the answer would be about another folder than the one asked about."""
    hub, other = committed(tmp_path / "hub"), committed(tmp_path / "other", extra="x")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))

    assert ["content/posts/a.md", "hub.toml"] == hub.names("ls-files", "-z")
    assert "extra" in other.names("ls-files", "-z")


def test_bytes_come_as_they_are(tmp_path):
    """A mail has ends of lines of its own, and a picture is no text."""
    hub = committed(tmp_path / "hub")
    (tmp_path / "hub/odd").write_bytes(b"\xff\r\n\0")
    git(tmp_path / "hub", "add", "odd")

    assert {":odd": b"\xff\r\n\0"} == hub.blobs([":odd", ":nothing"])


def test_the_folder_that_all_working_trees_share_is_known(tmp_path):
    """What is remembered there is remembered in each of them."""
    committed(tmp_path / "hub")
    git(tmp_path / "hub", "worktree", "add", "-q", "../linked")
    (tmp_path / "empty").mkdir()

    assert (tmp_path / "hub/.git").resolve() == asked(tmp_path / "linked").common == asked(tmp_path / "hub").common
    assert asked(tmp_path / "empty").common is None


def test_many_objects_come_in_one_answer_and_what_is_none_is_left_out(tmp_path):
    """A process for each picture of a letter would take seconds."""
    hub = committed(tmp_path / "hub", empty="", two="a\nb\n")

    found = hub.blobs(["HEAD:hub.toml", "HEAD:nothing", "HEAD:content", "HEAD:empty", "HEAD:two", "HEAD:two"])

    assert {"HEAD:hub.toml": (tmp_path / "hub/hub.toml").read_bytes(), "HEAD:empty": b"", "HEAD:two": b"a\nb\n"} == found
    assert {} == hub.blobs([])
    (tmp_path / "empty").mkdir()
    assert {} == asked(tmp_path / "empty").blobs(["HEAD:hub.toml"])
