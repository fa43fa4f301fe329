"""Other problems of a file must not tell what a private one keeps back: they quote what was written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace

from handbill.errors import Problem, Said, said

#: As many signs of a datum, at the end of a shortened quotation, already tell something.
_LEAST = 3
_HIDDEN = "••••"
_MANY, _NEAR = 200, 20


def hide(problems: Iterable[Problem], raws: Mapping[str, bytes]) -> list[Problem]:
    """Return the problems with every private datum of their files taken out of their words.

    *raws* are the bytes of the files by their paths.
    """
    problems = list(problems)
    private: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.is_private and problem.line and problem.path in raws:
            private.setdefault(problem.path, []).append(problem)
    data = {path: _data(raws[path], found) for path, found in private.items()}
    return [_without(problem, data[problem.path]) if problem.path in data else problem for problem in problems]


def _data(raw: bytes, private: list[Problem]) -> list[tuple[int, str]]:
    """Return each datum with its line, in their order."""
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = []
    for problem in private:
        at = starts[min(problem.line, len(starts)) - 1] + problem.column - 1
        found.append((problem.line, text[at : at + problem.width]))
    return sorted(found)


def _without(problem: Problem, every: list[tuple[int, str]]) -> Problem:
    if problem.is_private:
        return problem
    # A problem quotes what stands at its place, or right below; looking further would take hours in a file full of addresses.
    near = every
    if len(every) > _MANY and problem.line:
        near = every[bisect_left(every, (problem.line, "")) : bisect_left(every, (problem.line + _NEAR, ""))]
    data = [datum for _, datum in near]
    found, wanted = (_masked(half, data) for half in (problem.found, problem.wanted))
    return problem if (found, wanted) == (problem.found, problem.wanted) else replace(problem, found=found, wanted=wanted)


def _masked(half: str, data: list[str]) -> str:
    if not isinstance(half, Said):
        return _covered(half, data)
    if not half.values:
        return half
    return said(half.pattern, **{name: _masked(value, data) if isinstance(value, str) else value for name, value in half.values.items()})


def _covered(text: str, data: list[str]) -> str:
    for datum in data:
        if not datum:
            continue
        for written in (datum, *datum.split("\n")):
            if len(written) >= _LEAST:
                text = text.replace(written, _HIDDEN)
        short = text.rstrip('…”’"')
        if short != text:
            n = next((n for n in range(min(len(datum), len(short)), _LEAST - 1, -1) if short.endswith(datum[:n])), 0)
            text = short[: len(short) - n] + _HIDDEN + text[len(short) :] if n else text
    return text
