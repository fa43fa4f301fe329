"""The commands of a contest's life, gathered under one word: contest."""

from __future__ import annotations

import click

#: The commands, in the order of a contest's life.
COMMANDS: tuple[click.Command, ...] = ()


@click.group("contest")
def contest() -> None:
    """Announce, freeze, draw and prove a contest."""


for _command in COMMANDS:
    contest.add_command(_command)
