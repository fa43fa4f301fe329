"""What a hub is built with: none of the secrets of the machine, and walls that have no hole and would tell of one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.hostile.walled import CANARY, ENGINE, Place, why_not  # noqa: F401 - a condition of the tests below

from handbill.room.waiting import Walled

HERE = Path(__file__).with_name("environment")
VARIABLES = tomllib.loads((HERE / "variables.toml").read_text(encoding="utf-8"))["variable"]
HOLES = tomllib.loads((HERE / "holes.toml").read_text(encoding="utf-8"))["hole"]
ATTEMPTS = tomllib.loads((HERE / "attempts.toml").read_text(encoding="utf-8"))["attempt"]

#: What the program does first; it reads no hub, and so takes no longer than a hole to be found.
LOOK = "import sys; from handbill.room.inside import settle; sys.exit(settle(['check']) or 0)"

behind_walls = pytest.mark.skipif("why_not()", reason="this machine has no walls: bubblewrap is missing, or may not make any")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place.at(tmp_path_factory.mktemp("around"))


def planted() -> dict[str, str]:
    """Return the variables of the corpus, each with its canary."""
    return {one["name"]: one.get("around", "{}").format(CANARY) for one in VARIABLES}


def opened(walled: Walled, hole: dict, names: dict[str, str]) -> Walled:
    """Return the same walls with the hole in them."""
    said = [option for group in hole.get("without", ()) for option in group.split()]
    options = [part for one in walled.options for part in (_PARTS if one == "--unshare-all" else (one,))]
    if "--cap-drop" in said:
        at = options.index("--cap-drop")
        del options[at : at + 2]
    options = [one for one in options if one not in said]
    first, last = ([one.format_map(names) for one in hole.get(where, ())] for where in ("first", "last"))
    at, end = options.index("--bind"), len(options) - options[::-1].index("--remount-ro") - 1
    return Walled(
        walled.bwrap, [*options[:at], *first, *options[at:end], *last, *options[end:]], walled.masks, walled.command,
        {**walled.environ, **hole.get("given", {})}, walled.promise,
    )  # fmt: skip


_PARTS = ("--unshare-user-try", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")


def told(walled: Walled, capfd: pytest.CaptureFixture[str]) -> tuple[int | None, str]:
    """Return the exit code of what ran behind walls, or ``None`` if nothing did, and what was told."""
    capfd.readouterr()
    code, why = walled.run()
    return code, why + capfd.readouterr().err


@behind_walls
def test_whole_walls_have_no_hole(place, capfd):
    """Or nobody could build."""
    assert (0, "") == told(place.walled("-c", LOOK), capfd)


@behind_walls
@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole["name"])
def test_a_hole_in_the_walls_is_told_before_anything_is_read(hole, place, capfd):
    """Who opens one, in a workflow or in the program, is to learn of it from the first build and not from a stranger."""
    names = {"hub": str(place.hub), "home": str(place.home), "beside": str(place.beside)}

    code, words = told(opened(place.walled("-c", LOOK), hole, names), capfd)

    assert (3, True) == (code, hole["told"].format_map(names) in words), words


@behind_walls
def test_who_got_in_reaches_nothing(place, tmp_path):
    """A text that takes over what reads it has a process; it shall be worth nothing."""
    answers = place.hub / ".handbill" / "answers.json"
    answers.parent.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as own, socket.socket(socket.AF_UNIX) as abstract:
        own.bind(str(place.beside / "s"))
        own.listen()
        abstract.bind(f"\0handbill-{os.getpid()}")
        abstract.listen()
        names = {
            "hub": place.hub, "home": place.home, "beside": place.beside, "engine": ENGINE, "port": server.getsockname()[1],
            "socket": place.beside / "s", "abstract": f"handbill-{os.getpid()}", "outside": os.getpid(),
        }  # fmt: skip
        attempts = [{"try": one["try"], "what": one["what"].format_map(names)} for one in ATTEMPTS]
        source = Path(__file__).with_name("intruder.py").read_text(encoding="utf-8")

        place.walled("-c", source, json.dumps(attempts), str(answers), words=("site",)).run()
        behind = json.loads(answers.read_text())
        ready, readies = os.pipe()
        # Not all: what waits for an answer of nobody tells nothing.
        easy = [
            one for one in attempts if one["try"] in ("read", "list", "signal") or one["what"].startswith(("127.", "@", str(place.beside)))
        ]
        environ = place.environ(HANDBILL_WALLS=f"{readies}\x1f")
        subprocess.run([sys.executable, "-c", source, json.dumps(easy), tmp_path / "easy"], env=environ, pass_fds=[readies], check=True)
        os.close(ready)
        os.close(readies)

    assert [] == behind
    assert 12 < len(json.loads((tmp_path / "easy").read_text())), "without walls it reaches much of it, so it does try"


def run(place: Place, *words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as build.py does, with all secrets planted."""
    start = "import sys; from handbill.room.entrance import enter; sys.exit(enter([sys.executable, '-I', '-X', 'utf8', '-m', 'handbill'], sys.argv[2:], sys.argv[1]))"
    return subprocess.run(
        [sys.executable, "-I", "-c", start, ENGINE, "--root", place.hub, *words],
        env=place.environ(**planted(), **more),
        capture_output=True,
        check=False,
    )


def found(folder: Path) -> list[str]:
    """Return the files below a folder that hold the canary, other than those in which it was put."""
    own = {"hub.local.toml", ".env", "list.csv"}
    return [str(file) for file in folder.rglob("*") if file.is_file() and file.name not in own and CANARY.encode() in file.read_bytes()]


@pytest.mark.parametrize("mode", ["open", pytest.param("sealed", marks=behind_walls)])
def test_no_planted_variable_is_in_anything_that_a_build_leaves(place, mode):
    """The token of a workflow is in the environment of whatever it starts."""
    done = run(place, "site", "--as-of", "2026-04-01", "--no-cache", HANDBILL_ROOM=mode)

    assert 0 == done.returncode, done.stderr
    assert CANARY.encode() not in done.stdout + done.stderr
    assert (place.hub / "public" / "index.html").is_file()
    assert [] == found(place.hub)


@pytest.mark.parametrize("command", ["site", "check", "serve", "review"])
def test_whatever_reads_a_hub_has_none_of_the_planted_variables(place, command, tmp_path):
    """Nor do those that it starts: git, the search, the handbook's program, Chromium."""
    look = "import os, sys; from handbill.room.inside import settle; settle(sys.argv[1:]); print(dict(os.environ), open('/proc/self/environ', 'rb').read())"
    start = f"import sys; from handbill.room.entrance import enter; enter([sys.executable, '-I', '-c', {look!r}], sys.argv[1:])"
    shown = subprocess.run(
        [sys.executable, "-I", "-c", start, command], env=place.environ(**planted(), HANDBILL_ROOM="open"), capture_output=True, check=True
    )

    assert b"PATH" in shown.stdout
    assert CANARY.encode() not in shown.stdout


@pytest.mark.parametrize("mode", ["open", pytest.param("sealed", marks=behind_walls)])
def test_a_crash_tells_no_planted_variable_and_leaves_no_picture_of_the_memory(place, mode):
    """A core file of a workflow is kept with its logs."""
    crash = (
        "import os, sys; from handbill.room.inside import settle; settle(['check']); import resource; secret = 'never shown'\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)\n"
        "raise SystemError(len(secret))"
    )
    start = f"import sys; from handbill.room.entrance import enter; sys.exit(enter([sys.executable, '-I', '-c', {crash!r}], sys.argv[2:], sys.argv[1]))"
    words = [ENGINE, "--root", place.hub, "check"]
    environ = place.environ(**planted(), HANDBILL_ROOM=mode)
    done = subprocess.run([sys.executable, "-I", "-c", start, *words], env=environ, capture_output=True, check=False)

    assert b"(0, 0)" in done.stdout
    assert b"SystemError: 11" in done.stderr
    assert CANARY.encode() not in done.stdout + done.stderr
    assert b"never shown" not in done.stderr.replace(b"secret = 'never shown'", b"")
