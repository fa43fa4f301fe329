"""One thing that was looked at, and all of them as lines for people or records for programs."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbill.errors import Said, said
from handbill.showing.cells import safe
from handbill.telling import tell

_WIDTH = 110
_STATES: Mapping[str, Said] = {"ok": said("ok"), "unknown": said("ask"), "warning": said("warning"), "missing": said("missing")}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands.

    ``state`` is ok, unknown (only others can tell), warning (a build works,
    something else may not) or missing (a build cannot work, or letters do not
    arrive).  ``found`` and ``why`` are sentences without a capital and without
    a full stop; ``mend`` is a command, or an act in words, and is only left out
    where all is well.
    """

    what: str
    state: str
    found: str
    why: str
    mend: str = ""


def as_text(findings: Iterable[Finding], lang: str) -> str:
    """Return the findings for people: what, how it stands and why it matters, and below it what mends it."""
    told = tuple(findings)
    states = {state: tell(word, lang) for state, word in _STATES.items()}
    wide = max(map(len, states.values())) + 2
    indent = " " * wide
    lines: list[str] = []
    for one in told:
        line = tell(said("{what}: {found} — {why}", what=one.what, found=one.found, why=one.why), lang)
        lines.append(_filled(_safe(line), f"{states[one.state]:<{wide}}", indent))
        if one.mend:
            # A command is copied as it stands, so it is not broken into lines.
            lines.append(f"{indent}→ {_safe(tell(one.mend, lang))}")
    missing, warnings, unknown = (sum(1 for one in told if one.state == state) for state in ("missing", "warning", "unknown"))
    lines.append("")
    if unknown:
        counted = said(
            "{missing} missing, {warnings} to know of, {unknown} to ask others.", missing=missing, warnings=warnings, unknown=unknown
        )
        lines.append(tell(counted, lang))
    elif missing or warnings:
        lines.append(tell(said("{missing} missing, {warnings} to know of.", missing=missing, warnings=warnings), lang))
    else:
        lines.append(tell(said("All is well."), lang))
    return "\n".join(lines)


def as_json(findings: Iterable[Finding], lang: str) -> str:
    """Return the findings for programs: ``what`` stays English, so that it can be looked for; the rest is in *lang*."""
    plain = [
        {
            "what": str(one.what),
            "state": one.state,
            "found": tell(one.found, lang),
            "why": tell(one.why, lang),
            "mend": tell(one.mend, lang) if one.mend else "",
            "lang": lang,
        }
        for one in findings
    ]
    return json.dumps(plain, ensure_ascii=False, indent=1)


def removal(path: str, is_windows: bool = os.name == "nt") -> str:
    """Return the command that deletes a file or folder on this system."""
    return f'rmdir /s /q "{path}"' if is_windows else f"rm -rf {path}"


def listed(names: Iterable[str], most: int = 3) -> Said:
    """Return a few names, and how many more there are."""
    every = tuple(names)
    shown = ", ".join(every[:most])
    if len(every) <= most:
        return said("{names}", names=shown)
    return said("{names} and {more} more", names=shown, more=len(every) - most)


def _safe(text: str) -> str:
    """Return a text without orders to the terminal: strangers write mails and records, and what they wrote is shown."""
    return "\n".join(safe(line) for line in text.split("\n"))


def _filled(text: str, first: str, rest: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False)
