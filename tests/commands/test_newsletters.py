"""The group of a letter's commands."""

from handbill.commands.newsletters import COMMANDS, newsletter


def test_every_command_of_a_letter_is_in_the_group():
    """A command that is written and not gathered would be typed in vain."""
    assert {one.name for one in COMMANDS} == set(newsletter.commands)
