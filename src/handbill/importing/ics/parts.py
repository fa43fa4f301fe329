"""Content lines of an ``.ics`` file → its components, as they lie in each other, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from handbill.importing.ics.lines import Line, content_lines, is_line, parsed
from handbill.importing.report import Note

#: No calendar lies deeper in itself: a calendar, an event, an alarm, a place.
DEEPEST = 8

#: What begins anew where the one before was not closed, because none lies in another of its sort.
_BESIDE = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VCALENDAR"})


@dataclass(slots=True)
class Part:
    """A component: its name, the line on which it begins, its content lines and the components in it.

    ``is_cut`` says that the file ends before the component does.
    """

    name: str
    number: int
    raw: list[tuple[int, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_cut: bool = False

    def lines(self) -> Iterator[Line]:
        """Yield its properties; they are taken apart anew each time, because a large file has a million of them."""
        for number, text in self.raw:
            if line := parsed(number, text):
                yield line

    def all(self, *names: str) -> Iterator[Line]:
        """Yield its properties of these names."""
        heads = tuple(one.lower() for one in names)
        for number, text in self.raw:
            if text[:48].lower().startswith(heads) and (line := parsed(number, text)) and line.name in names:
                yield line

    def first(self, name: str) -> Line | None:
        """Return the first property of that name."""
        return next(self.all(name), None)

    def word(self, name: str) -> str:
        """Return the first property's text on one line, "" without it."""
        line = self.first(name)
        return " ".join(line.text.split()) if line else ""


def parts_of(raw: bytes) -> tuple[list[Part], list[Note]]:
    """Return the components at the top of a file, and what was odd in it; nothing in it makes this fail."""
    lines, notes = content_lines(raw)
    top = Part("", 0)
    stack = [top]
    skipped = 0
    for number, text in lines:
        head = text[:6].upper()
        if head == "BEGIN:":
            name = text[6:].strip().upper()[:40]
            if name in _BESIDE and any(one.name == name for one in stack):
                while stack[-1].name != name:
                    _unclosed(stack.pop(), notes)
                _unclosed(stack.pop(), notes)
            if skipped or len(stack) > DEEPEST:
                skipped += 1
                continue
            part = Part(name, number)
            stack[-1].parts.append(part)
            stack.append(part)
        elif head.startswith("END:"):
            if skipped:
                skipped -= 1
                continue
            name = text[4:].strip().upper()[:40]
            if not any(one.name == name for one in stack[1:]):
                notes.append(Note("an END without a BEGIN", name, number))
                continue
            while stack[-1].name != name:
                _unclosed(stack.pop(), notes)
            stack.pop()
        elif not skipped:
            stack[-1].raw.append((number, text))
            if not is_line(text):
                notes.append(Note("a line that is no property was passed over", "", number))
    for part in stack[1:]:
        part.is_cut = True
    if stack[1:]:
        notes.append(Note(f"the file ends within {stack[-1].name}", "", stack[-1].number))
    if top.raw:
        notes.append(Note("lines that lie in no calendar were passed over", str(len(top.raw)), top.raw[0][0]))
    return top.parts, notes


def _unclosed(part: Part, notes: list[Note]) -> None:
    notes.append(Note(f"{part.name} has no END", "", part.number))
