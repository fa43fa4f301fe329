"""The public files of a contest, read as far as they can be, and the two ways in which a check of them ends early."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handbill.draw.committed import Committed, NotCommitted, committed_in
from handbill.draw.drawing import Drawing, NoDrawing, drawing_in
from handbill.errors import Said, said

RECORD, POOL, DRAW = "record.json", "pool.txt", "draw.json"


class Wrong(Exception):
    """Something is not what it should be; ``found`` names the file and what differs."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


class Unchecked(Wrong):
    """Something cannot be checked, or need not be; ``found`` says why."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The files by their names, with the record and the draw among them, or why there is none.

    ``digests`` are those of the files, each made once.
    """

    files: Mapping[str, bytes]
    told_record: Committed | Said
    told_draw: Drawing | Said
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def record(self) -> Committed:
        """Return the record.

        Raises:
            Unchecked: it cannot be read.
        """
        if isinstance(self.told_record, Said):
            raise Unchecked(said("{file} cannot be read, and nothing can be compared with it", file=RECORD))
        return self.told_record

    @property
    def terms(self) -> Mapping[str, Any]:
        """Return what the rules in force say.

        Raises:
            Unchecked: the record cannot be read, or no rules were announced.
        """
        if not self.record.terms:
            raise Unchecked(said("no rules were announced"))
        return self.record.terms

    @property
    def draw(self) -> Drawing:
        """Return the draw.

        Raises:
            Unchecked: there is none so far, or it cannot be read.
        """
        if self.record.last("decided") is None:
            raise Unchecked(said("nothing is drawn yet"))
        if isinstance(self.told_draw, Said):
            raise Unchecked(said("{file} cannot be read, and nothing can be compared with it", file=DRAW))
        return self.told_draw

    def digest(self, name: str, wanted: str, what: Said) -> None:
        """Make sure that a file is there and has a digest; *what* says whose digest that is.

        Raises:
            Wrong: it is missing, or another.
        """
        if name not in self.files:
            raise Wrong(said("{file} is not there", file=name))
        if (found := self.digests[name]) != wanted:
            raise Wrong(said("{file}: its digest is {found}, wanted {wanted}: {what}", file=name, found=found, wanted=wanted, what=what))


def papers_of(files: Mapping[str, bytes]) -> Papers:
    """Return the files of a contest, whatever they hold."""
    record: Committed | Said
    draw: Drawing | Said
    try:
        record = committed_in(files[RECORD])
    except KeyError:
        record = said("{file} is not there", file=RECORD)
    except NotCommitted as error:
        record = said("{file}: {found}", file=RECORD, found=error.found)
    try:
        draw = drawing_in(files[DRAW])
    except KeyError:
        draw = said("{file} is not there", file=DRAW)
    except NoDrawing:
        draw = said("{file} is not the text of a draw: something in it was changed, or it is another file", file=DRAW)
    return Papers(files, record, draw, {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()})


def told(moment: datetime) -> str:
    """Return a moment in UTC as it is told."""
    return moment.isoformat(" ").removesuffix("+00:00") + " UTC"


def plain(sentence: Said) -> Said:
    """Return a sentence whose values are short and printable: they are a stranger's, and are shown in a terminal."""
    return said(sentence.pattern, **{name: _plain(value) for name, value in sentence.values.items()})


def _plain(value: object) -> object:
    if isinstance(value, Said):
        return plain(value)
    if isinstance(value, int):
        return value
    text = str(value)
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[: _MOST_SHOWN + 1])
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


#: A digest and a list of files are shorter.
_MOST_SHOWN = 240
