"""What another version of the program finds: a public folder and caches of the one before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hubs import files_of, options
from tests.incremental import hubs

from handbill import engine, examining, pipeline


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a copy of the program, to be changed."""
    home = tmp_path / "program"
    shutil.copytree(engine.PACKAGE, home / "src/handbill", ignore=shutil.ignore_patterns("__pycache__"))
    (home / "theme").symlink_to(engine.engine_theme())
    return home / "src"


def build(program: Path, root: Path, output: str, *words: str) -> None:
    """Build by that program, as its command would."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
    words = ("--root", str(root), "site", "--as-of", hubs.FIRST["contest"], "--output", str(root / output), *words)
    done = subprocess.run([sys.executable, "-m", "handbill", *words], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.mark.long
def test_a_page_made_by_an_older_program_is_made_again(program, tmp_path):
    """A fault of a page that was mended must not stay in every public folder until its text is edited."""
    hubs.make("contest", tmp_path / "hub")
    module = program / "handbill/outputs/rendering.py"
    mended = module.read_text(encoding="utf-8").replace("givens))\n", 'givens)) + "<!-- mended -->"\n')
    assert "mended" in mended

    build(program, tmp_path / "hub", "public")
    module.write_text(mended, encoding="utf-8")
    build(program, tmp_path / "hub", "public")
    build(program, tmp_path / "hub", "clean", "--no-cache")

    pages = {path: raw for path, raw in files_of(tmp_path / "hub/public").items() if path.endswith(".html")}
    assert pages
    assert all(b"<!-- mended -->" in raw for path, raw in pages.items() if not path.startswith(("newsletters/", "theme/")))
    assert files_of(tmp_path / "hub/clean") == files_of(tmp_path / "hub/public")


def test_a_process_that_lives_on_does_not_pass_for_the_new_program(tmp_path, monkeypatch):
    """Under `serve` the program may be updated: what it goes on making is still the old one's."""
    hubs.make("contest", tmp_path / "hub")
    package = tmp_path / "src/handbill"
    package.mkdir(parents=True)
    (package / "cli.py").write_text("one = 1\n")
    monkeypatch.setattr(examining, "PACKAGE", package)
    examining.program_state.cache_clear()
    told = options(tmp_path / "hub", hubs.FIRST["contest"])
    try:
        pipeline.build(told)
        (package / "cli.py").write_text("one = 2\n")

        assert pipeline.build(told).is_unchanged
        examining.program_state.cache_clear()
        assert not pipeline.build(told).is_unchanged
    finally:
        examining.program_state.cache_clear()
