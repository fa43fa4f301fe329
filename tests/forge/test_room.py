"""What a step of a workflow is told, and what it leaves for the next."""

from __future__ import annotations

import json

import pytest
from tests.forge.github import REPOSITORY, TOKEN

from handbill.errors import WrongUse
from handbill.forge.room import Room


def test_a_room_is_what_the_machine_says(tmp_path):
    """No value of an event stands in a command."""
    (tmp_path / "event.json").write_text(json.dumps({"number": 7}), encoding="utf-8")
    room = Room.of({
        "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN, "GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "GITHUB_RUN_ID": "42",
        "GITHUB_SHA": "a" * 40, "GITHUB_REF_NAME": "main", "GITHUB_EVENT_NAME": "schedule",
    })  # fmt: skip

    assert (REPOSITORY, 42, "a" * 40, "main", "schedule") == (room.repository, room.run, room.commit, room.branch, room.name)
    assert 7 == room.event().number("number")
    assert ("https://api.github.com", "https://github.com", "github-actions[bot]") == (room.api, room.server, room.actor)


def test_elsewhere_the_command_says_what_it_is_for():
    """Somebody types it at home."""
    with pytest.raises(WrongUse, match="GITHUB_REPOSITORY is missing; this command is one for workflows"):
        Room.of({})
    with pytest.raises(WrongUse, match="GITHUB_EVENT_PATH"):
        Room(REPOSITORY).event()


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"a": 1, "a": 2}', b"\xff", b'{"a": NaN}'])
def test_what_is_no_event_is_refused(tmp_path, raw):
    """Half of an event would be taken for a whole one."""
    (tmp_path / "event.json").write_bytes(raw)
    with pytest.raises(WrongUse, match="the event"):
        Room(REPOSITORY, event_file=tmp_path / "event.json").event()


def test_values_are_left_one_a_line_and_none_can_be_two(tmp_path):
    """A value with an end of line would set a second output, such as the one that lets a letter go."""
    room = Room(REPOSITORY, output=tmp_path / "output")
    room.leave(due="true", address="https://essai.example/pr-7/")
    for wrong in ("x\nsend=true", "a b", "<<EOF", "é", "x" * 400):
        with pytest.raises(ValueError, match="due"):
            room.leave(due=wrong)

    assert "due=true\naddress=https://essai.example/pr-7/\n" == (tmp_path / "output").read_text(encoding="utf-8")


def test_the_page_of_the_run_is_added_to(tmp_path):
    """Other steps write there, too."""
    room = Room(REPOSITORY, summary=tmp_path / "summary")
    room.show("# One")
    room.show("Two\n\n")
    Room(REPOSITORY).show("nobody looks")

    assert "# One\n\nTwo\n\n" == (tmp_path / "summary").read_text(encoding="utf-8")
