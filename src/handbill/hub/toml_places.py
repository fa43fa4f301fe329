"""TOML text → where each key and value stands, and every line that is none.

tomllib reads values but keeps no places, and stops at the first fault; so the
text is gone through a second time, by us.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field

from handbill.errors import said
from handbill.hub import toml_faults as faults
from handbill.hub.toml_faults import Faulty

Path = tuple[str | int, ...]

#: Far deeper than any setting lies.
MOST_DEPTH = 16

#: After so many faults the file is something else than settings.
MOST_FAULTS = 40

_MOST_NUMBER = 2**63

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ONE_LINE = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"|\'[^\'\n]*\'')
_MANY_LINES = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}', re.DOTALL)
_PLAIN = re.compile(r"true|false|[+-]?(?:0|[1-9](?:_?[0-9]){0,17})(?:\.[0-9](?:_?[0-9]){0,17})?")
#: How a statement begins a line; within a list no line begins so, as long as the list is right.
_ANEW = re.compile(r"^[ \t]*(?:[A-Za-z0-9_.-]+[ \t]*=|\[+[A-Za-z_][\w.-]*\]+[ \t]*(?:#.*)?$)", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_LINE = re.compile(r"^", re.MULTILINE)
_SPACE = re.compile(r"[ \t]*")
_ROOM = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_REST = re.compile(r"[^#\n]*")
_PART = re.compile(r"[^#\n,\]}]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: line and column from 1, and its width, 0 over several lines."""

    line: int
    column: int
    width: int


@dataclass(slots=True)
class Places:
    """Where keys and values stand, by their path, and what is no TOML; ``rest`` is the text without that."""

    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    faults: list[tuple[Span, Faulty]] = field(default_factory=list)
    rest: str = ""


def places_of(text: str) -> Places:
    """Return the places of a TOML text with plain line ends."""
    return _Walk(text).places


class _Walk:
    """One way through a text, a statement at a time; a faulty one is noted and left behind."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._table: Path = ()
        #: How many tables an array of tables has so far, and where other tables were opened.
        self._counts: dict[Path, int] = {}
        self._opened: dict[Path, int] = {}
        self._within = 0
        self.places = Places()
        kept: list[str] = []
        while self._at < len(text) and len(self.places.faults) < MOST_FAULTS:
            begin = self._at
            try:
                self._statement()
                kept.append(text[begin : self._at])
            except Faulty as fault:
                self.places.faults.append((self._span(fault.start, fault.end), fault))
                self._at = self._next_statement(begin, fault)
                # The lines stay, empty, so that the places of what follows stay right.
                kept.append("\n" * text.count("\n", begin, self._at))
        self.places.rest = "".join(kept)

    def _next_statement(self, begin: int, fault: Faulty) -> int:
        """Return where to go on: the next line, or behind the list or below the table that the fault spoiled."""
        next_one = _HEADER if _HEADER.match(self._text, begin) else _ANEW if self._within else _LINE
        end = self._text.find("\n", fault.start)
        match = next_one.search(self._text, end + 1) if end >= 0 else None
        return match.start() if match else len(self._text)

    def _statement(self) -> None:
        self._within = 0
        self._skip(_SPACE)
        first = self._text[self._at : self._at + 1]
        if first == "[":
            self._header()
        elif first and first not in "#\n":
            self._pair(self._table)
        self._skip(_SPACE)
        rest = self._line(self._at)
        if rest and not rest.startswith("#"):
            raise faults.more_than_a_value(self._at, rest)
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end < 0 else end + 1

    def _header(self) -> None:
        start = self._at
        double = self._text.startswith("[[", start)
        self._at += 1 + double
        parts = self._key("[hub]")
        if not self._text.startswith("]" * (1 + double), self._at):
            raise faults.unclosed_header(start, self._line(start), double)
        self._at += 1 + double
        path: Path = ()
        for number, (key, begin, end) in enumerate(parts, 1):
            path += (key,)
            self.places.keys.setdefault(path, self._span(begin, end))
            if number == len(parts):
                self._open(path, start, double)
            if path in self._counts:
                path += (self._counts[path] - 1,)
                self.places.keys.setdefault(path, self._span(begin, end))
        self._table = path

    def _open(self, path: Path, start: int, double: bool) -> None:
        if double:
            self._counts[path] = self._counts.get(path, 0) + 1
        elif path in self._opened:
            name = self._text[start : self._at]
            raise faults.twice(
                start, self._at, said("the table {name}", name=name), self._opened[path], said("its keys together, below the first one")
            )
        else:
            self._opened[path] = self._span(start, self._at).line

    def _pair(self, table: Path) -> None:
        begin = self._at
        parts = self._key('name = "…"')
        if not self._text.startswith("=", self._at):
            raise faults.no_equals_sign(begin, self._line(begin), parts[-1][0])
        self._at += 1
        path = table
        for key, start, end in parts:
            path += (key,)
            self.places.keys.setdefault(path, self._span(start, end))
        name = ".".join(key for key, _, _ in parts)
        if path in self.places.values:
            first = self.places.values[path].line
            raise faults.twice(begin, parts[-1][2], said("“{name}”", name=name), first, said("each key once"))
        self._value(path, name)

    def _key(self, example: str) -> list[tuple[str, int, int]]:
        parts: list[tuple[str, int, int]] = []
        while True:
            self._skip(_SPACE)
            start = self._at
            match = _ONE_LINE.match(self._text, start) or _BARE_KEY.match(self._text, start)
            if match is None:
                wanted = said("a name, an equals sign and a value, or a table, such as {example}", example=example)
                raise faults.no_setting(start, self._line(start), wanted)
            self._at = match.end()
            word = match[0]
            if word[0] in "\"'":
                self._try(start)
                word = tomllib.loads(f"x = {word}")["x"]
            parts.append((word, start, self._at))
            self._limit(len(parts), start)
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: Path, name: str) -> None:
        self._skip(_SPACE)
        text, start = self._text, self._at
        first = text[start : start + 1]
        if text.startswith(('"""', "'''"), start):
            match = _MANY_LINES.match(text, start)
            if match is None:
                self._within += 1
                raise faults.unclosed_text(start)
            self._at = match.end()
            self._try(start, "" if self._within else name)
        elif first and first in "\"'":
            match = _ONE_LINE.match(text, start)
            if match is None:
                raise faults.unclosed_quote(start, self._line(start), "" if self._within else name)
            self._at = match.end()
            self._try(start, "" if self._within else name)
        elif first == "[":
            self._list(path, name)
        elif first == "{":
            self._inline(path)
        else:
            match = (_PART if self._within else _REST).match(text, start)
            assert match is not None, "both match any text, even none"
            word = match[0].rstrip()
            self._at = start + len(word)
            if not word:
                raise faults.no_value(start - 1, name)
            if not _PLAIN.fullmatch(word):
                self._try(start, "" if self._within else name)
        self.places.values[path] = self._span(start, self._at)

    def _list(self, path: Path, name: str) -> None:
        start, number = self._at, 0
        self._step_in()
        while not self._text.startswith("]", self._at):
            if self._begins_anew():
                raise faults.unclosed_bracket(start, "[", "]")
            self._value((*path, number), name)
            number += 1
            self._comma(start, "]")
        self._step_out()

    def _inline(self, path: Path) -> None:
        start = self._at
        self._step_in()
        while not self._text.startswith("}", self._at):
            if self._at >= len(self._text):
                raise faults.unclosed_bracket(start, "{", "}")
            self._pair(path)
            self._comma(start, "}")
        self._step_out()

    def _comma(self, start: int, closing: str) -> None:
        self._skip(_ROOM)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_ROOM)
        elif not self._text.startswith(closing, self._at):
            if self._begins_anew():
                raise faults.unclosed_bracket(start, self._text[start], closing)
            raise faults.no_comma(self._at, self._line(self._at), closing)

    def _step_in(self) -> None:
        self._at += 1
        self._within += 1
        self._limit(self._within, self._at - 1)
        self._skip(_ROOM)

    def _step_out(self) -> None:
        self._at += 1
        self._within -= 1

    def _limit(self, depth: int, start: int) -> None:
        if depth > MOST_DEPTH:
            raise faults.too_deep(start, MOST_DEPTH)

    def _begins_anew(self) -> bool:
        """Say whether a new statement stands where a value should: the list was never closed."""
        begin = self._text.rfind("\n", 0, self._at) + 1
        return self._at >= len(self._text) or (not self._text[begin : self._at].strip() and bool(_ANEW.match(self._text, begin)))

    def _try(self, start: int, name: str = "") -> None:
        """Let tomllib read one value alone; it knows the rules of numbers, days and escapes."""
        value = self._text[start : self._at]
        try:
            read = tomllib.loads(f"x = {value}")["x"]
        except ValueError as error:
            raise faults.wrong_value(start, value, name) from error
        # TOML promises numbers of 64 bits; of many more not even the digits can be written down.
        if isinstance(read, int) and not -_MOST_NUMBER <= read < _MOST_NUMBER:
            raise faults.wrong_value(start, value, name)

    def _line(self, start: int) -> str:
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else len(self._text)].rstrip()[:120]

    def _skip(self, what: re.Pattern[str]) -> None:
        match = what.match(self._text, self._at)
        assert match is not None, "what may be skipped may be nothing"
        self._at = match.end()

    def _span(self, start: int, end: int) -> Span:
        line = bisect_right(self._starts, start)
        width = end - start if "\n" not in self._text[start:end] else 0
        return Span(line, start - self._starts[line - 1] + 1, width)
