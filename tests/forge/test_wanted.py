"""What may be proposed by another step: texts of content, and words; never a file that runs or was committed once and for all."""

from __future__ import annotations

import json

import pytest
from tests.hubs import write

from handbill.errors import WrongUse
from handbill.forge.wanted import wanted_in


def left(folder, *, record=None, **files):
    told = {"ready": True, "branch": "issue-12", "title": "A fair", "body": "b", "comment": "c", **(record or {})}
    return write(folder / "left", {"proposal.json": json.dumps(told), **{f"files/{name}": content for name, content in files.items()}})


def test_a_file_of_content_is_read_with_its_words(tmp_path):
    """By its path in the repository."""
    found = wanted_in(left(tmp_path, **{"events/2026/fair.md": "x"}))

    assert {"events/2026/fair.md": b"x"} == found.files
    assert (True, "issue-12", "A fair", "b", "c") == (found.is_ready, found.branch, found.title, found.body, found.comment)


@pytest.mark.parametrize(
    "name",
    [
        ".github/workflows/x.md", "src/x.md", "theme/x.md", "hub.toml", "x.md", "content/x.html", "content/x.py", "content/x", "content/.x.md", "handbook/x.md",
        "content/.git/x.md", "newsletters/archive/12/x.md", "content/contests/archive/a/record.yml", "content/contests/archive/a/entries/../x.yml", "content/a b.md",
        "content/contests/archive/a/entries/b/c.yml", "content/contests/archive/A/entries/b.yml", "content/x\u202e.md", "content./x.md", "build.py", "contents/x.md",
    ],
)  # fmt: skip
def test_a_file_elsewhere_is_refused(tmp_path, name):
    """A step that read a stranger's words may have been led astray; this one does not follow."""
    with pytest.raises(WrongUse, match="may be proposed so"):
        wanted_in(left(tmp_path, **{name: "x"}))


@pytest.mark.parametrize(
    "name", ["content/contests/archive/tabouret/entries/ada.yml", "newsletters/12.md", "content/posts/été.md", "events/2026/a/index.md"]
)
def test_the_files_that_forms_and_letters_make_are_taken(tmp_path, name):
    """An entry is the one thing that is added to what was committed of a contest."""
    assert [name] == list(wanted_in(left(tmp_path, **{name: "x"})).files)


def test_a_link_is_refused(tmp_path):
    """What it leads to would be published."""
    folder = left(tmp_path, **{"events/2026/fair.md": "x"})
    (folder / "files/events/2026/secret.md").symlink_to(tmp_path / "secret")
    with pytest.raises(WrongUse, match="plain file"):
        wanted_in(folder)


def test_too_many_files_and_too_large_ones_are_refused(tmp_path):
    """A form makes one file."""
    with pytest.raises(WrongUse):
        wanted_in(left(tmp_path, **{f"events/2026/{n}.md": "x" for n in range(21)}))
    with pytest.raises(WrongUse):
        wanted_in(left(tmp_path / "b", **{"events/2026/a.md": "x" * (3 << 20)}))


@pytest.mark.parametrize(
    "branch", ["", "main", "issue-", "issue-12/x", "../main", "Issue-12", "issue-12\n", "letter-" + "x" * 80, 12, None]
)
def test_a_branch_that_is_no_name_of_a_source_is_refused(tmp_path, branch):
    """It becomes a part of an address, and of a branch that a token may write."""
    with pytest.raises(WrongUse, match=r"proposal\.json"):
        wanted_in(left(tmp_path, record={"branch": branch}, **{"events/2026/fair.md": "x"}))


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"ready": true, "ready": false}', b"x"])
def test_a_record_that_is_none_is_refused(tmp_path, raw):
    """Half written by a step that was killed."""
    folder = left(tmp_path)
    (folder / "proposal.json").write_bytes(raw)
    with pytest.raises(WrongUse, match=r"proposal\.json"):
        wanted_in(folder)


def test_what_is_ready_without_a_file_is_refused_and_what_is_not_ready_has_none(tmp_path):
    """An answer needs no file, and one that lies about is not proposed."""
    with pytest.raises(WrongUse, match="no file to be proposed"):
        wanted_in(left(tmp_path))
    found = wanted_in(left(tmp_path / "b", record={"ready": False}, **{"build.py": "x"}))

    assert (False, {}, "c") == (found.is_ready, found.files, found.comment)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Une fête, en été", "Une fête, en été"),
        ("Fixes #3 [skip ci] @ada", "Fixes # 3 (skip ci) @ ada"),
        ("closes GH-3 and https://github.com/a/b/issues/3", "closes GH 3 and https: //github.com/a/b/issues/3"),
        ("a\nCo-authored-by: x <x@y.z>", "a Co-authored-by: x <x@ y.z>"),
        ("x\u202ey\0z", "x y z"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_title_calls_nobody_and_closes_nothing(tmp_path, title, expected):
    """Merged in one commit, the title becomes its first line, and GitHub acts on such words."""
    assert expected == wanted_in(left(tmp_path, record={"title": title}, **{"events/2026/fair.md": "x"})).title
