"""Each command has the variables that it needs, and no others."""

import re
from pathlib import Path

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


def told():
    """Return the variables that the handbook says come through to every command, those of each, and those of the network."""
    page = (Path(__file__).parents[2] / "handbook" / "operators" / "room.md").read_text(encoding="utf-8").partition("## Walls")[0]
    every, some = (re.findall(r"^\| (.+) \| (`.+) \|$", part, re.MULTILINE) for part in page.split("And these to some"))
    network = {
        one for name in re.findall(r"`([A-Z]+_(?:PROXY|CERT_\w+))`", page) for one in (name, name.lower() if "PROXY" in name else name)
    }
    more = {command.strip("`"): {*re.findall("`([^`]+)`", names), *(network if "the network" in names else ())} for command, names in some}
    return {name for _, names in every for name in re.findall("`([^`]+)`", names)}, more, network


EVERY, MORE, NETWORK = told()


@pytest.mark.parametrize("command", sorted(NEEDED))
def test_the_handbook_says_which_variables_come_through(command):
    """Who keeps a secret in a variable looks there; a name that is longer or shorter by a sign is another one."""
    wanted = EVERY | MORE.get(command, set())
    names = {name for some in MORE.values() for name in some} | EVERY
    planted = {one for name in names for one in (name, f"{name}X", name[:-1], name.replace("_*", "X"))} - {"*", ""}
    begins = tuple(name[:-1] for name in wanted if name.endswith("*"))

    assert 10 == len(NETWORK)
    assert {one for one in planted if one in wanted or (begins and one.startswith(begins))} == few(
        [command], dict.fromkeys(planted, "x")
    ).keys()
