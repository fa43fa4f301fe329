"""A text as proof-readers handle it: where a sign stands, what is code, what is an address.

It looks at Markdown from afar, without an engine: only marks that were found
ask it anything, so a clean text costs nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from handbill.errors import Level, Said

Span = tuple[int, int]

#: What a text may hold, by the look of its words (:mod:`handbill.proofing.glance`).
FORM, OPENED, PASSWORD, KEY, DOOR, MAILBOX, NUMBER, ACCOUNT, SIGN, DOMAIN, TRACKER = (1 << number for number in range(11))
ANYTHING = -1


@dataclass(frozen=True, slots=True)
class Mark:
    """What a proof-reader writes in the margin: from where to where, and why; positions count from 0."""

    start: int
    end: int
    found: Said
    wanted: Said
    code: str
    level: Level = Level.ERROR


class Claims:
    """Which places of a text somebody has marked already; the first who claims a place has it."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def take(self, start: int, end: int) -> bool:
        """Claim a place, and say whether it was free."""
        after = bisect_right(self._spans, (start, start))
        if (after and self._spans[after - 1][1] > start) or (after < len(self._spans) and self._spans[after][0] < end):
            return False
        self._spans.insert(after, (start, end))
        return True


class Galley:
    """The text of one file, front matter included; its Markdown begins on ``first_line``.

    ``hints`` are the sum of what may be in it.
    """

    def __init__(self, text: str, first_line: int = 1, hints: int = ANYTHING) -> None:
        self.text = text
        self.first_line = first_line
        self.hints = hints

    @cached_property
    def lower(self) -> str:
        """The text in small letters with plain spaces and apostrophes, sign for sign as long as the text."""
        # The one letter that becomes two when it is made small.
        small = self.text.replace("İ", "i").lower()
        return small.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")

    @cached_property
    def plain(self) -> str:
        """The same with a question mark for each sign beyond ASCII: several times as fast to search."""
        return plain(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def body(self) -> int:
        """The position at which the Markdown begins."""
        return self._starts[min(self.first_line, len(self._starts)) - 1]

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column of a position, both from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    def line(self, at: int) -> Span:
        """Return where the line around a position begins and ends."""
        number = bisect_right(self._starts, at)
        return self._starts[number - 1], self._starts[number] - 1 if number < len(self._starts) else len(self.text)

    def field(self, at: int) -> str:
        """Return the key of the front matter under which a position lies; "" in the text."""
        if at >= self.body:
            return ""
        before = bisect_right(self._keys, (at, ""))
        return self._keys[before - 1][1] if before else ""

    @cached_property
    def _keys(self) -> list[tuple[int, str]]:
        return [(match.start(), match[1]) for match in re.compile(r"^([A-Za-z_]\w*):", re.MULTILINE).finditer(self.text, 0, self.body)]

    def in_code(self, at: int) -> bool:
        """Say whether a position lies in code, whether a block or a few words of a sentence."""
        return _holds(self._code, at)

    def in_fence(self, at: int) -> Span | None:
        """Return the fenced block around a position."""
        return next((span for span in self._fences if span[0] <= at < span[1]), None)

    def in_address(self, at: int) -> bool:
        """Say whether a position lies in an address, in where a link leads, or in a tag or comment of HTML."""
        return _holds(self._addresses, at)

    @cached_property
    def _fences(self) -> list[Span]:
        return list(_fences(self.text, self.body)) if "```" in self.text or "~~~" in self.text else []

    @cached_property
    def _code(self) -> list[Span]:
        return sorted([*self._fences, *_indented(self.text, self.body, self._fences), *_inline(self.text, self.body, self._fences)])

    @cached_property
    def _addresses(self) -> list[Span]:
        found = [match.span() for pattern in _ADDRESSES for match in pattern.finditer(self.text)]
        return _merged([*found, *_comments(self.text)])


def holds(text: str, signs: tuple[str, ...]) -> bool:
    """Say whether any of these signs is in a text."""
    for sign in signs:  # noqa: SIM110 - with any() it takes twice as long, a hundred times for each text
        if sign in text:
            return True
    return False


def plain(text: str) -> str:
    """Return a text in small letters of ASCII, sign for sign as long as it was."""
    spaced = text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    return spaced.encode("ascii", "replace").decode("ascii").lower()


_ADDRESSES = (
    re.compile(r"\b(?:https?|ftps?|sftp|ssh|git|wss?|ircs?|mailto|tel|sms|geo|whatsapp|tg|skype):[^\s<>\"'`|)\]]+", re.IGNORECASE),
    # Where a link leads, and what a reference stands for; a footnote is text.
    re.compile(r"\]\(\s*<?[^\s)>]*"),
    re.compile(r"^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*\S+", re.MULTILINE),
    re.compile(r"<[A-Za-z/][^<>]*>"),
    re.compile(r"\bwww\.[^\s<>\"'`|)\]]+", re.IGNORECASE),
)
_FENCE = re.compile(r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(`{3,}+|~{3,}+)([^\n]*)$", re.MULTILINE)


def _holds(spans: list[Span], at: int) -> bool:
    near = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1))
    return any(start <= at < end for start, end in spans[max(0, near - 2) : near])


def _merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _fences(text: str, begin: int) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text, begin):
        if opened is None:
            if match[1][0] == "~" or "`" not in match[2]:
                opened = match
        elif match[1][0] == opened[1][0] and len(match[1]) >= len(opened[1]) and not match[2].strip():
            yield opened.start(), match.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(text)


def _indented(text: str, begin: int, fences: list[Span]) -> Iterator[Span]:
    """Yield lines indented as code; below an entry of a list such lines go on with the entry."""
    is_code, is_list, is_blank = False, False, True
    for match in re.compile(r"[^\n]*\n?").finditer(text, begin):
        line = match[0]
        if not line.strip():
            is_blank = True
            continue
        is_deep = line.startswith(("    ", "\t"))
        if not is_deep:
            # What is indented less than code and follows a blank line ends a list.
            is_list = bool(re.match(r" {0,3}(?:[-*+]|\d{1,9}[.)])\s", line)) or (is_list and not (is_blank and line[0] != " "))
        is_code = is_deep and not is_list and (is_blank or is_code)
        is_blank = False
        if is_code and not _holds(fences, match.start()):
            yield match.span()


def _inline(text: str, begin: int, fences: list[Span]) -> Iterator[Span]:
    if "`" not in text:
        return
    blanks = [match.start() for match in re.compile(r"\n[ \t]*(?=\n)").finditer(text, begin)]
    runs: list[tuple[int, int, tuple[int, int]]] = []
    for match in re.compile("`+").finditer(text, begin):
        start = match.start() + (text[match.start() - 1 : match.start()] == "\\")
        if start < match.end() and not _holds(fences, start):
            runs.append((start, match.end(), (bisect_right(blanks, start), match.end() - start)))
    partner: dict[tuple[int, int], int] = {}
    closes = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        closes[number] = partner.get(runs[number][2], 0)
        partner[runs[number][2]] = number
    number = 0
    while number < len(runs):
        if closes[number]:
            yield runs[number][0], runs[closes[number]][1]
            number = closes[number]
        number += 1


def _comments(text: str) -> Iterator[Span]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)
