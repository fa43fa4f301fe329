"""The commands of a letter's life, gathered under one word: newsletter."""

from __future__ import annotations

import click

from handbill.commands.drafting import draft
from handbill.commands.freezing import freeze, verify
from handbill.commands.members import members
from handbill.commands.previewing import preview
from handbill.commands.results import results
from handbill.commands.sending import send, settle
from handbill.commands.standing import status

#: The commands, in the order of a letter's life.
COMMANDS: tuple[click.Command, ...] = (draft, preview, freeze, verify, members, send, settle, results, status)


@click.group("newsletter")
def newsletter() -> None:
    """Write, look at, freeze, prove and send the numbers of a letter."""


for _command in COMMANDS:
    newsletter.add_command(_command)
