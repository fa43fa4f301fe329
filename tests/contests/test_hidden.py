"""Ballots and right answers lie where no commit shows them before their day."""

import os
import sys

import pytest

from handbill.contests.hidden import read_hidden, refuse_repository, write_hidden
from handbill.errors import MachineLacks, WrongUse


def test_nobody_else_can_read_what_is_hidden(tmp_path):
    """A juror of the same machine must not look at the others' marks."""
    file = tmp_path / "deep" / "maud.json"

    write_hidden(file, b"{}\n", tmp_path / "hub")

    assert b"{}\n" == read_hidden(file)
    assert [file.name] == [one.name for one in file.parent.iterdir()]
    if os.name == "posix":
        assert 0o600 == file.stat().st_mode & 0o777
        assert 0o700 == file.parent.stat().st_mode & 0o777


@pytest.mark.parametrize("place", ["hub/x.json", "clone/deep/x.json"])
def test_nothing_is_hidden_in_a_repository(tmp_path, place):
    """The next commit of everything would publish it."""
    (tmp_path / "hub").mkdir()
    (tmp_path / "clone" / ".git").mkdir(parents=True)

    with pytest.raises(WrongUse, match=r"x\.json: lies in a repository"):
        refuse_repository(tmp_path / place, tmp_path / "hub")
    with pytest.raises(WrongUse, match=r"x\.json: lies in a repository"):
        write_hidden(tmp_path / place, b"{}", tmp_path / "hub")

    assert not (tmp_path / place).exists()


def test_a_ballot_that_cannot_be_replaced_stands_as_it_was(tmp_path):
    """Its digest may be committed already."""
    place = tmp_path / "maud.json"
    place.mkdir()

    with pytest.raises(MachineLacks, match=r"maud\.json: cannot be written"):
        write_hidden(place, b"{}", tmp_path / "hub")

    assert [] == list(place.iterdir())
    assert ["maud.json"] == [one.name for one in tmp_path.iterdir()]


def test_what_cannot_be_read_is_told_with_its_name(tmp_path):
    """Whoever typed the wrong path has to see it."""
    with pytest.raises(MachineLacks, match=r"maud\.json: cannot be read"):
        read_hidden(tmp_path / "maud.json")


def test_a_file_that_is_no_ballot_does_not_fill_the_memory(tmp_path):
    """Somebody gives the film of the ceremony for the ballot."""
    file = tmp_path / "film.mp4"
    with file.open("wb") as opened:
        opened.truncate(17_000_000)

    with pytest.raises(MachineLacks, match=r"film\.mp4: is longer than any file that belongs here"):
        read_hidden(file)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_into_a_repository_does_not_hide_anything(tmp_path):
    """By its name the file lies outside, and the commit has it all the same."""
    (tmp_path / "hub").mkdir()
    (tmp_path / "door").symlink_to(tmp_path / "hub")

    with pytest.raises(WrongUse):
        write_hidden(tmp_path / "door" / "x.json", b"{}", tmp_path / "hub")
