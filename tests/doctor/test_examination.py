"""The whole examination: nothing is left out, imported, changed or told without a reason."""

import subprocess
import sys

import pytest
from tests.doctor.repositories import committed, write

from handbill.doctor.examination import examine
from handbill.errors import Said


def states(root):
    """Return every file below a folder with its size and time."""
    return sorted((str(path), path.lstat().st_size, path.lstat().st_mtime_ns) for path in root.rglob("*"))


@pytest.mark.parametrize("is_there", [True, False])
def test_everything_is_told_with_a_reason_and_what_is_not_well_with_a_remedy(tmp_path, is_there):
    """“git: missing” helps nobody."""
    if is_there:
        committed(tmp_path / "hub")
    found = examine(tmp_path / "hub")

    assert 15 <= len(found)
    for one in found:
        assert one.state in ("ok", "warning", "missing")
        assert one.found
        assert one.why
        assert not one.why.endswith(".")
        assert bool(one.mend) is (one.state != "ok"), one.what


def test_the_healthy_hub_is_well(tmp_path):
    """A warning that is always there is soon not read any more."""
    committed(tmp_path / "hub")
    about_this_machine = ("Python", "environment", "libraries", "library", "terminal", "walls", "program", "disk", "your name", "other launchers")

    assert [] == [one.what for one in examine(tmp_path / "hub") if one.state != "ok" and not one.what.startswith(about_this_machine)]


def test_nothing_is_looked_at_under_two_names(tmp_path):
    """A program looks a finding up by what it is about."""
    committed(tmp_path / "hub")
    told = [one.what for one in examine(tmp_path / "hub")]

    assert len(told) == len(set(told))


def test_nothing_is_changed(tmp_path):
    """One looks before one touches."""
    committed(tmp_path / "hub")
    write(tmp_path / "hub", {".public.handbill/lock": "", "public/.keep": "", ".handbill/setup.lock": ""})
    before = states(tmp_path)
    examine(tmp_path / "hub")

    assert before == states(tmp_path)


def test_nothing_is_imported_to_be_looked_at(tmp_path):
    """A library that breaks on import is just what someone asks the doctor about."""
    committed(tmp_path / "hub")
    script = f"import sys; from pathlib import Path; from handbill.doctor.examination import examine; examine(Path({str(tmp_path / 'hub')!r})); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert "handbill.doctor.examination" in loaded
    assert {"comrak", "mjml", "pagefind", "pelican", "PIL", "babel"}.isdisjoint(loaded)


def test_every_sentence_can_be_told_in_another_language(tmp_path):
    """Half a line in English reads like a fault; only names and commands are the same everywhere."""
    committed(tmp_path / "hub")
    for one in examine(tmp_path / "hub"):
        assert isinstance(one.what, Said) or one.what in ("Python", "git", "hub.toml")
        assert isinstance(one.found, Said)
        assert isinstance(one.why, Said)
