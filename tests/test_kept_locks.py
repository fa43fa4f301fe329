"""What the handbook tells those who publish: how the files that a build writes come into the repository."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests import hubs

ROOT = Path(__file__).parents[1]
WHO = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "ada@puits.example")
SNIPPET = re.compile(r'```sh title="after the build"\n(.*?)```', re.DOTALL)


def sh(script: str, folder: Path) -> str:
    done = subprocess.run(["sh", "-ec", script], cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **WHO})
    assert 0 == done.returncode, done.stderr
    return done.stdout


@pytest.mark.long
def test_the_machine_that_publishes_keeps_the_locks_and_then_has_nothing_to_keep(tmp_path):
    """Where everybody edits in a browser, a ledger that nobody commits would forget what calendars were told."""
    (snippet,) = SNIPPET.findall((ROOT / "handbook/reference/locks.md").read_text(encoding="utf-8"))
    here = hubs.village(tmp_path)
    sh("git init --quiet --bare there.git", tmp_path)
    sh("printf 'public/\\n.handbill/\\n' > .gitignore; git init --quiet --initial-branch main; git remote add origin ../there.git", here)
    sh("git add --all; git commit --quiet -m all; git push --quiet origin HEAD", here)
    for _ in range(2):
        subprocess.run([sys.executable, "-m", "handbill", "--root", str(here), "site"], check=True, capture_output=True)
        sh(snippet, here)

    assert 2 == int(sh("git rev-list --count main", tmp_path / "there.git"))
    assert {"addresses.lock", "calendars.lock"} == set(sh("git show --name-only --format= main", tmp_path / "there.git").split())
    assert "" == sh("git status --short", here)
