"""What is told of problems → annotations on a proposal, in the form that GitHub reads from a log.

Source: GitHub's documentation, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from handbill.errors import Level
from handbill.showing.told import Told

#: GitHub shows this many annotations of a step and drops the others.
MOST = 10

_WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def chosen(problems: Sequence[Told]) -> tuple[Told, ...]:
    """Return the problems to be annotated: the gravest first, and one of each file before a second of the same."""
    seen: Counter[tuple[Level, str]] = Counter()
    ranked = []
    for one in problems:
        ranked.append(((-one.level, seen[one.level, one.problem.path], one.problem.order), one))
        seen[one.level, one.problem.path] += 1
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0])[:MOST])


def annotation(one: Told, name_of: Callable[[str], str]) -> str:
    """Return the command for one problem; *name_of* gives the short name of a code, or ""."""
    problem = one.problem
    place = f"file={_property(problem.path)}"
    if problem.line:
        place += f",line={problem.line},col={max(problem.column, 1)}"
        if problem.column and problem.width:
            place += f",endColumn={problem.column + problem.width}"
    name = name_of(problem.code)
    title = f"{problem.code}: {name}" if name else problem.code
    return f"::{_WORDS[one.level]} {place},title={_property(title)}::{_text(one.sentence)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
