"""Proposals as forges list them, for the tests of the queue."""

from __future__ import annotations

import json
from datetime import datetime

from handbill.proposals.export import Proposal

#: Titles that were written to be more than a title, one line of attack each.
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</summary></details><h1>Merged</h1>",
    "<!-- ",
    "--> <b>x</b>",
    "[click](javascript:alert(1))",
    "[click](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "https://evil.example/login",
    "www.evil.example",
    "<https://evil.example>",
    "@everyone @atelier/redaction",
    "fixes #1, closes GH-2",
    "| a | b |\n| - | - |",
    "\n\n## Approved",
    "`code` ``code``",
    "\u202egnp.exe",
    "a\u200bb\u2066c",
    "\x00\x1b[31mred\x07",
    "A" * 10_000,
    "e" + "\u0301" * 500,
    "&lt;script&gt;",
    "&#60;script&#62;",
    "{{ settings }} ${x} %(x)s {n}",
    "\r\nSet-Cookie: x",
    "   ",
    "",
)


def of_gh(number: int, title: str = "Un titre", **more: object) -> dict[str, object]:
    """Return a proposal as ``gh pr list --json`` tells it."""
    return {
        "number": number,
        "title": title,
        "author": {"login": "lou", "is_bot": False},
        "createdAt": "2026-03-01T09:00:00Z",
        "isDraft": False,
        "url": f"https://github.com/essai/site/pull/{number}",
        "files": [{"path": "content/posts/a.md", "additions": 1, "deletions": 0}],
        "reviewRequests": [],
        "reviewDecision": "REVIEW_REQUIRED",
        "labels": [],
        **more,
    }


def export(*entries: object) -> bytes:
    """Return an export that holds these."""
    return json.dumps(entries).encode()


def proposal(number: int = 1, opened: str = "2026-03-01", **more: object) -> Proposal:
    """Return a proposal as read."""
    given = {"title": "Un titre", "author": "lou", "address": f"https://github.com/essai/site/pull/{number}", **more}
    return Proposal(number=number, opened=datetime.fromisoformat(f"{opened}T09:00:00+00:00"), **given)  # type: ignore[arg-type]
