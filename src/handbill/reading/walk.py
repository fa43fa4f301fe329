"""The folders of a repository → the files that are content, each with its kind."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from handbill.errors import Level, Problem, said
from handbill.hub.kind import Kind
from handbill.layout import ARCHIVE, CONTESTS, FOLDERS
from handbill.reading.forms import FOREIGN, FORMATS, ending_of

TEXTS = frozenset({".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the content: its path from the root, and its kind ("" for a picture)."""

    source: str
    kind: str


def walk(root: Path, kinds: tuple[Kind, ...]) -> tuple[list[Found], list[Problem]]:
    """Return every text and picture of the content in order of paths, and problems for what is neither.

    Symbolic links and files that are no regular files are refused: content
    can only be content.  Hidden files are passed over.
    """
    found: list[Found] = []
    problems: list[Problem] = []
    for path, entry in _entries(root, problems):
        ending = ending_of(path)
        if ending in FORMATS or ending in FOREIGN:
            found.append(Found(path, ""))
        elif ending in TEXTS:
            kind = next((one for one in kinds if path.startswith(one.folder + "/")), None)
            if kind:
                found.append(Found(path, kind.name))
            else:
                folders = ", ".join(one.folder + "/" for one in kinds)
                found_here = said("a text where no text is looked for")
                problems.append(Problem(path, 0, 0, "", found_here, said("one of the folders {folders}", folders=folders), "HB120"))
        else:
            problems.append(
                Problem(
                    path,
                    0,
                    0,
                    "",
                    said("a file that nothing uses (“{ending}”)", ending=PurePosixPath(path).suffix.lower() or entry.name),
                    said("a text (.md) or a picture ({endings})", endings=", ".join(sorted(FORMATS))),
                    "HB121",
                    Level.WARNING,
                )
            )
    found.sort(key=lambda one: one.source)
    return found, problems


def _entries(root: Path, problems: list[Problem]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    pending = [folder for folder in FOLDERS if os.path.lexists(root / folder)]
    for folder in pending:
        if os.path.islink(root / folder):
            problems.append(Problem(folder, 0, 0, "", said("a symbolic link"), said("a folder"), "HB122"))
    pending = [folder for folder in pending if not os.path.islink(root / folder)]
    while pending:
        folder = pending.pop()
        with os.scandir(root / folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                path = f"{folder}/{entry.name}"
                if not _is_utf8(path):
                    problems.append(
                        Problem(ascii(path), 0, 0, "", said("a file name that is no UTF-8"), said("a name such as a-file.md"), "HB123")
                    )
                elif entry.is_symlink():
                    problems.append(Problem(path, 0, 0, "", said("a symbolic link"), said("the file itself"), "HB122"))
                elif entry.is_dir():
                    if path not in (ARCHIVE, CONTESTS) and not entry.name.startswith("."):
                        pending.append(path)
                elif not entry.is_file():
                    problems.append(Problem(path, 0, 0, "", said("something that is no regular file"), said("a plain file"), "HB122"))
                elif not entry.name.startswith("."):
                    if not (path.isascii() and path.isprintable()):
                        problems += _misread(path)
                    yield path, entry


def _misread(path: str) -> Iterator[Problem]:
    """Yield what keeps people from reading the path that is there: signs that nobody sees, words that only look like others."""
    # Most hubs have no such name.
    from handbill.hub.clean import named
    from handbill.proofing.domains import mixed_scripts
    from handbill.proofing.galley import Galley
    from handbill.proofing.signs import unseen

    wanted = said("a name such as a-file.md")
    for mark in unseen(Galley(path)):
        yield Problem(path, 0, 0, "", mark.found, wanted, "HB116")
    for sign in sorted({sign for sign in path if unicodedata.category(sign) == "Cc" or sign == "\ufeff"}):
        found = said("the control character {name}, which nobody sees", name=named(sign))
        yield Problem(path, 0, 0, "", found, wanted, "HB116")
    if any(mixed_scripts(word) for word in re.split(r"[\W\d_]+", unicodedata.normalize("NFC", path))):
        yield Problem(path, 0, 0, "", said("letters of two scripts in one word"), wanted, "HB116", Level.WARNING)


def _is_utf8(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
