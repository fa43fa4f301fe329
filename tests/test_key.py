"""What a build remembers is believed where this user's own key signed it, and nowhere else."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hubs import THEN, text, write

from handbill import key
from handbill.key import BYTES, own_key, read, read_or_make, signature

ENGINE = Path(__file__).resolve().parents[1]


def test_a_key_is_made_once_and_stays(tmp_path):
    """Another one each time would believe nothing, and each build would be a first one."""
    first = read_or_make({"XDG_STATE_HOME": str(tmp_path)})

    assert 32 == BYTES == len(first)
    assert first == read({"XDG_STATE_HOME": str(tmp_path)})
    assert first == read_or_make({"XDG_STATE_HOME": str(tmp_path)})
    assert first != read_or_make({"XDG_STATE_HOME": str(tmp_path / "other")})
    assert [tmp_path / "handbill" / ".key"] == list((tmp_path / "handbill").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing on Windows")
def test_nobody_else_can_read_it(tmp_path):
    """Who can, can sign."""
    read_or_make({"HOME": str(tmp_path)})
    file = tmp_path / ".local" / "state" / "handbill" / ".key"

    assert [0o600, 0o700] == [stat.S_IMODE(one.stat().st_mode) for one in (file, file.parent)]


@pytest.mark.parametrize("how", ["short", "long", "empty", "open to others", "a link", "a pipe", "a folder"])
def test_a_key_that_is_not_what_was_made_is_made_anew(tmp_path, how):
    """A copy of a home leaves it open to everybody; a full disk leaves half of it."""
    environ = {"XDG_STATE_HOME": str(tmp_path)}
    first, file = read_or_make(environ), tmp_path / "handbill" / ".key"
    if how == "open to others":
        file.chmod(0o644)
    elif how == "a link":
        file.rename(tmp_path / "moved")
        file.symlink_to(tmp_path / "moved")
    elif how in ("a pipe", "a folder"):
        file.unlink()
        {"a pipe": os.mkfifo, "a folder": os.mkdir}[how](file)
    else:
        file.write_bytes({"short": first[:7], "long": first * 2, "empty": b""}[how])

    assert b"" == read(environ)
    second = read_or_make(environ)

    assert (how in ("a link", "a folder"), BYTES) == (second == b"", len(second) or BYTES)
    assert first != second
    assert [file] == list(file.parent.iterdir())


@pytest.mark.parametrize("environ", [{}, {"HOME": "/proc/nobody"}, {"HOME": "relative"}, {"XDG_STATE_HOME": "/proc/nothing"}])
def test_where_none_can_be_kept_there_is_none(environ, tmp_path, monkeypatch):
    """A build goes on, and believes nothing of what lies there; least of all a key that came with the hub."""
    (tmp_path / ".key").write_bytes(bytes(32))
    (tmp_path / ".key").chmod(0o600)
    monkeypatch.chdir(tmp_path)

    assert (b"", b"") == (read_or_make(environ), read(environ))
    assert [tmp_path / ".key"] == list(tmp_path.iterdir())


def test_a_process_that_can_keep_none_has_one_of_its_own(monkeypatch):
    """It believes what it signed itself, and nobody else does."""
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nothing")
    monkeypatch.setattr(key, "_known", [])
    first = own_key()
    assert (32, first) == (len(first), own_key())

    monkeypatch.setattr(key, "_known", [])
    assert first != own_key()


def test_whoever_only_looks_leaves_no_key_behind(tmp_path, monkeypatch):
    """A check in a container that is thrown away, or by a user who never builds; what is signed by nobody is believed by nobody."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(key, "_known", [])
    looked = [signature(b"x", may_make=False) for _ in range(2)]
    assert (2, 32, []) == (len(set(looked)), len(own_key(may_make=False)), [*tmp_path.iterdir()])

    made = signature(b"x")
    assert [made, made] == [signature(b"x", may_make=may_make) for may_make in (False, True)]
    assert made not in (*looked, signature(b"y"))
    monkeypatch.setattr(key, "_known", [])
    assert made == signature(b"x", may_make=False)
    monkeypatch.setattr(key, "_known", [])
    (tmp_path / "handbill" / ".key").unlink()
    assert own_key() == own_key(may_make=False) == read({"XDG_STATE_HOME": str(tmp_path)})


def test_a_key_that_cannot_be_put_in_its_place_leaves_nothing_and_no_file_open(tmp_path, monkeypatch):
    """A disk that is full, or a folder that may not be changed."""
    environ = {"XDG_STATE_HOME": str(tmp_path)}

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        assert b"" == read_or_make(environ)
    assert [] == list((tmp_path / "handbill").iterdir())

    read_or_make(environ)
    free = os.dup(0)
    os.close(free)
    assert read(environ)
    again = os.dup(0)
    os.close(again)
    assert free == again, "the lowest number that is free"


def test_on_windows_it_lies_where_programs_keep_what_is_of_this_machine(tmp_path, monkeypatch):
    """Rights are another thing there, and the folder is the user's own."""
    monkeypatch.setattr(sys, "platform", "win32")
    first = read_or_make({"LOCALAPPDATA": str(tmp_path), "HOME": "/proc/nobody"})
    (tmp_path / "handbill" / ".key").chmod(0o644)

    assert (32, first) == (len(first), read({"LOCALAPPDATA": str(tmp_path)}))
    assert b"" == read_or_make({"HOME": str(tmp_path)})


def run(root, state, *words, code=0):
    """Build as a user whose own things are in the folder *state*."""
    environ = {**os.environ, "XDG_STATE_HOME": str(state)}
    command = [sys.executable, "-I", "-m", "handbill", "--root", root, *words, "--as-of", THEN, "--jobs", "1", "--lang", "en"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert code == done.returncode, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    """Return a hub that somebody else built, with all that a build leaves, and the folder of their key."""
    root, state = tmp_path_factory.mktemp("theirs") / "hub", tmp_path_factory.mktemp("state")
    hub = '[hub]\nname = "Pignes"\nbase_url = "https://pignes.example/"\nlang = "fr"\ntimezone = "Europe/Paris"\n'
    write(
        root,
        {"hub.toml": hub, "content/posts/puits.md": text("Le puits est ouvert.", title="Le puits", date="2026-03-01", authors="[Ada]")},
    )
    run(root, state, "site")
    run(root, state, "check")
    return root, state


@pytest.fixture
def brought(theirs, tmp_path):
    """Return a copy of it as an archive leaves it: all files, and all their times."""
    shutil.copytree(theirs[0], tmp_path / "hub", symlinks=True)
    return tmp_path / "hub"


def spoilt(page):
    """Change a page, so that neither its size nor its time shows it; return what it was."""
    before, times = page.read_bytes(), page.stat()
    page.write_bytes(before.replace(b"Pignes", b"Canary"))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    return before


def test_a_page_that_came_ready_made_is_never_taken_for_ours(brought, tmp_path):
    """Who unpacks a folder of somebody's and builds it publishes its texts, and never a page that is theirs."""
    spoilt(brought / "public" / "index.html")

    assert "holds what Handbill did not make" in run(brought, tmp_path / "mine", "site", code=2)


def test_a_lost_key_costs_a_build_and_nothing_else(theirs, tmp_path):
    """A home is moved, a machine set up anew: what was published there before is made again, and all of it."""
    before = spoilt(theirs[0] / "public" / "index.html")
    assert "Nothing changed" in run(*theirs, "site"), "names, sizes and times are those of before"

    assert "Nothing changed" not in run(theirs[0], tmp_path / "mine", "site")
    assert before == (theirs[0] / "public" / "index.html").read_bytes()
    run(*theirs, "site")


class Trap:
    """Leaves a folder behind when it is unpickled."""

    def __init__(self, where):
        self.where = where

    def __reduce__(self):
        return os.mkdir, (self.where,)


TRAP = """
import pickle, sys
from pathlib import Path
from handbill.reading.cache import Cache, _load
from tests.test_key import Trap
for file in Path(sys.argv[1]).rglob("*"):
    if not file.is_file() or not file.read_bytes().startswith(b"handbill-cache"):
        continue
    raw = file.read_bytes()
    from handbill.engine import engine_digest
    terms = engine_digest()
    stored = _load(file, terms.encode())
    keys = list(stored.values) or ["a"]
    file.unlink()
    cache = Cache(file, terms)
    for key in keys:
        cache.keep(key, pickle.dumps(Trap(sys.argv[2])))
    cache.save()
    print(file.name, len(keys))
"""


def test_what_was_remembered_elsewhere_is_never_unpickled(theirs, brought, tmp_path):
    """A pickle can run whatever it likes, and only a key that its maker does not have keeps it from being opened."""
    environ = {**os.environ, "XDG_STATE_HOME": str(theirs[1]), "PYTHONPATH": str(ENGINE)}
    set_up = [sys.executable, "-c", TRAP, brought / ".handbill", tmp_path / "sprung"]
    told = subprocess.run(set_up, env=environ, capture_output=True, text=True, check=True).stdout
    assert "drafts 1" in told
    (brought / "content" / "posts" / "mine.md").write_text(text("Un autre.", title="Un autre", date="2026-03-02", authors="[Ada]"))
    shutil.rmtree(brought / "public")
    shutil.copytree(brought, tmp_path / "copy")

    for command in ("check", "site"):
        run(brought, tmp_path / "mine", command)
    assert not (tmp_path / "sprung").exists()

    command = [sys.executable, "-I", "-m", "handbill", "--root", tmp_path / "copy", "check", "--as-of", THEN, "--jobs", "1"]
    subprocess.run(command, env=environ, capture_output=True, check=False)
    assert (tmp_path / "sprung").exists(), "the trap is one"


def test_notes_of_the_search_are_read_under_the_own_key_alone(tmp_path, monkeypatch):
    """They are no pickle, but bytes that a hostile hand bends crash what reads them."""
    from handbill.outputs.search_notes import Known, noted, write_notes

    write_notes(tmp_path / "search", "terms", Known())
    assert noted(tmp_path / "search", "terms") is not None

    monkeypatch.setattr(key, "_known", [b"\1" * BYTES])
    assert noted(tmp_path / "search", "terms") is None


def test_a_list_of_what_is_published_is_read_under_the_own_key_alone(monkeypatch):
    """Who writes it says which pages need not be made."""
    from handbill.publishing.manifest import Manifest, dump, parse

    written = dump(Manifest({}, {}))
    assert parse(written) is not None

    monkeypatch.setattr(key, "_known", [b"\1" * BYTES])
    assert parse(written) is None


def test_a_key_that_is_handed_over_is_the_one_that_is_used(monkeypatch):
    """Behind walls its file is not seen."""
    monkeypatch.setattr(key, "_known", [])
    key.take("02" * BYTES)

    assert b"\2" * BYTES == key.own_key()
