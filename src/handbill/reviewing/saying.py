"""Problems → the same in the words of one language, with nothing private in them.  Reads the files that hold something private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handbill.errors import Problem
from handbill.showing.cells import safe
from handbill.showing.source import source
from handbill.showing.veil import secrets_of, veiled
from handbill.telling import tell

#: “Found nothing” is a sentence of its own in every language, and known by this.
NOTHING = "nothing"


def in_words(problems: Sequence[Problem], lang: str, root: Path) -> tuple[Problem, ...]:
    """Return the problems as plain texts of that language; what one file must not tell, no message quotes."""
    private: dict[str, list[Problem]] = {}
    for one in problems:
        if one.is_private:
            private.setdefault(one.path, []).append(one)
    found = {text for path, own in private.items() for text in secrets_of(source(root, path), own)}
    secrets = sorted(found, key=lambda text: (-len(text), text))

    def words(text: str) -> str:
        return safe(veiled(tell(text, lang), secrets))

    return tuple(
        replace(
            one, field=veiled(one.field, secrets), found=NOTHING if one.found == NOTHING else words(one.found), wanted=words(one.wanted)
        )
        for one in problems
    )
