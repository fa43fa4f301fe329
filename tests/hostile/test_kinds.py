"""Links, pipes, sockets, devices and other odd things in the place of files and folders: refused by their name, never followed, never waited for.

The corpus is ``kinds/things.toml`` (what stands there) and ``kinds/places.toml``
(where).  A short run tries each thing in every ninth place; ``--long`` all in all.
"""

import os
import shutil
import signal
import socket
import stat
import subprocess
import time
import tomllib
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from tests.hostile.neighbourhood import VARIABLE, settle
from tests.hubs import run

HERE = Path(__file__).parent / "kinds"
THINGS = tomllib.loads((HERE / "things.toml").read_text(encoding="utf-8"))["thing"]
PLACES = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))["place"]
AS_OF = "2026-11-01 12:00"

#: Nothing that is refused takes a hundredth of it; only what waits for ever does.
HANGS_S = 60

EVERY = 9


def make(thing, file, here):
    """Make a thing in the place of a file; say whether this machine can."""
    file.parent.mkdir(parents=True, exist_ok=True)
    to = thing.get("to", "").replace("PARENT", str(here.parent)).replace("HUB", str(here.root)).replace("SELF", file.name)
    if thing["make"] == "link":
        file.symlink_to(to)
    elif thing["make"] == "hard link":
        os.link(to, file)
    elif thing["make"] == "pipe":
        os.mkfifo(file)
    elif thing["make"] == "socket":
        with socket.socket(socket.AF_UNIX) as end:
            near = Path(os.path.relpath(file))
            end.bind(str(min(str(near), str(file), key=len)))
    elif thing["make"] == "device":
        try:
            os.mknod(file, stat.S_IFCHR | 0o644, os.makedev(1, 5))
        except PermissionError:
            return False
    elif thing["make"] == "folder":
        file.mkdir()
    else:
        with file.open("wb") as opened:
            opened.truncate(thing.get("size", 0))
            if not thing.get("size"):
                opened.write(b"---\ntitle: Something\ndate: 2026-01-02\n---\n\nWords.\n")
        if "mode" in thing:
            file.chmod(int(thing["mode"], 8))
            if thing["mode"] == "0000" and os.access(file, os.R_OK):
                # Whoever is root may read everything.
                return False
    return True


@contextmanager
def waiting_for_nothing():
    """Raise where something is waited for that never comes."""

    def stop(*_):
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANGS_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Return a hub among its neighbours, with a short name, because the name of a socket may not be long."""
    found = settle(tmp_path)
    os.mkfifo(found.parent / "pipe")
    monkeypatch.setenv(VARIABLE, found.words[VARIABLE])
    monkeypatch.chdir(found.root)
    return found


def assert_refused(here, place, thing, capsys):
    """The command ends at once, tells the place, shows nothing, and changes nothing."""
    file = here.root / place["path"]
    kept = {name: (here.root / name).read_bytes() for name in ("hub.toml",)}
    aside = here.around / "aside"
    if os.path.lexists(file):
        file.rename(aside)
    if not make(thing, file, here):
        clear(here, file, aside, kept)
        return False
    name = f"{thing['name']} in the place of {place['path']}"
    before, began = here.state(), time.process_time()
    with waiting_for_nothing():
        code, out, err = run(capsys, "--root", here.root, place.get("command", "check"), "--as-of", AS_OF, "--jobs", "1")
    assert 5 > time.process_time() - began, name
    told = out + err
    assert "Traceback" not in told, name
    assert [] == here.seen(told), (name, told)
    assert before == here.state(), name
    if any(fnmatchcase(thing["name"], one) for one in place.get("harmless", ())):
        assert 0 == code, (name, told)
    else:
        assert code in (1, 2, 3), (name, told)
        assert place.get("told", place["path"]) in told, (name, told)
    assert [] == here.seen_below(here.root / "public") if not (here.root / "public").is_symlink() else True
    clear(here, file, aside, kept)
    return True


def clear(here, file, aside, kept):
    """Make the hub what it was."""
    for one in (
        file,
        here.root / "public",
        here.root / ".public.handbill",
        here.root / ".handbill",
        here.root / "addresses.lock",
        here.root / "calendars.lock",
    ):
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        elif os.path.lexists(one):
            one.unlink()
    for name, raw in kept.items():
        if name != file.name:
            (here.root / name).write_bytes(raw)
    if os.path.lexists(aside):
        aside.rename(file)
    folder = file.parent
    while folder.is_dir() and folder != here.root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def pairs(places, every):
    """Return each thing with every so many places, in turn."""
    return [(place, thing) for m, thing in enumerate(THINGS) for n, place in enumerate(places) if (m + n) % every == 0]


def test_the_corpus_is_as_large_as_promised():
    """Each sort of thing that a file system knows, in each place that is read or written."""
    assert {"link", "hard link", "pipe", "socket", "device", "folder", "file"} == {one["make"] for one in THINGS}
    assert len(THINGS) * len(PLACES) > 800


def test_what_is_no_plain_file_is_refused_by_its_name(here, capsys):
    """A pipe held up a build for ever, and a link had the file published that it led to."""
    done = [assert_refused(here, place, thing, capsys) for place, thing in pairs(PLACES, EVERY)]

    assert sum(done) > 80


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_every_thing_in_every_place(here, capsys, part):
    """The same with all of them."""
    for place, thing in pairs(PLACES[part::4], 1):
        assert_refused(here, place, thing, capsys)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_an_output_folder_that_a_commit_chose_is_not_written_into(here, capsys):
    """A link of that name in a proposal would have the site of a stranger stand in any empty folder of the machine."""
    shutil.rmtree(here.root / ".git")
    (here.around / "empty").mkdir()
    (here.root / "public").symlink_to(here.around / "empty")

    assert 0 == run(capsys, "--root", here.root, "site", "--as-of", AS_OF, "--jobs", "1")[0]
    shutil.rmtree(here.around / "empty")
    (here.around / "empty").mkdir()
    for words in (("init", "-q"), ("add", "-f", "public")):
        subprocess.run(["git", "-C", str(here.root), *words], check=True, capture_output=True)
    code, out, err = run(capsys, "--root", here.root, "site", "--as-of", AS_OF, "--jobs", "1", "--no-cache")

    assert (1, []) == (code, list((here.around / "empty").iterdir()))
    assert "public: found a symbolic link that came with a commit" in out + err
