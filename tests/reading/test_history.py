"""Version history tells first and last change, and a clone without it reads the same from the lock."""

import os
import shutil
import subprocess

import pytest
from tests.hubs import load_village, text, write

from handbill.layout import HISTORY as LOCK
from handbill.reading import history
from handbill.reading.history import blob_of, head_of, lock_text, read_git, read_lock, read_record, state_of_history, with_authors

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(root, *words, when="2026-01-05T10:00:00+01:00", who="Ada Puits"):
    place = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who_and_when = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", who), ("EMAIL", "ada@village.example"), ("DATE", when))}
    return subprocess.run(["git", *words], cwd=root, env=place | who_and_when, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path):
    """Return a repository in which one post was written, changed and moved, and another just written."""
    root = write(tmp_path / "hub", {
        "content/posts/a.md": text("Un."), "content/posts/b.md": text("Deux."),
        "content/people/ada.md": "---\ntitle: Ada\ngit: [Ada Puits]\n---\n\nElle.\n",
    })
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "premier")
    write(root, {"content/posts/a.md": text("Un, corrigé.")})
    git(root, "commit", "-qam", "correction", when="2026-02-10T10:00:00+01:00", who="Tom")
    git(root, "mv", "content/posts/a.md", "content/posts/c.md")
    git(root, "commit", "-qm", "ailleurs", when="2026-03-01T10:00:00+01:00", who="Tom")
    return root


def test_a_moved_file_keeps_its_past(repository):
    """A move is no change that a reader should know of."""
    past = read_git(repository, ["content"])

    assert {"content/posts/b.md", "content/posts/c.md", "content/people/ada.md"} == set(past)
    moved = past["content/posts/c.md"]
    assert ("2026-01-05", "2026-02-10") == (f"{moved.created:%Y-%m-%d}", f"{moved.updated:%Y-%m-%d}")
    assert past["content/posts/b.md"].updated is None


def test_git_and_the_program_name_the_same_bytes_alike(repository):
    """What is recorded holds for exactly those bytes."""
    raw = (repository / "content/posts/b.md").read_bytes()

    assert git(repository, "rev-parse", "HEAD:content/posts/b.md").strip() == blob_of(raw)


def test_with_the_lock_a_hub_without_history_reads_the_same(repository, tmp_path):
    """A shallow clone in CI must publish the same dates and names as the editor's machine."""
    (repository / LOCK).write_text(lock_text(read_git(repository, ["content"])), encoding="utf-8")
    with_history = load_village(root=repository)[0].hub
    bare = tmp_path / "bare"
    shutil.copytree(repository, bare, ignore=shutil.ignore_patterns(".git"))
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    shutil.copy(repository / LOCK, tmp_path / "shallow" / LOCK)

    assert with_history.items == load_village(root=bare)[0].hub.items
    assert with_history.items == load_village(root=tmp_path / "shallow")[0].hub.items
    assert "2026-02-10" == f"{with_history.by_id['post:c'].updated:%Y-%m-%d}"


def test_a_shallow_clone_is_no_history(repository, tmp_path):
    """In a clone of depth 1 every file seems to have come with the last commit."""
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")

    assert "" == head_of(tmp_path / "shallow")
    assert {} == read_git(tmp_path / "shallow", ["content"])


def test_another_name_for_an_author_is_another_history(repository):
    """With what a build wrote down of the state of all files, nothing would be built anew after it."""
    before = state_of_history(repository)
    (repository / ".mailmap").write_text("Ada Puits <ada@village.example>\n")
    assert before != state_of_history(repository)
    git(repository, "commit", "-q", "--allow-empty", "-m", "rien")
    (repository / ".mailmap").unlink()
    assert before != state_of_history(repository)


def test_a_repository_inside_a_repository_is_no_history(repository):
    """A proposal may bring one among the files of a hub that is one folder of many, and its settings run programs."""
    hub = repository / "one"
    shutil.copytree(repository / "content", hub / "content")
    shutil.copytree(repository / ".git", hub, dirs_exist_ok=True)
    git(hub, "config", "--file", "config", "core.worktree", ".")

    assert "" == head_of(hub)
    assert {} == read_git(hub, ["content"])


def test_an_author_is_taken_from_history_only_if_it_is_a_person_of_the_hub(repository):
    """A robot's commit must not sign a post, and no address ever leaves a commit."""
    hub = load_village(root=repository)[0].hub

    assert [("Ada", "author")] == [(credit.name, credit.role) for credit in hub.by_id["post:b"].credits]
    assert "ada@village.example" not in lock_text(read_git(repository, ["content"]))


def test_only_people_of_the_hub_are_written_down(repository):
    """A passing contributor's name in commits is no reason to spread it further."""
    past = with_authors(read_git(repository, ["content"]), {"Ada Puits"})

    assert {("Ada Puits",)} == {one.authors for one in past.values()}


def test_a_date_that_nobody_wrote_comes_from_history(tmp_path):
    """And without history it is asked for."""
    root = write(tmp_path, {"content/posts/a.md": "---\ntitle: A\n---\n\nx\n"})
    assert ["HB203"] == [one.code for one in load_village(root=root)[0].problems]
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "premier")

    assert "2026-01-05" == f"{load_village(root=root)[0].hub.items[0].published:%Y-%m-%d}"


def test_what_is_not_committed_has_no_past(repository):
    """An edit in progress is not dated by the commit before it."""
    write(repository, {"content/posts/c.md": text("Un, encore autrement.")})

    assert load_village(root=repository)[0].hub.by_id["post:c"].updated is None


def test_a_damaged_lock_is_not_guessed_at(tmp_path):
    """A merge conflict in it costs a date, never a build."""
    (tmp_path / LOCK).write_text("<<<<<<< HEAD\na.md\tx\tyesterday\t-\t-\nb.md\tx\t2026-01-05T10:00:00+01:00\t-\tAda; Tom\n", encoding="utf-8")

    assert {"b.md": ("Ada", "Tom")} == {path: past.authors for path, past in read_lock(tmp_path).items()}


def asked(monkeypatch):
    """Return a list to which every call of git is added."""
    calls, really = [], history._git
    monkeypatch.setattr(history, "_git", lambda root, *words: (calls.append(words), really(root, *words))[1])
    return calls


def test_after_a_commit_only_that_commit_is_read(repository, monkeypatch):
    """In a hub of 15,000 posts with 20,000 commits, git log takes 15 seconds."""
    before = read_record(repository, ["content"])
    git(repository, "mv", "content/posts/c.md", "content/posts/d.md")
    write(repository, {"content/posts/b.md": text("Deux, corrigé."), "content/posts/e.md": text("Trois.")})
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "trois", when="2025-12-01T10:00:00+01:00", who="Eve")
    git(repository, "rm", "-q", "content/posts/e.md")
    git(repository, "commit", "-qm", "quatre", when="2026-04-01T10:00:00+01:00")
    calls = asked(monkeypatch)

    now = read_record(repository, ["content"], before)
    assert read_record(repository, ["content"]) == now
    assert [f"{before.head}..{now.head}"] == [word for words in calls[:3] if words[0] == "log" for word in words if ".." in word]
    assert now is read_record(repository, ["content"], now)


@pytest.mark.parametrize("change", ["merge", "elsewhere", "amended", "names", "folders"])
def test_where_more_than_plain_commits_came_everything_is_read(repository, monkeypatch, change):
    """What was kept may cost time, and never a wrong date or name."""
    if change == "elsewhere":
        git(repository, "checkout", "-qb", "aside", "HEAD~1")
    before = read_record(repository, ["content"])
    if change == "merge":
        git(repository, "checkout", "-qb", "aside", "HEAD~1")
        write(repository, {"content/posts/b.md": text("Deux, ailleurs.")})
        git(repository, "commit", "-qam", "ailleurs", when="2026-01-20T10:00:00+01:00", who="Eve")
        git(repository, "checkout", "-q", "main")
        git(repository, "merge", "-q", "--no-ff", "aside", when="2026-05-01T10:00:00+01:00")
    elif change == "elsewhere":
        git(repository, "checkout", "-q", "main")
        git(repository, "reset", "-q", "--hard", "HEAD~2")
    elif change == "amended":
        git(repository, "commit", "-q", "--amend", "-m", "autrement", "--date", "2026-06-01T10:00:00+01:00")
    elif change == "names":
        write(repository, {".mailmap": "Ada Lovelace <ada@village.example>\n"})
    folders = ["content", "events"] if change == "folders" else ["content"]
    if change == "folders":
        write(repository, {"events/e.md": text("Fête.")})
    calls = asked(monkeypatch)

    now = read_record(repository, folders, before)
    assert [] == [word for words in calls if words[0] == "log" for word in words if ".." in word]
    assert read_record(repository, folders) == now
    assert now != before


def test_a_record_that_cannot_be_read_is_not_taken_for_none(repository, monkeypatch):
    """Without it every text would have other dates, and nobody would be told."""

    def failing(file):
        raise OSError(5, "Input/output error", str(file))

    monkeypatch.setattr(history, "text_of", failing)
    with pytest.raises(OSError, match="Input/output"):
        history.read_lock(repository)


def test_a_machine_that_starts_no_git_is_told(repository, monkeypatch):
    """No process more, no memory: that is not a hub without a history."""

    def failing(*_, **__):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(history.subprocess, "run", failing)
    with pytest.raises(BlockingIOError):
        read_git(repository, ["content"])
