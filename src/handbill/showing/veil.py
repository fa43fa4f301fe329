"""What is private in a file: where it stands, and how to keep it out of everything that is shown.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from handbill.errors import Problem
from handbill.showing.cells import CUT

#: What stands in the place of something private, however long that is.
HIDDEN = "••••"

#: Shorter than this, a private text is a common word too, and only hidden where it was found.
_TELLING = 4

_LINE_END = re.compile(r"\r\n|\r|\n")


@lru_cache(maxsize=8)
def lines_of(raw: bytes) -> tuple[str, ...]:
    """Return the lines of a file as editors count them; each byte that is no UTF-8 is one sign."""
    text = raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    return tuple(_LINE_END.split(text))


def secrets_of(raw: bytes | None, private: Iterable[Problem]) -> tuple[str, ...]:
    """Return the private texts of a file, the longest first, to be hidden wherever they are quoted."""
    if raw is None:
        return ()
    lines = lines_of(raw)
    found = {
        " ".join(lines[number - 1][start:end].split())
        for number, spans in veils(lines, tuple(private)).items()
        for start, end in spans
    }  # fmt: skip
    return tuple(sorted((text for text in found if len(text) >= _TELLING), key=lambda text: (-len(text), text)))


def veiled(text: str, secrets: Iterable[str]) -> str:
    """Return a sentence without the private texts that it quotes, also where a quotation was cut short."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
        at = text.find(secret[:_TELLING])
        while at >= 0:
            end = at + _TELLING
            while end < len(text) and end - at < len(secret) and text[end] == secret[end - at]:
                end += 1
            if text[end : end + 1] == CUT:
                text = text[:at] + HIDDEN + text[end:]
            at = text.find(secret[:_TELLING], at + 1)
    return text


def veils(lines: Sequence[str], private: Sequence[Problem]) -> dict[int, list[tuple[int, int]]]:
    """Return what must not be shown of each line; a width may reach over line ends, and without one it is the rest of the line."""
    found: dict[int, list[tuple[int, int]]] = {}
    for one in private:
        number, start, left = one.line, max(one.column - 1, 0), one.width if one.column else 0
        while 0 < number <= len(lines):
            line = lines[number - 1]
            end = min(len(line), start + left) if left else len(line)
            found.setdefault(number, []).append((start, end))
            left -= end - start + 1
            if left <= 0:
                break
            number, start = number + 1, 0
    return found


def occurrences(line: str, secrets: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where a private text stands in a line, wherever it was found first."""
    for secret in secrets:
        at = line.find(secret)
        while at >= 0:
            yield at, at + len(secret)
            at = line.find(secret, at + len(secret))
