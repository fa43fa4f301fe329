"""A folder in which another step left a proposal → its files and words, if they are such as a proposal may hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from handbill.errors import WrongUse, said
from handbill.exchange import strict_json
from handbill.forge.answers import Told
from handbill.layout import ARCHIVE, CONTESTS, FOLDERS

_FILES, _LARGEST = 20, 2 << 20
_ENDINGS = frozenset({".md", ".toml", ".yaml", ".yml"})
_BRANCH = re.compile(r"(?:issue|letter)-[a-z0-9][a-z0-9.-]{0,60}", re.ASCII)
#: The one sort of file that is added to what was committed of a contest: an entry, by whoever enters.
_ENTRY = re.compile(rf"{re.escape(CONTESTS)}/[a-z0-9][a-z0-9-]*/entries/[a-z0-9][a-z0-9-]{{0,38}}\.yml", re.ASCII)
_NAME = re.compile(r"[^\x00-\x20\x7f\\:*?\"<>|]{1,200}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be proposed: ``files`` by their path in the repository, and words that are harmless as Markdown already.

    ``branch`` is the source's own name, such as ``letter-12``; of what is not
    ready there is only the ``comment`` that answers.
    """

    is_ready: bool
    branch: str
    title: str
    body: str
    comment: str
    files: dict[str, bytes] = field(default_factory=dict)


def wanted_in(folder: Path) -> Wanted:
    """Return the proposal that lies in a folder.

    Raises:
        WrongUse: there is none, or one with a file where none may be proposed.
    """
    told = Told.of(_record(folder / "proposal.json"), lambda found: WrongUse(said("proposal.json: {found}", found=found)))
    is_ready = told.fields.get("ready") is True
    branch = told.text("branch", "")
    if is_ready and not _BRANCH.fullmatch(branch):
        raise WrongUse(said("proposal.json: {found}", found=said("something without “{name}”, or with another sort of it", name="branch")))
    files = _files(folder / "files") if is_ready else {}
    if is_ready and not files:
        raise WrongUse(said("there is no file to be proposed"))
    return Wanted(is_ready, branch, _title(told.text("title", "")), told.text("body", ""), told.text("comment", ""), files)


def _record(file: Path) -> object:
    try:
        if file.is_symlink() or file.stat().st_size > _LARGEST:
            return None
        return strict_json(file.read_bytes())
    except (OSError, ValueError):
        return None


def _files(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink() or not (file.is_dir() or file.is_file()):
            raise WrongUse(said("{name}: a link or a device, wanted a plain file", name=name[:80]))
        if file.is_dir():
            continue
        if not _may_be_proposed(name) or file.stat().st_size > _LARGEST or len(found) == _FILES:
            raise WrongUse(said("{name}: is no file that may be proposed so", name=name[:80]))
        found[name] = file.read_bytes()
    return found


def _may_be_proposed(name: str) -> bool:
    """Say whether a path is one of content, and none of what was committed once and for all."""
    path = PurePosixPath(name)
    is_archived = any(path.is_relative_to(one) for one in (ARCHIVE, CONTESTS)) and not _ENTRY.fullmatch(name)
    is_plain = all(_NAME.fullmatch(part) and not part.startswith(".") and not part.endswith(".") for part in path.parts)
    is_shown = not any(unicodedata.category(sign).startswith("C") for sign in name)
    return path.parts[0] in FOLDERS and len(path.parts) > 1 and path.suffix in _ENDINGS and is_plain and is_shown and not is_archived


def _title(title: str) -> str:
    """Return a title that calls nobody and closes nothing, also where it becomes the first line of a commit."""
    plain = "".join(sign if not unicodedata.category(sign).startswith("C") else " " for sign in title)
    plain = plain.replace("[", "(").replace("]", ")").replace("://", ": //")
    plain = re.sub(r"(?i)\bGH-(?=\d)", "GH ", re.sub(r"([#@])(?=\S)", r"\1 ", plain))
    return " ".join(plain.split())[:120].strip()
