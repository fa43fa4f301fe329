"""The list of members → whom a letter goes to: counted for the one who decides, and read again for the one who sends.  Keeps no address."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbill.errors import ContentProblems, Level, Problem
from handbill.sending.contract import Mailing, Member
from handbill.sending.members import members_of, suppressed_of
from handbill.sending.private import Private
from handbill.settings import Settings

#: So many rows of each level are told; the others are counted.
MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Audience:
    """How many members a letter goes to: of each version by its language, and how many of these want nothing any more.

    ``other`` counts those who are written down with no language, or with one in which the letter is not
    frozen: they get the first version, and are counted there too.  ``faults`` counts the rows that are
    wrong, of which ``problems`` has the first.
    """

    by_lang: Mapping[str, int]
    suppressed: int
    other: int
    problems: tuple[Problem, ...]
    faults: int

    @property
    def whole(self) -> int:
        """Return how many members there are."""
        return sum(self.by_lang.values())


@dataclass(frozen=True, slots=True)
class Source:
    """A list of members, and what has to be known to read it: the key, languages and letters of the hub, and which segment is meant."""

    file: Path
    secret: bytes
    languages: Sequence[str]
    letters: Sequence[str]
    segment: str = ""

    def rows(self, letter: str) -> Iterator[Member | Problem]:
        """Yield who gets a letter and what is wrong, one after the other; a member of another language has none.

        Raises:
            MachineLacks: the list cannot be read.
        """
        return members_of(self.file, self.secret, letter, self.languages, self.segment, self.letters)

    def members(self, letter: str) -> Iterator[Member]:
        """Yield who gets a letter, alone.

        Raises:
            ContentProblems: a row is wrong: the list has been changed since it was looked at.
        """
        for one in self.rows(letter):
            if isinstance(one, Member):
                yield one
            elif one.level is Level.ERROR:
                raise ContentProblems((one,))

    def counted(self, mailing: Mailing, suppressed: Container[bytes]) -> Audience:
        """Return how many a mailing goes to, and what is wrong with the list."""
        by_lang = {one.lang: 0 for one in mailing.versions}
        other = silent = 0
        problems: list[Problem] = []
        counts = dict.fromkeys(Level, 0)
        for one in self.rows(mailing.letter):
            if isinstance(one, Problem):
                counts[one.level] += 1
                # Each level by itself: a list full of warnings must not hide the row that stops the sending.
                if counts[one.level] <= MOST_TOLD:
                    problems.append(one)
                continue
            by_lang[mailing.version(one.lang).lang] += 1
            other += one.lang not in by_lang
            silent += one.key in suppressed
        return Audience(by_lang, silent, other, tuple(problems), counts[Level.ERROR])


def source_of(settings: Settings, private: Private, secret: bytes, mailing: Mailing, segment: str = "") -> Source | None:
    """Return where the members of a letter stand; ``None`` where nobody has said it."""
    if private.members is None:
        return None
    languages = tuple(dict.fromkeys((*settings.languages, *(one.lang for one in mailing.versions))))
    # One that no letter of the hub is called by is a slip, and would leave somebody out in silence.
    letters = tuple(settings.letters) or (mailing.letter,)
    return Source(private.members, secret, languages, letters, segment)


def leavers(private: Private, secret: bytes) -> Iterator[bytes]:
    """Yield the key of each member whom the file of suppressions names; none where there is no such file.

    Raises:
        ContentProblems: a line is wrong: somebody who asked for nothing might get something.
    """
    if private.suppressed is None:
        return
    problems: list[Problem] = []
    for one in suppressed_of(private.suppressed, secret):
        if isinstance(one, bytes):
            if not problems:
                yield one
        elif one.level is Level.ERROR and len(problems) < MOST_TOLD:
            problems.append(one)
    if problems:
        raise ContentProblems(tuple(problems))


class Silent:
    """Who gets nothing any more: those whom the file of suppressions names, and those *known* to the ledger.

    Raises:
        ContentProblems: a line of the file is wrong.
    """

    def __init__(self, private: Private, secret: bytes, known: Container[bytes]) -> None:
        self._both = frozenset(leavers(private, secret)), known

    def __contains__(self, member: object) -> bool:
        return any(member in one for one in self._both)
