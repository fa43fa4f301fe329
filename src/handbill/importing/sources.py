"""A folder of content → every file in it, each with what it is; nothing is followed out of the folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from handbill.hub.fields import Desk
from handbill.importing.report import Note
from handbill.reading.files import FORBIDDEN, decode
from handbill.reading.forms import FORMATS

#: The endings that Pelican reads as Markdown.
TEXTS = frozenset({".md", ".markdown", ".mkd", ".mdown"})

_OTHERS = {
    ".rst": "reStructuredText, which a hub does not read; pandoc turns it into Markdown",
    ".html": "HTML, which a hub does not read as a text; pandoc turns it into Markdown",
    ".htm": "HTML, which a hub does not read as a text; pandoc turns it into Markdown",
    ".svg": "an SVG, which can carry programs; save it as PNG or WebP",
    ".ipynb": "a notebook; export it as Markdown",
    ".adoc": "AsciiDoc, which a hub does not read; pandoc turns it into Markdown",
}

#: Endings of texts that are kept aside when they are refused, for whoever mends them.
ASIDE = TEXTS | frozenset({".rst", ".html", ".htm", ".adoc"})


class Refusal(Exception):
    """Why a file cannot become part of a hub: the end of a sentence, and the line (0: the whole file)."""

    def __init__(self, why: str, line: int = 0) -> None:
        self.why, self.line = why, line
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the source: its path from there, with ``/``; "text", "picture" or "other"; why it is refused."""

    path: str
    sort: str
    refusal: str = ""


def files_in(source: Path) -> tuple[File, ...]:
    """Return every file below a folder, in order of paths.

    Symbolic links are named and not followed; a hidden folder is one entry.
    """
    return tuple(sorted(_files(source, ""), key=lambda one: one.path))


def _files(folder: Path, prefix: str) -> Iterator[File]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if not _is_utf8(entry.name):
                yield File(ascii(path), "other", "a file name that is no UTF-8")
            elif entry.is_symlink():
                yield File(path, "other", "a symbolic link, which is not followed")
            elif entry.name.startswith("."):
                yield File(path, "other", "a hidden folder, not looked into" if entry.is_dir() else "a hidden file")
            elif entry.is_dir():
                yield from _files(Path(entry.path), path + "/")
            elif not entry.is_file():
                yield File(path, "other", "no regular file")
            else:
                ending = PurePosixPath(entry.name).suffix.lower()
                if ending in TEXTS:
                    yield File(path, "text")
                elif ending in FORMATS:
                    yield File(path, "picture")
                else:
                    yield File(path, "other", _OTHERS.get(ending, "neither a text in Markdown nor a picture, and a hub holds nothing else"))


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def readable(raw: bytes) -> tuple[str, list[Note]]:
    """Return the text of a file without control characters, and what was done about them.

    Raises:
        Refusal: it is no UTF-8.
    """
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        desk = Desk("", "UTC")
        decode(raw, desk)
        problem = desk.problems[0]
        raise Refusal(f"found {problem.found}, wanted {problem.wanted} [{problem.code}]", problem.line) from None
    changes = []
    for match in FORBIDDEN.finditer(text):
        new = _visible(match[0])
        line = len(re.findall(r"\r\n|\r|\n", text[: match.start()])) + 1
        changes.append(Note("control characters were taken out", f"U+{ord(match[0]):04X}" + (f" → {new}" if new.strip() else ""), line))
    return FORBIDDEN.sub(lambda match: _visible(match[0]), text), changes


def _visible(sign: str) -> str:
    """Return what a control character was meant as: those from 80 to 9F are quotes and dashes of old Windows."""
    if sign in "\x0b\x0c":
        return " "
    if "\x80" <= sign <= "\x9f":
        with suppress(UnicodeDecodeError):
            return sign.encode("latin-1").decode("cp1252")
    return ""
