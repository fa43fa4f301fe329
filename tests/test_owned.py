"""What is unpickled was written by this user's program, and brought by nobody."""

import os
import pickle
import subprocess

import pytest

from handbill.outputs.search_notes import Known, noted, write_notes
from handbill.owned import is_own, look_again
from handbill.publishing.standing import write_whole
from handbill.reading.cache import Cache


class Trap:
    """Leaves a file behind when it is unpickled, as a stranger's program would."""

    def __init__(self, where):
        self.where = where

    def __reduce__(self):
        return os.mkdir, (self.where,)


def git(folder, *words):
    identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    subprocess.run(["git", "-C", folder, *identity, *words], check=True, capture_output=True)


@pytest.fixture
def hub(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("/.handbill/\n")
    look_again()
    return tmp_path


def trapped(hub):
    """Return a cache of the program's own form, right in every digest, and where its value would leave a folder."""
    cache = Cache(hub / ".handbill" / "cache" / "drafts", "1")
    sprung = hub / "sprung"
    cache.keep("a", pickle.dumps(Trap(str(sprung))))
    cache.save()
    return sprung


def opened(hub):
    look_again()
    return Cache(hub / ".handbill" / "cache" / "drafts", "1").get("a")


def test_a_cache_that_a_commit_brings_is_never_opened(hub):
    """Whoever checks out a proposal must not run it by building its content."""
    sprung = trapped(hub)
    git(hub, "add", "-f", ".handbill")
    git(hub, "commit", "-q", "-m", "a proposal")
    assert opened(hub) is None
    assert not sprung.exists()
    git(hub, "rm", "-q", "--cached", "-r", ".handbill")
    opened(hub)
    assert sprung.exists(), "the trap is one"


@pytest.mark.parametrize("name", [".Handbill", ".HANDBILL"])
def test_a_name_that_some_disks_take_for_the_same_counts_too(hub, name):
    """On such a disk the folder would be there under ours."""
    sprung = trapped(hub)
    (hub / name).mkdir(exist_ok=True)
    (hub / name / "x").write_text("x")
    git(hub, "add", "-f", name)
    assert opened(hub) is None
    assert not sprung.exists()


def test_a_link_in_place_of_the_folder_counts_too(hub):
    """A link is a file to git, and may lead into what else a proposal brings."""
    sprung = trapped(hub)
    (hub / ".handbill").rename(hub / "content")
    (hub / ".handbill").symlink_to("content")
    git(hub, "add", "-f", ".handbill")
    assert opened(hub) is None
    assert not sprung.exists()


@pytest.mark.parametrize("settings", ["bare = true", "bare = false\n\tworktree = content"])
def test_a_repository_that_a_commit_brings_is_not_asked(tmp_path, settings):
    """In a hub that is one folder of a repository, git takes files named as its own for a repository: it would know nothing of ours."""
    git(tmp_path, "init", "-q")
    hub = tmp_path / "hub"
    sprung = trapped(hub)
    (hub / "content").mkdir()
    (hub / "HEAD").write_text("ref: refs/heads/main\n")
    (hub / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n\t{settings}\n")
    for name in ("objects", "refs"):
        (hub / name).mkdir()
        (hub / name / "x").touch()
    git(tmp_path, "add", "-f", "hub")
    assert opened(hub) is None
    assert not sprung.exists()


def test_notes_on_the_search_are_asked_the_same(hub):
    """They are unpickled as well."""
    file = hub / ".handbill" / "cache" / "late" / "search"
    write_notes(file, "1", Known())
    assert noted(file, "1") is not None
    git(hub, "add", "-f", ".handbill")
    look_again()
    assert noted(file, "1") is None


@pytest.mark.parametrize("write", [
    lambda file: (lambda cache: (cache.put("a", 1), cache.save()))(Cache(file, "1")), lambda file: write_notes(file, "1", Known()), lambda file: write_whole(file, "x"),
], ids=["cache", "search", "list"])
def test_what_is_written_down_goes_through_no_link(tmp_path, write):
    """The name beside a file that is being written can be guessed, and a link of that name would lead to any file of the user."""
    ours, file = tmp_path / "ours", tmp_path / ".handbill" / "file"
    ours.write_text("ours")
    file.parent.mkdir()
    file.with_name(f"file.{os.getpid()}").symlink_to(ours)
    write(file)
    assert "ours" == ours.read_text()
    assert file.is_file()
    assert not file.is_symlink()


def test_a_folder_without_a_repository_is_the_users_own(tmp_path):
    """A hub may lie in any folder; then only its owner counts."""
    look_again()
    file = tmp_path / ".handbill" / "x"
    assert not is_own(file)
    file.parent.mkdir()
    file.touch()
    assert is_own(file)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only the superuser can give files away")
def test_another_users_file_is_not_ours(tmp_path):
    """On a machine for several, one must not run what another left."""
    file = tmp_path / "x"
    file.touch()
    os.chown(file, 12345, 12345)
    assert not is_own(file)
