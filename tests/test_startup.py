"""What a command imports: no more than what it needs, because importing is most of what a short command costs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hubs import THEN, text, write

#: What only reading, rendering or checking needs, and what only other commands do.
DEAR = {
    "PIL", "babel", "bs4", "feedgen", "font_source_serif_pro", "frontmatter", "icalendar", "jinja2", "lxml", "markdown", "mkdocs", "nh3",
    "pelican", "pygments", "pytest", "rich", "segno", "yaml", "email", "http", "multiprocessing", "ssl", "urllib.request",
    "handbill.authoring", "handbill.checking", "handbill.contests", "handbill.doctor", "handbill.draw", "handbill.forge", "handbill.importing",
    "handbill.kinds", "handbill.outputs", "handbill.preview", "handbill.proofing", "handbill.proposals", "handbill.reading.load",
    "handbill.reviewing", "handbill.rules", "handbill.sending", "handbill.settings",
}  # fmt: skip

SAY_WHAT = """
import sys
from handbill.cli import main
code = main(sys.argv[1:])
sys.stderr.write("\\n" + __import__("json").dumps([code, sorted(sys.modules)]))
"""


def imported(*words: str | Path) -> set[str]:
    """Return the modules that a command imported in a process of its own."""
    done = subprocess.run([sys.executable, "-I", "-c", SAY_WHAT, *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert 0 == code, done.stdout + done.stderr
    return set(modules)


def dear(modules: set[str]) -> set[str]:
    """Return those that cost too much, named by their packages."""
    return {one for one in DEAR if any(name == one or name.startswith(f"{one}.") for name in modules)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small hub that was checked and built, so that nothing has changed since."""
    root = tmp_path_factory.mktemp("hub")
    hub = '[hub]\nname = "Pignes"\nbase_url = "https://pignes.example/"\nlang = "fr"\ntimezone = "Europe/Paris"\n'
    write(root, {"hub.toml": hub, "content/posts/puits.md": text("Le puits est ouvert.", title="Le puits", date="2026-03-01", authors="[Ada]")})
    for command in ("site", "check"):
        imported("--root", root, command, "--as-of", THEN, "--jobs", "1")
    return root


@pytest.mark.parametrize("command", ["site", "check"])
def test_with_nothing_changed_nothing_dear_is_imported(built, command):
    """An editor's program asks after each save, and CI before each step."""
    modules = imported("--root", built, command, "--as-of", THEN, "--jobs", "1")

    assert "handbill.commands.building" in modules
    assert set() == dear(modules)


@pytest.mark.parametrize("words", [["--version"], ["site", "--help"], ["explain", "HB101"]], ids=" ".join)
def test_what_needs_no_hub_reads_none(words):
    """Who asks what a code means has a broken hub, and no time."""
    assert set() == dear(imported(*words))


def test_one_command_does_not_import_another():
    """There are twenty, and the newsletter's and the contests' alone take longer to import than all that `site` needs."""
    modules = imported("site", "--help")

    assert {"handbill.commands", "handbill.commands.building", "handbill.commands.called"} == {one for one in modules if one.startswith("handbill.commands")}


def test_every_command_in_the_help_can_be_asked_for():
    """The table names modules, and a name that is wrong would be told only to the one who types it."""
    from handbill.cli import MODULES, cli

    assert {name: name for name in MODULES} == {name: one.name for name, one in cli.commands.items()}
    assert list(MODULES) == list(cli.commands)


def test_the_help_itself_needs_no_library():
    """It imports all commands, but nothing of what they do."""
    assert dear(imported("--help")) <= {"handbill.kinds"}
