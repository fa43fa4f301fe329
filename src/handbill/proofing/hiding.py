"""Other problems of a file must not tell what a private one keeps back: they quote what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handbill.errors import Problem, Said, said

#: As many signs of a datum, at the end of a shortened quotation, already tell something.
_LEAST = 3
_HIDDEN = "••••"


def hide(problems: Iterable[Problem], raws: Mapping[str, bytes]) -> list[Problem]:
    """Return the problems with every private datum of their files taken out of their words.

    *raws* are the bytes of the files by their paths.
    """
    problems = list(problems)
    private: dict[str, list[str]] = {}
    for problem in problems:
        if problem.is_private and problem.path in raws:
            private.setdefault(problem.path, []).append(_datum(raws[problem.path], problem))
    if not private:
        return problems
    return [_without(problem, private[problem.path]) if problem.path in private else problem for problem in problems]


def _datum(raw: bytes, problem: Problem) -> str:
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    rest = "\n".join(lines[problem.line - 1 :]) if problem.line else ""
    return rest[problem.column - 1 : problem.column - 1 + problem.width]


def _without(problem: Problem, data: list[str]) -> Problem:
    if problem.is_private:
        return problem
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
