"""What is promised about security is held by a test that exists, and the drill for a leaked token finds what it says it finds."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = ("SECURITY.md", "handbook/operators/security.md", "handbook/operators/token-drill.md")
THREATS = REPOSITORY / "handbook" / "operators" / "security.md"
DRILL = REPOSITORY / "handbook" / "operators" / "token-drill.md"

_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def held_by(file: str) -> frozenset[str]:
    """Return the tests of a file."""
    tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def named(page: Path) -> list[tuple[str, str]]:
    return _NAMED.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_exists(page):
    """A defence whose test was renamed is a defence that nobody looks at."""
    missing = [
        f"{file}::{test}" for file, test in named(REPOSITORY / page) if not (REPOSITORY / file).is_file() or test not in held_by(file)
    ]

    assert [] == missing


def test_every_threat_has_its_worst_and_its_proof():
    """A threat without a test is a wish."""
    parts = re.split(r"^## (T\d+): .*$", THREATS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    threats = dict(zip(parts[1::2], parts[2::2], strict=True))

    assert [f"T{n}" for n in range(1, 13)] == list(threats)
    for name, text in threats.items():
        rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| against", "| ---"))]
        assert "The worst: " in text, name
        assert rows, name
        assert all(_NAMED.search(row) for row in rows), name


def test_the_steps_of_the_drill_take_a_quarter_of_an_hour_and_each_is_explained():
    """More than that, and a letter to everybody has left."""
    text = DRILL.read_text(encoding="utf-8")
    steps = re.findall(r"^\| (\d\. [^|]+) \| (\d+) \|$", text, re.MULTILINE)

    assert 15 == sum(int(minutes) for _, minutes in steps)
    assert [f"### {name}" for name, _ in steps] == re.findall(r"^### \d\. .*$", text, re.MULTILINE)


def test_every_secret_of_the_program_is_in_the_table_of_the_drill():
    """The one that is not there is the one that nobody thinks of."""
    text = DRILL.read_text(encoding="utf-8")
    workflows = "".join(file.read_text(encoding="utf-8") for file in sorted((REPOSITORY / ".github" / "workflows").glob("*.yml")))
    tokens = {name for name in re.findall(r"\$\{\{ secrets\.(\w+) \}\}", workflows) if name.endswith(("TOKEN", "KEY", "PASSWORD"))}

    assert set() == {name for name in tokens if f"`{name}`" not in text}


def test_every_promise_names_the_test_that_holds_it():
    """What is promised to strangers and proved by nobody is an advertisement."""
    promised = re.split(r"^## ", (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    [text] = [one for one in promised if one.startswith("What is promised")]
    promises = re.split(r"^- ", text, flags=re.MULTILINE)[1:]

    assert len(promises) > 5
    assert [] == [one for one in promises if not _NAMED.search(one)]


@pytest.mark.long
@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="needs a clone of the repository")
def test_the_commands_of_the_drill_find_what_was_done(tmp_path):
    """Typed for the first time on the worst day of the year, they must work and must tell."""
    origin, here = tmp_path / "origin", tmp_path / "here"
    git(tmp_path, "clone", "--quiet", "--no-tags", str(REPOSITORY), str(origin))
    git(origin, "switch", "--quiet", "-C", "main")
    trusted = git(origin, "rev-parse", "HEAD").strip()
    git(tmp_path, "clone", "--quiet", "--no-tags", str(origin), str(here))
    harm(origin)

    done = [drill(here, command, trusted) for command in commands()]

    told = {command: (code, said) for command, code, said in done}
    assert "Take part" in said_by(told, "git log")
    assert ".github/CODEOWNERS" in said_by(told, "git diff")
    assert "evil.yml" in said_by(told, "git diff")
    assert [1, 1, 1] == [code for command, code, _ in done if "verify" in command or "owners" in command]
    for what in ("mail.html", "draw.json", ".github/CODEOWNERS"):
        assert what in "".join(said for command, _, said in done if "build.py" in command)
    assert [0] * 4 == [code for command, code, _ in done if command.startswith("git")]
    assert 0 == next(code for command, code, _ in done if command.endswith("newsletter status"))
    # What mail lacks here is told (3), and nothing else goes wrong.
    assert next(code for command, code, _ in done if command.endswith("doctor mail")) in (0, 3)


def commands() -> list[str]:
    """Return what the page says to type, in its order."""
    return [
        line
        for block in re.findall(r"^```drill\n(.*?)^```$", DRILL.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
    ]


def harm(origin: Path) -> None:
    """Change what somebody with the token of the repository would: a mailed letter, a draw, who is asked, a workflow."""
    mail = sorted((origin / "newsletters/archive").glob("*/mail.html"))[-1]
    mail.write_text(mail.read_text(encoding="utf-8").replace("Bonjour", "Payez", 1) + " ", encoding="utf-8")
    draw = sorted((origin / "content/contests/archive").glob("*/draw.json"))[-1]
    draw.write_text(draw.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    owners = origin / ".github/CODEOWNERS"
    owners.write_text("* @mallory\n", encoding="utf-8")
    (origin / ".github/workflows/evil.yml").write_text("on: push\n", encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "-c", "user.name=m", "-c", "user.email=m@essai.example", "commit", "--quiet", "-m", "Take part")


def drill(here: Path, command: str, trusted: str) -> tuple[str, int, str]:
    """Run a line of the page as a shell does; the program of this repository stands for the clone's own, which needs an environment first."""
    typed = command.replace("python3 build.py", f'"{sys.executable}" -m handbill --lang en')
    room = {**os.environ, "TRUSTED": trusted, "PYTHONPATH": str(REPOSITORY / "src"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", typed], cwd=here, env=room, capture_output=True, text=True, encoding="utf-8", check=False)
    return command, done.returncode, done.stdout + done.stderr


def said_by(told: dict[str, tuple[int, str]], begins: str) -> str:
    return next(said for command, (_, said) in told.items() if command.startswith(begins))


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True)
    return done.stdout
