"""How the program is started: with few variables, behind walls where there can be any, or not at all if they were asked for."""

import subprocess
import sys

import pytest
from tests.hostile.walled import ENGINE, Place, why_not  # noqa: F401 - a condition of the tests below

from handbill.room.entrance import tried

START = "import sys; from handbill.room.entrance import enter; sys.exit(enter([sys.executable, '-I', '-m', 'handbill'], sys.argv[2:], sys.argv[1]))"

behind_walls = pytest.mark.skipif("why_not()", reason="this machine has no walls: bubblewrap is missing, or may not make any")


def run(place, *words, path=None, cwd=None, **more):
    environ = place.environ(**more) | ({"PATH": path} if path is not None else {})
    command = [sys.executable, "-I", "-c", START, ENGINE, *words]
    return subprocess.run(command, env=environ, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def place(tmp_path):
    return Place.at(tmp_path)


def test_without_bubblewrap_a_hub_is_checked_as_ever(place):
    """Most machines of editors have none."""
    assert 0 == run(place, "--root", place.hub, "check", path="").returncode


def test_walls_that_were_asked_for_and_cannot_be_end_the_command(place):
    """A workflow that relies on them must not go on without."""
    done = run(place, "--root", place.hub, "check", path="", HANDBILL_ROOM="sealed")

    assert (3, True) == (done.returncode, "bubblewrap is not installed" in done.stderr or "Linux alone" in done.stderr)


def test_a_bubblewrap_that_fails_gives_way(place, tmp_path):
    """Some systems have it and forbid it."""
    (tmp_path / "bwrap").write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)

    done = run(place, "--root", place.hub, "check", path=str(tmp_path))
    asked = run(place, "--root", place.hub, "check", path=str(tmp_path), HANDBILL_ROOM="sealed")

    assert (0, "") == (done.returncode, done.stderr)
    assert (3, True) == (asked.returncode, "Permission denied" in asked.stderr)


def test_a_word_that_means_nothing_is_refused(place):
    """Who misspells it would believe in walls that are not there."""
    done = run(place, "--root", place.hub, "check", HANDBILL_ROOM="seald")

    assert (2, "handbill: HANDBILL_ROOM: found “seald”, wanted open or sealed\n") == (done.returncode, done.stderr)


@behind_walls
def test_a_hub_is_named_by_a_link_and_from_within_as_well(place, tmp_path):
    """Paths are typed as they are known to whoever types them."""
    (tmp_path / "link").symlink_to(place.hub)

    assert 0 == run(place, "--root", tmp_path / "link", "check", HANDBILL_ROOM="sealed").returncode
    assert 0 == run(place, "--root", ".", "check", "content", cwd=place.hub, HANDBILL_ROOM="sealed").returncode
    assert 0 == run(place, "--root", "..", "check", "posts/a.md", cwd=place.hub / "content", HANDBILL_ROOM="sealed").returncode


@behind_walls
@pytest.mark.long
def test_a_hub_in_a_folder_of_an_odd_name_is_built(tmp_path):
    """Such names are ordinary where people name their folders themselves."""
    place = Place.at(tmp_path / "l'été d’Émile\t \\x: 1")

    done = run(place, "--root", place.hub, "site", "--as-of", "2026-04-01", HANDBILL_ROOM="sealed")

    assert 0 == done.returncode, done.stderr
    assert (place.hub / "public" / "index.html").is_file()


@behind_walls
@pytest.mark.long
def test_a_build_within_is_that_without(place, tmp_path):
    """Walls decide what can be reached, and never a byte of what is published."""
    words = ("--root", place.hub, "site", "--as-of", "2026-04-01", "--no-cache", "--output")
    for mode in ("open", "sealed"):
        (tmp_path / mode).mkdir()
        assert 0 == run(place, *words, tmp_path / mode / "site", HANDBILL_ROOM=mode).returncode
    files = [
        {file.relative_to(tmp_path / mode): file.read_bytes() for file in (tmp_path / mode / "site").rglob("*") if file.is_file()}
        for mode in ("open", "sealed")
    ]

    assert len(files[0]) > 10
    assert files[0] == files[1]


@behind_walls
def test_what_a_build_remembers_is_believed_on_both_sides_of_the_walls(place):
    """The key that signs it lies in the home, of which nothing is seen within."""
    words = ("--root", place.hub, "--lang", "en", "site", "--as-of", "2026-04-01")
    told = [run(place, *words, HANDBILL_ROOM=mode).stdout for mode in ("sealed", "sealed", "open", "sealed")]

    assert [False, True, True, True] == ["Nothing changed" in one for one in told]


@behind_walls
def test_whether_there_can_be_walls_is_tried_without_a_word(place, capfd):
    """`doctor` asks."""
    assert "" == tried(str(place.hub), [sys.executable, "-I", "-m", "handbill"], str(ENGINE))
    assert ("", "") == capfd.readouterr()
