"""The files that a repository laid into the folder → whether they are the ones that were committed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from handbill.doctor.finding import Finding, listed
from handbill.errors import said
from handbill.git import Git
from handbill.layout import FOLDERS, HANDBOOK, SOURCES, THEME
from handbill.lfs import LONGEST, is_pointer

#: What an editor adds to a text, by its ending: forgetting one of these is felt elsewhere.
_CONTENT = re.compile(r"\.(md|markdown|png|jpe?g|webp|gif|avif|po|html|css)$", re.IGNORECASE)


def checkout(git: Git) -> Iterator[Finding]:
    """Yield how the files in the folder stand to what was committed."""
    yield line_ends(git)
    yield ignored(git)
    yield absent(git)
    yield submodules(git)
    yield large_files(git)


def line_ends(git: Git) -> Finding:
    """Return whether git has rewritten the ends of lines."""
    what = said("line ends")
    why = said("files that differ from the committed ones lose their dates from version history, and frozen letters their digests")
    # Each entry: i/lf w/crlf attr/… TAB path
    entries = [entry.partition("\t") for entry in git.names("ls-files", "--eol", "-z", "--", *SOURCES)]
    changed = [path for about, _, path in entries if about.startswith("i/lf ") and "w/crlf" in about]
    if not changed:
        return Finding(what, "ok", said("as they were committed"), why)
    found = said("changed to those of Windows in {names}", names=listed(changed))
    # An index that is empty lets git write every file anew; what is not committed would be lost.
    mend = said(
        "commit your changes, then: {command}", command="git config core.autocrlf false && git rm -rq --cached . && git reset -q --hard"
    )
    return Finding(what, "warning", found, why, mend)


def ignored(git: Git) -> Finding:
    """Return whether content lies there that git was told to leave out."""
    what, why = said("ignored content"), said("it is published from here, and missing wherever else the hub is built")
    places = [*FOLDERS, THEME, *(name for name in HANDBOOK if not name.endswith(".lock"))]
    names = git.names("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *places)
    left_out = [name for name in names if _CONTENT.search(name)]
    if not left_out:
        return Finding(what, "ok", said("none"), why)
    found = said("left out by .gitignore: {names}", names=listed(left_out))
    return Finding(what, "warning", found, why, f'git add --force "{left_out[0]}"')


def absent(git: Git) -> Finding:
    """Return whether only a part of the repository was checked out."""
    what, why = said("parts of the repository"), said("what is not here counts as deleted: links break and addresses are lost")
    skipped = [entry[2:] for entry in git.names("ls-files", "-t", "-z", "--", *SOURCES) if entry.startswith("S ")]
    skipped = [name for name in skipped if not (git.root / name).exists()]
    if not skipped:
        return Finding(what, "ok", said("all here"), why)
    found = said("not checked out: {names}", names=listed(skipped))
    return Finding(what, "missing", found, why, "git sparse-checkout disable")


def submodules(git: Git) -> Finding:
    """Return whether repositories within this one have been fetched."""
    what, why = said("repositories within this one"), said("texts and pictures of one that was not fetched count as deleted")
    entries = [entry.partition("\t") for entry in git.names("ls-files", "--stage", "-z")]
    inside = [path for about, _, path in entries if about.startswith("160000 ")]
    empty = [path for path in inside if not (git.root / path / ".git").exists()]
    if not empty:
        return Finding(what, "ok", said("all fetched") if inside else said("none"), why)
    return Finding(what, "missing", said("not fetched: {names}", names=listed(empty)), why, "git submodule update --init")


def large_files(git: Git) -> Finding:
    """Return whether pictures kept by Git LFS are here, and would be kept by it again."""
    what, why = said("pictures in Git LFS"), said("without git-lfs, a small text lies in the place of each picture")
    pointers = sorted(_pointers(git.root))
    is_used = "filter=lfs" in _read(git.root / ".gitattributes")
    if not pointers and not is_used:
        return Finding(what, "ok", said("not used"), why)
    has_program = bool(git.answer("lfs", "version"))
    if has_program and not pointers:
        return Finding(what, "ok", said("all here"), why)
    if has_program:
        found = said("not fetched: {names}", names=listed(pointers))
        return Finding(what, "missing", found, why, "git lfs install && git lfs pull")
    found = said("git-lfs is not installed, not fetched: {names}", names=listed(pointers)) if pointers else said("git-lfs is not installed")
    mend = said("install git-lfs (git-lfs.com), then: git lfs install && git lfs pull")
    return Finding(what, "missing" if pointers else "warning", found, why, mend)


def _pointers(root: Path) -> Iterator[str]:
    for source in (*FOLDERS, THEME, "handbook"):
        for folder, _, files in os.walk(root / source):
            for file in files:
                path = Path(folder) / file
                if _is_pointer(path):
                    yield path.relative_to(root).as_posix()


def _is_pointer(path: Path) -> bool:
    try:
        if not path.is_file() or path.stat().st_size >= LONGEST:
            return False
        with path.open("rb") as opened:
            return is_pointer(opened.read(LONGEST))
    except OSError:
        return False


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
