"""The names of a repository's files → those that another machine cannot tell apart, or cannot write."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from handbill.doctor.finding import Finding, listed
from handbill.errors import said
from handbill.git import git_of
from handbill.layout import HUB, SOURCES

#: The longest path that Windows takes unless it is told otherwise, without the closing zero.
LONGEST_ON_WINDOWS = 259

#: How much longer the path of a page is than that of its file: public/, the language, index.html.
_LONGER_IN_PUBLIC = 40

# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_NOT_ON_WINDOWS = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)', re.IGNORECASE)


def names(root: Path) -> Iterator[Finding]:
    """Yield how the names of all files of the hub in *root* stand."""
    every = tuple(files_of(root))
    yield alike(every, _takes_case_for_one(root))
    yield writable_everywhere(every)
    if os.name == "nt":
        yield lengths(root, every)


def files_of(root: Path) -> Iterator[str]:
    """Yield the paths of the hub's files: those that git knows, and those that lie there."""
    known = set(_tracked(root))
    for source in SOURCES:
        if (root / source).is_file():
            known.add(source)
        for folder, _, files in os.walk(root / source):
            known.update((Path(folder) / file).relative_to(root).as_posix() for file in files)
    yield from sorted(known)


def _tracked(root: Path) -> Iterator[str]:
    """Yield what git knows, also a file that this disk had to drop because another has its name."""
    git = git_of(root)
    yield from git.names("ls-files", "-z", "--", *SOURCES) if git else ()


def _takes_case_for_one(root: Path) -> bool:
    """Say whether this disk takes hub.toml and HUB.TOML for one file."""
    try:
        return (root / HUB).samefile(root / HUB.upper())
    except OSError:
        return False


def alike(every: Iterable[str], is_one_here: bool) -> Finding:
    """Return whether two names differ only by capital letters or by how accents are stored.

    *is_one_here*: this very disk takes such names for one.
    """
    what = said("file names")
    why = said("macOS and Windows take names for one that differ only by capital letters or by how accents are stored")
    groups: dict[str, list[str]] = defaultdict(list)
    for name in every:
        # A folder may collide as well as a file, so each part of a path is looked at once.
        for part in _parts(name):
            if part not in groups[_fold(part)]:
                groups[_fold(part)].append(part)
    twins = [pair for pair in groups.values() if len(pair) > 1]
    if not twins:
        return Finding(what, "ok", said("each is different on any disk"), why)
    found = said("one name on other machines: {names}", names=listed(" = ".join(pair) for pair in twins))
    state = "missing" if is_one_here else "warning"
    return Finding(what, state, found, why, f"git mv {_quoted(twins[0][1])} {_quoted(_other_name(twins[0][1]))}")


def writable_everywhere(every: Iterable[str]) -> Finding:
    """Return whether Windows can write every name."""
    what = said("file names for Windows")
    why = said("who works on Windows could not fetch the repository at all")
    bad = [name for name in every if any(_NOT_ON_WINDOWS.search(part) for part in name.split("/"))]
    if not bad:
        return Finding(what, "ok", said("each can be written there"), why)
    found = said("cannot be written there: {names}", names=listed(bad))
    better = "/".join(_for_windows(part) for part in bad[0].split("/"))
    return Finding(what, "warning", found, why, f"git mv {_quoted(bad[0])} {_quoted(better)}")


def lengths(root: Path, every: Iterable[str]) -> Finding:
    """Return whether the pages of the longest paths can still be written on Windows."""
    what = said("length of paths")
    why = said("Windows refuses paths of more than {longest} characters unless it is told to take them", longest=LONGEST_ON_WINDOWS)
    most = max((len(str(root)) + 1 + len(name) + _LONGER_IN_PUBLIC for name in every), default=0)
    if most <= LONGEST_ON_WINDOWS:
        return Finding(what, "ok", said("up to {n} characters", n=most), why)
    mend = said("move the folder of the hub to a short path such as C:\\hub, and: git config core.longpaths true")
    return Finding(what, "warning", said("up to {n} characters", n=most), why, mend)


def _parts(name: str) -> Iterator[str]:
    yield name
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _other_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-2{dot}{ending}" if dot and "/" not in ending else f"{name}-2"


def _for_windows(part: str) -> str:
    plain = re.sub(r'[<>:"\\|?*\x00-\x1f]+', "-", part).rstrip(". ")
    return f"x-{plain}" if _NOT_ON_WINDOWS.search(plain) else plain


def _quoted(name: str) -> str:
    """Return a name as a shell takes it for one word; that of Windows knows double quotes alone."""
    if re.fullmatch(r"[\w./+-]+", name):
        return name
    return f'"{name}"' if not set(name) & set('"$`\\!') else "'" + name.replace("'", "'\\''") + "'"
