"""Files that name members: where no commit reaches them, and nobody else reads them."""

from __future__ import annotations

import csv
import os

import pytest

from handbill.errors import MachineLacks, WrongUse
from handbill.sending.outside import is_in_repository, is_open_to_others, write_closed

ROWS = [("email", "letter", "token"), ("=ada@lettre.example", "main", "0" * 32)]


@pytest.fixture
def hub(tmp_path):
    (tmp_path / "hub").mkdir()
    (tmp_path / "other" / ".git").mkdir(parents=True)
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / ".git").write_text("gitdir: /ailleurs\n")
    (tmp_path / "bare" / "objects").mkdir(parents=True)
    (tmp_path / "bare" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "free").mkdir()
    return tmp_path / "hub"


@pytest.mark.parametrize("place", ["hub", "hub/prive", "other", "other/a/b", "linked", "bare", "bare/objects"])
def test_nothing_that_names_members_is_written_where_a_commit_reaches(hub, place):
    """One `git add .` later it would be public for ever."""
    (hub.parent / place).mkdir(parents=True, exist_ok=True)
    file = hub.parent / place / "jetons.csv"

    assert is_in_repository(file, hub)
    with pytest.raises(WrongUse, match=r"^jetons.csv: lies in a repository"):
        write_closed(file, ROWS, hub)
    assert not file.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows gives links to few")
def test_a_link_into_a_repository_does_not_help(hub):
    """The file would lie there all the same."""
    (hub.parent / "free" / "lien").symlink_to(hub, target_is_directory=True)

    assert is_in_repository(hub.parent / "free" / "lien" / "jetons.csv", hub)
    assert not is_in_repository(hub.parent / "free" / "jetons.csv", hub)


def test_a_file_is_written_whole_and_closed(hub):
    """Half a file of tokens would leave half of the members without a way to leave."""
    file = hub.parent / "free" / "jetons.csv"
    file.write_text("avant")
    file.chmod(0o644)
    write_closed(file, ROWS, hub)

    with file.open(encoding="utf-8", newline="") as opened:
        assert [["email", "letter", "token"], ["'=ada@lettre.example", "main", "0" * 32]] == list(csv.reader(opened))
    assert ["jetons.csv"] == [one.name for one in file.parent.iterdir()]
    if os.name == "posix":
        assert 0o600 == file.stat().st_mode & 0o777
        assert not is_open_to_others(file)


def test_what_stood_there_stays_when_something_goes_wrong(hub):
    """The page behind the unsubscribe address reads it at any moment."""
    file = hub.parent / "free" / "jetons.csv"
    file.write_text("avant")

    def rows():
        yield ROWS[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(MachineLacks, match="No space left"):
        write_closed(file, rows(), hub)
    assert "avant" == file.read_text()
    assert ["jetons.csv"] == [one.name for one in file.parent.iterdir()]


@pytest.mark.skipif(os.name != "posix", reason="Windows tells rights otherwise")
@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o640, True), (0o604, True), (0o400, False)])
def test_a_list_that_others_may_read_is_noticed(tmp_path, mode, is_open):
    """Exports are saved for everybody unless somebody thinks of it."""
    file = tmp_path / "membres.csv"
    file.write_text("email\n")
    file.chmod(mode)

    assert is_open == is_open_to_others(file)
