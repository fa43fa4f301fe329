from __future__ import annotations

import errno
import os
import random
import stat
from pathlib import Path

import pytest

from handbill.publishing.manifest import Kept, Manifest, is_untouched, survey
from handbill.publishing.tree import Tree
from handbill.publishing.trouble import StoreError


def kept(path):
    found = path.stat()
    return Kept("key", path.read_text(), found.st_size, found.st_mtime_ns)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    for path in ("index.html", "posts/a/index.html", "posts/b/index.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


@pytest.fixture
def wanted(source):
    return {path.relative_to(source).as_posix(): kept(path) for path in source.rglob("*.html")}


def tree(root, present=None):
    root.mkdir(exist_ok=True)
    return Tree(root, present or Manifest({}, {}), lambda: None)


def put(one, path, text):
    target = Path(one.clear(path))
    assert not target.exists()
    target.write_text(text)
    one.note(path, kept(target))


def test_what_is_kept_is_one_file_with_two_names(source, wanted, tmp_path):
    tree(tmp_path / "root").become(wanted, source)

    for path in wanted:
        assert (source / path).samefile(tmp_path / "root" / path)


def test_where_links_are_impossible_files_are_copied_with_their_times(source, wanted, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    tree(tmp_path / "root").become(wanted, source)

    assert wanted == survey(tmp_path / "root", Manifest(wanted, {})).files
    assert not (source / "index.html").samefile(tmp_path / "root/index.html")


def test_a_full_disk_is_no_reason_to_copy_instead(source, wanted, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "link", refuse)

    with pytest.raises(OSError, match="full"):
        tree(tmp_path / "root").become(wanted, source)


def test_a_file_altered_meanwhile_is_not_taken_over(source, wanted, tmp_path):
    (source / "index.html").write_text("altered since")

    with pytest.raises(StoreError, match="was changed by something else"):
        tree(tmp_path / "root").become(wanted, source)


def test_leftovers_go_with_their_folders(source, wanted, tmp_path):
    one = tree(tmp_path / "root")
    put(one, "old/deep/page.html", "old")
    one.become(wanted, source)

    assert not (tmp_path / "root/old").exists()
    assert set(wanted) == {path.relative_to(tmp_path / "root").as_posix() for path in (tmp_path / "root").rglob("*.html")}


@pytest.mark.parametrize(
    ("before", "after"),
    [("page", "page/index.html"), ("page/index.html", "page"), ("Page/index.html", "page/index.html"), ("a/B", "a/b")],
)
def test_a_leftover_makes_way_for_what_needs_its_place(tmp_path, before, after):
    """On a disk that ignores case the old spelling would swallow the new file."""
    one = tree(tmp_path / "root")
    put(one, before, "before")
    one = Tree(tmp_path / "root", Manifest(dict(one._present), dict(one.folders())), lambda: None)

    put(one, after, "after")

    assert [after] == [path.relative_to(tmp_path / "root").as_posix() for path in (tmp_path / "root").rglob("*") if path.is_file()]


def test_nothing_is_announced_when_nothing_changes(source, wanted, tmp_path):
    one = tree(tmp_path / "root")
    one.become(wanted, source)
    changes = []
    again = Tree(tmp_path / "root", Manifest(wanted, one.folders()), lambda: changes.append(1))

    again.become(wanted, source)

    assert ([], set()) == (changes, again.touched)


class Stopped(Exception):
    """The disk may not be changed now."""


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.clear("new.html"),
        lambda one: one.clear("new/page.html"),
        lambda one: one.clear("old/page.html"),
        lambda one: one.become({}, Path("/nowhere")),
        lambda one: one._remove_folders(["empty"]),
    ],
    ids=["a file", "a folder", "a file anew", "leftovers", "an empty folder"],
)
def test_no_change_comes_before_it_is_announced(tmp_path, change):
    """The note that the folder is unfinished has to be on the disk first, or a crash leaves a half that is taken for a whole."""
    first = tree(tmp_path / "root")
    put(first, "old/page.html", "old")
    first._make_folder("empty")

    def stop():
        raise Stopped

    before = sorted((tmp_path / "root").rglob("*"))
    with pytest.raises(Stopped):
        change(Tree(tmp_path / "root", Manifest(dict(first._present), dict(first.folders())), stop))

    assert before == sorted((tmp_path / "root").rglob("*"))


def test_what_was_linked_once_is_not_linked_again(source, wanted, tmp_path):
    """Pages are published while others are still being made."""
    changes = []
    (tmp_path / "root").mkdir()
    one = Tree(tmp_path / "root", Manifest({}, {}), lambda: changes.append(1))
    one.hold({"index.html": wanted["index.html"]}, source)
    before = len(changes)

    one.hold({"index.html": wanted["index.html"]}, source)

    assert before == len(changes)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_a_web_server_may_enter_each_folder(source, wanted, tmp_path):
    """It runs under another account, whatever the one that builds keeps to itself."""
    before = os.umask(0o077)
    try:
        tree(tmp_path / "root").become(wanted, source)
    finally:
        os.umask(before)

    assert {0o755} == {stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "root").rglob("*") if one.is_dir()}


def test_only_the_other_spelling_makes_way_and_not_what_begins_like_it(tmp_path):
    """A page that nobody named is not removed."""
    one = tree(tmp_path / "root")
    for path in ("Fair/a", "Fairs/b", "Fair.html"):
        put(one, path, path)
    one = Tree(tmp_path / "root", Manifest(dict(one._present), dict(one.folders())), lambda: None)

    put(one, "fair/a", "new")

    assert {"fair/a", "Fairs/b", "Fair.html"} == {
        path.relative_to(tmp_path / "root").as_posix() for path in (tmp_path / "root").rglob("*") if path.is_file()
    }


def test_the_list_of_folders_is_right_after_any_course_of_changes(tmp_path):
    """500 random edits; a wrong folder time would cost a full remake, a wrong name worse."""
    chance = random.Random(3)
    source = tmp_path / "source"
    source.mkdir()
    present = Manifest({}, {})
    files = {}
    for round_ in range(25):
        one = tree(tmp_path / "root", present)
        for _ in range(20):
            path = "/".join(chance.choice("abc") for _ in range(chance.randint(1, 4))) + chance.choice(("", ".html"))
            taken = any(path.startswith(f"{other}/") or other.startswith(f"{path}/") for other in files)
            if path in files and chance.random() < 0.5:
                del files[path]
            elif not taken:
                put(one, path, f"{round_} {chance.random()}")
                files[path] = one._present[path]
        one.become(files, source)
        present = Manifest(dict(files), dict(one.folders()))

        assert survey(tmp_path / "root", present).is_exact
        assert is_untouched(tmp_path / "root", present)
        assert set(present.folders) - {""} == {
            path.relative_to(tmp_path / "root").as_posix() for path in (tmp_path / "root").rglob("*") if path.is_dir()
        }
