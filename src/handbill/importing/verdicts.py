"""Problems that the hub's own reader finds → what the report says of the file that they came from."""

from __future__ import annotations

from handbill.errors import Problem
from handbill.importing.fields import Text
from handbill.importing.report import Note


def reasons_of(problems: list[Problem], text: Text | None) -> tuple[Note, ...]:
    """Return the problems as the reasons why a file is no part of the hub; without a *text* it is a picture."""
    return tuple(Note(*worded(problem, text)) for problem in problems)


def worded(problem: Problem, text: Text | None) -> tuple[str, str, int]:
    """Return the reader's words for a problem, no detail, and its line in the file as it was."""
    field = f"{problem.field}: " if problem.field else ""
    wanted = f", wanted {problem.wanted}" if problem.wanted else ""
    line = 0
    if text is not None and problem.field:
        line = text.line_of({"updated": "modified", "subject": "title"}.get(problem.field, problem.field))
    return f"{field}found {problem.found}{wanted} [{problem.code}]", "", line


def in_order(notes: list[Note]) -> tuple[Note, ...]:
    """Return what happened to a file in the order of its lines."""
    return tuple(sorted(notes, key=lambda note: note.line))
