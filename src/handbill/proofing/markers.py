"""What Git leaves in a file when it needs a person: the marks of a conflict, and pointers to files kept elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbill.errors import Level, said
from handbill.lfs import is_pointer
from handbill.proofing.galley import Galley, Mark

#: Git writes them in the first column; indented by one space they are text.
_LINES = re.compile(r"^(?:(<{7})|(\|{7})|(=======)$|(>{7}))(?:[ \t][^\n]*)?$", re.MULTILINE)


def pointer(text: str) -> Iterator[Mark]:
    """Yield the mark for a text that is such a note."""
    if text.startswith("version") and is_pointer(text.encode()):
        yield Mark(
            0,
            len(text.partition("\n")[0]),
            said("a note of Git LFS in place of the text"),
            said("the text itself: run “git lfs pull”, or add the file again without LFS"),
            "HB115",
        )


@dataclass(frozen=True, slots=True)
class _Conflict:
    start: int
    end: int
    last: int
    is_whole: bool


def conflicts(galley: Galley) -> Iterator[Mark]:
    """Yield a mark for each conflict of a merge: one for both sides, wherever in the file.

    A line of seven equals signs alone underlines a heading.  A conflict that
    lies within one fenced block, from the first mark to the last, may be a
    lesson about Git, so it is told without stopping a build.
    """
    if "<<<<<<<" not in galley.text and ">>>>>>>" not in galley.text:
        return
    wanted = said("one of the two sides, without the lines that begin with <<<<<<<, ======= and >>>>>>>")
    for one in _conflicts(galley.text):
        first, last = galley.place(one.start)[0], galley.place(one.last)[0]
        fence = galley.in_fence(one.start)
        if one.is_whole and fence and fence[0] < one.start and one.end < fence[1]:
            yield Mark(
                one.start,
                galley.line(one.start)[1],
                said("in a sample of code, the marks of a conflict (lines {first} to {last})", first=first, last=last),
                said("one of the two sides; in a lesson about Git, a space before each mark"),
                "HB114",
                Level.WARNING,
            )
        elif one.is_whole:
            yield Mark(
                one.start,
                galley.line(one.start)[1],
                said("two versions of the same lines, left by a conflict (lines {first} to {last})", first=first, last=last),
                wanted,
                "HB114",
                Level.ERROR,
            )
        else:
            yield Mark(
                one.start,
                galley.line(one.start)[1],
                said("a mark left over from a conflict"),
                said("no line that begins with <<<<<<< or >>>>>>>; read what stands around it again"),
                "HB114",
                Level.ERROR,
            )


def _conflicts(text: str) -> Iterator[_Conflict]:
    opened: re.Match[str] | None = None
    is_parted = False
    for match in _LINES.finditer(text):
        if match[1]:
            if opened:
                yield _alone(opened)
            opened, is_parted = match, False
        elif match[3]:
            is_parted = opened is not None
        elif match[4]:
            if opened and is_parted:
                yield _Conflict(opened.start(), match.end(), match.start(), is_whole=True)
            elif opened:
                yield _alone(opened)
                yield _alone(match)
            elif not _is_quoted(text, match):
                yield _alone(match)
            opened = None
    if opened:
        yield _alone(opened)


def _alone(match: re.Match[str]) -> _Conflict:
    return _Conflict(match.start(), match.end(), match.start(), is_whole=False)


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """Say whether the line belongs to an answer to an answer of a mail, each one quoted once more."""
    before = text[: match.start()].rpartition("\n")[0].rpartition("\n")[2] if match.start() else ""
    return before.startswith(">") or text[match.end() + 1 : match.end() + 2] == ">"
