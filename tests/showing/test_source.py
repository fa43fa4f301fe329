"""Which files may be shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbill.showing import source as module
from handbill.showing.source import source


def test_a_file_of_the_hub_is_read(tmp_path):
    """Byte for byte: the excerpt counts for itself."""
    (tmp_path / "a.md").write_bytes(b"caf\xe9\r\n")

    assert b"caf\xe9\r\n" == source(tmp_path, "a.md")


def test_what_is_gone_or_a_folder_is_not_shown(tmp_path):
    """Between the check and the telling an editor may have saved under another name."""
    assert [None, None, None] == [source(tmp_path, path) for path in ("gone.md", "", "a\0b.md")]


def test_nothing_outside_the_hub_is_shown(tmp_path):
    """A message about ../x must not print it."""
    hub = tmp_path / "hub"
    hub.mkdir()
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")

    assert [None, None] == [source(hub, path) for path in ("../secret.md", str(tmp_path / "secret.md"))]


def test_no_link_is_followed(tmp_path):
    """It leads wherever a stranger wanted it to lead."""
    (tmp_path / "real.md").write_text("x", encoding="utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")

    assert source(tmp_path, "link.md") is None


@pytest.mark.parametrize("name", ["hub.local.toml", "Hub.Local.toml"])
def test_what_git_must_not_see_is_not_shown(name, tmp_path):
    """The line in which something is wrong with a password holds the password."""
    (tmp_path / name).write_text('[sending]\npassword = ["secret"]\n', encoding="utf-8")

    assert source(tmp_path, name) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are Unix's")
def test_a_pipe_is_not_waited_for(tmp_path):
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "pipe.md")

    assert source(tmp_path, "pipe.md") is None


def test_a_file_that_is_too_large_is_not_shown(tmp_path: Path, monkeypatch):
    """Its problem is its size."""
    monkeypatch.setattr(module, "LARGEST", 3)
    (tmp_path / "a.md").write_bytes(b"1234")
    (tmp_path / "b.md").write_bytes(b"123")

    assert [None, b"123"] == [source(tmp_path, path) for path in ("a.md", "b.md")]
