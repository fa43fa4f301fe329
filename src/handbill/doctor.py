"""This machine and this repository → what Handbill needs of them, what is missing, and the command that mends it.

Looks and changes nothing; libraries are looked up and not imported, so that
a broken one is told and does not end the telling.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from handbill.engine import PACKAGE
from handbill.errors import ContentProblems, WrongUse
from handbill.layout import HUB
from handbill.settings import read_settings

OLDEST_PYTHON = (3, 11, 2)
NEWEST_PYTHON = (3, 14)

#: What a first build of a large hub writes, and what no build can do without, in bytes.
ROOM = 500 * 1024**2
LEAST_ROOM = 50 * 1024**2

_ENVIRONMENTS = {".venv": "requirements.lock", ".venv-handbook": "requirements-handbook.lock"}

#: The libraries that come ready-made for each sort of machine, and so can be missing on an unusual one.
_LIBRARIES = {
    "comrak": "reads Markdown",
    "nh3": "keeps what could run out of pages",
    "PIL": "reads the sizes of pictures",
    "pelican": "makes the pages",
    "feedgen": "makes the feeds",
    "icalendar": "makes the calendars",
    "mjml": "makes the letters",
    "css_inline": "makes the letters",
    "babel": "writes dates in each language",
    "pagefind": "makes the search",
    "pagefind_bin": "makes the search",
    "watchfiles": "sees changes while you preview",
}

#: Programs that only Handbill's own tests use.
_FOR_TESTS = {"chromium": "pages in a browser", "java": "the checker of HTML", "node": "the checkers of accessibility and calendars"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it stands (ok, warning or missing), what was found, why it matters, what mends it."""

    what: str
    state: str
    found: str
    why: str = ""
    mend: str = ""


def examine(root: Path) -> tuple[Finding, ...]:
    """Return all findings, in the order in which a first build would stumble over them."""
    return (
        _python(sys.version_info[:3]),
        *_environments(PACKAGE.parent.parent, root),
        *_libraries(),
        _zones(),
        *_git(root),
        _settings(root),
        _room(root),
        *(_writable(root / name) for name in ("public", ".handbill")),
        *_tools(PACKAGE.parent.parent),
    )


def as_text(findings: tuple[Finding, ...]) -> str:
    """Return the findings for people: a line each, and for what is not well the reason and the remedy."""
    lines: list[str] = []
    for one in findings:
        lines.append(f"{one.state:<8} {one.what}: {one.found}")
        if one.state != "ok":
            lines += [f"         {line}" for line in (one.why, one.mend and f"→ {one.mend}") if line]
    counted = {state: sum(1 for one in findings if one.state == state) for state in ("missing", "warning")}
    lines.append("")
    lines.append("All is well." if not any(counted.values()) else f"{counted['missing']} missing, {counted['warning']} to know of.")
    return "\n".join(lines)


def as_json(findings: tuple[Finding, ...]) -> str:
    """Return the findings for programs."""
    return json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=1)


def _python(version: tuple[int, ...]) -> Finding:
    found = ".".join(str(part) for part in version)
    if version < OLDEST_PYTHON:
        why = "Handbill is written for Python 3.11.2 and newer."
        return Finding("Python", "missing", found, why, "start build.py with a newer Python (python.org/downloads)")
    if version[:2] > NEWEST_PYTHON:
        why = "Handbill was tested up to Python 3.14; a library may not be published for this one yet."
        return Finding("Python", "warning", found, why, "start build.py with Python 3.14 if something fails")
    return Finding("Python", "ok", found)


def _environments(home: Path, root: Path) -> Iterator[Finding]:
    if not (home / "build.py").is_file():
        yield Finding("environment", "ok", "an installed package; there is no lock to follow")
        return
    for name, lock in _ENVIRONMENTS.items():
        if name == ".venv-handbook" and not (root / "mkdocs.yml").is_file():
            continue
        what = f"environment {name}"
        why = "The libraries lie there, in exactly the versions of the lock file."
        try:
            stamp = (home / name / "handbill.stamp").read_text(encoding="utf-8").split("\n", 1)[0]
            wanted = hashlib.sha256((home / lock).read_bytes()).hexdigest()
        except OSError:
            yield Finding(what, "missing", "not made yet, or not to its end", why, "python3 build.py")
            continue
        if stamp == wanted:
            yield Finding(what, "ok", f"as {lock} says")
        else:
            yield Finding(what, "warning", f"older than {lock}", why, "python3 build.py, which brings it up to date")


def _libraries() -> Iterator[Finding]:
    lost = [name for name in _LIBRARIES if not _is_there(name)]
    if not lost:
        yield Finding("libraries", "ok", f"{len(_LIBRARIES)} of {len(_LIBRARIES)}")
    for name in lost:
        mend = "delete the folder .venv and start python3 build.py"
        yield Finding(f"library {name}", "missing", "not installed", f"It {_LIBRARIES[name]}.", mend)


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _zones() -> Finding:
    try:
        ZoneInfo("Europe/Paris")
    except (OSError, ValueError, KeyError):
        why = "Without time zones, no event has a time."
        return Finding("time zones", "missing", "no data", why, "delete the folder .venv and start python3 build.py (package tzdata)")
    return Finding("time zones", "ok", "here")


def _git(root: Path) -> Iterator[Finding]:
    why = "Dates and authors that a text does not name are taken from version history."
    program = shutil.which("git")
    if program is None:
        yield Finding("git", "warning", "not installed", why, "install git (git-scm.com)")
        return
    yield Finding("git", "ok", "here")
    state = _answer(program, root, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository").split()
    has_lock = (root / "history.lock").is_file()
    if state[:1] != ["true"]:
        yield Finding("version history", "warning", "this folder is no repository", why, "git init && git add . && git commit")
    elif state[1:] == ["true"] and has_lock:
        yield Finding("version history", "ok", "a shallow clone; history is read from history.lock")
    elif state[1:] == ["true"]:
        yield Finding("version history", "warning", "a shallow clone without history.lock", why, "git fetch --unshallow")
    elif not _answer(program, root, "rev-parse", "--verify", "--quiet", "HEAD"):
        yield Finding("version history", "warning", "no commit yet", why, "git add . && git commit")
    else:
        yield Finding("version history", "ok", "whole")


def _answer(program: str, root: Path, *words: str) -> str:
    """Return what git says, "" where it refuses."""
    command = [program, "-c", "safe.directory=*", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _settings(root: Path) -> Finding:
    why = "It names the hub, its address, its languages and its zone."
    try:
        settings = read_settings(root)
    except WrongUse:
        return Finding(HUB, "missing", f"not in {root}", why, "start in the folder of a hub, or name it with --root")
    except ContentProblems as error:
        return Finding(HUB, "missing", "; ".join(str(problem) for problem in error.problems), why, "mend these lines of hub.toml")
    except OSError as error:
        return Finding(HUB, "missing", f"cannot be read ({error.strerror})", why, "give yourself the right to read it")
    return Finding(HUB, "ok", f"{settings.name}, {settings.base_url}")


def _room(root: Path) -> Finding:
    why = "A build writes the new site beside the old one before it takes its place."
    try:
        free = shutil.disk_usage(root).free
    except OSError as error:
        return Finding("disk space", "missing", f"cannot be told ({error.strerror})", why, "name a folder that exists")
    found = f"{free // 1024**2} MB free"
    if free >= ROOM:
        return Finding("disk space", "ok", found)
    return Finding("disk space", "missing" if free < LEAST_ROOM else "warning", found, why, f"free {ROOM // 1024**2} MB")


def _writable(folder: Path) -> Finding:
    """Try to write where a build does: beside the folder, and in it if it is there."""
    what = f"folder {folder.name}"
    why = "A build writes there, and beside it."
    if folder.exists() and not folder.is_dir():
        return Finding(what, "missing", "something that is no folder", why, f"move {folder.name} away")
    for place in [folder.parent, *([folder] if folder.is_dir() else [])]:
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            found = f"{place} cannot be written ({error.strerror})"
            return Finding(what, "missing", found, why, f"give yourself the right to write in {place}")
    return Finding(what, "ok", "can be written")


def _tools(home: Path) -> Iterator[Finding]:
    if not (home / "tests").is_dir():
        return
    for name, use in _FOR_TESTS.items():
        is_here = shutil.which(name) is not None
        yield Finding(f"program {name}", "ok", "here" if is_here else f"not here; only tests of Handbill itself use it ({use})")
