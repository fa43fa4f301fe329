"""What lies below a folder is all of it, or an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.hubs import options, village

from handbill.listing import below, walk
from handbill.pipeline import build


def test_everything_below_a_folder_is_found_and_no_link_is_followed(tmp_path):
    """A link may lead out of the hub."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/one.txt").write_text("1")
    (tmp_path / "a/.two").write_text("2")
    (tmp_path / "a/link").symlink_to(tmp_path)

    assert {"b/one.txt", ".two", "link"} == {one.relative_to(tmp_path / "a").as_posix() for one in below(tmp_path / "a")}


@pytest.mark.parametrize("place", ["nowhere", "file", "file/inside"])
def test_what_is_no_folder_holds_nothing(tmp_path, place):
    """Most hubs have no theme of their own."""
    (tmp_path / "file").write_text("x")

    assert [] == list(below(tmp_path / place))


@pytest.mark.parametrize("depth", ["", "inner"])
def test_a_folder_that_cannot_be_looked_into_is_an_error(tmp_path, monkeypatch, depth):
    """A site without its styles was published as if nothing were wrong with it."""
    (tmp_path / "inner").mkdir()
    scandir = os.scandir

    def failing(place):
        if Path(place) == tmp_path / depth:
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(PermissionError):
        list(walk(tmp_path))


def test_a_theme_that_cannot_be_listed_publishes_nothing(tmp_path, monkeypatch):
    """Every page would have lost its styles, and the next build would have found nothing to do."""
    root = village(tmp_path)
    (root / "theme/static").mkdir(parents=True)
    scandir = os.scandir

    def failing(place="."):
        if Path(os.fsdecode(place)) == root / "theme/static":
            raise OSError(24, "Too many open files", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(OSError, match="Too many open files"):
        build(options(root))

    assert not (root / "public").exists()
