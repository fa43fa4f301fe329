"""A machine that lacks something."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doctor.repositories import is_told

from handbill.doctor import machine as machine_module
from handbill.doctor.machine import environments, libraries, machine, python, terminal, tools, walls, zones

SOURCE = Path(__file__).parents[2] / "src"


@pytest.mark.parametrize(
    ("number", "state"), [((3, 9, 1), "missing"), ((3, 11, 1), "missing"), ((3, 11, 2), "ok"), ((3, 14, 9), "ok"), ((3, 15, 0), "warning")]
)
def test_pythons_that_are_too_old_or_too_new_are_told(number, state):
    """The first start would fail in the middle of something else."""
    is_told(python(number, True), state, ".".join(map(str, number)))


def test_a_python_for_32_bits_is_told():
    """Libraries are not published for it, and pip says only that none was found."""
    is_told(python((3, 12, 1), False), "warning", "32 bits")


@pytest.fixture
def home(tmp_path):
    """Return a folder of the program with an environment that is as its lock says."""
    home = tmp_path / "home"
    for name, lock in machine_module.ENVIRONMENTS.items():
        (home / name).mkdir(parents=True)
        (home / lock).write_bytes(b"a==1\n")
        stamp(home / name)
    (home / "build.py").touch()
    (home / "mkdocs.yml").touch()
    return home


def stamp(environment: Path, made_by: str = sys.version, place: str = "") -> None:
    """Write what the launcher writes when an environment is made."""
    lock = (environment.parent / machine_module.ENVIRONMENTS[environment.name]).read_bytes()
    text = "\n".join((hashlib.sha256(lock).hexdigest(), made_by, place or str(environment)))
    (environment / "handbill.stamp").write_text(text, encoding="utf-8")


def test_environments_as_their_locks_say_are_well(home):
    """The same stamp as the launcher’s own."""
    assert ["environment .venv", "environment .venv-handbook"] == [one.what for one in environments(home, home)]
    for one in environments(home, home):
        is_told(one, "ok")


def test_the_launcher_agrees(home):
    """Otherwise one of the two would ask for a renewal that the other does not see."""
    text = (Path(__file__).parents[2] / "build.py").read_text(encoding="utf-8")

    assert 'return "\\n".join((hashlib.sha256(lock.read()).hexdigest(), sys.version, os.path.join(here, name)))' in text


@pytest.mark.parametrize(
    ("spoil", "state", "words"),
    [
        (lambda home: (home / "requirements.lock").write_bytes(b"a==2\n"), "warning", "not what requirements.lock says"),
        (lambda home: stamp(home / ".venv", made_by="3.12.1 (main)"), "warning", "made by another Python (3.12.1)"),
        (lambda home: stamp(home / ".venv", place="/old/place/.venv"), "warning", "/old/place/.venv"),
        (lambda home: (home / ".venv/handbill.stamp").unlink(), "missing", "not made yet"),
        (lambda home: shutil.rmtree(home / ".venv"), "missing", "not made yet"),
        (lambda home: (home / ".venv/handbill.stamp").write_bytes(b"\xff"), "missing", "not made yet"),
    ],
    ids=["another lock", "another Python", "moved", "half made", "not made", "spoilt"],
)
def test_an_environment_that_is_not_as_it_must_be_is_told(home, spoil, state, words):
    """It was half made, moved with its folder, or left behind by an update."""
    spoil(home)

    is_told(next(environments(home, home)), state, words)


def test_the_handbooks_environment_matters_where_there_is_a_handbook(home, tmp_path):
    """Many hubs have none."""
    (tmp_path / "hub").mkdir()

    assert ["environment .venv"] == [one.what for one in environments(home, tmp_path / "hub")]


def test_an_installed_package_follows_no_lock(tmp_path):
    """pip looks after its libraries."""
    assert ["ok"] == [one.state for one in environments(tmp_path, tmp_path)]


def test_a_library_that_is_not_there_is_named_with_what_it_is_for(monkeypatch, tmp_path):
    """“No module named comrak” says nothing to an editor."""
    monkeypatch.setattr(machine_module, "LIBRARIES", {"json": "reads", "no_such_library": "makes nothing"})
    (one,) = libraries(tmp_path)

    is_told(one, "missing", "not installed")
    assert ("library no_such_library", "makes nothing") == (one.what, one.why)


def test_the_libraries_of_this_environment_are_all_there(tmp_path):
    """The tests could not run without."""
    (one,) = libraries(tmp_path)

    is_told(one, "ok", f"{len(machine_module.LIBRARIES)} of")


def test_a_library_of_another_version_than_the_lock_names_is_told(tmp_path, monkeypatch):
    """Somebody ran pip install -U, and the pages differ from everybody else’s."""
    from importlib.metadata import version

    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    here = version("click")
    (tmp_path / "requirements.lock").write_text(f"click=={here} \\\n    --hash=sha256:0\nrich==0.0.1 \\\n    --hash=sha256:0\ngone==1 ; sys_platform == 'win32'\n", encoding="utf-8")
    (one,) = libraries(tmp_path)

    is_told(one, "warning", f"rich {version('rich')} (0.0.1)")
    assert "click" not in one.found
    assert "gone" not in one.found


def test_the_lock_of_this_repository_is_read(monkeypatch):
    """A lock in another form would be compared with nothing."""
    home = Path(__file__).parents[2]
    if not (home / ".venv").is_dir():
        pytest.skip("the tests run in another environment")
    monkeypatch.setattr(sys, "prefix", str(home / ".venv"))

    assert 40 <= len(list(machine_module._locked(home)))


def test_without_time_zones_one_is_told(monkeypatch):
    """Windows has none of its own."""
    import zoneinfo

    is_told(zones(), "ok")
    zoneinfo.ZoneInfo.clear_cache()
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    monkeypatch.setitem(sys.modules, "tzdata", None)
    try:
        found = subprocess.run(
            [sys.executable, "-c", "import sys; sys.modules['tzdata'] = None; from handbill.doctor.machine import zones; print(zones().state)"],
            env={"PYTHONTZPATH": "", "PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    finally:
        zoneinfo.ZoneInfo.clear_cache()

    assert "missing" == found


@pytest.mark.skipif(os.name == "nt", reason="Windows has code pages")
@pytest.mark.parametrize(("locale", "state"), [("C.UTF-8", "ok"), ("POSIX", "warning")])
def test_a_terminal_without_accents_is_told(locale, state):
    """Python is told to write UTF-8 whatever the terminal can show."""
    script = "import sys, os; from handbill.doctor.machine import terminal; one = terminal(dict(os.environ), True); print(one.state, one.found)"
    room = {"LC_ALL": locale, "PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]}
    said = subprocess.run([sys.executable, "-X", "utf8", "-c", script], env=room, capture_output=True, text=True, check=True).stdout

    assert said.startswith(state)
    assert state == "ok" or f"LC_ALL={locale}" in said


def test_a_log_needs_no_terminal():
    """It is read with another program."""
    is_told(terminal({"LC_ALL": "POSIX"}, False), "ok")


def test_programs_for_tests_are_no_reason_to_worry(tmp_path, monkeypatch):
    """Only who changes the program needs them."""
    monkeypatch.setenv("PATH", "")
    (tmp_path / "tests").mkdir()

    assert {"ok"} == {one.state for one in tools(tmp_path)}
    assert {"not here"} == {str(one.found) for one in tools(tmp_path)}
    assert [] == list(tools(tmp_path / "elsewhere"))


def test_the_machine_is_looked_at_as_a_whole(home):
    """Each question is asked."""
    told = [one.what for one in machine(home, home, {}, False)]

    assert ["Python", "environment .venv", "environment .venv-handbook", "libraries", "time zones", "terminal", "walls"] == told


def test_walls_that_cannot_be_are_told_with_their_reason(home, monkeypatch):
    """Builds go on without a word, and somebody may rely on them."""
    monkeypatch.setattr(machine_module.sys, "platform", "linux")
    monkeypatch.setattr(machine_module, "tried", lambda *_: "bubblewrap is not installed")
    is_told(walls(home, home), "warning", "bubblewrap is not installed")

    monkeypatch.setattr(machine_module, "tried", lambda *_: "")
    is_told(walls(home, home), "ok", "around each build")


def test_where_there_are_no_walls_to_be_had_nothing_is_to_be_mended(home, monkeypatch):
    """A machine is not broken for being another one."""
    monkeypatch.setattr(machine_module.sys, "platform", "darwin")
    is_told(walls(home, home), "ok", "Linux")
