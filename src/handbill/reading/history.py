"""Version history → when a file came to be, when it last changed, and who wrote it.  Runs git, read-only.

What was recorded in ``history.lock`` holds wherever the repository is built:
a shallow clone, an export without history (decision 0011).  Names only, no
address of a person, is ever taken from a commit.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from handbill.git import KNOWN_ONLY, room
from handbill.hub.swift import swift
from handbill.hub.zone import is_told
from handbill.layout import HISTORY
from handbill.plain import NotPlain, is_plain, odd, read_plain, text_of

#: Whatever the settings of a machine are, names come as they are, and a file that moved is found.
_PLAINLY = (
    "-c", "core.quotePath=off", "-c", "i18n.logOutputEncoding=UTF-8", "-c", "diff.renames=true", "-c", "diff.renameLimit=1000",
    "-c", f"diff.orderFile={os.devnull}", "-c", "log.follow=false", "-c", f"mailmap.file={os.devnull}", "-c", "log.diffMerges=off",
)  # fmt: skip

#: A history of twenty years takes seconds.
_TIMEOUT_S = 600

#: First change, last change, authors.
_Change = tuple[datetime, datetime, tuple[str, ...]]


@swift
@dataclass(frozen=True, slots=True)
class Past:
    """What is known of one state of a file; ``updated`` is ``None`` if it never changed after it was made."""

    blob: str
    created: datetime
    updated: datetime | None
    authors: tuple[str, ...]


def blob_of(raw: bytes) -> str:
    """Return the name that git gives to these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def read_lock(root: Path) -> dict[str, Past]:
    """Return what was recorded, by source path; lines that make no sense are left out, not guessed."""
    try:
        lines = text_of(root / HISTORY).splitlines()
    except (FileNotFoundError, NotPlain, UnicodeDecodeError):
        # What is there and cannot be read is another matter: without it dates would be others, and nobody told.
        return {}
    found: dict[str, Past] = {}
    contested: set[str] = set()
    for line in lines:
        parts = line.split("\t")
        if len(parts) != 5 or line.startswith("#"):
            continue
        source, blob, created, updated, authors = parts
        try:
            past = Past(
                blob,
                _moment(created),
                _moment(updated) if updated != "-" else None,
                tuple(name for name in authors.split("; ") if name and name != "-"),
            )
            # Two branches wrote it, and nobody knows whose dates hold.
            if found.setdefault(source, past) != past:
                contested.add(source)
        except ValueError:
            continue
    return {source: past for source, past in found.items() if source not in contested}


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not is_told(found.year):
        raise ValueError(text)
    return found


def lock_text(past: Mapping[str, Past]) -> str:
    """Return the text of ``history.lock``: a line a file, in order of the paths."""
    head = (
        "# What version history says of each file: path, state, first and last change, authors.\n"
        "# Written by `python3 build.py history`; a clone without history reads it here.\n"
    )
    lines = (
        "\t".join(
            (source, one.blob, one.created.isoformat(), one.updated.isoformat() if one.updated else "-", "; ".join(one.authors) or "-")
        )
        for source, one in sorted(past.items())
    )
    return head + "".join(line + "\n" for line in lines)


def with_authors(past: Mapping[str, Past], known: Collection[str]) -> dict[str, Past]:
    """Return the past with those authors only whose names are *known*: others need not be written down."""
    return {source: replace(one, authors=tuple(name for name in one.authors if name in known)) for source, one in past.items()}


def head_of(root: Path) -> str:
    """Return the id of the commit that is checked out, or "" where there is no usable history."""
    return _head_and_top(root)[0]


def state_of_history(root: Path) -> str:
    """Return what decides all that version history says: the commit checked out, and by which names authors go."""
    head, top = _head_and_top(root)
    return f"{head} {_names_digest(top)}" if head else ""


def _names_digest(top: str) -> str:
    # The file by which git puts one name in the place of another.
    mailmap = Path(top) / ".mailmap"
    return blob_of(read_plain(mailmap)) if is_plain(mailmap) else ""


def _head_and_top(root: Path) -> tuple[str, str]:
    """Return the commit and the folder of the whole repository, in which the hub may be one among others."""
    lines = (_git(root, "rev-parse", "--is-shallow-repository", "HEAD", "--show-toplevel") or "").splitlines()
    return (lines[1], lines[2]) if len(lines) == 3 and lines[0] == "false" else ("", "")


@dataclass(frozen=True, slots=True)
class Record:
    """What the commits up to ``head`` say of paths, also of those that no longer are: first and last change, authors.

    It holds for ``terms``: the folders that were asked about, and the names by which authors go.
    """

    head: str
    terms: str
    changes: Mapping[str, _Change]


def read_git(root: Path, folders: Iterable[str]) -> dict[str, Past]:
    """Return what version history says of every committed file below these folders.

    A renamed file keeps its past.  Empty where there is no git, no repository,
    or only a part of its history.
    """
    record = read_record(root, folders)
    return past_in(root, folders, record) if record else {}


def read_record(root: Path, folders: Iterable[str], before: Record | None = None) -> Record | None:
    """Return what all commits say, or None where there is no usable history.

    To compare the folders of each commit with those of the next takes longer
    the more files lie in them, so a hub of thousands with thousands of commits
    would wait after each: where nothing but plain commits came after those of
    *before*, only they are read, with the same result.  After a merge git tells
    older commits in another order, so everything is read.
    """
    paths, (head, top) = _there(root, folders), _head_and_top(root)
    if not paths or not head:
        return None
    terms = "\n".join((*paths, _names_digest(top)))
    if before and (before.head, before.terms) == (head, terms):
        return before
    if before and before.terms == terms and _is_plain(root, before.head, head):
        known, reach = before.changes, f"{before.head}..{head}"
    else:
        known, reach = {}, head
    if odd(Path(top) / ".mailmap") or odd(Path(top) / ".gitattributes"):
        # Git would open it, and wait for what never comes.
        return None
    log = _git(
        root, "log", "-z", "--reverse", "--name-status", "-M", "--no-merges", "--format=%x01%aI%x02%aN", "--relative", reach, "--", *paths
    )
    try:
        return None if log is None else Record(head, terms, _told(log, known))
    except ValueError:
        # A commit made by hand may say any moment and any zone; what came before it and after cannot be told then.
        return None


def past_in(root: Path, folders: Iterable[str], record: Record) -> dict[str, Past]:
    """Return what a record says of the files that its last commit holds."""
    tree = _git(root, "ls-tree", "-r", "-z", record.head, "--", *_there(root, folders))
    if tree is None:
        return {}
    blobs: dict[str, str] = {}
    for entry in tree.split("\0"):
        if "\t" in entry:
            about, path = entry.split("\t", 1)
            blobs[path] = about.split()[2]
    return {
        path: Past(blobs[path], first, last if last != first else None, authors)
        for path, (first, last, authors) in record.changes.items()
        if path in blobs
    }


def _there(root: Path, folders: Iterable[str]) -> list[str]:
    return [folder for folder in folders if (root / folder).is_dir()]


def _is_plain(root: Path, old: str, new: str) -> bool:
    """Tell whether a line of commits with one parent each leads from *old* to *new*."""
    answer = _git(root, "rev-list", "--parents", f"{old}..{new}")
    at = new
    for line in (answer or "").splitlines():
        commit, *parents = line.split()
        if commit != at or len(parents) != 1:
            return False
        at = parents[0]
    return at == old


def _told(log: str, known: Mapping[str, _Change]) -> dict[str, _Change]:
    """Return what a log says of paths, after what was *known* before it."""
    past = dict(known)
    when, who = datetime.min, ""
    tokens = iter(word.lstrip("\n") for word in log.split("\0"))
    for word in tokens:
        if word.startswith("\x01"):
            moment, who = word[1:].split("\x02", 1)
            when = datetime.fromisoformat(moment)
        elif word[:1] == "R":
            old, new = next(tokens), next(tokens)
            first, _, authors = past.pop(old, (when, when, ()))
            # A pure move (R100) is no change that a reader should know of.
            last = when if word != "R100" else past.get(new, (first, _, ()))[1]
            past[new] = (first, last, tuple(dict.fromkeys((*authors, who))))
        elif word[:1] in ("A", "M", "T", "C"):
            path = next(tokens)
            if word[0] == "C":
                path = next(tokens)
            first, _, authors = past.get(path, (when, when, ()))
            past[path] = (first, when, tuple(dict.fromkeys((*authors, who))))
        elif word[:1] == "D":
            past.pop(next(tokens), None)
    return past


def _git(root: Path, *words: str) -> str | None:
    """Return what git prints, or ``None`` where it is missing or refuses."""
    try:
        done = subprocess.run(
            ["git", *KNOWN_ONLY, *_PLAINLY, "-c", "safe.directory=*", "-C", str(root), *words],
            capture_output=True, check=False, stdin=subprocess.DEVNULL, env=room(), timeout=_TIMEOUT_S,
        )  # fmt: skip
    except (FileNotFoundError, NotADirectoryError, PermissionError, subprocess.TimeoutExpired):
        # Whatever else keeps git from starting is the machine's fault: without git, dates could be others.
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
