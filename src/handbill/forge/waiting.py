"""GitHub → the proposals that are open, as an export lists them: with their files, and with what their reviewers said last.

Sources: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests, …/pulls#list-pull-requests-files, …/pulls/reviews.
"""

from __future__ import annotations

import json

from handbill.forge.answers import Told
from handbill.forge.github import GitHub
from handbill.proposals.export import Proposal, read_export

#: Whose word decides; GitHub lets everybody else approve as well, and counts it for nothing.
_DECIDING = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
#: What takes an earlier word back, and what says one; a comment does neither.
_WORDS = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})


def waiting(github: GitHub) -> tuple[Proposal, ...]:
    """Return the open proposals, by number.

    Raises:
        ServiceFailed: GitHub does not answer, refuses, or tells something else.
    """
    every = [_whole(github, one) for one in github.every("/pulls", state="open")]
    return read_export(json.dumps(every).encode())


def _whole(github: GitHub, one: Told) -> dict[str, object]:
    """Return what the list tells of a proposal, with its files and the decision, which it does not tell."""
    number = one.number("number")
    files = [{"path": file.text("filename")} for file in github.every(f"/pulls/{number}/files")]
    return {**one.fields, "files": files, "reviewDecision": _decision(github, number)}


def _decision(github: GitHub, number: int) -> str:
    """Return what reviewers who decide said last: one who asks for a change outweighs all who approve."""
    last: dict[str, str] = {}
    for review in github.every(f"/pulls/{number}/reviews"):
        word = review.text("state", "")
        # Of an account that is gone nothing is told but what it said.
        who = review.fields.get("user")
        if word in _WORDS and review.text("author_association", "") in _DECIDING and isinstance(who, dict):
            last[str(who.get("login"))] = word
    words = set(last.values())
    return next((one for one in ("CHANGES_REQUESTED", "APPROVED") if one in words), "")
