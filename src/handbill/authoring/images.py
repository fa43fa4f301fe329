"""The pictures of a hub → what is to become of each: its bytes, its name, and the texts that refer to it.

Deciding and writing are apart: a change can be shown without being made.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handbill.authoring.mending import Mended, Unmendable, as_it_is, mend
from handbill.authoring.references import Renaming, Unfollowed, followed
from handbill.authoring.writing import put
from handbill.errors import Problem, Said, WrongUse, said
from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.forms import FOREIGN, FORMATS, ending_of, form_of
from handbill.reading.media import CONVERTIBLE, media_address, refusal_of
from handbill.reading.promises import read_promises
from handbill.reading.walk import Found, walk
from handbill.settings import Settings

#: No telephone makes a larger file; a film that was renamed does.
MOST_BYTES = 250 * 1024**2


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a picture: ``target`` is its path from now on, ``texts`` those that name it, as they will be."""

    source: str
    target: str
    weight: int
    mended: Mended
    texts: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A picture that could not be mended, and what helps: the two halves of a message."""

    source: str
    found: Said
    wanted: Said


@dataclass(frozen=True, slots=True)
class Right:
    """A picture that is as it should be."""

    source: str


def make(root: Path, change: Change) -> None:
    """Make a change: the new picture first, then the texts, and last the old one goes.

    Stopped in between, both pictures are there and every text refers to one of
    them; the next run does the rest.
    """
    put(root, change.target, change.mended.raw)
    for source, raw in change.texts:
        put(root, source, raw)
    if change.target != change.source:
        (root / change.source).unlink()


class Images:
    """The pictures of a hub, each to be looked at once."""

    def __init__(self, settings: Settings) -> None:
        """Look at which files there are."""
        self._settings = settings
        files, _ = walk(settings.root, KINDS)
        self._texts = [one for one in files if one.kind]
        self.sources = tuple(one.source for one in files if not one.kind)
        promises, _ = read_promises(settings.root)
        self._promised = frozenset(promise.address for promise in promises)
        self._terms = Terms(settings.dialect, settings.zone, settings.languages, settings.budget.file_bytes)

    def below(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """Return the pictures that are meant by paths of files and folders; all of them where none is given.

        Raises:
            WrongUse: a path names no picture of the hub.
        """
        meant: set[str] = set()
        given = list(paths)
        for path in given:
            own = _from_root(path, self._settings.root)
            here = {one for one in self.sources if own is not None and (own == "." or one == own or one.startswith(own + "/"))}
            if not here and not path.is_dir():
                raise WrongUse(
                    said("{path} is no picture of the hub: wanted a picture in content, events or newsletters", path=own or path)
                )
            meant |= here
        return tuple(one for one in self.sources if one in meant or not given)

    def look(self, source: str) -> Change | Failure | Right:
        """Return what is to become of a picture."""
        file = self._settings.root / source
        try:
            raw = _whole(file)
            refusal = refusal_of(source, raw)
            if refusal and not _is_for_us(refusal, raw):
                return _failure(source, refusal)
            ending, form = ending_of(source), form_of(raw)
            is_promised = media_address(source) in self._promised
            mended = mend(raw, self._settings.picture_px, FORMATS.get(ending, "") if is_promised else "")
            if mended is None and FORMATS.get(ending) == form:
                return Right(source)
            mended = mended or as_it_is(raw, form)
            target = source if FORMATS.get(ending) == mended.form else self._renamed(source, mended)
            texts = tuple(self._following(Renaming(source, target, self._settings.base_url))) if target != source else ()
        except Unmendable as error:
            return Failure(source, error.found, error.wanted)
        return Change(source, target, len(raw), mended, texts)

    def _renamed(self, source: str, mended: Mended) -> str:
        """Return a free path with the ending of the new format; one left by an interrupted run is free."""
        stem = source.rpartition(".")[0]
        ending = next(one for one in FORMATS if FORMATS[one] == mended.form)
        taken = {one.casefold() for one in self.sources}
        addresses = {media_address(one) for one in self.sources} | self._promised
        number = 1
        while True:
            target = f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
            file = self._settings.root / target
            is_ours = target in self.sources and file.is_file() and file.read_bytes() == mended.raw
            if is_ours or (target.casefold() not in taken and media_address(target) not in addresses):
                return target
            number += 1

    def _following(self, renaming: Renaming) -> Iterator[tuple[str, bytes]]:
        """Yield the texts that refer to a picture by its old name, with the new one.

        Raises:
            Unmendable: one of them does so in a way that only its editor can change.
        """
        for text in self._texts:
            new = self._followed(text, renaming)
            if new is not None:
                yield text.source, new

    def _followed(self, text: Found, renaming: Renaming) -> bytes | None:
        try:
            return followed(_whole(self._settings.root / text.source), text.source, text.kind, renaming, self._terms)
        except Unfollowed as error:
            found = said("a reference in {text} that cannot be changed by itself", text=text.source)
            path = posixpath.relpath(renaming.old, posixpath.dirname(text.source))
            raise Unmendable(found, said("its path written plainly there: {path}", path=path)) from error


def _whole(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        Unmendable: it is larger than any photo, or cannot be opened.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unmendable(said("a file that cannot be opened ({reason})", reason=error.strerror), said("a file that may be read")) from error
    if len(raw) > MOST_BYTES:
        raise Unmendable(said("a file of more than {most} MB", most=MOST_BYTES // 1024**2), said("a photo, not a film"))
    return raw


def _from_root(path: Path, root: Path) -> str | None:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return None


def _is_for_us(refusal: Problem, raw: bytes) -> bool:
    """Say whether this command mends what is wrong: a name, or a format that it reads."""
    is_raw = FOREIGN.get(ending_of(refusal.path)) == "RAW"
    return refusal.code == "HB136" or (refusal.code == "HB134" and form_of(raw) in CONVERTIBLE and not is_raw)


def _failure(source: str, refusal: Problem) -> Failure:
    assert isinstance(refusal.found, Said)
    assert isinstance(refusal.wanted, Said)
    return Failure(source, refusal.found, refusal.wanted)
