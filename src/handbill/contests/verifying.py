"""Prove contests from their public files: those of a hub's archive, or a folder that somebody downloaded, with no hub at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handbill.draw.canonical import LONGEST
from handbill.draw.papers import RECORD
from handbill.draw.proof import Proved, prove
from handbill.errors import ContentProblems, HandbillError, MachineLacks, WrongUse, said
from handbill.layout import CONTESTS, HUB
from handbill.options import Options

#: The files of a contest that everybody may have, by their names in its folder.
PUBLIC = re.compile(
    r"record\.json|pool\.txt|draw\.json|answers\.csv|key\.json|votes\.csv|rules\.[0-9]+\.[A-Za-z0-9-]+\.md|ballots/[^/]+\.json", re.ASCII
)

#: What the organiser's repository says of a contest beside its public files is compared under this name.
TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proved of one contest: how it is called, which files were looked at, and each check."""

    contest: str
    files: tuple[str, ...]
    checks: tuple[Proved, ...]

    @property
    def wrong(self) -> tuple[Proved, ...]:
        """Return the checks that found something wrong."""
        return tuple(one for one in self.checks if one.is_right is False)


def verify(word: str, options: Options) -> tuple[Verified, ...]:
    """Prove the contest that a word names: by its id in the hub, or by a folder of its files; without a word, all of the hub.

    Raises:
        WrongUse: there is no such contest and no such folder.
        MachineLacks: a file cannot be read.
    """
    if not word:
        if (Path() / RECORD).is_file():
            return (of_folder(Path()),)
        found = tuple(of_hub(folder.name, options) for folder in _archives(options.root))
        if not found:
            raise WrongUse(said("there is no contest with a record here; to prove a folder of downloaded files, name it"))
        return found
    if any(folder.name == word for folder in _archives(options.root)):
        return (of_hub(word, options),)
    if (folder := Path(word)).is_dir():
        if (folder / RECORD).is_file() or not (options.root / HUB).is_file():
            return (of_folder(folder),)
        raise WrongUse(said("{path}: holds no {file}, the record of a contest", path=word, file=RECORD))
    return (of_hub(_named(word, options), options),)


def of_folder(folder: Path) -> Verified:
    """Prove a contest from a folder of its public files.

    Raises:
        MachineLacks: one cannot be read.
    """
    files = dict(_read(folder))
    return Verified(folder.resolve().name, tuple(files), prove(files))


def of_hub(id_: str, options: Options) -> Verified:
    """Prove a contest of a hub from its archive, and compare what was announced with what its text says now.

    Raises:
        MachineLacks: a file cannot be read.
    """
    found = of_folder(options.root / CONTESTS / id_)
    return Verified(id_, found.files, (*found.checks, _compared(id_, options)))


def _archives(root: Path) -> list[Path]:
    top = root / CONTESTS
    return sorted(one for one in top.iterdir() if one.is_dir() and not one.name.startswith(".")) if top.is_dir() else []


def _named(word: str, options: Options) -> str:
    """Return the id of the contest that is called by its path or slug.

    Raises:
        WrongUse: there is none, or nothing was announced of it.
    """
    from handbill.contests.steps import contest_named

    if not (options.root / HUB).is_file():
        raise WrongUse(said("{word}: found no folder of that name, and no hub that could know a contest", word=word))
    contest = contest_named(word, options)
    if not contest.record.steps:
        raise WrongUse(said("{contest}: nothing of it is announced, so there is nothing to prove", contest=contest.id))
    return contest.id


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the public files below a folder by their names; of one that is too large to be one, as much as shows that."""
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if Path(place) == folder and one == "ballots"]
        for name in sorted(names):
            file = Path(place) / name
            known = file.relative_to(folder).as_posix()
            if not (PUBLIC.fullmatch(known) and file.is_file()):
                continue
            try:
                with file.open("rb") as opened:
                    yield known, opened.read(LONGEST + 1)
            except OSError as trouble:
                raise MachineLacks(
                    said("{path}: cannot be read ({reason})", path=str(file), reason=trouble.strerror or str(trouble))
                ) from None


def _compared(id_: str, options: Options) -> Proved:
    """Compare the announced terms with what the contest's texts say now."""
    from handbill.contests.steps import contest_named
    from handbill.rules.changes import changes, shown

    try:
        contest = contest_named(id_, options)
    except ContentProblems:
        return Proved(
            TERMS,
            None,
            said("the text of the contest, or its record, has errors; all are told by: {command}", command="python3 build.py check"),
        )
    except HandbillError as error:
        return Proved(TERMS, None, said("the text of the contest is not in the hub: {reason}", reason=error.args[0]))
    is_over = contest.state not in ("announced", "open")
    for item in contest.texts:
        for one in changes(contest.record, item, contest.settings, is_over):
            zone = contest.settings.zone
            found = said(
                "{file}: {field} is {after}, and {before} was announced",
                file=item.source, field=one.field, after=shown(one.after, zone), before=shown(one.before, zone),
            )  # fmt: skip
            return Proved(TERMS, False, found)
    names = ", ".join(one.source for one in contest.texts)
    return Proved(TERMS, True, said("the text in the hub says what was announced: {files}", files=names))
