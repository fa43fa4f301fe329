"""What was handed to a service is remembered, also through a power cut, and names nobody."""

from __future__ import annotations

import os
import stat

import pytest

from handbill.errors import MachineLacks
from handbill.sending.handed import LEAVING, LEFT, Note, Notes

FIRST = Note("12", "handbill-12-aaaaaaaaaaaa", "listmonk", LEAVING, "7", "2026-11-05T18:00:00+00:00")
SECOND = Note("12", "handbill-12-aaaaaaaaaaaa", "listmonk", LEFT, "7")
OTHER = Note("12.en", "handbill-12.en-bbbbbbbbbbbb", "listmonk", LEFT, "8")


def test_notes_are_kept_in_their_order_and_apart(tmp_path):
    """Twelve and its English version are two letters at a service."""
    notes = Notes(tmp_path / "made")
    assert () == notes.of("12")
    for one in (FIRST, OTHER, SECOND):
        notes.add(one)

    assert (FIRST, SECOND) == Notes(tmp_path / "made").of("12")
    assert (OTHER,) == notes.of("12.en")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_others_on_the_machine_cannot_read_it(tmp_path):
    """When a community writes, and by whom it is served, is its own business."""
    Notes(tmp_path / "made").add(FIRST)

    assert 0o600 == stat.S_IMODE((tmp_path / "made/handed.jsonl").stat().st_mode)
    assert 0o700 == stat.S_IMODE((tmp_path / "made").stat().st_mode)


def test_a_note_is_on_the_disk_before_anybody_goes_on(tmp_path, monkeypatch):
    """The letter leaves in the next moment."""
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_size))
    Notes(tmp_path).add(FIRST)

    assert (tmp_path / "handed.jsonl").stat().st_size in flushed


def test_half_a_line_takes_no_other_with_it(tmp_path):
    """That is what a power cut leaves; nobody went on after it."""
    notes = Notes(tmp_path)
    notes.add(FIRST)
    whole = notes.file.read_bytes()
    for end in range(1, len(whole)):
        notes.file.write_bytes(whole + whole[:end].rstrip(b"\n"))
        assert (FIRST,) == notes.of("12")
        notes.add(SECOND)
        assert (FIRST, SECOND) == notes.of("12")


@pytest.mark.parametrize("line", [b"{}", b'{"name": "12"}', b"gone", b'{"a": 1}', b"\xff", b"[]", b"3"])
def test_a_line_that_nobody_understands_stops_everything(tmp_path, line):
    """Guessing what it said could send a letter twice."""
    notes = Notes(tmp_path)
    notes.add(FIRST)
    notes.file.write_bytes(line + b"\n" + notes.file.read_bytes())
    with pytest.raises(MachineLacks, match=r"handed\.jsonl") as told:
        notes.of("12")

    assert 3 == told.value.exit_code


def test_a_disk_that_takes_nothing_is_told(tmp_path):
    """Then nothing may leave."""
    (tmp_path / "handed.jsonl").mkdir()
    for act in (lambda: Notes(tmp_path).of("12"), lambda: Notes(tmp_path).add(FIRST)):
        with pytest.raises(MachineLacks):
            act()
