"""One comment of ours under a proposal: found again by its first line and by who wrote it, edited, never doubled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handbill.door import Unanswered
from handbill.forge.github import GitHub

#: More signs than this GitHub does not take.
MOST = 65_536


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it stands there."""

    id: int
    address: str
    body: str


def comment_of(github: GitHub, number: int, marker: str, actor: str) -> Comment | None:
    """Return our comment under a proposal or an issue: the first that begins with *marker* and is *actor*'s own.

    Anybody can write the marker, so that alone it means nothing.
    """
    for one in github.every(f"/issues/{number}/comments"):
        # The account of somebody who left is nobody's.
        author = one.inside("user") if one.fields.get("user") else None
        body = one.text("body", "")
        is_ours = author is not None and author.text("login") == actor and (author.text("type") == "Bot" or not actor.endswith("[bot]"))
        if is_ours and _lines(body).startswith(marker + "\n"):
            return Comment(one.number("id"), one.text("html_url"), _lines(body))
    return None


def keep_comment(github: GitHub, number: int, marker: str, body: str, actor: str) -> tuple[Literal["made", "edited", "same"], str]:
    """Let our comment say *body*, which begins with *marker*; return what was done, and where it stands.

    Raises:
        ServiceFailed: it does not say so now.
    """
    assert _lines(body).startswith(marker + "\n")
    for is_last in (False, True):
        held = comment_of(github, number, marker, actor)
        if held and held.body == _lines(body):
            return "same", held.address
        try:
            if held:
                github.ask("PATCH", f"/issues/comments/{held.id}", {"body": body})
                return "edited", held.address
            github.ask("POST", f"/issues/{number}/comments", {"body": body})
        except Unanswered:
            # It may stand there now: looking tells, and asking blindly again would double it.
            if is_last:
                raise
            continue
        made = comment_of(github, number, marker, actor)
        return "made", made.address if made else ""
    raise AssertionError("the last try returns or raises")


def _lines(body: str) -> str:
    """Return a body as GitHub may give it back: it keeps other ends of lines."""
    return body.replace("\r\n", "\n").rstrip() + "\n"
