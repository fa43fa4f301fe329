"""Problems → all that is told of each in one language, with nothing private in it.  Does not know where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from handbill.errors import Level, Problem, Said, said
from handbill.showing.cells import safe
from handbill.showing.excerpt import Row, excerpt
from handbill.showing.veil import HIDDEN, secrets_of, veiled
from handbill.telling import LEVEL_NAMES, LEVEL_WORDS, line_of, sentence, tell

#: Gives the bytes of a file of the hub by its path, or ``None`` where there is none to be shown.
Read = Callable[[str], bytes | None]

REFUSED = said("warning, refused by --strict")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one problem: the ``word`` for its level, one ``line`` with everything, the ``sentence`` in it, the lines to look at.

    ``stops`` says that nothing is published while it is there.
    """

    problem: Problem
    lang: str
    word: str
    where: str
    line: str
    sentence: str
    found: str
    wanted: str
    rows: tuple[Row, ...]
    stops: bool
    secrets: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Return how much it matters in this run."""
        return Level.ERROR if self.stops else self.problem.level


def told(problems: Sequence[Problem], lang: str, read: Read, *, strict: bool = False, room: int = 90) -> tuple[Told, ...]:
    """Return what is told of each problem, in their order; excerpts fit into *room* cells.

    With *strict* warnings stop a build, as errors do.
    """
    private: dict[str, list[Problem]] = {}
    for one in problems:
        if one.is_private:
            private.setdefault(one.path, []).append(one)
    files = {one.path: read(one.path) for one in problems if one.line or one.is_private}
    secrets = {path: secrets_of(files.get(path), own) for path, own in private.items()}
    # What one file must not tell, the message about another one must not quote.
    every = tuple(sorted({text for texts in secrets.values() for text in texts}, key=lambda text: (-len(text), text)))
    return tuple(_told(one, lang, files.get(one.path), private.get(one.path, ()), every, strict, room) for one in problems)


def _told(
    one: Problem, lang: str, raw: bytes | None, private: Iterable[Problem], secrets: tuple[str, ...], strict: bool, room: int
) -> Told:
    is_refused = strict and one.level is Level.WARNING
    return Told(
        problem=one,
        lang=lang,
        word=tell(REFUSED if is_refused else LEVEL_WORDS[one.level], lang),
        where=safe(":".join([one.path] + [str(n) for n in (one.line, one.column) if n])),
        line=safe(veiled(line_of(one, lang), secrets)),
        sentence=safe(veiled(sentence(one, lang), secrets)),
        found=safe(veiled(tell(one.found, lang), secrets)),
        wanted=safe(veiled(tell(one.wanted, lang), secrets)),
        rows=excerpt(raw, one, private, room, secrets),
        stops=is_refused or one.level is Level.ERROR,
        secrets=secrets,
    )


def as_plain(one: Told) -> dict[str, Any]:
    """Return a problem as programs read it; the handbook promises these keys (reference/commands.md)."""
    problem = one.problem
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "width": problem.width,
        "field": veiled(problem.field, one.secrets),
        "code": problem.code,
        "level": LEVEL_NAMES[problem.level],
        "stops": one.stops,
        "lang": one.lang,
        "found": one.found,
        "wanted": one.wanted,
        "text": one.line,
        "excerpt": [_row(row) for row in one.rows],
        "said": {"found": _parts(problem.found, one), "wanted": _parts(problem.wanted, one)},
    }


def _row(row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = {"line": row.number, "text": row.text}
    return plain if row.mark is None else {**plain, "start": row.mark[0], "end": row.mark[1]}


def _parts(text: str, one: Told) -> dict[str, Any]:
    """Return the pattern of a sentence as it stands in the program, and what is filled in."""
    if not isinstance(text, Said):
        return {"pattern": veiled(text, one.secrets), "values": {}}
    return {"pattern": text.pattern, "values": {name: _value(value, one) for name, value in text.values.items()}}


def _value(value: object, one: Told) -> object:
    if isinstance(value, Said):
        return _parts(value, one)
    if isinstance(value, int | float):
        return value
    return HIDDEN if one.problem.is_private else veiled(str(value), one.secrets)
