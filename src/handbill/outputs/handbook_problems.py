"""The pages that explain problem codes → the page that lists them, so that no code is forgotten there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbill.explaining import FAMILIES, Explanation, read_pages

_HEAD = """\
---
title: Problem codes
description: Every code that a message can end with
---

<!-- Written from the pages in problems/ by `python3 build.py test --refresh`; change those instead. -->

# Problem codes

A message ends with a code in brackets. The message itself says where, what was found and what was wanted; the page of the code says
what members would have seen and how to mend it, in English and in French, with a sample before and after.
`python3 build.py explain HB213` tells the same without a browser.

An *error* stops the build, and the public folder stays as it is; a *warning* stops it only with `--strict`, a *note* never.
A code is never given a second meaning.
"""
_LEVELS = {"error": "error", "warning": "*warning*", "note": "*note*"}


def problems_page(handbook: Path) -> str:
    """Return the page of the *handbook* that lists its pages about codes."""
    return list_of(read_pages(handbook / "reference" / "problems"))


def list_of(pages: Iterable[Explanation]) -> str:
    """Return the list of all codes by family: level, what each means in both languages, and where it is explained."""
    listed = tuple(pages)
    parts = [_HEAD]
    for first, about in FAMILIES.items():
        if rows := [_row(one) for one in listed if one.code[2] == first]:
            parts += [
                f"## {first}xx: {about}\n",
                "| code | level | what it means | ce que cela veut dire |",
                "| --- | --- | --- | --- |",
                *rows,
                "",
            ]
    return "\n".join(parts)


def _row(one: Explanation) -> str:
    french = f'<span lang="fr">{_cell(one.title("fr"))}</span>'
    return f"| [{one.code}](problems/{one.code}.md) | {_LEVELS[one.level]} | {_cell(one.title('en'))} | {french} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
