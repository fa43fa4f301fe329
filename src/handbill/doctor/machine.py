"""This machine → what Handbill needs of it: Python, its environments and libraries, time zones, a terminal.

Libraries are looked up and not imported, so that a broken one is told and
does not end the telling.
"""

from __future__ import annotations

import hashlib
import locale
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from handbill.doctor.finding import Finding, listed, removal
from handbill.errors import Said, said
from handbill.room.entrance import tried

OLDEST_PYTHON = (3, 11, 2)
NEWEST_PYTHON = (3, 14)

#: Each environment, and the file that says what is in it.
ENVIRONMENTS = {".venv": "requirements.lock", ".venv-handbook": "requirements-handbook.lock"}

_BUILD = "python3 build.py"

#: The libraries that come ready-made for each sort of machine, and so can be missing on an unusual one.
LIBRARIES: Mapping[str, Said] = {
    "comrak": said("reads Markdown"),
    "nh3": said("keeps what could run out of pages"),
    "PIL": said("reads the sizes of pictures"),
    "pelican": said("makes the pages"),
    "feedgen": said("makes the feeds"),
    "icalendar": said("makes the calendars"),
    "mjml": said("makes the letters"),
    "css_inline": said("makes the letters"),
    "babel": said("writes dates in each language"),
    "pagefind": said("makes the search"),
    "pagefind_bin": said("makes the search"),
    "watchfiles": said("sees changes while you preview"),
}

#: Programs that only Handbill's own tests use.
_FOR_TESTS: Mapping[str, Said] = {
    "chromium": said("pages in a browser"),
    "java": said("the checker of HTML"),
    "node": said("the checkers of accessibility and calendars"),
}


def machine(home: Path, root: Path, room: Mapping[str, str], is_terminal: bool) -> Iterator[Finding]:
    """Yield how the machine stands; *home* is the folder of the program, *room* its environment variables."""
    yield python(sys.version_info[:3], sys.maxsize > 2**32)
    yield from environments(home, root)
    yield from libraries(home)
    yield zones()
    yield terminal(room, is_terminal)
    yield walls(home, root)
    yield from tools(home)


def python(number: tuple[int, ...], has_64_bits: bool) -> Finding:
    """Return whether this Python is one that Handbill runs on."""
    found = said("{number}", number=".".join(str(part) for part in number))
    why = said("Handbill runs on Python 3.11.2 to 3.14")
    if number < OLDEST_PYTHON:
        return Finding("Python", "missing", found, why, said("install a newer one (python.org/downloads) and start build.py with it"))
    if number[:2] > NEWEST_PYTHON:
        newer = said("Handbill was tried up to Python 3.14; a library may not be published for this one yet")
        return Finding("Python", "warning", found, newer, said("if something fails: install Python 3.14 and start build.py with it"))
    if not has_64_bits:
        narrow = said("{number}, for 32 bits", number=found)
        missing = said("some libraries are not published for it")
        return Finding(
            "Python", "warning", narrow, missing, said("install the 64-bit Python (python.org/downloads) and start build.py with it")
        )
    return Finding("Python", "ok", found, why)


def environments(home: Path, root: Path) -> Iterator[Finding]:
    """Yield whether each environment is complete, and made from today's lock by the Python that is there now."""
    why = said("the libraries lie there, in exactly the versions of the lock file")
    if not (home / "build.py").is_file():
        yield Finding(said("environment"), "ok", said("an installed package; there is no lock to follow"), why)
        return
    for name, lock in ENVIRONMENTS.items():
        if name == ".venv-handbook" and not (root / "mkdocs.yml").is_file():
            continue
        what = said("environment {name}", name=name)
        try:
            digest, made_by, place = _stamp(home / name)
            wanted = hashlib.sha256((home / lock).read_bytes()).hexdigest()
        except (OSError, ValueError):
            yield Finding(what, "missing", said("not made yet, or not to its end"), why, _BUILD)
            continue
        if digest != wanted:
            yield Finding(what, "warning", said("not what {lock} says any more", lock=lock), why, _BUILD)
        elif made_by != sys.version:
            yield Finding(what, "warning", said("made by another Python ({version})", version=made_by.split(" ")[0]), why, _BUILD)
        elif os.path.realpath(place) != os.path.realpath(home / name):
            yield Finding(what, "warning", said("made in another folder ({place}), and moved", place=place), why, _BUILD)
        else:
            yield Finding(what, "ok", said("as {lock} says", lock=lock), why)


def _stamp(environment: Path) -> tuple[str, str, str]:
    """Return what the launcher wrote down: digest of the lock, Python, place."""
    digest, _, rest = (environment / "handbill.stamp").read_text(encoding="utf-8").partition("\n")
    made_by, _, place = rest.rpartition("\n")
    return digest, made_by, place


def libraries(home: Path) -> Iterator[Finding]:
    """Yield each library that is missing, and those that are not of the version that the lock names."""
    mend = f"{removal('.venv')} && {_BUILD}"
    lost = [name for name in LIBRARIES if not _is_there(name)]
    for name in lost:
        yield Finding(said("library {name}", name=name), "missing", said("not installed"), LIBRARIES[name], mend)
    if lost:
        return
    other = [f"{name} {here or '–'} ({wanted})" for name, wanted in _locked(home) if (here := _version(name)) != wanted]
    if other:
        found = said("not as the lock file says: {names}", names=listed(other))
        yield Finding(said("libraries"), "warning", found, said("another version may build other pages than everyone else gets"), mend)
    else:
        why = said("they make pages, feeds, calendars, letters and the search")
        yield Finding(said("libraries"), "ok", said("{n} of {n}", n=len(LIBRARIES)), why)


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _locked(home: Path) -> Iterator[tuple[str, str]]:
    """Yield name and version of the lock's libraries that this machine is to have; those with a condition are passed over."""
    lock = home / ENVIRONMENTS[".venv"]
    if lock.is_file() and (home / ".venv").is_dir() and Path(sys.prefix).samefile(home / ".venv"):
        yield from re.findall(r"^([\w.-]+)==([\w.+!-]+)[ \t]*\\?$", lock.read_text(encoding="utf-8"), re.MULTILINE)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def zones() -> Finding:
    """Return whether the data of time zones can be found."""
    why = said("without it, no event has an hour")
    try:
        ZoneInfo("Europe/Paris")
    except (OSError, ValueError, KeyError):
        return Finding(said("time zones"), "missing", said("no data"), why, f"{removal('.venv')} && {_BUILD}")
    return Finding(said("time zones"), "ok", said("here"), why)


def terminal(room: Mapping[str, str], is_terminal: bool) -> Finding:
    """Return whether messages can be shown with their accents."""
    why = said("messages hold accents and quotation marks")
    if not is_terminal:
        return Finding(said("terminal"), "ok", said("none; messages are written as UTF-8"), why)
    encoding = _console_encoding()
    if re.sub(r"[^a-z0-9]", "", encoding.lower()) in ("utf8", "cp65001"):
        return Finding(said("terminal"), "ok", said("{encoding}", encoding=encoding), why)
    named = next((f"{key}={room[key]}" for key in ("LC_ALL", "LC_CTYPE", "LANG") if room.get(key)), "")
    found = said("{encoding}, from {setting}", encoding=encoding, setting=named) if named else said("{encoding}", encoding=encoding)
    mend = "chcp 65001" if os.name == "nt" else "unset LC_ALL LC_CTYPE; export LANG=C.UTF-8"
    return Finding(said("terminal"), "warning", found, why, mend)


def _console_encoding() -> str:
    """Return the encoding of the terminal, whatever Python was told to write."""
    if sys.platform == "win32":
        import ctypes

        return f"cp{ctypes.windll.kernel32.GetConsoleOutputCP()}"
    return locale.getencoding()


def walls(home: Path, root: Path) -> Finding:
    """Return whether a build is kept apart from the rest of the machine."""
    why = said("texts of strangers are read where nothing of the machine can be reached")
    if not sys.platform.startswith("linux"):
        return Finding(said("walls"), "ok", said("none; there are some on Linux"), why)
    reason = tried(str(root), [sys.executable, "-I", "-m", "handbill"], str(home) if (home / "build.py").is_file() else "")
    if not reason:
        return Finding(said("walls"), "ok", said("around each build"), why)
    mend = said("install bubblewrap (on Debian and Ubuntu: sudo apt-get install bubblewrap)")
    if shutil.which("bwrap"):
        mend = said("let bubblewrap make namespaces, or move the hub: handbook, operators/room.md")
    return Finding(said("walls"), "warning", said("none: {reason}", reason=reason), why, mend)


def tools(home: Path) -> Iterator[Finding]:
    """Yield which of the programs are here that only the program's own tests use; none is a reason to worry."""
    if not (home / "tests").is_dir():
        return
    for name, use in _FOR_TESTS.items():
        found = said("here") if shutil.which(name) else said("not here")
        yield Finding(said("program {name}", name=name), "ok", found, said("only tests of Handbill itself use it ({use})", use=use))
