"""What the forge tells of an issue, as JSON → its text, who opened it and when.  Everything in it is a stranger's word."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime

from handbill.errors import WrongUse, said

#: An event of GitHub is far below that; an issue's text ends at 65,536 signs.
MOST_BYTES = 4 * 1024 * 1024

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?")


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue: its text, its number (0 where it has none yet), and the account that opened it.

    ``written`` is when its text became what it is, with its zone: when it was
    opened, or last saved again.
    """

    body: str
    number: int = 0
    proposer: str = ""
    written: datetime | None = None


def read_issue(raw: bytes) -> Issue:
    """Return the issue of an event.

    Raises:
        WrongUse: it is none; the forge writes the event, so this is nobody's fault who filled in a form.
    """
    if len(raw) > MOST_BYTES:
        raise WrongUse(said("an event of more than {most} MB", most=MOST_BYTES // 1024 // 1024))
    try:
        event = json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise WrongUse(said("the event is no JSON")) from None
    issue = event.get("issue") if isinstance(event, dict) else None
    if not isinstance(issue, dict):
        raise WrongUse(said("the event tells of no issue"))
    user = issue.get("user")
    login = user.get("login") if isinstance(user, dict) else ""
    number, body = issue.get("number"), issue.get("body")
    return Issue(
        body if isinstance(body, str) else "",
        number if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 10**9 else 0,
        login if isinstance(login, str) and _LOGIN.fullmatch(login) else "",
        # What is saved again after a contest has closed was not there when it was open.
        _moment(issue.get("updated_at" if event.get("action") == "edited" else "created_at")),
    )


def _moment(written: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(written).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo and MINYEAR < found.year < MAXYEAR else None
