"""How the program is started: with few variables, behind walls where there can be any, or not at all if they were asked for."""

import os
import pwd
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.hostile.walled import ENGINE, Place, why_not  # noqa: F401 - a condition of the tests below

from handbill.key import read_or_make
from handbill.room import entrance
from handbill.room.entrance import enter, tried, walled
from handbill.room.inside import Promise
from handbill.room.walls import NoWalls

START = "import sys; from handbill.room.entrance import enter; sys.exit(enter([sys.executable, '-I', '-m', 'handbill'], sys.argv[2:], sys.argv[1]))"

behind_walls = pytest.mark.skipif("why_not()", reason="this machine has no walls: bubblewrap is missing, or may not make any")


def run(place, *words, path=None, cwd=None, **more):
    environ = place.environ(**more) | ({"PATH": path} if path is not None else {})
    command = [sys.executable, "-P", "-c", START, ENGINE, *words]
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


@pytest.fixture
def planned(place, tmp_path, monkeypatch):
    """Return what plans walls for words that were typed, on a machine with bubblewrap and git in folders of their own."""
    for program in ("tools/bwrap", "gits/2/bin/git", "pythons/3.13/bin/python"):
        (tmp_path / program).parent.mkdir(parents=True)
        (tmp_path / program).write_text("")
        (tmp_path / program).chmod(0o755)
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").symlink_to("python3")
    (tmp_path / "venv" / "bin" / "python3").symlink_to(tmp_path / "pythons" / "3.13" / "bin" / "python")
    monkeypatch.chdir(place.hub)
    monkeypatch.setattr(
        pwd,
        "getpwall",
        lambda: [SimpleNamespace(pw_dir=str(place.home), pw_uid=os.getuid()), SimpleNamespace(pw_dir="/home/other", pw_uid=-2)],
    )
    kept = {
        "PATH": f":{tmp_path / 'nothing'}:{tmp_path / 'tools'}:{tmp_path / 'gits/2/bin'}",
        "HOME": str(place.home),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }

    def plan(*words, engine=str(ENGINE), is_trial=False, python="", **more):
        return walled([python or str(tmp_path / "venv/bin/python"), "-m", "x"], words, engine, kept | more, is_trial=is_trial)

    return plan


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ((), []),
        (("check", "content"), ["check", "content"]),
        (("--root", "{link}", "check"), ["check"]),
        (("--root={link}", "--lang", "fr", "site"), ["--lang", "fr", "site"]),
        (("--lang=fr", "--root", "/none", "--root", "{hub}", "check", "--root"), ["--lang=fr", "check", "--root"]),
        (("--lang", "--root=x", "--root=."), ["--lang", "--root=x"]),
        (("check", "content", "--root=."), ["check", "content", "--root=."]),
    ],
)
def test_the_hub_is_named_once_and_by_its_real_name(planned, place, tmp_path, words, rest):
    """Links that lead to it are not seen inside; all else is as it was typed."""
    (tmp_path / "link").symlink_to(place.hub)
    made = planned(*(one.format(link=tmp_path / "link", hub=place.hub) for one in words))

    assert [str(tmp_path / "venv/bin/python"), "-m", "x", "--root", str(place.hub), *rest] == made.command
    assert str(place.hub) == next(iter(Promise.of(made.promise).frames))


@pytest.mark.parametrize(
    ("words", "output"),
    [
        ((), "hub"),
        (("--output", "{beside}/site"), "beside"),
        (("--output=none", "--output={beside}/site"), "beside"),
        (("--output",), "hub"),
        (("--outputs/site",), "hub"),
    ],
)
def test_what_is_built_elsewhere_can_be_written_there(planned, place, words, output):
    """The last one counts, as in the program."""
    frames = Promise.of(planned("site", *(one.format(beside=place.beside) for one in words)).promise).frames

    assert {"hub": {str(place.hub)}, "beside": {str(place.hub), str(place.beside)}}[output] == set(frames)
    assert {".handbill", "addresses.lock", "calendars.lock"} <= frames[str(place.hub)]
    assert output == "hub" or {"site", ".site.handbill"} == frames[str(place.beside)]


def test_what_was_promised_is_what_is_outside(planned, place, tmp_path):
    """The one inside compares it with what it sees."""
    promise = Promise.of(planned("site").promise)

    assert {name: Path(f"/proc/self/ns/{name}").stat().st_ino for name in ("net", "pid", "ipc")} == promise.spaces
    assert (str(place.home),) == promise.homes
    assert {str(tmp_path / one) for one in ("venv", "pythons/3.13", "gits/2")} == {
        one for one in promise.shown if not one.startswith(str(ENGINE))
    }


def test_an_installed_program_is_seen_where_it_lies(planned):
    """It is a library among others, and no folder is its own."""
    shown = {one for one in Promise.of(planned("site", engine="").promise).shown if not one.startswith(str(ENGINE / ".git"))}

    assert str(Path(entrance.__file__).parents[2]) in shown
    assert str(ENGINE / "theme") not in shown


def shown_to(planned, python, **more):
    """Return what a Python and its git need to be shown, besides what the program itself does."""
    return {one for one in Promise.of(planned("site", python=str(python), **more).promise).shown if not one.startswith(str(ENGINE))}


def test_a_python_is_seen_with_each_that_it_was_made_from(planned, tmp_path):
    """An environment is made from an environment, and that from a Python that is known by another name."""
    (tmp_path / "current").symlink_to(tmp_path / "pythons" / "3.13")
    for name, of in (("first", "current"), ("second", "first")):
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "bin" / "python").symlink_to(tmp_path / of / "bin" / "python")

    shown = shown_to(planned, tmp_path / "second" / "bin" / "python")

    assert {str(tmp_path / one) for one in ("second", "first", "current", "pythons/3.13", "gits/2")} == shown


def test_what_all_programs_share_is_shown_by_no_single_one(planned, tmp_path):
    """Walls show /usr as they do to all; nothing shows the whole machine."""
    for python in ("/usr/bin/python3", "/bin/python3"):
        assert {str(tmp_path / "gits/2")} == shown_to(planned, python)


def test_a_git_that_is_not_there_shows_nothing(planned, tmp_path):
    """Nor is the folder above the hub shown for it."""
    assert {str(tmp_path / one) for one in ("venv", "pythons/3.13")} == shown_to(planned, "", PATH=str(tmp_path / "tools"))


def test_no_program_of_the_hub_builds_walls(planned, place, tmp_path):
    """An empty name among the folders of programs is the current folder, which anybody fills."""
    (place.hub / "bwrap").write_text("")
    (place.hub / "bwrap").chmod(0o755)

    assert str(tmp_path / "tools" / "bwrap") == planned("site").bwrap


def test_all_homes_of_this_user_are_its_homes(planned, place, tmp_path):
    """A service may have been given another one than the system knows."""
    assert (str(tmp_path / "other"), str(place.home)) == Promise.of(planned("site", HOME=str(tmp_path / "other")).promise).homes


def test_the_folders_of_this_user_alone_are_its_homes(planned, place, monkeypatch):
    """Some containers run as a user without a name, and some without a home."""
    monkeypatch.setattr(pwd, "getpwall", list)

    assert (str(place.home),) == Promise.of(planned("site").promise).homes
    assert () == Promise.of(planned("site", HOME="relative").promise).homes


def test_inside_there_is_no_home_and_the_key_is_handed_over(planned, tmp_path):
    """Scratch files are of the walls as well; how the program was started is none of its business."""
    made = planned("site", HANDBILL_ROOM="sealed", LANG="fr")
    key = read_or_make({"XDG_STATE_HOME": str(tmp_path / "state")}).hex()

    inside = {name: one for name, one in made.environ.items() if name not in ("PATH", "XDG_STATE_HOME")}
    assert {"HOME": "/nonexistent", "LANG": "fr", "HANDBILL_KEY": key} == {name: one for name, one in inside.items() if name != "TMPDIR"}
    assert "--tmpfs" == made.options[list(made.options).index(inside["TMPDIR"]) - 1]


def test_who_only_tries_leaves_no_key(planned, tmp_path):
    """`doctor` changes nothing."""
    assert "HANDBILL_KEY" not in planned("site", is_trial=True).environ
    assert not (tmp_path / "state").exists()


def test_the_hub_of_another_user_has_no_walls_for_root(planned, place, monkeypatch):
    """What is written there would be nobody's but root's; who is root alone may have a hub."""
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert planned("site")

    monkeypatch.setattr(entrance, "os", SimpleNamespace(**{**vars(os), "stat": lambda _: SimpleNamespace(st_uid=7, st_ino=1)}))
    with pytest.raises(NoWalls, match=r"^the hub belongs to another user$"):
        planned("site")
    monkeypatch.setattr(entrance.os, "getuid", lambda: 7)
    assert planned("site")


def test_where_there_is_no_bubblewrap_it_is_said(planned, tmp_path, monkeypatch):
    """A folder or a file that nobody can run is none."""
    (tmp_path / "nothing" / "bwrap").mkdir(parents=True)
    (tmp_path / "tools" / "bwrap").chmod(0o644)
    with pytest.raises(NoWalls, match=r"^bubblewrap is not installed$"):
        planned("site")

    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(NoWalls, match=r"^they are built by bubblewrap, which is for Linux alone$"):
        planned("site")


@pytest.mark.parametrize(
    ("words", "mode", "way"),
    [
        (["site"], "", "walled"),
        ([], "sealed", "walled"),
        (["--lang", "fr", "check", "x"], "", "walled"),
        (["site"], "open", "plain"),
        (["site", "--help"], "sealed", "plain"),
        (["check", "-h"], "", "plain"),
        (["serve"], "sealed", "plain"),
        (["newsletter", "check"], "", "plain"),
    ],
)
def test_what_only_reads_is_walled_in_and_nothing_else(monkeypatch, words, mode, way):
    """A preview answers a browser, and a letter has to leave."""
    told = []
    monkeypatch.setenv("HANDBILL_ROOM", mode)
    monkeypatch.setenv("HANDBILL_PASSWORD", "p")
    monkeypatch.setattr(entrance, "_walled", lambda *given, **_: (told.append(("walled", *given)), (5, ""))[1])
    monkeypatch.setattr(os, "execve", lambda *given: told.append(("plain", *given)))
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 6)
    code = enter(["/python", "-m", "x"], words, "/engine")

    ((came, first, *more),) = told
    assert (way, 5 if way == "walled" else 6) == (came, code)
    assert (
        (["/python", "-m", "x"], words, "/engine") == (first, *more[:2])
        if way == "walled"
        else ("/python", ["/python", "-m", "x", *words]) == (first, more[0])
    )
    assert ("HANDBILL_PASSWORD" in more[-1]) == (words[:1] == ["newsletter"])


def test_on_windows_the_launcher_waits(monkeypatch):
    """Otherwise the prompt is back before the work is done."""
    monkeypatch.setenv("HANDBILL_ROOM", "open")
    monkeypatch.setattr(entrance, "os", SimpleNamespace(**{**vars(os), "name": "nt", "execve": None}))
    monkeypatch.setattr(subprocess, "call", lambda words, env: (words, "PATH" in env))

    assert (["/python", "site"], True) == enter(["/python"], ["site"])


def test_an_installed_command_starts_the_program_without_the_current_folder(monkeypatch):
    """A file of a hub's that is named like a library must not be one."""
    monkeypatch.setattr(sys, "argv", ["handbill", "check"])
    monkeypatch.setattr(entrance, "enter", lambda *given: given)

    assert ([sys.executable, "-P", "-X", "utf8", "-m", "handbill"], ["check"]) == entrance.main()


def test_without_a_hub_there_are_no_walls_and_the_program_says_it(tmp_path):
    """In the words of whoever reads it."""
    assert "No such file" in tried(str(tmp_path / "none"), [sys.executable], str(ENGINE)) or not sys.platform.startswith("linux")


def test_who_tries_starts_what_changes_nothing(monkeypatch):
    """What would be built is not asked for."""
    told = []
    monkeypatch.setattr(entrance, "_walled", lambda *given, is_quiet: (told.append((*given[:3], is_quiet)), (0, "why"))[1])

    assert "" == tried("/hub", ["/python"])
    assert [(["/python"], ["--root", "/hub", "site", "--help"], "", True)] == told


def test_what_was_printed_before_is_not_lost(monkeypatch):
    """What takes the place of a program takes its unwritten lines with it; who has no wish is served as ever."""
    told = []
    monkeypatch.delenv("HANDBILL_ROOM", raising=False)
    monkeypatch.setattr(entrance, "_walled", lambda *given, is_quiet: (told.append((given[2], is_quiet)), (0, ""))[1])
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(flush=lambda: told.append("words")))
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(flush=lambda: told.append("complaints")))

    assert 0 == enter(["/python"], ["site"])
    assert ["words", "complaints", ("", False)] == told


@pytest.mark.parametrize(
    ("mode", "code", "words"), [("sealed", 3, "handbill: HANDBILL_ROOM=sealed, and there are no walls: why\n"), ("", 7, "")]
)
def test_where_walls_fall_who_demanded_them_is_told_why(monkeypatch, capsys, mode, code, words):
    """Anybody else is served as ever."""
    monkeypatch.setenv("HANDBILL_ROOM", mode)
    monkeypatch.setattr(entrance, "_walled", lambda *_, **__: (None, "why"))
    monkeypatch.setattr(os, "execve", lambda *_: None)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 7)

    assert (code, words) == (enter(["/python"], ["site"]), capsys.readouterr().err)
