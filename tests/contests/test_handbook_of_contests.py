"""The pages for editors about contests name commands: somebody types them as they stand there, on the day of the draw."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from handbill.commands.contests import contest

EDITORS = Path(__file__).parent.parent.parent / "handbook" / "editors"


def typed(page: str) -> list[list[str]]:
    """Return the calls of ``contest`` that a page lets an editor type, without what goes before the command's own name."""
    text = (EDITORS / page).read_text(encoding="utf-8")
    return [shlex.split(line)[3:] for line in re.findall(r"^ *python3 build\.py contest .*$", text, re.MULTILINE)]


def misunderstood(words: list[str]) -> str:
    """Return why the program would not take a call; "" where it would."""
    command: click.Command = contest
    rest = list(words)
    while isinstance(command, click.Group):
        name = rest.pop(0)
        if name not in command.commands:
            return f"no command {name}"
        command = command.commands[name]
    try:
        command.make_parser(click.Context(command)).parse_args(list(rest))
    except click.UsageError as refusal:
        return str(refusal.message)
    return ""


@pytest.mark.parametrize(("page", "least"), [("organiser-un-concours.md", 10), ("concours-jury-quiz.md", 4)])
def test_every_command_of_a_page_is_one_of_the_program(page, least):
    """An option that was renamed leaves the page behind, and its reader alone."""
    calls = typed(page)

    assert least <= len(calls)
    assert {} == {" ".join(one): why for one in calls if (why := misunderstood(one))}


def test_a_command_that_is_none_is_seen():
    """The test above must be able to fail."""
    assert "no command toss" == misunderstood(["toss", "vtt"])
    assert "--dice" in misunderstood(["draw", "vtt", "--dice", "3"])
