"""The doctor tells what is missing, why it matters and what mends it, and touches nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from handbill import doctor
from handbill.doctor import Finding, as_json, as_text, examine

HUB = '[hub]\nname = "Puits"\nbase_url = "https://puits.example/"\n'
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    root = tmp_path / "hub"
    root.mkdir()
    (root / "hub.toml").write_text(HUB, encoding="utf-8")
    return root


def finding(findings, what: str) -> Finding:
    return next(one for one in findings if one.what == what)


def git(root: Path, *words: str) -> None:
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"], "HOME": str(root)}
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@puits.example", "-c", "protocol.file.allow=always")
    subprocess.run(["git", *who, *words], cwd=root, env=alone, check=True, capture_output=True)


def names(root: Path) -> list[str]:
    return sorted(file.relative_to(root).as_posix() for file in root.rglob("*"))


def test_whatever_is_not_well_is_told_with_a_reason_and_a_remedy(tmp_path):
    """“git: missing” helps nobody."""
    for one in examine(tmp_path / "nowhere"):
        assert one.state in ("ok", "warning", "missing")
        assert one.found
        if one.state != "ok":
            assert one.why.endswith(".")
            assert one.mend


def test_nothing_is_left_behind(hub):
    before = names(hub)
    examine(hub)

    assert before == names(hub)


def test_nothing_is_imported_to_be_looked_at(hub):
    """A library that breaks on import is just what someone asks the doctor about."""
    script = f"import sys; from pathlib import Path; from handbill.doctor import examine; examine(Path({str(hub)!r})); print(*sys.modules)"
    import sys

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert {"comrak", "mjml", "pagefind", "pelican", "PIL", "babel"}.isdisjoint(loaded)


@pytest.mark.parametrize(
    ("version", "state"), [((3, 9, 1), "missing"), ((3, 11, 1), "missing"), ((3, 11, 2), "ok"), ((3, 14, 9), "ok"), ((3, 15, 0), "warning")]
)
def test_pythons_that_are_too_old_or_too_new_are_told(version, state):
    assert state == doctor._python(version).state


def test_an_environment_is_looked_at_against_its_lock(tmp_path, hub):
    home = tmp_path / "home"
    (home / ".venv").mkdir(parents=True)
    (home / "build.py").touch()
    (home / "requirements.lock").write_bytes(b"a==1\n")

    def state() -> list[tuple[str, str]]:
        return [(one.what, one.state) for one in doctor._environments(home, hub)]

    assert [("environment .venv", "missing")] == state()
    stamp = home / ".venv" / "handbill.stamp"
    stamp.write_text(hashlib.sha256(b"a==1\n").hexdigest() + "\n3.11\n/x", encoding="utf-8")
    assert [("environment .venv", "ok")] == state()
    (home / "requirements.lock").write_bytes(b"a==2\n")
    assert [("environment .venv", "warning")] == state()
    (hub / "mkdocs.yml").touch()
    assert ("environment .venv-handbook", "missing") == state()[1]


def test_an_installed_package_follows_no_lock(tmp_path, hub):
    assert ["ok"] == [one.state for one in doctor._environments(tmp_path, hub)]


def test_a_library_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(doctor, "_LIBRARIES", {"json": "reads", "no_such_library": "makes nothing"})
    (one,) = doctor._libraries()

    assert ("library no_such_library", "missing", "It makes nothing.") == (one.what, one.state, one.why)


def test_the_libraries_of_this_environment_are_all_there():
    assert ["ok"] == [one.state for one in doctor._libraries()]


def test_a_folder_that_is_no_hub_is_told(tmp_path):
    assert ("missing", "not in") == ((one := doctor._settings(tmp_path)).state, one.found[:6])


def test_settings_that_cannot_be_read_are_told_with_their_line(hub):
    (hub / "hub.toml").write_text(HUB + 'colour = "red"\n', encoding="utf-8")
    one = doctor._settings(hub)

    assert "missing" == one.state
    assert "hub.toml:4" in one.found


def test_a_good_hub_is_named(hub):
    assert Finding("hub.toml", "ok", "Puits, https://puits.example/") == doctor._settings(hub)


@pytest.mark.parametrize(("free", "state"), [(10 * 1024**2, "missing"), (100 * 1024**2, "warning"), (10 * 1024**3, "ok")])
def test_a_full_disk_is_told_before_a_build_stumbles_over_it(hub, monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12 - free, free))  # type: ignore[attr-defined]
    one = doctor._room(hub)

    assert (state, f"{free // 1024**2} MB free") == (one.state, one.found)


def test_folders_that_cannot_be_written_are_told(hub, monkeypatch):
    """The owner of the machine may write anywhere, so refusal is played."""
    import tempfile

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    assert "ok" == doctor._writable(hub / "public").state
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    one = doctor._writable(hub / "public")
    assert "missing" == one.state
    assert "Permission denied" in one.found


def test_a_file_in_the_place_of_a_folder_is_told(hub):
    (hub / "public").touch()

    assert ("missing", "something that is no folder") == ((one := doctor._writable(hub / "public")).state, one.found)


def test_without_git_one_is_told_what_is_lost(hub, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)

    assert [("git", "warning")] == [(one.what, one.state) for one in doctor._git(hub)]


@needs_git
def test_a_folder_without_history_is_told(hub, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(hub.parent))
    assert ("warning", "this folder is no repository") == ((one := finding(doctor._git(hub), "version history")).state, one.found)

    git(hub, "init", "-q")
    assert ("warning", "no commit yet") == ((one := finding(doctor._git(hub), "version history")).state, one.found)

    git(hub, "add", ".")
    git(hub, "commit", "-q", "-m", "one")
    assert ("ok", "whole") == ((one := finding(doctor._git(hub), "version history")).state, one.found)


@needs_git
def test_a_shallow_clone_is_well_once_history_is_written_down(hub, tmp_path):
    """The usual checkout of a CI has one commit, and every date would be today's."""
    git(hub, "init", "-q")
    for number in range(2):
        (hub / "a.txt").write_text(str(number), encoding="utf-8")
        git(hub, "add", ".")
        git(hub, "commit", "-q", "-m", str(number))
    git(tmp_path, "clone", "-q", "--depth", "1", hub.as_uri(), "clone")
    one = finding(doctor._git(tmp_path / "clone"), "version history")
    assert ("warning", "git fetch --unshallow") == (one.state, one.mend)

    (tmp_path / "clone" / "history.lock").touch()
    assert "ok" == finding(doctor._git(tmp_path / "clone"), "version history").state


def test_programs_for_tests_are_no_reason_to_worry(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (tmp_path / "tests").mkdir()

    assert {"ok"} == {one.state for one in doctor._tools(tmp_path)}
    assert [] == list(doctor._tools(tmp_path / "elsewhere"))


def test_people_see_reasons_only_where_they_need_them():
    findings = (Finding("a", "ok", "here"), Finding("b", "missing", "not here", "It matters.", "install b"))

    told = ["ok       a: here", "missing  b: not here", "         It matters.", "         → install b", "", "1 missing, 0 to know of."]

    assert told == as_text(findings).split("\n")
    assert as_text(findings[:1]).endswith("All is well.")


def test_programs_get_the_same():
    one = Finding("a", "warning", "x", "y", "z")

    assert [{"what": "a", "state": "warning", "found": "x", "why": "y", "mend": "z"}] == json.loads(as_json((one,)))
