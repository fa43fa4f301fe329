"""Files in the folder that are not the ones that were committed, each tried on a real repository."""

from __future__ import annotations

import os
import shutil
import stat

import pytest
from tests.doctor.repositories import POST, asked, committed, git, is_told, mend, needs_git, write

from handbill.doctor.checkout import absent, checkout, ignored, large_files, line_ends, submodules

pytestmark = needs_git

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def test_line_ends_that_git_changed_are_told_and_mended(tmp_path):
    """A newcomer’s Windows does that, and every text loses its date."""
    hub = committed(tmp_path / "hub")
    is_told(line_ends(hub), "ok")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", "hub", "clone")
    assert b"\r\n" in (tmp_path / "clone/content/posts/a.md").read_bytes()
    one = line_ends(asked(tmp_path / "clone"))
    is_told(one, "warning", "content/posts/a.md")

    mend(one, tmp_path / "clone", after="then:")
    is_told(line_ends(asked(tmp_path / "clone")), "ok")
    assert POST.encode() == (tmp_path / "clone/content/posts/a.md").read_bytes()


def test_line_ends_that_were_committed_so_are_nobodys_fault(tmp_path):
    """A calendar is kept to the byte."""
    hub = committed(tmp_path / "hub", _dot_gitattributes="*.md -text\n", content__posts__b_dot_md=POST.replace("\n", "\r\n"))

    is_told(line_ends(hub), "ok")


def test_content_that_git_leaves_out_is_told_and_mended(tmp_path):
    """The page has its picture here, and none on the server."""
    hub = committed(tmp_path / "hub", _dot_gitignore="*.png\n.DS_Store\n*.bak\n")
    write(tmp_path / "hub", {"content/pictures/a.png": b"x", "content/.DS_Store": b"x", "content/posts/a.md.bak": b"x"})
    one = ignored(hub)
    is_told(one, "warning", "content/pictures/a.png")
    assert "bak" not in one.found

    mend(one, tmp_path / "hub")
    is_told(ignored(hub), "ok")


def test_a_part_that_was_not_checked_out_is_told_and_mended(tmp_path):
    """Its pages would count as deleted."""
    hub = committed(tmp_path / "hub", events__b_dot_md=POST)
    is_told(absent(hub), "ok")
    git(tmp_path / "hub", "sparse-checkout", "set", "--cone", "content")
    one = absent(hub)
    is_told(one, "missing", "events/b.md")

    mend(one, tmp_path / "hub")
    is_told(absent(hub), "ok")
    assert (tmp_path / "hub/events/b.md").exists()


def test_a_repository_within_that_was_not_fetched_is_told_and_mended(tmp_path):
    """Cloning leaves an empty folder without a word."""
    committed(tmp_path / "pictures")
    hub = committed(tmp_path / "hub")
    is_told(submodules(hub), "ok", "none")
    git(tmp_path / "hub", "submodule", "--quiet", "add", "../pictures", "content/pictures")
    git(tmp_path / "hub", "commit", "-q", "-m", "pictures")
    is_told(submodules(hub), "ok", "all fetched")
    git(tmp_path, "clone", "-q", "hub", "clone")
    one = submodules(asked(tmp_path / "clone"))
    is_told(one, "missing", "content/pictures")

    mend(one, tmp_path / "clone")
    is_told(submodules(asked(tmp_path / "clone")), "ok")


def with_lfs(folder, monkeypatch):
    """Put a program on the path that answers as git-lfs does."""
    folder.mkdir()
    program = folder / "git-lfs"
    program.write_text("#!/bin/sh\necho git-lfs/3.4.0\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


has_lfs = shutil.which("git-lfs") is not None


@pytest.mark.skipif(has_lfs, reason="git-lfs is installed")
def test_pictures_that_are_not_here_without_the_program_are_told(tmp_path):
    """Each picture is a text of three lines."""
    hub = committed(tmp_path / "hub")
    is_told(large_files(hub), "ok", "not used")
    write(tmp_path / "hub", {"content/pictures/a.jpg": POINTER})
    one = large_files(hub)

    is_told(one, "missing", "git-lfs is not installed", "content/pictures/a.jpg")
    assert "git lfs install && git lfs pull" in one.mend


@pytest.mark.skipif(has_lfs, reason="git-lfs is installed")
def test_a_missing_program_is_told_before_a_picture_is_committed_without_it(tmp_path):
    """The picture would be committed whole, and nobody could undo that without a new history."""
    hub = committed(tmp_path / "hub", _dot_gitattributes="*.jpg filter=lfs diff=lfs merge=lfs -text\n")

    is_told(large_files(hub), "warning", "git-lfs is not installed")


@pytest.mark.skipif(os.name == "nt", reason="the program is played by a shell script")
def test_with_the_program_pictures_that_are_not_here_have_to_be_fetched(tmp_path, monkeypatch):
    """Cloning on a build server does not fetch them by itself."""
    with_lfs(tmp_path / "bin", monkeypatch)
    hub = committed(tmp_path / "hub", _dot_gitattributes="*.jpg filter=lfs\n")
    is_told(large_files(hub), "ok", "all here")
    write(tmp_path / "hub", {"content/pictures/a.jpg": POINTER})

    is_told(large_files(hub), "missing", "not fetched: content/pictures/a.jpg")


def test_a_picture_is_not_taken_for_a_pointer(tmp_path):
    """Only a small file with exactly that beginning is one."""
    hub = committed(tmp_path / "hub")
    write(tmp_path / "hub", {"content/pictures/a.jpg": b"\xff\xd8", "content/posts/lfs.md": "Git LFS writes:\n" + POINTER, "content/b.png": POINTER + "x" * 2000})

    is_told(large_files(hub), "ok", "not used")


def test_every_question_is_asked(tmp_path):
    """One that is forgotten is found by nobody."""
    hub = committed(tmp_path / "hub")
    told = ["line ends", "ignored content", "parts of the repository", "repositories within this one", "pictures in Git LFS"]

    assert told == [one.what for one in checkout(hub)]
