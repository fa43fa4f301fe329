"""Names that another machine cannot tell apart, or cannot write."""

import subprocess
from pathlib import Path

import pytest
from tests.doctor.repositories import committed, git, is_told, mend, needs_git, write

from handbill.doctor.names import alike, files_of, lengths, names, writable_everywhere


def about(root, what):
    """Return the finding of that name."""
    return next(one for one in names(root) if one.what == what)


@needs_git
def test_two_names_that_are_one_elsewhere_are_told_and_mended(tmp_path):
    """On macOS one of the two files would be gone, and with it a page."""
    committed(tmp_path / "hub", content__posts__Fete_dot_md="x", content__posts__fete_dot_md="y")
    one = about(tmp_path / "hub", "file names")
    is_told(one, "warning", "content/posts/Fete.md = content/posts/fete.md")

    mend(one, tmp_path / "hub")
    is_told(about(tmp_path / "hub", "file names"), "ok")


def test_names_that_differ_by_the_form_of_an_accent_are_told():
    """A file written on a Mac and one written on Linux look the same in every list."""
    is_told(alike(["content/posts/été.md", "content/posts/e\u0301te\u0301.md"], False), "warning", "one name on other machines")


def test_folders_collide_like_files():
    """Events/ and events/ are one folder on Windows."""
    is_told(alike(["content/Pages/a.md", "content/pages/b.md"], False), "warning", "content/Pages = content/pages")


def test_where_this_very_disk_takes_them_for_one_a_file_is_already_lost():
    """Git knows both, and the disk could only keep one."""
    is_told(alike(["a/B.md", "a/b.md"], True), "missing")


@needs_git
def test_a_name_that_only_git_still_knows_is_looked_at(tmp_path):
    """The disk of a Mac has dropped it."""
    committed(tmp_path / "hub", content__posts__Fete_dot_md="x", content__posts__fete_dot_md="y")
    (tmp_path / "hub/content/posts/Fete.md").unlink()

    assert {"content/posts/Fete.md", "content/posts/fete.md"} <= set(files_of(tmp_path / "hub"))


def test_names_are_looked_at_without_git_too(tmp_path, monkeypatch):
    """A hub that came as an archive has the same names."""
    write(tmp_path, {"hub.toml": "", "content/posts/a.md": "", ".handbill/x": ""})
    monkeypatch.setenv("PATH", "")

    assert ["content/posts/a.md", "hub.toml"] == list(files_of(tmp_path))


@pytest.mark.parametrize("name", ["aux.md", "con", "Com1.txt", "a:b.md", "quoi ?.md", "fin..", "espace ", "a|b.md", "<a>.md", "nul.tar.gz"])
def test_a_name_that_windows_cannot_write_is_told_and_another_offered(name):
    """The whole repository cannot be fetched there because of one name."""
    one = writable_everywhere(["content/posts/a.md", f"content/posts/{name}"])
    is_told(one, "warning", name)
    better = one.mend.rsplit("/", 1)[1].strip("\"'")

    assert "ok" == writable_everywhere([f"content/posts/{better}"]).state


@pytest.mark.parametrize("name", ["auxiliaire.md", "console.md", "com.md", "été 2026.md", ".gitignore", "2026-01-01-a.md"])
def test_an_ordinary_name_is_left_alone(name):
    """A warning about each accent would be switched off."""
    is_told(writable_everywhere([f"content/posts/{name}"]), "ok")


@needs_git
def test_the_command_that_renames_works_for_a_name_with_spaces(tmp_path):
    """It is copied as it stands."""
    root = tmp_path / "hub"
    committed(root)
    (root / "content/posts/quoi ?.md").write_text("x", encoding="utf-8")
    git(root, "add", ".")

    mend(about(root, "file names for Windows"), root)
    is_told(about(root, "file names for Windows"), "ok")


def test_a_path_that_windows_refuses_is_told():
    """The error of Windows names no reason."""
    root = Path("C:/Users/ines/Documents/Association/Site/hub")

    is_told(lengths(root, ["content/posts/a.md"]), "ok")
    is_told(lengths(root, [f"content/posts/{'a' * 160}.md"]), "warning")


def test_git_that_does_not_answer_is_no_reason_to_stop(tmp_path, monkeypatch):
    """The doctor is asked when something hangs."""
    write(tmp_path, {"hub.toml": ""})

    def hang(*_words, **_more):
        raise subprocess.TimeoutExpired("git", 60)

    monkeypatch.setattr(subprocess, "run", hang)
    assert ["hub.toml"] == list(files_of(tmp_path))
