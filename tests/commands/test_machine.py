"""Doctor and test, as people type them."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.hubs import run

SOURCE = Path(__file__).parents[2] / "src"


def test_doctor_tells_what_it_looked_at_and_why_it_matters(hub, capsys):
    """It is what people are asked to run first when they ask for help."""
    code, out, _ = run(capsys, "--root", hub, "doctor", "--lang", "en", lang="")

    assert code in (0, 3)
    assert "Python: 3." in out
    assert "— Handbill runs on Python 3.11.2 to 3.14\n" in out


def test_doctor_speaks_the_language_of_the_hub(hub, capsys):
    """The village is French."""
    _, out, _ = run(capsys, "--root", hub, "doctor", lang="")

    assert "fuseaux horaires\u00a0: " in out
    assert "time zones" not in out


def test_doctor_ends_with_3_where_a_build_cannot_work(tmp_path, capsys):
    """A script that prepares a machine acts on it."""
    code, out, _ = run(capsys, "--root", tmp_path, "doctor", "--lang", "en", lang="")

    assert code == 3
    assert f"missing  hub.toml: not in {tmp_path}" in out


def test_doctor_gives_programs_the_same(hub, capsys):
    """A support form attaches it."""
    _, out, _ = run(capsys, "--root", hub, "doctor", "--json", lang="")
    found = json.loads(out)

    assert {("what", "state", "found", "why", "mend", "lang")} == {tuple(one) for one in found}
    assert {"fr"} == {one["lang"] for one in found}
    assert {"Python", "git", "hub.toml", "disk space", "time zones"} <= {one["what"] for one in found}


def test_doctor_speaks_where_a_library_is_missing_that_the_program_needs(hub):
    """Just then it is asked."""
    script = "import sys; sys.modules['babel'] = None; from handbill.cli import main; sys.exit(main(sys.argv[1:]))"
    room = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", script, "--root", str(hub), "doctor", "--json"], env=room, capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 3
    assert ("library babel", "missing") in [(one["what"], one["state"]) for one in json.loads(done.stdout)]
