"""Every file of a folder is found, nothing is followed out of it, and bytes become text or a reason."""

from __future__ import annotations

import os

import pytest

from handbill.importing.sources import File, Refusal, files_in, readable


def test_every_file_is_found_with_its_sort(tmp_path):
    for name in ("b.md", "a/c.MKD", "a/d.Png", "e.pdf", "f", "g.rst"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = files_in(tmp_path)

    assert [("a/c.MKD", "text"), ("a/d.Png", "picture"), ("b.md", "text"), ("e.pdf", "other"), ("f", "other"), ("g.rst", "other")] == [
        (one.path, one.sort) for one in found
    ]
    assert all(bool(one.refusal) == (one.sort == "other") for one in found)


def test_links_hidden_things_and_pipes_are_named_and_left_alone(tmp_path):
    """A content folder once held a link to a file with passwords."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (tmp_path / "in" / "link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / ".env").touch()
    (tmp_path / "in" / ".git").mkdir()
    (tmp_path / "in" / ".git" / "config").touch()
    os.mkfifo(tmp_path / "in" / "pipe.md")

    assert (
        File(".env", "other", "a hidden file"),
        File(".git", "other", "a hidden folder, not looked into"),
        File("link.md", "other", "a symbolic link, which is not followed"),
        File("loop", "other", "a symbolic link, which is not followed"),
        File("pipe.md", "other", "no regular file"),
    ) == files_in(tmp_path / "in")


def test_a_name_that_is_no_utf_8_is_told_in_letters_that_can_be_shown(tmp_path):
    with (tmp_path / os.fsdecode(b"caf\xe9.md")).open("w"):
        pass
    (one,) = files_in(tmp_path)

    assert ("'caf\\udce9.md'", "other") == (one.path, one.sort)


def test_text_is_read_without_its_byte_order_mark_and_control_characters():
    assert ("Ab", []) == readable("\ufeffAb".encode())
    text, changes = readable("a\x02\r\nb\x93c\x94\n\x0cd".encode())

    assert "a\r\nb“c”\n d" == text
    assert [("U+0002", 1), ("U+0093 → “", 2), ("U+0094 → ”", 2), ("U+000C", 3)] == [(one.detail, one.line) for one in changes]


def test_bytes_that_are_no_utf_8_are_refused_in_the_words_of_the_reader():
    with pytest.raises(Refusal, match=r"0xe9.*HB102") as refusal:
        readable(b"one\ntwo caf\xe9")
    assert 2 == refusal.value.line
