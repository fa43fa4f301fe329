"""The same hub gives the same bytes, and the same rights to read them, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.hubs import THEN, VILLAGE

HERE = Path(__file__).parent
ENGINE = HERE.parents[1]
PLACES: list[dict[str, Any]] = tomllib.loads((HERE / "places/places.toml").read_text(encoding="utf-8"))["place"]

FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
BWRAP, GIT = shutil.which("bwrap"), shutil.which("git")

#: What is done in each place: the whole hub is built by processes that share the work, and a letter is frozen.
BUILD = """
import json, os, random, sys
how = json.loads(sys.argv[1])
os.umask(int(how["umask"], 8))
if how["order"]:
    scandir, listdir, chance = os.scandir, os.listdir, random.Random(7)
    class Shuffled:
        def __init__(self, entries): self._all = list(entries); chance.shuffle(self._all); self._rest = iter(self._all)
        def __iter__(self): return self
        def __next__(self): return next(self._rest)
        def __enter__(self): return self
        def __exit__(self, *_): pass
        def close(self): pass
    os.scandir = lambda *place: Shuffled(scandir(*place))
    os.listdir = lambda *place: sorted(listdir(*place), key=lambda _: chance.random())
import handbill.outputs.site, handbill.reading.texts
handbill.outputs.site.PARTS_FROM = handbill.reading.texts.CREW_FROM = 2
from handbill.cli import main
for words in how["commands"]:
    if code := main(["--root", how["root"], "--lang", "en", *words]):
        sys.exit(code)
"""


def built(place: dict[str, Any], source: Path, room: Path) -> dict[str, tuple[int, bytes]]:
    """Build the hub there; return every file that came of it, with its rights."""
    root = room / place.get("folder", "hub")
    root.parent.mkdir(parents=True, exist_ok=True)
    _copy(source, root, is_shuffled=bool(place.get("order")), is_cloned=bool(place.get("clone")))
    site = ["site", "--as-of", THEN, "--jobs", str(place.get("jobs", 2))]
    commands = [["newsletter", "freeze", "1", "--as-of", THEN, "--despite-warnings"], site]
    if place.get("twice"):
        commands.append([*site, "--no-cache"])
    how = {"umask": place.get("umask", "022"), "order": bool(place.get("order")), "root": str(root), "commands": commands}
    words = [sys.executable, "-c", BUILD, json.dumps(how)]
    if "uid" in place:
        assert BWRAP
        words = [BWRAP, "--dev-bind", "/", "/", "--unshare-user", "--uid", str(place["uid"]), "--gid", str(place["uid"]), "--", *words]
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ENGINE / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        **place.get("env", {}),
    }
    if "days" in place:
        env |= {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"{place['days']:+}d", "FAKETIME_NO_CACHE": "1"}
    done = subprocess.run(words, env=env, cwd=room, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr + done.stdout
    return _made(root)


def _copy(source: Path, root: Path, *, is_shuffled: bool, is_cloned: bool) -> None:
    if is_cloned:
        assert GIT
        shutil.copytree(source, before := root.with_name("before"))
        env = {"PATH": os.environ["PATH"], "HOME": str(before), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        for words in (
            ["init", "-q"],
            ["add", "."],
            [*who, "commit", "-q", "-m", "all"],
            ["clone", "-q", "--depth", "1", f"file://{before}", str(root)],
        ):
            subprocess.run([GIT, *words], cwd=before, env=env, check=True, capture_output=True)
        # What a hub without a history says of its files is what is compared.
        shutil.rmtree(root / ".git")
        shutil.rmtree(before)
        return
    files = sorted(one.relative_to(source) for one in source.rglob("*") if one.is_file())
    if is_shuffled:
        random.Random(5).shuffle(files)
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / file, root / file)


def _made(root: Path) -> dict[str, tuple[int, bytes]]:
    files = [root / "addresses.lock", root / "calendars.lock", *(root / "public").rglob("*"), *(root / "newsletters/archive").rglob("*")]
    found = {}
    for file in files:
        mode = stat.S_IMODE(file.stat().st_mode) if file.is_relative_to(root / "public") else 0
        found[file.relative_to(root).as_posix()] = (mode, file.read_bytes() if file.is_file() else b"")
    return found


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the village, whose letter can be frozen, away from the history of this repository."""
    root = tmp_path_factory.mktemp("places") / "source"
    shutil.copytree(VILLAGE, root, ignore=shutil.ignore_patterns("expected", ".handbill", "public"))
    return root


@pytest.fixture(scope="module")
def ordinary(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, bytes]]:
    """Return what an ordinary build makes."""
    return built({}, source, tmp_path_factory.mktemp("ordinary"))


def the_same(place: dict[str, Any], source: Path, ordinary: dict[str, tuple[int, bytes]], room: Path) -> None:
    """Compare what is built there with what an ordinary build makes."""
    here = dict(place)
    if "days" in here and FAKETIME is None:
        del here["days"]
    if "uid" in here and BWRAP is None:
        del here["uid"]
    if "clone" in here and GIT is None:
        del here["clone"]
    if set(here) - {"name", "long"} == set():
        pytest.skip("needs faketime, bubblewrap or git, which are not installed")

    found = built(here, source, room)

    assert [] == sorted(path for path in {*found, *ordinary} if found.get(path) != ordinary.get(path))
    assert {"feeds", "calendars", "pagefind"} <= {path.split("/")[1] for path in found if path.startswith("public/")}
    assert "newsletters/archive/1/mail.eml" in found


@pytest.mark.parametrize("place", [one for one in PLACES if not one.get("long")], ids=lambda one: one["name"].replace(" ", "-"))
def test_no_circumstance_shows_in_any_byte(place, source, ordinary, tmp_path):
    """What was proved on one machine is proved on every other, and nobody fetches again what did not change."""
    the_same(place, source, ordinary, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("place", [one for one in PLACES if one.get("long")], ids=lambda one: one["name"].replace(" ", "-"))
def test_no_single_circumstance_shows_in_any_byte(place, source, ordinary, tmp_path):
    """Each alone, so that whichever shows is told by its name."""
    the_same(place, source, ordinary, tmp_path)


def test_there_are_eleven_circumstances():
    """A table that somebody empties proves nothing."""
    kinds = {"PYTHONHASHSEED", "TZ", "LC_ALL", "umask", "folder", "uid", "order", "days", "jobs", "clone", "twice"}
    told = [{*one, *one.get("env", {})} & kinds for one in PLACES]

    assert kinds == set().union(*(one for one in told if len(one) == 1))
    assert kinds in told
