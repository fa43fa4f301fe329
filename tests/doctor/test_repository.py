"""The state of a repository, each tried on a real one that is in it."""

from __future__ import annotations

import os

import pytest
from tests.doctor.repositories import POST, asked, committed, git, is_told, mend, needs_git, write

from handbill.doctor.repository import branch, history, locks, name, owner, repository, unfinished

needs_administrator = pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only the administrator can give files away")


def about(root, what, **room):
    """Return the finding of that name."""
    return next(one for one in repository(root, room) if one.what == what)


def test_without_git_one_is_told_what_is_lost(tmp_path, monkeypatch):
    """A hub can be built without it, and one should know what is missing then."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (one,) = repository(tmp_path, {})

    is_told(one, "warning", "not installed")


@pytest.mark.skipif(os.name == "nt", reason="a program is played by a shell script")
@pytest.mark.parametrize(("answer", "words"), [("git version 2.7.4", "2.7.4, older than"), ("command not found", "does not answer")])
def test_a_git_that_is_too_old_or_broken_is_told(tmp_path, monkeypatch, answer, words):
    """It would leave out dates without a word."""
    (tmp_path / "git").write_text(f"#!/bin/sh\necho '{answer}'\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    is_told(about(tmp_path, "git"), "warning", words)


@needs_git
def test_a_folder_without_history_is_told_and_mended(tmp_path):
    """It came as an archive, without its history."""
    write(tmp_path / "hub", {"hub.toml": "", "content/posts/a.md": POST})
    one = about(tmp_path / "hub", "version history")
    is_told(one, "warning", "this folder is no repository")

    mend(one, tmp_path / "hub")
    is_told(about(tmp_path / "hub", "version history"), "ok", "whole")


@needs_git
def test_a_repository_without_a_commit_is_told_and_mended(tmp_path):
    """Nothing has a date before the first commit."""
    write(tmp_path / "hub", {"hub.toml": ""})
    git(tmp_path / "hub", "init", "-q")
    one = history(asked(tmp_path / "hub"))
    is_told(one, "warning", "no commit yet")

    mend(one, tmp_path / "hub")
    is_told(history(asked(tmp_path / "hub")), "ok", "whole")


@needs_git
def test_a_shallow_clone_is_told_and_mended_unless_history_is_written_down(tmp_path):
    """Build servers clone shallowly, and every text would get the date of the last commit."""
    committed(tmp_path / "hub")
    git(tmp_path / "hub", "commit", "-q", "--allow-empty", "-m", "two")
    git(tmp_path, "clone", "-q", "--depth", "1", (tmp_path / "hub").as_uri(), "clone")
    one = history(asked(tmp_path / "clone"))
    is_told(one, "warning", "shallow")

    (tmp_path / "clone" / "history.lock").touch()
    is_told(history(asked(tmp_path / "clone")), "ok", "history.lock")
    (tmp_path / "clone" / "history.lock").unlink()
    mend(one, tmp_path / "clone")
    is_told(history(asked(tmp_path / "clone")), "ok", "whole")


@needs_git
@needs_administrator
def test_a_repository_of_somebody_else_is_told(tmp_path):
    """Git refuses every act there, and editor programs only say that it failed."""
    committed(tmp_path / "hub")
    is_told(owner(asked(tmp_path / "hub")), "ok")
    for path in [tmp_path / "hub", *(tmp_path / "hub").rglob("*")]:
        os.chown(path, 65534, 65534)
    one = owner(asked(tmp_path / "hub"))

    is_told(one, "warning", "another account")
    assert one.mend == f'git config --global --add safe.directory "{tmp_path / "hub"}"'


@needs_git
def test_a_repository_of_somebody_else_is_still_looked_at(tmp_path):
    """The other findings must not depend on it."""
    committed(tmp_path / "hub")

    assert "version history" in [one.what for one in repository(tmp_path / "hub", {})]


@needs_git
def test_a_commit_without_a_branch_is_told_and_mended(tmp_path):
    """What is committed there is gone from view after the next switch."""
    hub = committed(tmp_path / "hub")
    is_told(branch(hub, False), "ok", "main")
    git(tmp_path / "hub", "checkout", "-q", "--detach")
    one = branch(hub, False)
    is_told(one, "warning")

    is_told(branch(hub, True), "ok", "build server")
    mend(one, tmp_path / "hub")
    is_told(branch(hub, False), "ok", "main")


@needs_git
def test_a_commit_that_no_branch_has_gets_a_branch_of_its_own(tmp_path):
    """Switching back would lose it."""
    hub = committed(tmp_path / "hub")
    git(tmp_path / "hub", "checkout", "-q", "--detach")
    git(tmp_path / "hub", "commit", "-q", "--allow-empty", "-m", "two")
    last = hub.answer("rev-parse", "HEAD")
    mend(branch(hub, False), tmp_path / "hub")

    is_told(branch(hub, False), "ok", "my-change")
    assert last == hub.answer("rev-parse", "HEAD")


def conflict(root, act: str):
    """Return a repository in which that act stopped at a conflict."""
    hub = committed(root)
    git(root, "checkout", "-q", "-b", "other")
    write(root, {"content/posts/a.md": POST + "Other.\n"})
    git(root, "commit", "-q", "-a", "-m", "other")
    git(root, "checkout", "-q", "main")
    write(root, {"content/posts/a.md": POST + "Mine.\n"})
    git(root, "commit", "-q", "-a", "-m", "mine")
    words = ["revert", "--no-edit", "HEAD~1"] if act == "revert" else [act, "other"]
    if act == "revert":
        write(root, {"content/posts/a.md": "All new.\n"})
        git(root, "commit", "-q", "-a", "-m", "again")
    git(root, *words, may_fail=True)
    return hub


@needs_git
@pytest.mark.parametrize("act", ["merge", "rebase", "cherry-pick", "revert"])
def test_an_act_that_stopped_at_a_conflict_is_told_and_can_be_given_up(tmp_path, act):
    """The marks of both sides would be published."""
    hub = conflict(tmp_path / "hub", act)
    one = unfinished(hub)
    is_told(one, "warning", act, "content/posts/a.md")

    assert f"git {act} --continue" in one.mend
    mend(one, tmp_path / "hub", after="give it up:")
    is_told(unfinished(hub), "ok", "none")


@needs_git
def test_an_act_whose_conflicts_are_mended_can_be_finished(tmp_path):
    """It was forgotten, and the next commit would have been a strange one."""
    hub = conflict(tmp_path / "hub", "merge")
    write(tmp_path / "hub", {"content/posts/a.md": POST})
    git(tmp_path / "hub", "add", ".")
    one = unfinished(hub)
    is_told(one, "warning", "a merge")

    command = one.mend.split(";")[0]
    assert "git merge --continue" == command
    git(tmp_path / "hub", "-c", "core.editor=true", *command.split()[1:])
    is_told(unfinished(hub), "ok")


@needs_git
def test_a_lock_that_a_killed_git_left_is_told_and_mended(tmp_path):
    """Until it is deleted, every commit is refused."""
    hub = committed(tmp_path / "hub")
    (tmp_path / "hub/.git/index.lock").touch()
    one = locks(hub)
    is_told(one, "warning", "index.lock")
    assert git(tmp_path / "hub", "commit", "-q", "--allow-empty", "-m", "x", may_fail=True) == ""

    mend(one, tmp_path / "hub", after="then:")
    is_told(locks(hub), "ok")
    git(tmp_path / "hub", "commit", "-q", "--allow-empty", "-m", "x")


@needs_git
def test_a_git_that_knows_no_name_is_told_and_mended(tmp_path, monkeypatch):
    """The first commit of a newcomer ends with “Please tell me who you are”."""
    hub = committed(tmp_path / "hub")
    one = name(hub, {})
    is_told(one, "warning", "not set")
    is_told(name(hub, {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@puits.example"}), "ok")

    mend(one, tmp_path / "hub")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home/.gitconfig"))
    is_told(name(hub, {}), "ok")


@needs_git
def test_on_a_build_server_nobody_needs_a_name(tmp_path):
    """Nothing is committed there."""
    committed(tmp_path / "hub")

    assert "your name in git" not in [one.what for one in repository(tmp_path / "hub", {"CI": "true"})]


@needs_git
def test_a_repository_is_looked_at_as_a_whole(tmp_path):
    """Each question is asked."""
    committed(tmp_path / "hub")
    asked_about = ["git", "version history", "owner of the repository", "branch", "unfinished work of git", "locks of git", "your name in git", "line ends"]

    assert asked_about == [one.what for one in repository(tmp_path / "hub", {})][: len(asked_about)]
