"""What is listed of the earlier sites, and what is believed of it."""

from __future__ import annotations

import os

import pytest

from handbill import key
from handbill.publishing.earlier_list import EarlierList, Listed, read_list, write_list

LISTED = EarlierList(9, (Listed(6, 6, 100, "seal-6"), Listed(3, 8, 200, "seal-8")), ("seal-9", 6))


def test_what_was_written_is_read(tmp_path):
    write_list(tmp_path / "list", LISTED)

    assert LISTED == read_list(tmp_path / "list")


def test_without_a_list_there_is_no_earlier_site_and_the_first_gets_the_number_one(tmp_path):
    assert EarlierList(1, (), ("", 0)) == read_list(tmp_path / "list")
    assert EarlierList() == read_list(tmp_path / "list/below-a-file")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(b'"next":9', b'"next":7'),
        lambda text: text[:-1],
        lambda text: text.replace(b"earlier 1", b"earlier 2"),
        lambda text: text.partition(b"\n")[2],
        lambda _: b"",
        lambda _: b"\xff\n\xff",
    ],
    ids=["altered", "cut", "of another version", "without its head", "empty", "no text"],
)
def test_what_nobody_signed_is_not_believed(tmp_path, spoil):
    """A proposal may bring a folder along, and an unpacked archive may have one."""
    file = tmp_path / "list"
    write_list(file, LISTED)
    file.write_bytes(spoil(file.read_bytes()))

    assert EarlierList() == read_list(file)


def test_who_writes_a_list_makes_a_key_and_who_reads_one_does_not(tmp_path, monkeypatch):
    """To ask which sites there are changes nothing."""
    write_list(tmp_path / "list", LISTED)
    monkeypatch.setattr(key, "_known", [])
    monkeypatch.delenv(key.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    assert EarlierList() == read_list(tmp_path / "list")
    assert not (tmp_path / "state").exists()

    write_list(tmp_path / "list", LISTED)
    assert LISTED == read_list(tmp_path / "list")
    monkeypatch.setattr(key, "_known", [])
    assert LISTED == read_list(tmp_path / "list")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize(
    "lay", [lambda file: file.symlink_to(file.with_name("true")), os.mkfifo, lambda file: file.mkdir()], ids=["link", "pipe", "folder"]
)
def test_what_is_no_plain_file_is_no_list(tmp_path, lay):
    """A pipe would be waited for without an end."""
    write_list(tmp_path / "true", LISTED)
    lay(tmp_path / "list")

    assert EarlierList() == read_list(tmp_path / "list")


def test_a_list_that_cannot_be_read_is_not_taken_for_none(tmp_path, monkeypatch):
    """All sites would be swept away with it."""
    write_list(tmp_path / "list", LISTED)
    monkeypatch.setattr(os, "read", lambda *_: (_ for _ in ()).throw(OSError(5, "fault")))

    with pytest.raises(OSError, match="fault"):
        read_list(tmp_path / "list")


def test_only_the_site_that_was_gone_back_to_has_a_twin():
    assert LISTED.sites[0] == LISTED.twin_of("seal-9")
    assert LISTED.twin_of("seal-8") is None
    assert EarlierList(9, LISTED.sites[1:], LISTED.back).twin_of("seal-9") is None
