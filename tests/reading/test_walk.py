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


#: What is told of a path, word for word; nothing of those that are hidden, frozen, or as people write.
TOLD = {
    "content/notes.md": "error: content/notes.md: found a text where no text is looked for, wanted one of the folders FOLDERS [HB120]",
    "content/postscript/a.md": "error: content/postscript/a.md: found a text where no text is looked for, wanted one of the folders FOLDERS [HB120]",
    "events/plan.DOCX": "warning: events/plan.DOCX: found a file that nothing uses (“.docx”), wanted a text (.md) or a picture (PICTURES) [HB121]",
    "events/Makefile": "warning: events/Makefile: found a file that nothing uses (“Makefile”), wanted a text (.md) or a picture (PICTURES) [HB121]",
    "events/mo\u200bt.md": "error: events/mo\u200bt.md: found an invisible character (zero width space, U+200B), wanted a name such as a-file.md [HB116]",
    "events/mo\x07t.md": "error: events/mo\x07t.md: found the control character U+0007, which nobody sees, wanted a name such as a-file.md [HB116]",
    "events/\ufeffmot.md": "error: events/\ufeffmot.md: found the control character U+FEFF, which nobody sees, wanted a name such as a-file.md [HB116]",
    "events/p\u0430ge.md": "warning: events/p\u0430ge.md: found letters of two scripts in one word, wanted a name such as a-file.md [HB116]",
    "events/дом-2026_page.md": None,
    "events/e\u0301te\u0301.md": None,
    "events/.hidden": None,
    "events/.hidden.md": None,
    "events/.git/config.md": None,
    "content/contests/archive/one/x.docx": None,
    "newsletters/archive/x.docx": None,
}  # fmt: skip


@pytest.mark.parametrize("path", TOLD)
def test_an_editor_is_told_of_each_file_what_to_do_with_it(tmp_path, path):
    """Nothing vanishes in silence but what is hidden or frozen, and a path alone has to be enough to find the file."""
    write(tmp_path, {path: text()})
    folders = ", ".join(f"{one.folder}/" for one in KINDS)
    line = (TOLD[path] or "").replace("FOLDERS", folders).replace("PICTURES", ".avif, .gif, .jpeg, .jpg, .png, .webp")

    assert [line] * bool(line) == [f"{one.level.name.lower()}: {one}" for one in walk(tmp_path, KINDS)[1]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_what_is_no_file_is_told_with_what_was_wanted(tmp_path):
    """Who made the link knows by the message alone what to put in its place."""
    write(tmp_path, {"content/posts/a.md": text()})
    os.symlink(tmp_path / "content", tmp_path / "events")
    os.symlink("a.md", tmp_path / "content/posts/b.md")
    os.mkfifo(tmp_path / "content/posts/c.md")

    assert [
        "events: found a symbolic link, wanted a folder [HB122]",
        "content/posts/b.md: found a symbolic link, wanted the file itself [HB122]",
        "content/posts/c.md: found something that is no regular file, wanted a plain file [HB122]",
    ] == [str(one) for one in walk(tmp_path, KINDS)[1]]


def test_a_name_of_odd_bytes_is_told_in_signs_that_a_screen_can_show(tmp_path):
    """Such a name stopped the build without a word of where it lies."""
    write(tmp_path, {"content/posts/a.md": text()})
    try:
        (tmp_path / os.fsdecode(b"content/posts/\xff.md")).write_text(text(), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes names of UTF-8 alone")

    (problem,) = walk(tmp_path, KINDS)[1]
    assert r"'content/posts/\udcff.md': found a file name that is no UTF-8, wanted a name such as a-file.md [HB123]" == str(problem)
