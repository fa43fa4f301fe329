"""What is known of a letter that is to be sent → plain values for programs; their keys stay as they are (handbook: reference/commands)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handbill.errors import Problem
from handbill.sending.aftermath import Standing, Unclear
from handbill.sending.departing import Done
from handbill.sending.handing import HandedOver
from handbill.sending.readiness import Readiness, named
from handbill.settings_sending import Sending
from handbill.telling import LEVEL_NAMES, line_of, tell


def of_readiness(found: Readiness, sending: Sending, lang: str) -> dict[str, Any]:
    """Return a letter and all that is in its way; nothing of a member but counts, and lines of the list."""
    mailing = found.mailing
    approvals = {one.name: one for one in found.approvals}
    return {
        "name": named(mailing),
        "letter": mailing.letter,
        "number": mailing.number,
        "date": mailing.sent.isoformat(),
        "way": sending.way,
        "versions": [
            {
                "name": one.name,
                "lang": one.lang,
                "subject": one.subject,
                "page": one.page,
                "manifest": one.digest,
                "campaign": one.campaign,
                "commit": approvals[one.name].commit if one.name in approvals else None,
                "approved": approvals[one.name].when.isoformat() if one.name in approvals else None,
            }
            for one in mailing.versions
        ],
        "members": {
            "whole": found.audience.whole,
            "by_lang": dict(found.audience.by_lang),
            "other_language": found.audience.other,
            "suppressed": found.audience.suppressed,
            "wrong_rows": found.audience.faults,
        }
        if found.audience
        else None,
        "pace": {"rate": sending.rate, "per_day": sending.per_day, "connections": sending.connections, "seconds": seconds(found, sending)},
        "ledger": of_standing(found.standing),
        "unclear": [of_unclear(one) for one in found.unclear],
        "problems": of_problems(found.problems, lang),
        "refusals": [tell(one, lang) for one in found.refusals],
    }


def of_standing(standing: Standing | None) -> dict[str, Any] | None:
    """Return how a number stands in the ledger: counts alone."""
    if standing is None:
        return None
    ended = standing.ended.isoformat() if standing.ended else None
    return {"began": standing.began.isoformat(), "ended": ended, "counts": dict(standing.counts)}


def of_unclear(one: Unclear) -> dict[str, Any]:
    """Return a mail of which nobody knows whether it arrived."""
    return {"key": one.key, "row": one.row, "since": one.since.isoformat()}


def of_problems(problems: Iterable[Problem], lang: str) -> list[dict[str, Any]]:
    """Return problems with the line that people get."""
    return [
        {"path": one.path, "line": one.line, "code": one.code, "level": LEVEL_NAMES[one.level], "text": line_of(one, lang)}
        for one in problems
    ]


def waiting(found: Readiness) -> int:
    """Return to how many members a mail is still to be handed over."""
    if found.standing is not None:
        return found.standing.waiting
    return found.audience.whole - found.audience.suppressed if found.audience else 0


def seconds(found: Readiness, sending: Sending) -> int:
    """Return how long that takes at the pace of hub.toml, a day's limit left aside."""
    return -(-waiting(found) // sending.rate)


def of_handed(one: HandedOver) -> dict[str, Any]:
    """Return how a version stands at a service; ``state`` is "" where it has none."""
    return {
        "name": one.version.name,
        "lang": one.version.lang,
        "campaign": one.version.campaign,
        "id": one.held.id if one.held else None,
        "state": one.state,
        "was_drafted": one.was_drafted,
        "was_let_go": one.was_let_go,
    }


def of_done(done: Done, lang: str) -> dict[str, Any]:
    """Return what a run did, in place of how the letter stood before."""
    report = done.report
    if report is None:
        return {"service": [of_handed(one) for one in done.handed], "sent": any(one.was_let_go for one in done.handed)}
    return {
        "sent": True,
        "run": {"counts": dict(report.counts), "end": report.end.value, "why": tell(report.why, lang)},
        "ledger": of_standing(done.standing),
        "unclear": [of_unclear(one) for one in done.unclear],
        "is_counted": done.is_counted,
    }
