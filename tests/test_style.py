"""The whole program is strictly typed and in one form, so that reviews can be about meaning."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "words",
    [["mypy", "src"], ["ruff", "check", "."], ["ruff", "format", "--check", "src"]],
    ids=["types", "lint", "form"],
)
def test_the_checkers_have_nothing_to_say(words):
    """Each exemption stands in pyproject.toml with its reason."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
