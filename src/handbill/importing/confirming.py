"""Addresses, numbers and names of people that an old site showed to everybody → a list that lets them stand in the new hub.

A hub refuses what names a person until the community says that it may be
read.  What has been published for years was said once; the import lists it in
one place, where it can be looked through, instead of refusing the texts.
Keys, passwords and numbers of accounts and cards are never let through.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from handbill.errors import Problem
from handbill.reading.places import LINE_END

#: What a community may confirm: mail addresses, telephone numbers, names on a chat.
CONFIRMED = frozenset({"HB601", "HB602", "HB606"})

#: As long as the list may be; texts with more are refused.
MOST = 200

_HEAD = """
# What the old site showed of people, and the imported texts still do.  Take out what should not be read
# by everybody: the next check tells where it stands.
[proofing]
public = ["""


def shown_of_people(problems: Iterable[Problem], root: Path) -> tuple[str, ...]:
    """Return the data that the problems are about, as the texts below *root* have them, each once and in order."""
    found: dict[str, None] = {}
    files: dict[str, list[str]] = {}
    for problem in problems:
        if problem.code in CONFIRMED and problem.line and problem.width:
            if problem.path not in files:
                files[problem.path] = LINE_END.split((root / problem.path).read_text(encoding="utf-8"))
            line = files[problem.path][problem.line - 1]
            found[line[problem.column - 1 : problem.column - 1 + problem.width]] = None
    return tuple(sorted(found))


def with_public(settings: str, data: Iterable[str]) -> str:
    """Return the text of a new hub.toml with the list of what may be shown, in place of the one that it had."""
    head = settings.partition(_HEAD)[0]
    return head + _HEAD + "".join(f"\n    {json.dumps(one, ensure_ascii=False)}," for one in data) + "\n]\n"
