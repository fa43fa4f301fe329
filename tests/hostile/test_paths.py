"""Paths that lead out of the content, in everything that names a file or an address: nothing is read there, nothing written.

The corpus is ``paths/payloads.toml`` (what is tried), ``paths/carriers.toml``
(where) and ``paths/names.toml`` (names of files).  A short run tries each carrier with a part of the payloads, and each
payload in several carriers; ``--long`` tries all with all.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.hostile.neighbourhood import OWN, VARIABLE, settle
from tests.hubs import options, run

from handbill.errors import Level
from handbill.pipeline import build, check
from handbill.telling import line_of

HERE = Path(__file__).parent / "paths"
AS_OF = "2026-11-01 12:00"
PAYLOADS = [one for group in tomllib.loads((HERE / "payloads.toml").read_text(encoding="utf-8")).values() for one in group]
CARRIERS = tomllib.loads((HERE / "carriers.toml").read_text(encoding="utf-8"))["carrier"]
NAMES = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))["names"]
IN_ONE = [one for one in CARRIERS if "NUMBER" in one["file"]]
ALONE = [one for one in CARRIERS if "NUMBER" not in one["file"]]

#: A short run tries each payload in every so many carriers.
EVERY = 9


@dataclass(frozen=True, slots=True)
class Case:
    """One payload in one carrier: the file, its text, and whether it must be refused."""

    file: str
    text: str
    must_be_refused: bool
    name: str


def case_of(carrier, number, payload, here):
    """Return the case of a payload in a carrier."""
    written = payload.replace("PARENT", str(here.parent)).replace("HOME", str(here.home)).replace("HUB", here.root.name)
    text = (
        carrier["text"].lstrip("\n").replace("QUOTED", json.dumps(written)).replace("PAYLOAD", written).replace("NUMBER", str(number + 1))
    )
    must = carrier.get("refuses", False) and payload not in carrier.get("also", ())
    return Case(carrier["file"].replace("NUMBER", str(number + 1)), text, must, f"{carrier['name']}: {payload!r}")


def lay(root, cases):
    """Write the files of cases."""
    for one in cases:
        (root / one.file).parent.mkdir(parents=True, exist_ok=True)
        (root / one.file).write_text(one.text, encoding="utf-8")


def is_error(problem):
    """Say whether a problem stops a build."""
    return problem.level is Level.ERROR


def assert_contained(here, cases):
    """Whatever is refused is refused at its line; the rest is built, and neither shows or changes anything around the hub."""
    lay(here.root, cases)
    files = {one.file for one in cases}
    before = here.state()
    refused = {}
    for _ in range(5):
        problems = check(options(here.root, AS_OF, no_cache=True))
        for lang in ("en", "fr"):
            assert [] == here.seen("\n".join(line_of(one, lang) for one in problems))
        errors = [one for one in problems if is_error(one)]
        if not errors:
            break
        for one in errors:
            assert one.path in files, str(one)
            assert one.line or one.path.endswith(".lock"), str(one)
            refused[one.path] = one
        for path in {one.path for one in errors}:
            (here.root / path).unlink()
            before.pop(f"parent/hub/{path}", None)
    else:
        raise AssertionError("faults that appear one after another", errors)

    # A book that nobody has begun is begun by the build.
    assert [] == [one.name for one in cases if one.must_be_refused and one.file not in refused]
    build(options(here.root, AS_OF, jobs=1))

    assert [] == here.seen_below(here.root / "public")
    assert [] == here.seen_below(here.root / ".handbill")
    assert [] == [one for name in ("addresses.lock", "calendars.lock") for one in here.seen((here.root / name).read_bytes())]
    assert before == here.state()
    return refused


def sample(carriers):
    """Return pairs of a carrier and the numbers of the payloads that a short run tries in it."""
    return [(carrier, [n for n in range(len(PAYLOADS)) if n % EVERY == place % EVERY]) for place, carrier in enumerate(carriers)]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Return a hub among its neighbours; its home folder and a variable of the environment are theirs, too."""
    found = settle(tmp_path)
    monkeypatch.setenv("HOME", str(found.home))
    monkeypatch.setenv(VARIABLE, found.words[VARIABLE])
    return found


def test_the_corpus_is_as_large_as_promised():
    """The figure: 60 payloads in 14 carriers at least."""
    assert len(PAYLOADS) >= 60
    assert len(CARRIERS) >= 14
    assert len(set(PAYLOADS)) == len(PAYLOADS)


def test_a_path_out_of_the_content_reads_and_writes_nothing(here):
    """A proposal that names the password file of the machine that builds must not publish it."""
    assert_contained(here, [case_of(carrier, n, PAYLOADS[n], here) for carrier, numbers in sample(IN_ONE) for n in numbers])


@pytest.mark.parametrize("carrier", ALONE, ids=lambda one: one["name"].replace(" ", "-"))
def test_a_path_in_settings_and_books_reads_and_writes_nothing(here, carrier):
    """Settings and books are content as well: whoever proposes a post can propose a line of them."""
    kept = (here.root / "hub.toml").read_text(encoding="utf-8")
    for n in range(ALONE.index(carrier), len(PAYLOADS), 40):
        assert_contained_in_settings(here, case_of(carrier, n, PAYLOADS[n], here), kept)


def assert_contained_in_settings(here, case, settings, *, is_built=True):
    """The same for one case that spoils the whole hub, which is whole again afterwards."""
    lay(here.root, [case])
    before = here.state()
    problems = check(options(here.root, AS_OF, no_cache=True))
    for lang in ("en", "fr"):
        assert [] == here.seen("\n".join(line_of(one, lang) for one in problems))
    errors = [one for one in problems if is_error(one)]
    assert {one.path for one in errors} <= {case.file, "hub.toml"}, case.name
    if not errors and is_built:
        build(options(here.root, AS_OF, jobs=1))
        assert [] == here.seen_below(here.root / "public"), case.name
    assert before == here.state(), case.name
    for name in ("addresses.lock", "calendars.lock", case.file):
        (here.root / name).unlink(missing_ok=True)
    (here.root / "hub.toml").write_text(settings, encoding="utf-8")


def test_the_command_says_where_and_shows_nothing_of_it(here, capsys):
    """What is printed stands in the log of a job that everybody can read, with the lines to look at."""
    lay(here.root, [case_of(carrier, n, PAYLOADS[n], here) for carrier, numbers in sample(IN_ONE) for n in numbers[::4]])

    for words in (("check",), ("check", "--json"), ("site",)):
        code, out, err = run(capsys, "--root", here.root, *words, "--as-of", AS_OF)
        assert 1 == code
        assert [] == here.seen(out + err)
        assert "Traceback" not in out + err


def named(root):
    """Give each name to a text, a picture and a folder; return the paths."""
    picture = (root / "content" / "pictures" / "plan.png").read_bytes()
    made = []
    for number, name in enumerate(NAMES):
        event = f"---\ntitle: Event {number}\nstarts: 2026-12-02\norganisers: [x]\nvenue: {{name: Hall {number}}}\n---\n\nWords.\n"
        files = {f"content/posts/{name}": f"---\ntitle: Post {number}\ndate: 2026-01-02\n---\n\nWords.\n".encode()}
        files |= {f"content/pictures/{name.removesuffix('.md')[:200]}.png": picture, f"events/{name}/event-{number}.md": event.encode()}
        for path, raw in files.items():
            try:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(raw)
            except OSError:
                # A name that this disk cannot hold is none that it can hand to the build.
                continue
            made.append(path)
    return made


def test_a_file_of_any_name_stays_where_it_is_or_is_refused_by_its_name(here, capsys):
    """What is harmless on one system climbs out of the folder on another, or is a command in a script."""
    paths = set(named(here.root))
    before = here.state()
    for _ in range(4):
        problems = [one for one in check(options(here.root, AS_OF, no_cache=True)) if is_error(one)]
        if not problems:
            break
        for path in {one.path for one in problems}:
            assert path in paths
            (here.root / path).unlink()
            before.pop(f"parent/hub/{path}")
    code, out, err = run(capsys, "--root", here.root, "site", "--as-of", AS_OF, "--jobs", "1")

    assert (0, []) == (code, problems)
    assert "Traceback" not in out + err
    assert before == here.state()
    outputs = [one.relative_to(here.root / "public").as_posix() for one in (here.root / "public").rglob("*")]
    assert [] == [one for one in outputs if not re.fullmatch(r"[A-Za-z0-9._/-]+", one)]
    assert len(NAMES) >= 80


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_every_call_that_makes_changes_or_removes_a_file_is_about_our_own_places(here, tmp_path):
    """A file that is made elsewhere and taken away again leaves no trace in a listing."""
    named(here.root)
    lay(here.root, [case_of(carrier, n, PAYLOADS[n], here) for carrier in IN_ONE for n in range(len(PAYLOADS))])
    for path in {one.path for _ in range(4) for one in check(options(here.root, AS_OF)) if is_error(one)}:
        (here.root / path).unlink(missing_ok=True)
    for path in {one.path for one in check(options(here.root, AS_OF)) if is_error(one)}:
        (here.root / path).unlink()
    (tmp_path / "scratch").mkdir()
    words = ["--root", str(here.root), "site", "--as-of", AS_OF, "--no-cache"]
    told = tmp_path / "told"

    done = subprocess.run(
        ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=%file", "-o", told, sys.executable, "-B", "-m", "handbill", *words],
        env=os.environ | {"TMPDIR": str(tmp_path / "scratch")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stdout + done.stderr
    elsewhere, calls = [], 0
    for line in told.read_text(encoding="utf-8", errors="replace").splitlines():
        call = line.partition(" ")[2].lstrip()
        if not re.match(
            r"(open(at)?2?\(.*O_CREAT|(open(at)?2?)\(.*O_(WRONLY|RDWR)|creat|mkdir|rename|unlink|rmdir|link|symlink|truncate|chmod|chown|mknod|utime)",
            call,
        ):
            continue
        calls += 1
        places = [one for one in re.findall(r'"((?:[^"\\]|\\.)*)"', call) if one.startswith("/")]
        # The user's own key is made where there is none yet.
        own = (*(f"{here.root}/{one}" for one in OWN), f"{here.home}/.local")
        elsewhere += [one for one in places if not one.startswith((*own, f"{tmp_path}/scratch", "/dev/null", "/dev/shm/", "/proc/"))]  # noqa: S108
    assert calls > 50
    assert [] == elsewhere


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_all_paths_in_all_carriers(here, part):
    """The same with every payload in every carrier."""
    cases = [case_of(one, n, PAYLOADS[n], here) for one in IN_ONE[part::8] for n in range(len(PAYLOADS))]

    assert_contained(here, cases)


@pytest.mark.long
@pytest.mark.parametrize("carrier", ALONE, ids=lambda one: one["name"].replace(" ", "-"))
def test_all_paths_in_settings_and_books(here, carrier):
    """The same with every payload, a hub each; every sixth is built, too."""
    kept = (here.root / "hub.toml").read_text(encoding="utf-8")
    for n, payload in enumerate(PAYLOADS):
        assert_contained_in_settings(here, case_of(carrier, n, payload, here), kept, is_built=n % 6 == 0)
