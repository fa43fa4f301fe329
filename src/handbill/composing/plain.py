"""What is known of letters → plain values that programs read; their keys stay as they are (handbook: reference/commands)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handbill.composing.impression import Impression
from handbill.composing.standings import Overview
from handbill.errors import Problem
from handbill.outputs.mail.weight import MOST, MOST_SENT, Weight
from handbill.telling import LEVEL_NAMES, line_of, tell


def of_overview(overview: Overview, lang: str) -> dict[str, Any]:
    """Return the numbers of all letters; problems are told in the language *lang*."""
    return {
        "letters": [
            {
                "name": one.name,
                "letter": one.letter,
                "number": one.number,
                "lang": one.lang,
                "subject": one.subject,
                "date": one.sent.isoformat(),
                "state": one.state,
                "weight": of_weight(one.weight),
                "path": one.source,
                "address": one.address,
                "problems": of_problems(one.problems, lang),
                "totals": {"asked": one.totals.asked, **one.totals.counts, "waiting": one.totals.waiting} if one.totals else None,
            }
            for one in overview.standings
        ]
    }


def of_impression(seen: Impression, lang: str) -> dict[str, Any]:
    """Return a letter as it would go out: what it chose and why, what it weighs, where it leads, what is wrong."""
    letter = seen.letter
    return {
        "name": seen.name,
        "letter": letter.key,
        "number": letter.number,
        "lang": letter.lang,
        "subject": letter.subject,
        "preheader": letter.preheader,
        "date": seen.sent.isoformat(),
        "state": seen.state,
        "path": seen.source,
        "weight": of_weight(seen.weight) if seen.forms else None,
        "blocks": [{"show": one.name, "title": one.title, "bytes": one.own} for one in seen.blocks],
        "sections": [
            {
                "show": one.show,
                "title": one.title,
                "layout": one.layout,
                "rule": tell(one.rule, lang),
                "left_out": one.left_out,
                "entries": [{"title": e.title, "path": e.source, "date": e.when, "pinned": e.is_pinned} for e in one.entries],
            }
            for one in seen.choices
        ],
        "links": [{"words": one.words, "address": one.address, "where": tell(one.where, lang), "sort": one.sort} for one in seen.leadings],
        "problems": of_problems(seen.problems, lang),
        "errors_elsewhere": seen.elsewhere,
    }


def of_weight(weight: Weight | None) -> dict[str, int] | None:
    """Return bytes as written and as sent, with the most that is allowed of each."""
    return {"bytes": weight.own, "most": MOST, "sent": weight.sent, "most_sent": MOST_SENT} if weight else None


def of_problems(problems: Iterable[Problem], lang: str) -> list[dict[str, Any]]:
    """Return problems with the line that people get."""
    return [
        {"path": one.path, "line": one.line, "code": one.code, "level": LEVEL_NAMES[one.level], "text": line_of(one, lang)}
        for one in problems
    ]
