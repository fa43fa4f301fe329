"""The commands of a contest's life, gathered under one word: contest."""

from __future__ import annotations

import click

from handbill.commands.contest_announce import announce
from handbill.commands.contest_answers import answers
from handbill.commands.contest_ballot import ballot
from handbill.commands.contest_draw import draw
from handbill.commands.contest_freeze import freeze
from handbill.commands.contest_skip import skip
from handbill.commands.contest_status import status
from handbill.commands.contest_steps import cancel, confirm, publish, purge, settle, void
from handbill.commands.contest_ticket import ticket
from handbill.commands.contest_verify import verify
from handbill.commands.contest_winners import winners

#: The commands, in the order of a contest's life.
COMMANDS: tuple[click.Command, ...] = (
    status, announce, answers, ticket, freeze, ballot, draw, skip, winners, verify, confirm, publish, settle, purge, cancel, void,
)  # fmt: skip


class InOrder(click.Group):
    """A group that lists its commands in the order in which they were added, and not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own shape
        return list(self.commands)


@click.group("contest", cls=InOrder)
def contest() -> None:
    """Announce, freeze, draw and prove a contest."""


for _command in COMMANDS:
    contest.add_command(_command)
