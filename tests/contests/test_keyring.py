"""The key of a contest is what stands between a public list of tickets and the people behind it."""

import os
import stat

import pytest

from handbill.contests.keyring import destroy_key, key_file, known_key, made_key, needed_key, was_destroyed
from handbill.contests.steps import NotNow
from handbill.errors import MachineLacks

ID = "ete-photo"
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")


def test_a_key_is_made_once(tmp_path):
    """Another key would make other tickets, and those that were mailed would be nobody's."""
    first = made_key(tmp_path, ID)

    assert 32 == len(first)
    assert first == made_key(tmp_path, ID) == needed_key(tmp_path, ID) == known_key(tmp_path, ID)


def test_each_contest_has_its_own_key(tmp_path):
    """With one key for all, destroying it would destroy what the next contest needs."""
    assert made_key(tmp_path, ID) != made_key(tmp_path, "hiver-photo")


def test_to_look_makes_no_key(tmp_path):
    """Whoever only counts entries on another machine must not leave a second key behind."""
    assert known_key(tmp_path, ID) is None
    assert [] == list(tmp_path.iterdir())


def test_without_the_key_nobody_is_looked_for(tmp_path):
    """A new key in its place would say that no winner is in the list."""
    with pytest.raises(NotNow, match="its key is not on this machine"):
        needed_key(tmp_path, ID)


@POSIX
def test_only_its_owner_can_read_a_key(tmp_path):
    """A shared machine has other accounts."""
    made_key(tmp_path, ID)

    assert 0o600 == stat.S_IMODE(key_file(tmp_path, ID).stat().st_mode)
    assert 0o700 == stat.S_IMODE(key_file(tmp_path, ID).parent.stat().st_mode)


@POSIX
def test_a_key_that_others_may_read_is_refused(tmp_path):
    """It is told while it can still be closed, and before tickets are made with it."""
    made_key(tmp_path, ID)
    key_file(tmp_path, ID).chmod(0o640)

    with pytest.raises(MachineLacks, match="chmod 600"):
        known_key(tmp_path, ID)


@pytest.mark.parametrize("raw", [b"", b"short", bytes(33)])
def test_a_damaged_key_is_refused(tmp_path, raw):
    """Half a key makes tickets too, and all of them are wrong."""
    made_key(tmp_path, ID)
    key_file(tmp_path, ID).write_bytes(raw)

    with pytest.raises(MachineLacks, match="damaged"):
        made_key(tmp_path, ID)


def test_a_key_that_is_destroyed_is_written_over_first(tmp_path):
    """Whoever holds the file open, or finds its place on the disk again, must not find the key."""
    key = made_key(tmp_path, ID)
    os.link(key_file(tmp_path, ID), tmp_path / "another-name")

    assert destroy_key(tmp_path, ID)
    assert not key_file(tmp_path, ID).exists()
    assert key != (tmp_path / "another-name").read_bytes()
    assert 32 == len((tmp_path / "another-name").read_bytes())


def test_that_a_key_was_destroyed_is_remembered_without_it(tmp_path):
    """A purge that is broken off after the key must be able to go on."""
    assert not was_destroyed(tmp_path, ID)
    made_key(tmp_path, ID)
    destroy_key(tmp_path, ID)

    assert was_destroyed(tmp_path, ID)
    assert not destroy_key(tmp_path, ID)


@POSIX
def test_a_link_is_not_followed_to_what_is_destroyed(tmp_path):
    """The file behind it may be anything, and the key would be told as gone."""
    other = tmp_path / "other"
    other.write_bytes(bytes(32))
    key_file(tmp_path, ID).parent.mkdir()
    key_file(tmp_path, ID).symlink_to(other)

    with pytest.raises(MachineLacks):
        destroy_key(tmp_path, ID)

    assert bytes(32) == other.read_bytes()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    """Otherwise a traceback ends the evening."""
    (tmp_path / "contests").write_text("a file in the way", encoding="utf-8")

    with pytest.raises(MachineLacks, match="cannot be read or written"):
        made_key(tmp_path, ID)
