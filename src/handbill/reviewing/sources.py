"""Two states of a repository → the files of the proposal, each with what a change of it can do.  Asks git."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbill.git import Git
from handbill.layout import ADDRESSES, ARCHIVE, CALENDARS, CONTESTS, FOLDERS, HANDBOOK, HISTORY, HUB, PRIVATE, THEME
from handbill.reviewing.record import How, Part, SourceChange
from handbill.reviewing.revisions import Pair

#: Neither a program that the repository names nor one of the machine has a say in what differs.
_PLAIN = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty", "--no-color", "-M", "-z")

_HOWS: Mapping[str, How] = {"A": "added", "C": "added", "D": "removed"}

#: What a file is besides text, by the mode that git keeps; an ordinary file is nothing special.
_WHATS = {"120000": "symlink", "160000": "submodule", "100755": "executable"}

#: Endings of programs; one may lie anywhere.
_CODE = (
    ".py",
    ".js",
    ".mjs",
    ".cjs",
    ".ts",
    ".sh",
    ".bash",
    ".ps1",
    ".bat",
    ".cmd",
    ".rb",
    ".pl",
    ".php",
    ".exe",
    ".so",
    ".dll",
    ".whl",
    ".jar",
    ".pyc",
    ".pyd",
    ".pth",
    ".dylib",
)

#: What decides which program runs, and how.
_CODE_FILES = frozenset({
    "build.py", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "makefile", "dockerfile", "package.json", "package-lock.json",
    "conftest.py", ".pre-commit-config.yaml", ".gitmodules", ".gitattributes", ".lfsconfig",
})  # fmt: skip

#: Folders from which this program and Python itself run or believe things; Git has no business there.
_OURS = (PRIVATE, ".venv")

#: Where the programs of forges keep what they run and who may do what.
_WORKFLOW = (".github/", ".ci/", ".forgejo/", ".gitea/", ".gitlab/", ".circleci/", ".woodpecker/", ".githooks/", ".husky/")
_WORKFLOW_FILES = frozenset({".gitlab-ci.yml", ".woodpecker.yml", ".travis.yml", "codeowners", "azure-pipelines.yml", "jenkinsfile"})


@dataclass(frozen=True, slots=True)
class _Raw:
    path: str
    former: str
    how: How
    modes: tuple[str, str]


def sources_of(pair: Pair) -> tuple[SourceChange, ...]:
    """Return the files that differ between the two states, in order of their paths from the hub's folder.

    A file outside of it begins with ``../``.  Where the second state is the
    files as they lie there, files that git does not know yet belong to it.
    """
    git = Git(pair.git.program, pair.top)
    states = (pair.base.commit, pair.head.commit) if pair.head.commit else (pair.base.commit,)
    raws = list(_raws(git.answer("-c", "core.fsmonitor=false", "diff", "--raw", "--abbrev=40", *_PLAIN, *states, "--").split("\0")))
    counts = _counts(git.answer("-c", "core.fsmonitor=false", "diff", "--numstat", *_PLAIN, *states, "--").split("\0"))
    if not pair.head.commit:
        own = f"{pair.prefix}{PRIVATE}/"
        unknown = git.names("ls-files", "--others", "--exclude-standard", "-z")
        raws += [_Raw(path, "", "added", ("", _mode(pair, path))) for path in unknown if not path.startswith(own)]
        counts |= {path: _lines_of(pair, path) for path in unknown if not path.startswith(own)}
    return tuple(sorted((_told(one, counts.get(one.path, (0, 0)), pair.prefix) for one in raws), key=lambda one: one.path))


def part_of(path: str) -> Part:
    """Return what a change of the file at that path from the hub's folder can do.

    Files of forges and programs count wherever they lie, because some are run from any folder.
    """
    small = path.lower()
    name = posixpath.basename(small)
    if name in _WORKFLOW_FILES or any(f"/{folder}" in f"/{small}" for folder in _WORKFLOW):
        return "workflow"
    if path in (ADDRESSES, CALENDARS, HISTORY):
        return "locks"
    if path == HUB:
        return "settings"
    if _is_in(path, THEME):
        return "theme"
    if (
        small.split("/", 1)[0] in _OURS
        or name in _CODE_FILES
        or name.endswith(_CODE)
        or (name.startswith("requirements") and name.endswith((".txt", ".lock", ".in")))
    ):
        return "code"
    if _is_in(path, ARCHIVE) or _is_in(path, CONTESTS):
        return "archive"
    if any(_is_in(path, folder) for folder in FOLDERS):
        return "content"
    if any(_is_in(path, place) for place in HANDBOOK):
        return "handbook"
    return "code" if _is_in(path, "src") else "other"


def _is_in(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def _raws(words: list[str]) -> Iterator[_Raw]:
    # :old-mode new-mode old-id new-id status NUL path NUL, and for what was renamed one path more.
    tokens = iter(words)
    for about in tokens:
        if not about.startswith(":"):
            continue
        old, new, _, _, status = about[1:].split(" ")
        path = next(tokens)
        former = ""
        if status[0] in "RC":
            former, path = path, next(tokens)
        yield _Raw(path, former if status[0] == "R" else "", _HOWS.get(status[0], "changed"), (old, new))


def _counts(words: list[str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    tokens = iter(words)
    for about in tokens:
        # A name may hold a tab, too.
        if about.count("\t") < 2:
            continue
        new, gone, path = about.split("\t", 2)
        if not path:
            _, path = next(tokens), next(tokens)
        # A file that is no text is counted by a dash.
        found[path] = (int(new), int(gone)) if new != "-" else (-1, -1)
    return found


def _mode(pair: Pair, path: str) -> str:
    file = pair.top / path
    if file.is_symlink():
        return "120000"
    return "100755" if file.is_file() and file.stat().st_mode & 0o100 else "100644"


def _lines_of(pair: Pair, path: str) -> tuple[int, int]:
    file = pair.top / path
    if file.is_symlink() or not file.is_file():
        return 0, 0
    raw = file.read_bytes()
    return (-1, -1) if b"\0" in raw[:8000] else (raw.count(b"\n") + (not raw.endswith(b"\n") and raw != b""), 0)


def _told(raw: _Raw, counts: tuple[int, int], prefix: str) -> SourceChange:
    path, former = (_from_hub(one, prefix) for one in (raw.path, raw.former))
    old, new = raw.modes
    special = _WHATS.get(new) or (_WHATS.get(old) if raw.how == "removed" else None) or ""
    if special == "executable" and old == new:
        # It was one before, and nobody is told twice.
        special = ""
    if not special and counts[0] < 0:
        special = "binary"
    return SourceChange(path, raw.how, _part(path, former), former, special, max(counts[0], 0), max(counts[1], 0))


def _part(path: str, former: str) -> Part:
    """Return the part of a file; one that was moved belongs to the more dangerous of its two."""
    parts = [part_of(one) for one in (path, former) if one]
    order: tuple[Part, ...] = ("workflow", "code", "theme", "settings", "archive", "locks", "handbook", "other", "content")
    return min(parts, key=order.index)


def _from_hub(path: str, prefix: str) -> str:
    return posixpath.relpath(path, prefix) if prefix and path else path
