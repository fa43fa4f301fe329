"""The bytes of a plain file, and of nothing else.

A link leads anywhere on the machine, a pipe is waited for without an end, and
a second name lets somebody elsewhere change what was looked at.
"""

# The folders of a hub are looked through at the start of each command, and each Path object costs 2 µs.

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from handbill.errors import Problem, Said, said
from handbill.layout import ADDRESSES, CALENDARS, HANDBOOK, HISTORY, HUB, PRIVATE, THEME

#: No file that is read as a whole is larger, in bytes; a picture may be of 100,000 KB at most.
MOST = 128 * 1024 * 1024

#: No settings are larger.
MOST_SETTINGS = 4 * 1024 * 1024

#: What is read besides content and archives, which are looked through where they are read; the last two are read by git.
_READ = (HUB, ADDRESSES, CALENDARS, HISTORY, THEME, *HANDBOOK, ".gitattributes", ".mailmap")

#: Folders of ours below which a program writes: a link in the place of one would have it write elsewhere.
_OURS = ("", "/cache", "/cache/late", "/last", "/preview", "/queue", "/review", "/scratch")

_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class NotPlain(OSError):
    """Something that is no plain file stands in the place of one; ``found`` says what."""

    def __init__(self, file: str | Path, found: Said) -> None:
        super().__init__(errno.EINVAL, found, str(file))
        self.found = found


class TooLarge(NotPlain):
    """A plain file is larger than what its reader takes."""


def odd_kind(told: os.stat_result) -> Said | None:
    """Return in words what is no plain file; ``None`` for one that is."""
    mode = told.st_mode
    if stat.S_ISREG(mode):
        if told.st_nlink > 1:
            return said("a file with a second name elsewhere (a hard link)")
        return said("a program that takes the rights of its owner (setuid)") if mode & (stat.S_ISUID | stat.S_ISGID) else None
    return said("a symbolic link") if stat.S_ISLNK(mode) else said("something that is no regular file")


def odd(file: str | Path, judge: Callable[[os.stat_result], Said | None] = odd_kind) -> Said | None:
    """Return in words what stands in the place of a file; ``None`` for a plain one, or nothing."""
    try:
        return judge(os.lstat(file))
    except OSError:
        return None


def read_plain(file: str | Path, most: int = MOST) -> bytes:
    """Return the bytes of a plain file.

    What stands there is looked at once it is open, so that nothing can take
    its place in between.

    Raises:
        NotPlain: a link, a pipe, a folder, a device, or a file with a second name elsewhere.
        TooLarge: it holds more than *most* bytes.
        OSError: there is none, or it cannot be read.
    """
    raw = begin_of_plain(file, most + 1)
    if len(raw) > most:
        raise TooLarge(file, said("a file of more than {most} KB", most=most // 1024))
    return raw


def begin_of_plain(file: str | Path, most: int, judge: Callable[[os.stat_result], Said | None] = odd_kind) -> bytes:
    """Return the first *most* bytes of a plain file, or all where it has fewer; what is none, *judge* says.

    Raises:
        NotPlain, OSError: as :func:`read_plain`.
    """
    if not hasattr(os, "O_NOFOLLOW") and (found := odd(file, judge)):
        raise NotPlain(file, found)
    try:
        opened = os.open(file, _OPEN)
    except OSError as error:
        # Of a link systems say one thing or another, of a socket that there is no such device.
        if error.errno != errno.ENOENT and (found := odd(file, judge)):
            raise NotPlain(file, found) from None
        raise
    try:
        told = os.fstat(opened)
        if found := judge(told):
            raise NotPlain(file, found)
        # To make room for the largest that may be took longer than to read the others.
        size = min(most, told.st_size + 1)
        raw = os.read(opened, size)
        while size == len(raw) < most and (more := os.read(opened, min(most - len(raw), 1 << 20))):
            raw += more
            size = len(raw)
    finally:
        os.close(opened)
    return raw


def text_of(file: str | Path) -> str:
    """Return the text of a plain file of UTF-8, its line ends as those of Unix.

    Raises:
        NotPlain, OSError: as :func:`read_plain`.
        UnicodeDecodeError: it is no UTF-8.
    """
    return read_plain(file).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def is_plain(file: str | Path) -> bool:
    """Say whether a plain file is there."""
    try:
        return odd_kind(os.lstat(file)) is None
    except OSError:
        return False


def refused(path: str, found: Said, wanted: Said | None = None) -> Problem:
    """Return the problem that something odd stands in the place of a file."""
    return Problem(path, 0, 0, "", found, wanted or said("the file itself"), "HB122")


def odd_among_ours(root: Path) -> list[Problem]:
    """Return a problem for each odd thing among settings, books, theme and handbook, and for links where the program writes."""
    problems = list(_odd_below(str(root), _READ))
    for name in _OURS:
        if os.path.islink(f"{root}/{PRIVATE}{name}"):
            problems.append(refused(PRIVATE + name, said("a symbolic link"), said("a folder, or nothing: the program makes it anew")))
    return problems


def _odd_below(root: str, names: Iterable[str]) -> Iterator[Problem]:
    pending = list(names)
    while pending:
        path = pending.pop()
        try:
            told = os.lstat(f"{root}/{path}")
        except OSError:
            continue
        if not stat.S_ISDIR(told.st_mode):
            if found := odd_kind(told):
                yield refused(path, found)
            elif told.st_size > MOST:
                found = said("a file of more than {most} KB", most=MOST // 1024)
                yield Problem(path, 0, 0, "", found, said("a smaller file; no setting moves this limit"), "HB106")
            continue
        try:
            with os.scandir(f"{root}/{path}") as entries:
                pending += [f"{path}/{entry.name}" for entry in entries if entry.name != "__pycache__"]
        except OSError as error:
            found = said("a folder that cannot be opened ({reason})", reason=error.strerror)
            yield Problem(path, 0, 0, "", found, said("a folder that may be read"), "HB124")
