"""Problems → what a page of the preview shows over itself, as one line that needs no more knowledge to be shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from handbill.errors import Level, Problem, said
from handbill.showing.source import source
from handbill.showing.told import Told, told
from handbill.telling import LEVEL_NAMES, tell, tell_count

#: Nobody mends more than that before looking again.
MOST = 50

#: What a page shows while nothing is wrong.
NOTHING = "null"

_ROOM = 76


def panel(problems: Sequence[Problem], lang: str, root: Path) -> str:
    """Return the panel for these problems of the hub in *root*; what stops the build comes first.

    Notes are left out: nothing has to be mended there.
    """
    found = [one for one in told(problems, lang, partial(source, root), room=_ROOM) if one.level is not Level.NOTE]
    if not found:
        return NOTHING
    found.sort(key=lambda one: -one.level)
    more = len(found) - MOST
    return json.dumps(
        {
            "lang": lang,
            "title": tell_count("{n} problem", "{n} problems", len(found), lang),
            "hint": tell(said("Behind this is the site as it was before. Mend these and save; this goes away by itself."), lang),
            "hide": tell(said("Hide (Esc)"), lang),
            "more": tell(said("and {n} more", n=more), lang) if more > 0 else "",
            "problems": [_entry(one) for one in found[:MOST]],
        }
    )


def _entry(one: Told) -> dict[str, object]:
    return {
        "where": one.where,
        "sentence": one.sentence,
        "code": one.problem.code,
        "level": LEVEL_NAMES[one.level],
        "word": one.word,
        "excerpt": [{"line": row.number, "text": row.text, "mark": row.mark} for row in one.rows],
    }
