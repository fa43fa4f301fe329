"""A book that the build keeps in a file, a line an entry → each line of it, and problems for those that nobody understands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from handbill.errors import Level, Problem, Said, said
from handbill.hub.clean import decode
from handbill.hub.nodes import Desk
from handbill.plain import NotPlain, text_of

#: The longest line that tells of something: an address, a title and some dates that were left out.
LONGEST_LINE = 100_000
#: So many lines that nobody understands are told one by one.
MOST_TOLD = 100

#: What Git leaves where two branches changed the same lines.
_MARK = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")


def read_lock(root: Path, name: str, code: str, take: Callable[[str], bool], wanted: Said) -> tuple[Problem, ...]:
    """Give each line that tells something to *take*, which says whether it understood; return the problems found.

    Of a conflict both sides are given, because what either has told is told.
    A book that is not there yet has no line.  *wanted* says what a line should
    be, and *code* is that of every problem.
    """
    try:
        text = text_of(root / name)
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        desk = Desk(name, "UTC")
        decode(error.object, desk)
        return tuple(replace(one, code=code) for one in desk.problems)
    except OSError as error:
        found = said("a file that cannot be read ({reason})", reason=error.found if isinstance(error, NotPlain) else type(error).__name__)
        return (Problem(name, 0, 0, "", found, said("a text saved as UTF-8"), code),)
    problems: list[Problem] = []
    is_conflict, unread = False, 0
    # A title may hold what splitlines takes for the end of a line.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if _MARK.match(line):
            if not is_conflict:
                both = said("both, without the lines that begin with <<<<<<<, ======= and >>>>>>>")
                found = said("two versions of this list, left by a conflict")
                problems.append(Problem(name, number, 1, "", found, both, code, Level.ERROR, len(line)))
            is_conflict = True
        elif len(line) > LONGEST_LINE or not take(line):
            unread += 1
            if unread <= MOST_TOLD:
                found = said("“{value}”", value=line[:60].replace("\t", " "))
                problems.append(Problem(name, number, 1, "", found, wanted, code, Level.ERROR, len(line)))
    if unread > MOST_TOLD:
        found = said("{n} more lines that nobody understands", n=unread - MOST_TOLD)
        problems.append(Problem(name, 0, 0, "", found, wanted, code))
    return tuple(problems)
