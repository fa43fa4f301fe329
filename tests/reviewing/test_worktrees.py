"""Folders that hold a commit: exact, apart, and without a door to the machine."""

import os
import shutil
import sys

import pytest
from tests.hubs import files_of, write
from tests.reviewing.repository import committed, git

from handbill.errors import MachineLacks
from handbill.git import git_of
from handbill.reviewing.worktrees import check_out


@pytest.fixture
def root(tmp_path):
    hub = write(tmp_path / "hub", {".gitignore": "/.handbill/\n", "content/posts/a.md": "one"})
    committed(hub)
    return hub


def there(root, name="base"):
    return root / ".handbill" / "review" / name


def content(folder):
    return {path: raw.decode() for path, raw in files_of(folder).items() if path.startswith("content")}


def test_the_folder_holds_the_commit_and_the_hub_stays_as_it_was(root):
    """Somebody is at work there while the review looks."""
    first = git(root, "rev-parse", "HEAD")
    write(root, {"content/posts/a.md": "two", "content/posts/b.md": "new"})
    committed(root)
    write(root, {"content/posts/a.md": "three"})
    before = git(root, "status", "--porcelain=v2", "--branch"), files_of(root)

    check_out(git_of(root), first, there(root))

    assert {"content/posts/a.md": "one"} == content(there(root))
    assert before[0] == git(root, "status", "--porcelain=v2", "--branch")
    assert before[1] == {path: raw for path, raw in files_of(root).items() if path in before[1]} | {
        path: raw for path, raw in before[1].items() if path.startswith(".git/worktrees")
    }


def test_the_next_commit_leaves_nothing_of_the_former(root):
    """A file too many would be a page too many."""
    first = git(root, "rev-parse", "HEAD")
    write(root, {"content/posts/b.md": "new"})
    second = committed(root)
    check_out(git_of(root), second, there(root))
    write(there(root), {"content/posts/stray.md": "x", ".handbill/cache/drafts": "stray", "content/posts/a.md": "spoilt"})

    check_out(git_of(root), first, there(root))

    assert {"content/posts/a.md": "one"} == content(there(root))
    assert not (there(root) / ".handbill").exists()


def test_no_hook_of_the_repository_runs(root):
    """A hook does what it likes, and to look at a proposal must do nothing."""
    hook = root / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ran-here\n")
    hook.chmod(0o755)

    check_out(git_of(root), git(root, "rev-parse", "HEAD"), there(root))

    assert [] == list(root.rglob("ran-here"))


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_no_hook_that_a_commit_brings_runs(root, again, tmp_path):
    """A stranger may commit whatever git does not take of its own accord, our own folder too."""
    if again:
        check_out(git_of(root), git(root, "rev-parse", "HEAD"), there(root))
    hook = write(root, {".handbill/no-hooks/post-index-change": f"#!/bin/sh\ntouch {tmp_path}/ran\n"}) / ".handbill/no-hooks/post-index-change"
    hook.chmod(0o755)
    git(root, "add", "--force", ".handbill/no-hooks")
    commit = committed(root)
    git(root, "rm", "-r", "--quiet", ".handbill/no-hooks")

    check_out(git_of(root), commit, there(root))

    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for administrators only")
def test_a_symbolic_link_leads_nowhere(root, tmp_path):
    """A stranger's theme/static/x → ~/.ssh/id_ed25519 would be published with the preview."""
    (tmp_path / "secret").write_text("private")
    (root / "content" / "posts" / "link.md").symlink_to(tmp_path / "secret")
    commit = committed(root)

    check_out(git_of(root), commit, there(root))

    laid = there(root) / "content" / "posts" / "link.md"
    assert not laid.is_symlink()
    assert str(tmp_path / "secret") == laid.read_text()


@pytest.mark.parametrize("harm", ["removed", "emptied", "locked", "unregistered", "another repository"])
def test_what_an_interrupted_review_left_hinders_nobody(root, harm):
    """A review that was stopped once would otherwise be refused for ever, by git's own words."""
    commit = git(root, "rev-parse", "HEAD")
    folder = there(root)
    check_out(git_of(root), commit, folder)
    if harm == "removed":
        shutil.rmtree(folder)
    elif harm == "emptied":
        shutil.rmtree(folder)
        folder.mkdir()
    elif harm == "locked":
        (root / ".git" / "worktrees" / "base" / "index.lock").touch()
        (folder / "content" / "posts" / "a.md").unlink()
    elif harm == "unregistered":
        shutil.rmtree(root / ".git" / "worktrees")
    else:
        shutil.rmtree(folder)
        committed(write(folder, {"content/posts/z.md": "foreign"}))

    check_out(git_of(root), commit, folder)

    assert {"content/posts/a.md": "one"} == content(folder)


def test_large_files_come_from_this_clone_and_from_nowhere_else(root):
    """A review asks nobody on the network; what Git LFS has fetched is there."""
    raw = b"a picture"
    name = "1f" * 32
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize {len(raw)}\n"
    write(root, {"content/pictures/a.png": pointer, "content/pictures/b.png": pointer.replace(name, "2e" * 32)})
    commit = committed(root)
    kept = root / ".git" / "lfs" / "objects" / "1f" / "1f" / name
    kept.parent.mkdir(parents=True)
    kept.write_bytes(raw)

    check_out(git_of(root), commit, there(root))

    assert raw == (there(root) / "content" / "pictures" / "a.png").read_bytes()
    assert (there(root) / "content" / "pictures" / "b.png").read_bytes().startswith(b"version https://git-lfs")


def test_git_says_why_it_cannot(root):
    """“Something went wrong” sends nobody anywhere."""
    with pytest.raises(MachineLacks, match="git could not lay out the files of a commit: .*" + "0" * 12):
        check_out(git_of(root), "0" * 40, there(root))
    assert os.path.lexists(root / "content")
