"""What a forge tells of its open proposals → proposals.  Every word in it was written by somebody unknown.

Three spellings of the same: GitHub's program (``gh pr list --json …``), the
API that GitHub and Forgejo share, and GitLab's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any
from urllib.parse import urlsplit

from handbill.errors import Said, WrongUse, said

#: An export beyond this is no list of what a community has to read.
MOST_BYTES = 20_000_000
MOST = 2_000

#: What a proposal waits for, by what its reviewers said last.
DECISIONS: Mapping[str, str] = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An open proposal.  ``address`` leads to it by https or is ""; ``decision`` is "approved", "changes" or ""."""

    number: int
    title: str
    author: str
    opened: datetime
    address: str = ""
    is_draft: bool = False
    decision: str = ""
    asked: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def read_export(raw: bytes) -> tuple[Proposal, ...]:
    """Return the proposals of an export, by number.

    Raises:
        WrongUse: it is no such list; the message says at which entry.
    """
    if len(raw) > MOST_BYTES:
        raise WrongUse(said("the export has {n} bytes, more than {most}", n=len(raw), most=MOST_BYTES))
    try:
        every = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise WrongUse(said("the export is no JSON")) from None
    if not isinstance(every, list):
        raise WrongUse(said("the export is no list of proposals"))
    if len(every) > MOST:
        raise WrongUse(said("the export has {n} proposals, more than {most}", n=len(every), most=MOST))
    found = {one.number: one for one in (_proposal(one, place) for place, one in enumerate(every, 1))}
    if len(found) < len(every):
        raise WrongUse(said("the export has a proposal twice"))
    return tuple(found[number] for number in sorted(found))


def _proposal(raw: Any, place: int) -> Proposal:
    def refused(what: Said) -> WrongUse:
        return WrongUse(said("entry {n} of the export has {what}", n=place, what=what))

    if not isinstance(raw, dict):
        raise refused(said("no fields"))
    number = _first(raw, "number", "iid")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 10**12:
        raise refused(said("no number"))
    return Proposal(
        number,
        _text(_first(raw, "title")),
        _name(_first(raw, "author", "user")),
        _opened(_first(raw, "createdAt", "created_at"), refused(said("no moment at which it was opened"))),
        _address(_text(_first(raw, "url", "html_url", "web_url"), raw.get("html_url"))),
        _first(raw, "isDraft", "draft") is True,
        DECISIONS.get(_text(_first(raw, "reviewDecision")), ""),
        _names(_first(raw, "reviewRequests", "requested_reviewers", "reviewers"), _first(raw, "requested_teams")),
        _names(_first(raw, "labels")),
        tuple(path for one in _list(_first(raw, "files")) if (path := _path(one))),
    )


def _first(raw: Mapping[str, Any], *names: str) -> Any:
    return next((raw[name] for name in names if raw.get(name) is not None), None)


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _text(value: Any, rather: Any = None) -> str:
    """Return a text, *rather* where that is one: in the API ``url`` leads to what programs read."""
    found = rather if isinstance(rather, str) else value if isinstance(value, str) else ""
    # JSON can hold half a sign, which no file can.
    return found.encode("utf-8", "replace").decode()


def _name(value: Any) -> str:
    """Return the name of a person, team or label, however it is wrapped."""
    if isinstance(value, dict):
        return _text(_first(value, "login", "username", "slug", "name"))
    return _text(value)


def _names(*lists: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in lists for value in _list(one) if (name := _name(value))))


def _path(value: Any) -> str:
    return _text(_first(value, "path", "filename", "new_path")) if isinstance(value, dict) else _text(value)


def _opened(value: Any, refusal: WrongUse) -> datetime:
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        raise refusal from None
    # In another zone the first and the last day of the calendar would lie beyond it.
    if found.tzinfo is None or not MINYEAR < found.year < MAXYEAR:
        raise refusal
    return found


def _address(written: str) -> str:
    try:
        parts = urlsplit(written)
    except ValueError:
        return ""
    return written if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc else ""
