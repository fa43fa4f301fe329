"""The commands of a contest stand together, in the order in which an organiser needs them."""

import pytest
from tests.hubs import run

from handbill.commands.contests import COMMANDS, contest


def test_they_are_listed_in_the_order_of_a_life():
    """Whoever types `contest --help` reads what comes next."""
    life = ["announce", "ticket", "freeze", "ballot", "draw", "skip", "winners", "verify", "confirm", "publish", "settle", "purge"]

    assert life == [one.name for one in COMMANDS if one.name in life]
    assert {one.name for one in COMMANDS} == set(contest.commands)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: str(one.name))
def test_each_says_in_a_sentence_what_it_does(command):
    """The list shows these sentences, and cuts them nowhere."""
    assert command.get_short_help_str(200).endswith(".")


def test_help_lists_all_of_them(capsys):
    """In the order in which they stand, not in that of the alphabet."""
    _, out, _ = run(capsys, "contest", "--help")

    shown = [line.split()[0] for line in out.split("Commands:")[1].splitlines() if line.startswith("  ") and line[2] != " "]
    assert [one.name for one in COMMANDS] == shown
