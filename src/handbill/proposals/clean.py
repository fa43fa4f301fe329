"""What a stranger wrote → what may stand in a file: no HTML, no picture, no link that follows readers.

Signs are taken from it or written so that they mean themselves; nothing is ever looked up or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handbill.hub.trackers import trackers_in, without_trackers
from handbill.proposals.body import fence_beyond

_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]{0,2000}?(?<!`)\1(?!`)")
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,400}\]\([^()\n]{0,2000}\)|<img\b[^<>]{0,2000}>", re.IGNORECASE)
_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_AUTOLINK = re.compile(r"<https?://[^\s<>]{1,2000}>")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`|)\]\\]+", re.IGNORECASE)
_HEADING = re.compile(r"#(?=#* )")
#: A fence that may be one of a list, or end one: where it ends depends on what is around it.
_INDENTED = re.compile(r"^[ \t]+(?:`{3}|~{3})", re.MULTILINE)
#: A backtick that begins no code: one that is meant itself, or a part of an address.
_NO_CODE = re.compile(r"\\`|<https?://[^\s<>`]*`", re.IGNORECASE)


@dataclass(slots=True)
class Cleaned:
    """A text fit for a file, how many pictures were taken out of it, and how many links were made shorter."""

    text: str
    pictures: int = 0
    links: int = 0


def clean_text(written: str) -> Cleaned:
    """Return a longer text as Markdown that holds nothing but words, lists, links and code.

    What stands in code stays letter for letter, because there it means
    nothing; where it is in doubt what is code, nothing counts as code.
    """
    found = Cleaned("")
    lines = list(_lines(written))
    is_sure = not _INDENTED.search(written)
    are_words_sure = is_sure and not any(_is_doubtful(line) for line, is_code in lines if not is_code)
    cleaned = [line.rstrip() if is_code and is_sure else _line(line.rstrip(), found, are_words_sure) for line, is_code in lines]
    found.text = re.sub(r"\n{3,}", "\n\n", "\n".join(cleaned)).strip("\n")
    return found


def clean_line(written: str) -> Cleaned:
    """Return an answer of one line without what follows readers; as a value of a field it needs nothing else."""
    found = Cleaned("")
    found.text = _followed(" ".join(written.split()), found)
    return found


def _lines(written: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it is of a block of code."""
    fence = ""
    for line in written.split("\n"):
        before, fence = fence, fence_beyond(line, fence)
        yield line, bool(before or fence)


def _is_doubtful(line: str) -> bool:
    """Say whether code may begin on a line where we see none, or end on another: a cell of a table ends it, too."""
    if "`" not in line:
        return False
    return bool(_NO_CODE.search(line)) or "`" in _CODE.sub("", line) or any("|" in code[0] for code in _CODE.finditer(line))


def _line(line: str, found: Cleaned, has_code: bool) -> str:
    # A heading as high as the page's own, or a row of signs, would be another part of the file.
    line = _HEADING.sub("##", line, count=1) if line.startswith("# ") else line
    return _outside_code(line, lambda part: _words(part, found)) if has_code else _words(line, found)


def _outside_code(line: str, change: Callable[[str], str]) -> str:
    parts, end = [], 0
    for code in _CODE.finditer(line) if "`" in line else ():
        parts += [change(line[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, change(line[end:])])


def _words(part: str, found: Cleaned) -> str:
    part, pictures = _PICTURE.subn("", part)
    found.pictures += pictures
    # What is left of one, with its address elsewhere, becomes a link.
    part, others = re.subn(r"!(?=\[)", "", part)
    found.pictures += others
    kept = {match.start() for match in _AUTOLINK.finditer(part)}
    part = _HTML.sub(lambda sign: "<" if sign.start() in kept else "&lt;", part)
    return _followed(part, found)


def _followed(part: str, found: Cleaned) -> str:
    def changed(match: re.Match[str]) -> str:
        plain = match[0].replace("&amp;", "&")
        if not trackers_in(plain):
            return match[0]
        found.links += 1
        return without_trackers(plain)

    return _ADDRESS.sub(changed, part)
