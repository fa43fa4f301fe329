"""The files in .vscode and the first line of hub.toml do what they say."""

from __future__ import annotations

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from tests.hubs import run, text, write

from handbill.cli import cli
from handbill.kinds import KINDS
from handbill.telling import LANGUAGES

REPOSITORY = Path(__file__).resolve().parents[1]


def settings_of(name: str) -> Any:
    """Return a file of .vscode, which is JSON with comments on lines of their own."""
    raw = (REPOSITORY / ".vscode" / name).read_text(encoding="utf-8")
    return json.loads(re.sub(r"(?m)^\s*//.*$", "", raw))


TASKS = {one["label"]: one for one in settings_of("tasks.json")["tasks"]}


def told_of(line: str) -> list[tuple[str, dict[str, str]]]:
    """Return the severity and parts that each matcher of the task finds in a line."""
    found = []
    for matcher in TASKS["Vérifier"]["problemMatcher"]:
        pattern = matcher["pattern"]
        if match := re.search(pattern["regexp"], line):
            parts = {name: match[number] or "" for name, number in pattern.items() if isinstance(number, int)}
            found.append((matcher["severity"], parts))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_comes_into_the_list_of_problems(tmp_path, capsys, lang):
    """Once, at its place, with its level, in either language."""
    broken = {
        "content/posts/a.md": text(date="2026-13-01"),
        "content/posts/b.md": text(draft="true"),
        "content/posts/c.txt": "x",
        "content/d.md": text(),
    }
    _, out, _ = run(capsys, "--root", write(tmp_path, broken), "check", "--as-of", "2026-03-20", lang=lang)
    told = [one for line in out.splitlines() for one in told_of(line)]
    lines = [line for line in out.splitlines() if re.search(r"\[HB\d{3}\]$", line)]

    assert len(lines) == len(told) == 4
    assert {
        ("error", "content/posts/a.md", "3", "7", "HB205"),
        ("info", "content/posts/b.md", "4", "8", "HB501"),
        ("warning", "content/posts/c.txt", "", "", "HB121"),
        ("error", "content/d.md", "", "", "HB120"),
    } == {(level, one["file"], one.get("line", ""), one.get("column", ""), one["code"]) for level, one in told}
    assert all(one["message"] for _, one in told)


def test_every_task_calls_a_command_that_exists():
    """A task that fails teaches people not to use tasks."""
    assert {"Vérifier", "Voir le site", "Du neuf", "Comme l’an dernier"} == set(TASKS)
    for one in TASKS.values():
        assert (REPOSITORY / one["args"][0]).is_file()
        assert one["args"][1] in cli.commands


def test_every_kind_can_be_picked():
    """The list is written by hand."""
    (kinds,) = settings_of("tasks.json")["inputs"]

    assert [kind.name for kind in KINDS] == [one["value"] for one in kinds["options"]]


def test_every_text_of_this_hub_has_the_schema_of_its_kind():
    """For the day on which an editor program reads them."""
    globs = settings_of("settings.json")["yaml.schemas"]

    assert {f"./schemas/{kind.name}.json" for kind in KINDS} == set(globs)
    for kind in KINDS:
        files = [file.relative_to(REPOSITORY).as_posix() for file in (REPOSITORY / kind.folder).rglob("*.md") if "archive" not in file.parts]
        assert files
        assert all(fnmatch(file, globs[f"./schemas/{kind.name}.json"].replace("**/", "*")) for file in files)
    assert all((REPOSITORY / schema).is_file() for schema in globs)


def test_the_settings_name_their_schema_on_their_first_line():
    """Editor programs look there, and a path is looked for from the file itself."""
    raw = (REPOSITORY / "hub.toml").read_text(encoding="utf-8")
    directive, _, path = raw.splitlines()[0].partition(" ")

    assert "#:schema" == directive
    assert (REPOSITORY / path).is_file()
    assert tomllib.loads(raw)


def test_only_extensions_that_do_something_here_are_recommended():
    """Each is somebody else's program on an editor's machine."""
    assert ["tamasfe.even-better-toml"] == settings_of("extensions.json")["recommendations"]
