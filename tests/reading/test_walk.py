"""The folders of a repository are walked without following anything out of them."""

import os

import pytest
from tests.hubs import text, write

from handbill.kinds import KINDS
from handbill.reading.walk import walk


def test_texts_get_the_kind_of_their_folder_and_pictures_none(tmp_path):
    """Where a file lies says what it is."""
    write(tmp_path, {"content/posts/2026/a.md": text(), "events/2026/b.markdown": text(), "content/p/x.PNG": b"", "README.md": "", "newsletters/archive/1/x.md": ""})

    found, problems = walk(tmp_path, KINDS)
    assert [("content/p/x.PNG", ""), ("content/posts/2026/a.md", "post"), ("events/2026/b.markdown", "event")] == [(one.source, one.kind) for one in found]
    assert [] == problems


def test_the_order_does_not_depend_on_the_disk(tmp_path):
    """Two machines must build the same."""
    write(tmp_path, {f"content/posts/{name}.md": text() for name in ("z", "a", "é", "B")})

    found, _ = walk(tmp_path, KINDS)
    assert [f"content/posts/{name}.md" for name in ("B", "a", "z", "é")] == [one.source for one in found]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_links_and_odd_files_are_refused(tmp_path):
    """A link could publish the builder's keys, a FIFO would stall the build for ever."""
    (tmp_path / "secret.md").write_text(text("secret"), encoding="utf-8")
    write(tmp_path, {"content/posts/a.md": text()})
    os.symlink(tmp_path / "secret.md", tmp_path / "content/posts/b.md")
    os.symlink(tmp_path, tmp_path / "content/loop")
    os.symlink(tmp_path / "nowhere", tmp_path / "content/dangling.md")
    os.mkfifo(tmp_path / "content/posts/c.md")

    found, problems = walk(tmp_path, KINDS)
    assert ["content/posts/a.md"] == [one.source for one in found]
    assert {"content/posts/b.md", "content/loop", "content/dangling.md", "content/posts/c.md"} == {one.path for one in problems}
    assert {"HB122"} == {one.code for one in problems}


def test_a_folder_of_content_that_is_a_link_is_refused(tmp_path):
    """The whole of `content` may be the link."""
    write(tmp_path / "elsewhere", {"posts/a.md": text()})
    write(tmp_path / "hub", {})
    os.symlink(tmp_path / "elsewhere", tmp_path / "hub/content")

    found, problems = walk(tmp_path / "hub", KINDS)
    assert ([], ["content"]) == (found, [one.path for one in problems])
