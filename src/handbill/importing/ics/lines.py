"""The bytes of an ``.ics`` file → its content lines, each with the number of the line on which it begins.

The rules are those of RFC 5545, section 3.1; what programs write against them
is read too wherever it can mean one thing only, and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbill.hub.clean import FORBIDDEN
from handbill.importing.report import Note

#: A longer line is cut: no text of an event is a book.
LONGEST = 200_000

_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9-]+[;:]")
_PARAM = re.compile(r';\s*([A-Za-z0-9-]+)\s*=\s*((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_PIECE = re.compile(r'"([^"]*)"|([^",]+)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ENDS = {"n": "\n", "N": "\n"}
#: The names that are known in small letters too, as some programs write them.
_KNOWN = frozenset({
    "begin", "end", "uid", "dtstart", "dtend", "duration", "summary", "description", "location", "geo", "url", "categories", "status",
    "rrule", "exdate", "rdate", "recurrence-id", "organizer", "attendee", "class", "sequence", "created", "last-modified", "dtstamp",
    "version", "prodid", "method", "tzid", "tzoffsetfrom", "tzoffsetto",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name in capitals, its parameters, its value as written, and the line on which it begins."""

    number: int
    name: str
    params: dict[str, tuple[str, ...]]
    value: str

    def param(self, name: str) -> str:
        """Return the first value of a parameter, "" without it."""
        return next(iter(self.params.get(name, ())), "")

    @property
    def text(self) -> str:
        """Return the value as the text that it stands for."""
        return unescaped(self.value)

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the texts of a list, which commas part."""
        return tuple(text for one in re.split(r"(?<!\\),", self.value) if (text := unescaped(one).strip()))


def unescaped(value: str) -> str:
    """Return a text without the backslashes that protected its signs (RFC 5545, 3.3.11)."""
    return _ESCAPED.sub(lambda match: _ENDS.get(match[1], match[1]), value) if "\\" in value else value


def is_line(text: str) -> bool:
    """Say whether a text is a content line, without taking it apart."""
    return ":" in text and _NAME.match(text) is not None


def parsed(number: int, text: str) -> Line | None:
    """Return a content line taken apart, ``None`` where it is none."""
    name = _NAME.match(text)
    if name is None:
        return None
    params: dict[str, tuple[str, ...]] = {}
    place = name.end()
    while match := _PARAM.match(text, place):
        params[match[1].upper()] = tuple(_plain(one[1] or one[2]) for one in _PIECE.finditer(match[2]))
        place = match.end()
    # What is no parameter, such as one without a value, ends at the first colon.
    colon = text.find(":", place)
    if colon < 0:
        return None
    return Line(number, name[0].upper(), params, text[colon + 1 :])


def _plain(value: str) -> str:
    """Return the value of a parameter without the signs that stand for others (RFC 6868)."""
    return re.sub(r"\^([n'^])", lambda match: {"n": "\n", "'": '"', "^": "^"}[match[1]], value) if "^" in value else value


def content_lines(raw: bytes) -> tuple[list[tuple[int, str]], list[Note]]:
    """Return the content lines of a file, put together where they were folded, and what was odd about them."""
    notes: list[Note] = []
    raw = _utf8(raw, notes)
    lines = list(_cleaned(_unfolded(raw), notes))
    return lines, notes


def _utf8(raw: bytes, notes: list[Note]) -> bytes:
    """Return the bytes as UTF-8 without a mark at their beginning, if they are one of the wide forms."""
    wide = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    if not wide and raw[:64].count(0) > len(raw[:64]) // 4:
        wide = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
    if wide:
        notes.append(Note("the file was saved as UTF-16"))
        return raw.decode(wide, "replace").encode("utf-8", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf")


def _unfolded(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each content line; a fold may lie in the middle of a character, so it is undone before bytes become text."""
    begin, pieces = 0, [b""]
    for number, physical in enumerate(raw.splitlines(), 1):
        if begin and physical[:1] in (b" ", b"\t"):
            pieces.append(physical[1:])
            continue
        if begin:
            yield begin, b"".join(pieces)
        begin, pieces = number, [physical]
    if begin:
        yield begin, b"".join(pieces)


def _cleaned(lines: Iterable[tuple[int, bytes]], notes: list[Note]) -> Iterator[tuple[int, str]]:
    held: tuple[int, str] | None = None
    for number, raw in lines:
        text = _decoded(raw, number, notes)
        if FORBIDDEN.search(text):
            text = FORBIDDEN.sub("", text)
            notes.append(Note("control characters were taken out", "", number))
        if not text.strip():
            continue
        if held and not _begins(text) and held[1][:4].upper() not in ("BEGI", "END:"):
            # A line end that was not escaped: the text before goes on.
            notes.append(Note("a line that begins no property went to the one before it", "", number))
            held = (held[0], (f"{held[1]}\\n{text.strip()}")[: LONGEST + 1])
            continue
        if held:
            yield _cut(*held, notes)
        held = (number, text.strip() if text[:1].isspace() else text)
    if held:
        yield _cut(*held, notes)


def _decoded(raw: bytes, number: int, notes: list[Note]) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        notes.append(Note("a line that is no UTF-8 was read as old Windows writes (cp1252)", "", number))
        return raw.decode("cp1252", "replace")


def _begins(text: str) -> bool:
    match = _NAME.match(text)
    return bool(match and (_CAPITALS.match(text) or match[0].lower() in _KNOWN))


def _cut(number: int, text: str, notes: list[Note]) -> tuple[int, str]:
    if len(text) > LONGEST:
        notes.append(Note(f"a line of more than {LONGEST} characters was cut", "", number))
    return number, text[:LONGEST]
