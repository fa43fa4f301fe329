"""The files of a proposal, and what a change of each can do."""

import sys

import pytest
from tests.cases import for_each
from tests.hubs import write
from tests.reviewing.repository import committed, git

from handbill.reviewing.revisions import pair_of
from handbill.reviewing.sources import part_of, sources_of


@pytest.fixture
def root(tmp_path):
    hub = write(tmp_path / "hub", {".gitignore": "/.handbill/\n", "content/posts/a.md": "one\ntwo\nthree\nfour\n", "build.py": "pass\n"})
    committed(hub)
    return hub


def told(root, base="main", head=""):
    return {one.path: one for one in sources_of(pair_of(root, base, head))}


def test_what_was_added_changed_removed_and_renamed_is_told_with_its_lines(root):
    """A reviewer counts files before anything else."""
    write(root, {"content/posts/gone.md": "x\n"})
    committed(root)
    (root / "content" / "posts" / "gone.md").unlink()
    (root / "content" / "posts" / "a.md").rename(root / "content" / "posts" / "b.md")
    write(root, {"events/new.md": "1\n2\n", "build.py": "pass\npass\n"})
    head = committed(root)

    found = told(root, "HEAD~1", head)

    assert ["build.py", "content/posts/b.md", "content/posts/gone.md", "events/new.md"] == list(found)
    assert ("changed", 1, 0) == (found["build.py"].how, found["build.py"].lines_new, found["build.py"].lines_gone)
    assert ("changed", "content/posts/a.md") == (found["content/posts/b.md"].how, found["content/posts/b.md"].former)
    assert ("removed", 1) == (found["content/posts/gone.md"].how, found["content/posts/gone.md"].lines_gone)
    assert ("added", 2) == (found["events/new.md"].how, found["events/new.md"].lines_new)


def test_files_as_they_lie_there_are_told_the_unknown_ones_too(root):
    """An editor who forgets `git add` has written the file all the same."""
    write(root, {"content/posts/été 2.md": "x", "content/posts/a.md": "other\n", ".handbill/cache/drafts": "ours"})

    found = told(root)

    assert {"content/posts/a.md": "changed", "content/posts/été 2.md": "added"} == {path: one.how for path, one in found.items()}
    assert 1 == found["content/posts/été 2.md"].lines_new


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows neither links nor rights of this sort")
def test_what_is_no_ordinary_text_is_said(root):
    """A link among pictures, or a program among posts, is why somebody looks."""
    (root / "content" / "posts" / "link.md").symlink_to("/etc/passwd")
    write(root, {"content/pictures/a.png": b"\x89PNG\0\0", "content/run": "x"})
    (root / "content" / "run").chmod(0o755)
    (root / "content" / "posts" / "a.md").chmod(0o755)

    lying = told(root)
    for found in (lying, told(root, git(root, "rev-parse", "HEAD"), committed(root))):
        assert ["executable", "executable", "symlink", "binary"] == [
            found[path].what for path in ("content/run", "content/posts/a.md", "content/posts/link.md", "content/pictures/a.png")
        ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_the_lines_of_a_file_with_an_odd_name_are_counted(root):
    """“Nothing new in it” is what nobody opens."""
    write(root, {"content/posts/a\tb.md": "one\ntwo\n"})
    head = committed(root)

    assert 2 == told(root, "HEAD~1", head)["content/posts/a\tb.md"].lines_new


def test_a_submodule_is_said(root, tmp_path):
    """It is a whole repository of somebody else."""
    other = write(tmp_path / "other", {"x": "x"})
    committed(other)
    git(root, "submodule", "--quiet", "add", str(other), "content/other")
    head = committed(root)

    found = told(root, "HEAD~1", head)

    assert "submodule" == found["content/other"].what
    assert "code" == found[".gitmodules"].part


def test_a_file_outside_of_the_hub_is_told_too(tmp_path):
    """The workflows of a repository lie at its top, and the hub perhaps does not."""
    hub = write(tmp_path / "all" / "hub", {})
    committed(tmp_path / "all")
    write(tmp_path / "all", {".github/workflows/x.yml": "on: push\n", "hub.toml": ""})
    head = committed(tmp_path / "all")

    found = told(hub, "HEAD~1", head)

    assert ("workflow", "other") == (found["../.github/workflows/x.yml"].part, found["../hub.toml"].part)


def test_a_file_that_was_moved_counts_as_the_graver_of_its_two_places(root):
    """Out of the program into the content is a way to hide a change."""
    (root / "build.py").rename(root / "content" / "build.txt")
    head = committed(root)

    assert "code" == told(root, "HEAD~1", head)["content/build.txt"].part


@for_each(
    ("path", "part"),
    [
        ("content/posts/a.md", "content"), ("events/2026/b.md", "content"), ("newsletters/3.md", "content"), ("content/pictures/a.png", "content"),
        ("newsletters/archive/3/mail.html", "archive"), ("content/contests/archive/photo/rules.md", "archive"),
        ("addresses.lock", "locks"), ("calendars.lock", "locks"), ("history.lock", "locks"),
        ("handbook/index.md", "handbook"), ("mkdocs.yml", "handbook"),
        ("hub.toml", "settings"),
        ("theme/templates/post.html", "theme"), ("theme/static/x.js", "theme"),
        ("build.py", "code"), ("src/handbill/cli.py", "code"), ("src/handbill/messages/fr/x.po", "code"), ("requirements.lock", "code"), ("requirements-handbook.lock", "code"),
        ("content/posts/run.sh", "code"), ("CONTENT/EVIL.PY", "code"), ("package.json", "code"), (".handbill/cache/drafts", "code"), (".VENV/bin/python", "code"), ("argparse.pyc", "code"), (".gitattributes", "code"),
        (".github/workflows/ci.yml", "workflow"), (".github/CODEOWNERS", "workflow"), ("docs/CODEOWNERS", "workflow"), (".ci/run", "workflow"),
        (".gitlab-ci.yml", "workflow"), ("../.github/workflows/ci.yml", "workflow"), ("content/.github/x", "workflow"),
        ("README.md", "other"), ("content.md", "other"), ("themes/x.css", "other"), ("LICENSE", "other"),
    ],
)  # fmt: skip
def test_each_file_is_of_the_part_that_says_what_it_can_do(path, part):
    """What can run, or says who may run it, must never pass for content."""
    assert part == part_of(path)
