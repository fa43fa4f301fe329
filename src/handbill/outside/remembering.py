"""What links answered before, in a file of our own that Git does not see: since when one is silent, and whom not to ask again so soon."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from handbill.layout import PRIVATE
from handbill.outside.record import Answer, Link, Outcome, Standing, reason

#: Of what answered well, so long nothing is asked.
FRESH = timedelta(days=7)

_FORMAT = 1


def file_of(root: Path) -> Path:
    """Return where it is kept; it can be deleted at any time."""
    return root / PRIVATE / "links.json"


def remembered(file: Path, links: Iterable[Link]) -> dict[str, Standing]:
    """Return what was answered before, by address; nothing where the file is gone, damaged or of another format."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        kept = raw["answers"] if raw["format"] == _FORMAT else {}
        return {one.address: _standing(one, kept[one.address]) for one in links if one.address in kept}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # Only time is lost: all is asked anew.
        return {}


def is_fresh(one: Standing, now: datetime) -> bool:
    """Say whether it need not be asked at that moment."""
    return one.answer.outcome is Outcome.ANSWERS and timedelta(0) <= now - datetime.fromisoformat(one.asked) < FRESH


def standing(link: Link, answer: Answer, now: datetime, before: Standing | None) -> Standing:
    """Return a link as it was answered now; what it answered the last time, too, it has answered since then."""
    goes_on = before is not None and before.answer.outcome is answer.outcome
    if answer.outcome is Outcome.UNASKED and before is not None and answer.why == "no time":
        # Nothing new is known of it.
        return before
    return Standing(link, answer, now.isoformat(), before.since if before and goes_on else now.isoformat())


def keep(file: Path, standings: Iterable[Standing]) -> None:
    """Write down what is known, for the next time."""
    answers = {one.link.address: _plain(one) for one in standings}
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"format": _FORMAT, "answers": dict(sorted(answers.items()))}, ensure_ascii=False, indent=1)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(text + "\n", encoding="utf-8", newline="\n")
    os.replace(fresh, file)


def _plain(one: Standing) -> dict[str, str]:
    answer = one.answer
    plain = {
        "outcome": str(answer.outcome),
        "why": answer.why,
        "detail": answer.detail,
        "new": answer.new,
        "asked": one.asked,
        "since": one.since,
    }
    return {key: value for key, value in plain.items() if value}


def _standing(link: Link, kept: Mapping[str, Any]) -> Standing:
    answer = Answer(Outcome(kept["outcome"]), str(kept["why"]), str(kept.get("detail", "")), str(kept.get("new", "")))
    reason(answer)
    for key in ("asked", "since"):
        if datetime.fromisoformat(kept[key]).tzinfo is None:
            raise ValueError(key)
    return Standing(link, answer, kept["asked"], kept["since"], is_remembered=True)
