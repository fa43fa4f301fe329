"""Each command has the variables that it needs, and no others."""

import pytest

from handbill.cli import MODULES
from handbill.room.few import NEEDED, command_of, few

ALL = {
    "PATH": "/usr/bin",
    "LANG": "fr_FR.UTF-8",
    "GITHUB_TOKEN": "t",
    "GITHUB_OUTPUT": "/o",
    "HANDBILL_PASSWORD": "p",
    "https_proxy": "x",
    "SECRET": "s",
}


def test_each_command_has_its_line():
    """One without would be taken for `site`, and not find what it needs."""
    assert set(MODULES) == set(NEEDED)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], "site"),
        (["--root", "newsletter"], "site"),
        (["--root", "/hub", "newsletter", "send"], "newsletter"),
        (["--root=/hub", "--lang", "fr", "forge"], "forge"),
        (["--drafts"], "site"),
        (["--help"], "site"),
        (["chekc"], "site"),
    ],
)
def test_the_command_is_the_one_that_the_command_line_finds(words, command):
    """A folder that is named like a command is none."""
    assert command == command_of(words)


@pytest.mark.parametrize("command", ["site", "check", "serve", "new", "fix", "explain"])
def test_what_reads_and_writes_texts_has_nothing_that_opens_a_door(command):
    """Whoever takes it over finds nothing to carry away."""
    assert {"PATH", "LANG"} == few([command], ALL).keys()


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("review", {"GITHUB_OUTPUT"}),
        ("links", {"GITHUB_OUTPUT", "https_proxy"}),
        ("contest", {"HANDBILL_PASSWORD", "https_proxy"}),
        ("newsletter", {"GITHUB_TOKEN", "GITHUB_OUTPUT", "HANDBILL_PASSWORD", "https_proxy"}),
        ("forge", {"GITHUB_TOKEN", "GITHUB_OUTPUT", "HANDBILL_PASSWORD", "https_proxy"}),
    ],
)
def test_what_sends_or_asks_somebody_has_what_it_needs_for_it(command, more):
    """Letters leave with a password that is in no file."""
    assert {"PATH", "LANG"} | more == few([command], ALL).keys()


def test_doctor_sees_all_of_the_machine():
    """It is asked what is wrong with it."""
    assert ALL == few(["doctor"], ALL)
