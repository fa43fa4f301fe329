"""Read the payloads that want to become more than text: files of lines, some of which stand for many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "active" / "payloads"

_SIGN = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Payload:
    """One text that should stay one: the file and line that say so, and the text."""

    where: str
    text: str


def payloads(folder: Path = FOLDER) -> tuple[Payload, ...]:
    """Return every payload, file by file; the same text is told once."""
    found: dict[str, Payload] = {}
    for file in sorted(folder.glob("*.txt")):
        for one in in_file(file):
            found.setdefault(one.text, one)
    return tuple(found.values())


def in_file(file: Path) -> Iterator[Payload]:
    """Yield the payloads of one file."""
    words: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("@each "):
            name, _, values = line.removeprefix("@each ").partition(" = ")
            words[name] = tuple(values.split(" | "))
        elif line.strip() and not line.startswith("# ") and line != "#":
            yield from (Payload(f"{file.name}:{number}", _signs(one)) for one in _filled(line, words))


def _filled(line: str, words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the line once for each value of the first word in it, and so on for the next."""
    name = next((name for name in words if f"{{{name}}}" in line), None)
    if name is None:
        yield line
        return
    for value in words[name]:
        yield from _filled(line.replace(f"{{{name}}}", value), words)


def _signs(line: str) -> str:
    return _SIGN.sub(lambda sign: chr(int(sign[1] or sign[2], 16)) if sign[1] or sign[2] else _NAMED.get(sign[3], sign[0]), line)
