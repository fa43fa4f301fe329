"""Prove contests from their public files: those of a hub's archive, or a folder that somebody downloaded, with no hub at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.contests.steps import Contest, contest_named, every_contest
from handbill.draw.canonical import LONGEST
from handbill.draw.papers import RECORD
from handbill.draw.proof import Proved, prove
from handbill.errors import HandbillError, MachineLacks, WrongUse, said
from handbill.layout import CONTESTS, HUB
from handbill.listing import walk
from handbill.options import Options
from handbill.rules.changes import changes, shown

#: The files of a contest that everybody may have, by their names in its folder.
PUBLIC = re.compile(
    r"record\.json|pool\.txt|draw\.json|answers\.csv|key\.json|votes\.csv|rules\.[0-9]+\.[A-Za-z0-9-]+\.md|ballots/[^/]+\.json", re.ASCII
)

#: What the organiser's repository says of a contest beside its public files is compared under this name.
TERMS = "terms"

_CHECK = "python3 build.py check"


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
        if not (found := _archives(options.root)):
            raise WrongUse(said("there is no contest with a record here; to prove a folder of downloaded files, name it"))
        return _of_hub(found, options)
    if word in _archives(options.root):
        return _of_hub([word], options)
    if (folder := Path(word)).is_dir():
        if (folder / RECORD).is_file() or not (options.root / HUB).is_file():
            return (of_folder(folder),)
        raise WrongUse(said("{path}: holds no {file}, the record of a contest", path=word, file=RECORD))
    return _of_hub([_named(word, options)], options)


def of_folder(folder: Path) -> Verified:
    """Prove a contest from a folder of its public files.

    Raises:
        MachineLacks: one cannot be read.
    """
    files = dict(_read(folder))
    name = folder.name if folder.name.strip(".") else folder.resolve().name
    return Verified(name, tuple(files), prove(files))


def _of_hub(ids: Sequence[str], options: Options) -> tuple[Verified, ...]:
    """Prove contests of a hub from their archives, and compare what was announced with what their texts say now."""
    texts: Mapping[str, Contest] = {}
    # What is wrong in the hub is told by the command that checks it, and takes nothing from a proof.
    with suppress(HandbillError):
        texts = {one.id: one for one in every_contest(options)}
    found = [of_folder(options.root / CONTESTS / one) for one in ids]
    return tuple(replace(one, checks=(*one.checks, _compared(texts.get(one.contest)))) for one in found)


def _archives(root: Path) -> list[str]:
    """Return the ids of the contests of which something was committed."""
    top = root / CONTESTS
    return sorted(one.name for one in top.iterdir() if one.is_dir() and not one.name.startswith(".")) if top.is_dir() else []


def _named(word: str, options: Options) -> str:
    """Return the id of the contest that is called by its path or slug.

    Raises:
        WrongUse: there is none, or nothing was announced of it.
    """
    if not (options.root / HUB).is_file():
        raise WrongUse(said("{word}: found no folder of that name, and no hub that could know a contest", word=word))
    contest = contest_named(word, options)
    if not contest.record.steps:
        raise WrongUse(said("{contest}: nothing of it is announced, so there is nothing to prove", contest=contest.id))
    return contest.id


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the public files below a folder by their names; of one that is too large to be one, as much as shows that."""
    for place, folders, names in walk(folder):
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


def _compared(contest: Contest | None) -> Proved:
    """Compare the announced terms with what the contest's texts say now."""
    if contest is None or not contest.record.steps:
        why = said("the text of the contest or its record cannot be read; what is wrong in the hub is told by: {command}", command=_CHECK)
        return Proved(TERMS, None, why)
    is_over = contest.state not in ("announced", "open")
    zone = contest.settings.zone
    for item in contest.texts:
        for one in changes(contest.record, item, contest.settings, is_over):
            found = said(
                "{file}: {field} is {after}, and {before} was announced",
                file=item.source,
                field=one.field,
                after=shown(one.after, zone),
                before=shown(one.before, zone),
            )
            return Proved(TERMS, False, found)
    names = ", ".join(one.source for one in contest.texts)
    return Proved(TERMS, True, said("the text in the hub says what was announced: {files}", files=names))
