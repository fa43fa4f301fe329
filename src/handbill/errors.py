"""The family of errors, the value that a bad file becomes, and sentences that can be told in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Said(str):
    """An English sentence that remembers its pattern and values, so that it can be told in another language.

    It is made by :func:`said` and is otherwise the plain text.
    """

    pattern: str
    values: Mapping[str, object]

    def __reduce__(self) -> tuple[object, ...]:
        """Let the sentence cross from a worker process, and stay in the cache, with what it is made of."""
        return _again, (self.pattern, dict(self.values))


def said(pattern: str, /, **values: object) -> Said:
    """Return a sentence for an editor: *pattern* with its ``{names}`` filled in.

    The pattern stands in the code as a literal, because that is what the
    catalogues of ``messages/`` translate; a value may itself be such a sentence.
    """
    sentence = Said(pattern.format(**values) if values else pattern)
    sentence.pattern, sentence.values = pattern, values
    return sentence


def _again(pattern: str, values: dict[str, object]) -> Said:
    return said(pattern, **values)


class Level(IntEnum):
    """How much a problem matters: an error stops the build, the others are told."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """What an editor is told about one place in one file.

    ``line`` and ``column`` count from 1; 0 means the whole file.  ``width`` is
    the number of characters that are meant from there on, 0 where that is not
    known.  ``found`` and ``wanted`` are sentences without a capital and without
    a full stop.
    """

    path: str
    line: int
    column: int
    field: str
    found: str
    wanted: str
    code: str
    level: Level = Level.ERROR
    width: int = 0

    @property
    def is_private(self) -> bool:
        """Say whether what was found must itself not be shown again: it names a person or opens a door."""
        return self.code.startswith("HB6")

    def __str__(self) -> str:
        """Return the problem as one line: where, which field, what was found, what was wanted."""
        where = ":".join([self.path] + [str(n) for n in (self.line, self.column) if n])
        field = f" {self.field}:" if self.field else ""
        wanted = f", wanted {self.wanted}" if self.wanted else ""
        return f"{where}:{field} found {self.found}{wanted} [{self.code}]"

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """Return the key by which problems are told: by file, then by place; two of one place always in the same order."""
        return (self.path, self.line, self.column, self.field, self.code, self.found)


class HandbillError(Exception):
    """A reason to stop that a person can act on; ``exit_code`` as in the handbook."""

    exit_code = 1


class ContentProblems(HandbillError):
    """The content holds at least one problem of level error; nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems in the content")

    def __reduce__(self) -> tuple[type[ContentProblems], tuple[tuple[Problem, ...]]]:
        """Let the problems themselves cross from a worker process, not the message made of them."""
        return type(self), (self.problems,)


class WrongUse(HandbillError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class MachineLacks(HandbillError):
    """The machine lacks something: a tool, disk space, a right, the network."""

    exit_code = 3


class ServiceFailed(HandbillError):
    """An outside service did not do what was asked of it."""

    exit_code = 4
